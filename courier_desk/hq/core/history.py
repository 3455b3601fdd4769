"""A station's own past, for a desk that was replaced: what all its desks have sent, in the order in which it came."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from courier_desk.hq.core import standing
from courier_desk.hq.core.arrivals import wait_for_station
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.tables.arrivals import ARRIVAL
from courier_desk.protocol.messages import MOST_OPERATIONS, HistoryReply, ProblemCode

_LATEST = 2**62
# The days come as constants, so that only their partitions are looked at.
_OPERATIONS = sa.text(
    """
    SELECT convert_from(log.body, 'UTF8')
    FROM unnest(CAST(:ids AS bigint[]), CAST(:desks AS text[]), CAST(:incarnations AS integer[]),
                CAST(:firsts AS bigint[]), CAST(:lasts AS bigint[])) AS batch (id, desk, incarnation, first, last)
    JOIN op_log AS log ON log.station_id = :station AND log.desk_id = batch.desk
        AND log.incarnation = batch.incarnation AND log.seq BETWEEN batch.first AND batch.last
        AND log.day BETWEEN :first_day AND :last_day
    ORDER BY batch.id, log.seq
    """
)


def history(engine: sa.Engine, desk: DeskIdentity, mark: str, limit: int) -> HistoryReply:
    """The exact texts of logged operations after ``mark`` (empty: from the beginning), in whole batches until ``limit``
    is reached. What comes in meanwhile is there too when the end is reached. Errors: Refused (not_known, diverged,
    bad_message for a mark that was never given)."""
    after = _position(mark)
    with engine.begin() as connection:
        standing.require(connection, desk)
        wait_for_station(connection, desk.station_id)
        batches = connection.execute(
            sa.select(ARRIVAL)
            .where(ARRIVAL.c.station_id == desk.station_id, ARRIVAL.c.id > after)
            .order_by(ARRIVAL.c.id)
            .limit(MOST_OPERATIONS + 1)
        ).all()
        page = _page(batches, min(max(limit, 1), MOST_OPERATIONS))
        texts = _texts(connection, desk.station_id, page) if page else []
    return HistoryReply(operations=texts, mark=str(page[-1].id if page else after), more=len(page) < len(batches))


def _position(mark: str) -> int:
    if not mark:
        return 0
    if not (mark.isascii() and mark.isdigit()) or int(mark) > _LATEST:
        raise Refused(ProblemCode.BAD_MESSAGE, "The mark was not given by headquarters.")
    return int(mark)


def _page(batches: Sequence[sa.Row[Any]], limit: int) -> list[sa.Row[Any]]:
    page: list[sa.Row[Any]] = []
    count = 0
    for batch in batches[:MOST_OPERATIONS]:
        count += batch.last_seq - batch.first_seq + 1
        if page and count > limit:
            break
        page.append(batch)
    return page


def _texts(connection: sa.Connection, station_id: str, page: Sequence[sa.Row[Any]]) -> list[str]:
    values = {
        "station": station_id,
        "ids": [batch.id for batch in page],
        "desks": [batch.desk_id for batch in page],
        "incarnations": [batch.incarnation for batch in page],
        "firsts": [batch.first_seq for batch in page],
        "lasts": [batch.last_seq for batch in page],
        "first_day": min(batch.first_day for batch in page),
        "last_day": max(batch.last_day for batch in page),
    }
    return list(connection.execute(_OPERATIONS, values).scalars())

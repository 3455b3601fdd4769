"""The past of a desk that was replaced: what all its incarnations have sent, the orders first.

What the other desks of the station did, it heard as news, and hears again from its feed; with their open bags and lists
among its own it would miss at each handover what has long gone.

With the orders a counter knows its callers and finds its parcels; what else happened follows. Each of the two goes
through the log in the order in which it came.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from courier_desk.hq.core import past, standing
from courier_desk.hq.core.access import of_desk
from courier_desk.hq.core.arrivals import wait_for_station
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.tables.arrivals import ARRIVAL
from courier_desk.protocol.messages import MOST_BYTES, MOST_OPERATIONS, HistoryReply, ProblemCode

_LATEST = 2**62
_ORDERS, _REST = "orders", "rest"
# What is looked through for one page: one operation in ten is an order, and a desk at the counter sends few at a time.
_BATCHES = 2000
_LOOKED_THROUGH = {_ORDERS: 10 * MOST_OPERATIONS, _REST: 2 * MOST_OPERATIONS}
# The days come as constants, so that only their partitions are looked at; batch by batch, so that their index is used
# and never a whole partition read, whatever the planner thinks of its size.
_OPERATIONS = sa.text(
    """
    SELECT batch.id, log.seq, log.body
    FROM unnest(CAST(:ids AS bigint[]), CAST(:desks AS text[]), CAST(:incarnations AS integer[]),
                CAST(:firsts AS bigint[]), CAST(:lasts AS bigint[])) AS batch (id, desk, incarnation, first, last)
    CROSS JOIN LATERAL (
        SELECT seq, kind, body FROM op_log
        WHERE station_id = :station AND desk_id = batch.desk AND incarnation = batch.incarnation
            AND seq BETWEEN batch.first AND batch.last AND day BETWEEN :first_day AND :last_day
        ORDER BY seq OFFSET 0
    ) AS log
    WHERE (batch.id, log.seq) > (:id, :seq)
        AND CASE WHEN :orders THEN log.kind = 'order.accepted'
            ELSE batch.id > :until OR log.kind <> 'order.accepted' END
    ORDER BY batch.id, log.seq
    LIMIT :limit
    """
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """What was given last: the operation ``seq`` of the batch ``id``. ``until``: the last batch whose orders were."""

    going: str = _ORDERS
    until: int = 0
    id: int = 0
    seq: int = _LATEST

    @classmethod
    def read(cls, text: str) -> "_Mark":
        """The mark that ``said`` gave, or the beginning. Errors: Refused (bad_message)."""
        if not text:
            return cls()
        going, *places = text.split(".")
        if going not in (_ORDERS, _REST) or len(places) != 3 or not all(map(_is_place, places)):
            raise Refused(ProblemCode.BAD_MESSAGE, "The mark was not given by headquarters.")
        return cls(going, *map(int, places))

    def said(self) -> str:
        """The mark as the desk keeps it."""
        return f"{self.going}.{self.until}.{self.id}.{self.seq}"


def history(engine: sa.Engine, desk: DeskIdentity, mark: str, limit: int) -> HistoryReply:
    """The exact texts of logged operations after ``mark`` (empty: from the beginning), at most ``limit`` and about
    1 MiB, sometimes none though there are more. What comes in meanwhile is there too when the end is reached; what lies
    on days that were put away is not, and the reply says from which day on it is. Errors:
    Refused (not_known, diverged, bad_message for a mark that was never given)."""
    after, most = _Mark.read(mark), min(max(limit, 1), MOST_OPERATIONS)
    with engine.begin() as connection:
        epoch = standing.require(connection, desk).epoch
        wait_for_station(connection, desk.station_id)
        total = 0 if mark else _total(connection, desk)
        begins = past.begins(connection)
        batches, all_seen = _batches(connection, desk, after)
        found = _found(connection, desk.station_id, batches, after, most)
    rows = _within(found, MOST_BYTES)
    whole = len(rows) == len(found) < most
    if not whole:
        reached = replace(after, id=rows[-1].id, seq=rows[-1].seq)
    elif batches:
        reached = replace(after, id=batches[-1].id, seq=_LATEST)
    else:
        reached = after
    over = whole and all_seen
    if over and after.going == _ORDERS:
        reached = _Mark(_REST, until=reached.id)
    texts = [bytes(row.body).decode("utf-8", "replace") for row in rows]
    more = not over or after.going == _ORDERS
    since = past.whole_from(begins) if begins is not None else None
    return HistoryReply(operations=texts, mark=reached.said(), more=more, total=total, epoch=epoch, since=since)


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) <= _LATEST


def _total(connection: sa.Connection, desk: DeskIdentity) -> int:
    count = sa.func.coalesce(sa.func.sum(ARRIVAL.c.last_seq - ARRIVAL.c.first_seq + 1), 0)
    mine = of_desk(ARRIVAL, desk.station_id, desk.desk_id)
    return int(connection.execute(sa.select(count).where(*mine)).scalar_one())


def _batches(connection: sa.Connection, desk: DeskIdentity, after: _Mark) -> tuple[list[sa.Row[Any]], bool]:
    """The next ones, and whether there are none behind them. One that was given in part comes again."""
    first = after.id if after.seq < _LATEST else after.id + 1
    found = connection.execute(
        sa.select(ARRIVAL)
        .where(*of_desk(ARRIVAL, desk.station_id, desk.desk_id), ARRIVAL.c.id >= first)
        .order_by(ARRIVAL.c.id)
        .limit(_BATCHES + 1)
    ).all()
    batches: list[sa.Row[Any]] = []
    count = 0
    for batch in found[:_BATCHES]:
        count += batch.last_seq - batch.first_seq + 1
        if batches and count > _LOOKED_THROUGH[after.going]:
            break
        batches.append(batch)
    return batches, len(batches) == len(found)


def _found(
    connection: sa.Connection, station_id: str, batches: Sequence[sa.Row[Any]], after: _Mark, limit: int
) -> Sequence[sa.Row[Any]]:
    if not batches:
        return []
    values = {
        "station": station_id,
        "ids": [batch.id for batch in batches],
        "desks": [batch.desk_id for batch in batches],
        "incarnations": [batch.incarnation for batch in batches],
        "firsts": [batch.first_seq for batch in batches],
        "lasts": [batch.last_seq for batch in batches],
        "first_day": min(batch.first_day for batch in batches),
        "last_day": max(batch.last_day for batch in batches),
        "orders": after.going == _ORDERS,
        "id": after.id,
        "seq": after.seq,
        "until": after.until,
        "limit": limit,
    }
    return connection.execute(_OPERATIONS, values).all()


def _within(rows: Sequence[sa.Row[Any]], most_bytes: int) -> Sequence[sa.Row[Any]]:
    """As many of the first as fit, one at least."""
    size = 0
    for place, row in enumerate(rows):
        size += len(row.body)
        if place and size > most_bytes:
            return rows[:place]
    return rows

"""The feed of a desk: one gapless row of news, read by position."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from courier_desk.hq.core import epoch as epochs
from courier_desk.hq.core import standing
from courier_desk.hq.core.access import of_desk
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.incidents import IncidentKind
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.tables.feed import FEED_HEAD, FEED_ITEM, FEED_POSITION
from courier_desk.protocol.messages import MOST_BYTES, MOST_ITEMS, FeedItem, FeedReply, ProblemCode

# News that a desk has applied stays this long, for a desk that is replaced.
KEPT = timedelta(days=30)
_A_SWING, _A_SWEEP = 5000, 1_000_000

_PLACE = sa.text(
    """
    SELECT coalesce((SELECT n FROM feed_head WHERE station_id = :station AND desk_id = :desk), 0),
           (SELECT n FROM feed_position WHERE station_id = :station AND desk_id = :desk)
    """
)
_PAGE = sa.text(
    """
    SELECT n, kind, entity_id, op_id, origin, at, body FROM (
        SELECT *, sum(octet_length(body)) OVER (ORDER BY n) AS size FROM (
            SELECT * FROM feed_item
            WHERE station_id = :station AND desk_id = :desk AND n > :after ORDER BY n LIMIT :limit
        ) AS next
    ) AS page
    WHERE size <= :bytes OR n = :after + 1 ORDER BY n
    """
)


def read(engine: sa.Engine, desk: DeskIdentity, epoch: int | None, after: int, limit: int, now: datetime) -> FeedReply:
    """Items after ``after``, at most ``limit`` and about 1 MiB; asking so says that all up to ``after`` is applied.
    Errors: Refused: not_known, diverged, new_epoch; gap when items after ``after`` are not kept any more (then
    ``resume_after`` says from where they are) or when the desk has read more than there is."""
    with epochs.telling(engine, desk, now), engine.begin() as connection:
        return _read(connection, desk, epoch, after, min(max(limit, 1), MOST_ITEMS), now)


def _read(
    connection: sa.Connection, desk: DeskIdentity, epoch: int | None, after: int, limit: int, now: datetime
) -> FeedReply:
    stands = standing.require(connection, desk, epoch, after)
    # The head comes first: what is numbered between the two statements is in the page and beyond the head, not short
    # of it.
    head, applied = connection.execute(_PLACE, {"station": desk.station_id, "desk": desk.desk_id}).one()
    if after > head:
        details = {"desk_has_read": after, "headquarters_has": head}
        raise epochs.Ahead(
            ProblemCode.GAP, "Headquarters has not come to this position.", IncidentKind.FEED_AHEAD, details
        )
    if applied is None or applied < after:
        _remember_position(connection, desk, after, now)
    page = _page(connection, desk, after, limit) if after < head else []
    if after < head and (not page or page[0].n != after + 1):
        first = floor(connection, desk.station_id, desk.desk_id)
        raise Refused(ProblemCode.GAP, "News after this position is not kept any more.", resume_after=first)
    items = [
        FeedItem(
            n=row.n,
            kind=row.kind,
            entity_id=row.entity_id,
            op_id=row.op_id,
            station=row.origin,
            at=row.at,
            body=bytes(row.body).decode(),
        )
        for row in page
    ]
    return FeedReply(epoch=stands.epoch, now=now, head=max(head, items[-1].n if items else 0), items=items)


def _page(connection: sa.Connection, desk: DeskIdentity, after: int, limit: int) -> Sequence[sa.Row[Any]]:
    values = {"station": desk.station_id, "desk": desk.desk_id, "after": after, "limit": limit, "bytes": MOST_BYTES}
    return connection.execute(_PAGE, values).all()


def head(connection: sa.Connection, desk: DeskIdentity) -> int:
    """The newest number of the desk's feed, 0 before the first."""
    return _head(connection, desk.station_id, desk.desk_id)


def floor(connection: sa.Connection, station_id: str, desk_id: str) -> int:
    """The position before the oldest item that is kept."""
    oldest = sa.select(sa.func.min(FEED_ITEM.c.n)).where(*of_desk(FEED_ITEM, station_id, desk_id))
    found = connection.execute(oldest).scalar_one()
    return _head(connection, station_id, desk_id) if found is None else int(found) - 1


def forget_position(connection: sa.Connection, station_id: str, desk_id: str) -> None:
    """The desk begins anew: nobody knows how far it has read."""
    connection.execute(sa.delete(FEED_POSITION).where(*of_desk(FEED_POSITION, station_id, desk_id)))


def _head(connection: sa.Connection, station_id: str, desk_id: str) -> int:
    found = connection.execute(sa.select(FEED_HEAD.c.n).where(*of_desk(FEED_HEAD, station_id, desk_id))).first()
    return found.n if found else 0


def _remember_position(connection: sa.Connection, desk: DeskIdentity, after: int, now: datetime) -> None:
    values = {"station_id": desk.station_id, "desk_id": desk.desk_id, "n": after, "at": now}
    connection.execute(
        insert(FEED_POSITION)
        .values(values)
        .on_conflict_do_update(
            index_elements=["station_id", "desk_id"], set_={"n": after, "at": now}, where=FEED_POSITION.c.n < after
        )
    )


# Items stand in the order of their age, or nearly so: a desk whose oldest item is young is passed over.
_APPLIED = sa.text(
    """
    DELETE FROM feed_item WHERE ctid = ANY (ARRAY(
        SELECT old.place FROM feed_position AS position
        CROSS JOIN LATERAL (
            SELECT at FROM feed_item AS item
            WHERE item.station_id = position.station_id AND item.desk_id = position.desk_id AND item.n <= position.n
            ORDER BY item.n LIMIT 1
        ) AS oldest
        CROSS JOIN LATERAL (
            SELECT ctid AS place, at FROM feed_item AS item
            WHERE item.station_id = position.station_id AND item.desk_id = position.desk_id AND item.n <= position.n
            ORDER BY item.n LIMIT 1000
        ) AS old
        WHERE oldest.at < :before AND old.at < :before LIMIT :most
    ))
    """
)
_OF_RETIRED = sa.text(
    """
    DELETE FROM feed_item WHERE ctid = ANY (ARRAY(
        SELECT item.ctid FROM desk JOIN feed_item AS item USING (station_id, desk_id)
        WHERE desk.state = 'retired' LIMIT :most
    ))
    """
)


def clear(engine: sa.Engine, now: datetime, most: int = _A_SWEEP) -> int:
    """Delete items that were applied and are over 30 days old, or that a retired desk will never read, in short
    transactions, up to ``most``. Returns how many went."""
    gone = 0
    for statement, values in ((_APPLIED, {"before": now - KEPT}), (_OF_RETIRED, {})):
        while gone < most:
            with engine.begin() as connection:
                swept = connection.execute(statement, {**values, "most": _A_SWING}).rowcount
            gone += swept
            if swept < _A_SWING:
                break
    return gone

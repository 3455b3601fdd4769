"""The feed of a desk: one gapless row of news, read by position."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from courier_desk.hq.core import epoch as epochs
from courier_desk.hq.core import standing
from courier_desk.hq.core.access import of_desk
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.incidents import IncidentKind
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.core.transaction import Cursor, single_statements
from courier_desk.hq.tables.feed import FEED_HEAD, FEED_ITEM, FEED_POSITION
from courier_desk.protocol.messages import MOST_BYTES, MOST_ITEMS, FeedItem, FeedReply, ProblemCode

# News that a desk has applied stays this long, for a desk that is replaced.
KEPT = timedelta(days=30)
_A_SWING, _A_SWEEP = 5000, 1_000_000

_PLACE = """
SELECT incarnation, state, secret_hash, (SELECT max(epoch) FROM epoch),
    coalesce((SELECT n FROM feed_head AS f WHERE f.station_id = d.station_id AND f.desk_id = d.desk_id), 0),
    (SELECT n FROM feed_position AS f WHERE f.station_id = d.station_id AND f.desk_id = d.desk_id)
FROM desk AS d WHERE station_id = %s AND desk_id = %s
"""
# A position that is lost with the power is said again with the next question: nobody waits for the disk.
_REMEMBER = """
WITH soon AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
INSERT INTO feed_position AS known (station_id, desk_id, n, at) SELECT %s, %s, %s, %s FROM soon
ON CONFLICT (station_id, desk_id) DO UPDATE SET n = excluded.n, at = excluded.at WHERE known.n < excluded.n
"""
_PAGE = """
SELECT n, kind, entity_id, op_id, origin, at, body FROM (
    SELECT *, sum(octet_length(body)) OVER (ORDER BY n) AS size FROM (
        SELECT * FROM feed_item
        WHERE station_id = %(station)s AND desk_id = %(desk)s AND n > %(after)s ORDER BY n LIMIT %(limit)s
    ) AS next
) AS page
WHERE size <= %(bytes)s OR n = %(after)s + 1 ORDER BY n
"""
_FLOOR = "SELECT coalesce(min(n) - 1, %s) FROM feed_item WHERE station_id = %s AND desk_id = %s"


def read(engine: sa.Engine, desk: DeskIdentity, epoch: int | None, after: int, limit: int, now: datetime) -> FeedReply:
    """Items after ``after``, at most ``limit`` and about 1 MiB; asking so says that all up to ``after`` is applied.
    Errors: Refused: not_known, diverged, new_epoch; gap when items after ``after`` are not kept any more (then
    ``resume_after`` says from where they are) or when the desk has read more than there is."""
    with epochs.telling(engine, desk, now):
        with single_statements(engine) as cursor:
            place = _place(cursor, desk, epoch)
            if place is not None:
                return _read(cursor, desk, place, after, min(max(limit, 1), MOST_ITEMS), now)
        with engine.connect() as connection:
            standing.require(connection, desk, epoch, after)
        raise Refused(ProblemCode.BUSY, "The desk has just changed; ask again.")


@dataclass(frozen=True, slots=True)
class _Place:
    """The epoch, how far the feed goes and how far the desk has read it, as far as is known."""

    epoch: int
    head: int
    applied: int | None


def _place(cursor: Cursor, desk: DeskIdentity, epoch: int | None) -> _Place | None:
    """How the desk stands when nothing is amiss; None when it is: what exactly, is for ``standing`` to say."""
    row = cursor.execute(_PLACE, (desk.station_id, desk.desk_id), prepare=True).fetchone()
    if row is None:
        return None
    incarnation, state, secret_hash, holds, head, applied = row
    right = incarnation == desk.incarnation and state not in {"retired", "diverged"} and desk.proved_by(secret_hash)
    return _Place(holds, head, applied) if right and epoch in {None, holds} else None


def _read(cursor: Cursor, desk: DeskIdentity, place: _Place, after: int, limit: int, now: datetime) -> FeedReply:
    # The head was read first: what is numbered meanwhile is in the page and beyond the head, not short of it.
    if after > place.head:
        details = {"desk_has_read": after, "headquarters_has": place.head}
        raise epochs.Ahead(
            ProblemCode.GAP, "Headquarters has not come to this position.", IncidentKind.FEED_AHEAD, details
        )
    if place.applied is None or place.applied < after:
        cursor.execute(_REMEMBER, (desk.station_id, desk.desk_id, after, now), prepare=True)
    items = _page(cursor, desk, after, limit) if after < place.head else []
    if after < place.head and (not items or items[0].n != after + 1):
        first = cursor.execute(_FLOOR, (place.head, desk.station_id, desk.desk_id)).fetchall()[0][0]
        raise Refused(ProblemCode.GAP, "News after this position is not kept any more.", resume_after=first)
    return FeedReply(epoch=place.epoch, now=now, head=max(place.head, items[-1].n if items else 0), items=items)


def _page(cursor: Cursor, desk: DeskIdentity, after: int, limit: int) -> list[FeedItem]:
    values = {"station": desk.station_id, "desk": desk.desk_id, "after": after, "limit": limit, "bytes": MOST_BYTES}
    return [
        FeedItem(n=n, kind=kind, entity_id=entity_id, op_id=op_id, station=origin, at=at, body=bytes(body).decode())
        for n, kind, entity_id, op_id, origin, at, body in cursor.execute(_PAGE, values, prepare=True).fetchall()
    ]


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

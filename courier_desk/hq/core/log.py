"""The log of what came, byte for byte; what is parked stands in it like the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from courier_desk.hq.core import arrivals, past
from courier_desk.hq.core.entries import Entry
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.transaction import Copy, Cursor
from courier_desk.hq.tables.log import OP_LOG, PARKED

_OP_LOG = Copy(
    OP_LOG,
    *("station_id", "op_id", "day", "desk_id", "incarnation", "seq", "kind", "entity_id", "business_date"),
    *("received_at", "parked", "digest", "body"),
)
_PARKED = Copy(
    PARKED,
    *("station_id", "op_id", "day", "desk_id", "incarnation", "seq", "kind", "entity_id", "reason", "text"),
    "parked_at",
)
_BETWEEN = """
SELECT o.seq, o.digest, o.parked, p.reason, p.text FROM op_log o
LEFT JOIN parked p ON o.parked AND p.station_id = o.station_id AND p.op_id = o.op_id
WHERE o.station_id = %s AND o.desk_id = %s AND o.incarnation = %s AND o.seq BETWEEN %s AND %s
"""
# Parked operations stand in a table of their own, which is never put away.
_PARKED_BETWEEN = """
SELECT seq, reason, text FROM parked
WHERE station_id = %s AND desk_id = %s AND incarnation = %s AND seq BETWEEN %s AND %s
    AND settled_how IS DISTINCT FROM 'retried'
"""
# The digest of what lies on days that were put away: nothing can be said of its bytes.
PUT_AWAY = b""


@dataclass(frozen=True, slots=True)
class Logged:
    """What became of an operation that the log has already, or had (then ``digest`` is PUT_AWAY)."""

    seq: int
    digest: bytes
    parked: bool
    reason: str | None
    text: str | None


def write(cursor: Cursor, desk: DeskIdentity, entries: Sequence[Entry], now: datetime) -> None:
    """Append ``entries``. Errors: psycopg.errors.UniqueViolation when an op_id is there already."""
    dates = [entry.business_date for entry in entries if entry.business_date]
    batch = arrivals.Batch(entries[0].seq, entries[-1].seq, [entry.day for entry in entries], dates)
    arrivals.note(cursor, desk, batch, now)
    _OP_LOG.write(cursor, [_log_row(desk, entry, now) for entry in entries])
    _PARKED.write(cursor, [_parked_row(desk, entry, now) for entry in entries if entry.reason is not None])


def _log_row(desk: DeskIdentity, entry: Entry, now: datetime) -> tuple[object, ...]:
    parked = entry.reason is not None
    return (*_key(desk, entry), entry.business_date, now, parked, entry.digest, entry.content)


def _parked_row(desk: DeskIdentity, entry: Entry, now: datetime) -> tuple[object, ...]:
    return (*_key(desk, entry), str(entry.reason), entry.text, now)


def _key(desk: DeskIdentity, entry: Entry) -> tuple[object, ...]:
    who = (desk.desk_id, desk.incarnation, entry.seq)
    return (desk.station_id, entry.op_id, entry.day, *who, entry.kind, entry.entity_id)


def between(cursor: Cursor, desk: DeskIdentity, first: int, last: int, days: set[date]) -> dict[int, Logged]:
    """What the log has of this incarnation from ``first`` to ``last``. It is looked for in ``days`` before everywhere,
    since operations that came unchanged lie on the days inside their ids. Of what was put away only the verdict is
    known; whether it is the same is said by the chain alone: the request's, where that reaches the cursor, else the
    reply's, which the desk compares with its own."""
    asked = (desk.station_id, desk.desk_id, desk.incarnation, first, last)
    cursor.execute(f"{_BETWEEN} AND o.day = ANY(%s)", (*asked, list(days)))
    rows = cursor.fetchall()
    if len(rows) <= last - first:
        cursor.execute(_BETWEEN, asked)
        rows = cursor.fetchall()
    found = {row[0]: Logged(*row) for row in rows}
    if len(found) <= last - first and past.begins_at(cursor) is not None:
        cursor.execute(_PARKED_BETWEEN, asked)
        parked = {row[0]: row[1:] for row in cursor.fetchall()}
        for seq in set(range(first, last + 1)) - set(found):
            found[seq] = Logged(seq, PUT_AWAY, seq in parked, *parked.get(seq, (None, None)))
    return found


def body_of(cursor: Cursor, station_id: str, op_id: UUID, day: date) -> bytes | None:
    """The exact bytes of a logged operation."""
    statement = "SELECT body FROM op_log WHERE station_id = %s AND op_id = %s AND day = %s"
    row = cursor.execute(statement, (station_id, op_id, day)).fetchone()
    return row[0] if row else None

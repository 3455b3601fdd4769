"""Operations that were issued again: each takes its effect once, under whatever name it came first.

An operation that an earlier incarnation issued names that first issue. It may have come as itself, or have been issued
again already: by a copy of the desk, or before headquarters was set back. The log knows the first, ``issued_again`` the
others; only operations that were issued again are looked for and noted. Where the day of the first issue is no longer
on line, the ends of the desk's incarnations say whether it can have come; when in doubt it is parked.
"""

from collections.abc import Sequence
from uuid import UUID

from courier_desk.hq.core import past
from courier_desk.hq.core.entries import Entry, day_of
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.reasons import Reason
from courier_desk.hq.core.transaction import Cursor

_LOGGED = "SELECT op_id FROM op_log WHERE station_id = %s AND op_id = ANY(%s) AND day = ANY(%s)"
_AGAIN = """
SELECT first_op_id, op_id FROM issued_again WHERE station_id = %s AND desk_id = %s AND first_op_id = ANY(%s)
"""
_ENDS = "SELECT incarnation, seq FROM cursor WHERE station_id = %s AND desk_id = %s"
_NOTE = """
INSERT INTO issued_again (station_id, desk_id, first_op_id, day, op_id)
SELECT %s, %s, * FROM unnest(%s::uuid[], %s::date[], %s::uuid[]) ON CONFLICT DO NOTHING
"""


def logged(cursor: Cursor, desk: DeskIdentity, op_ids: Sequence[UUID]) -> set[UUID]:
    """Those of ``op_ids`` that the station's log has."""
    cursor.execute(_LOGGED, (desk.station_id, list(op_ids), list({day_of(op_id) for op_id in op_ids})))
    return {row[0] for row in cursor.fetchall()}


def check_again(cursor: Cursor, desk: DeskIdentity, entries: Sequence[Entry]) -> None:
    """What came before, as its first issue or issued again, takes no effect again."""
    named = [(first, entry) for entry in entries if entry.applies and (first := _first(entry)) is not None]
    if not named:
        return
    firsts = [first for first, _ in named]
    there = logged(cursor, desk, firsts)
    cursor.execute(_AGAIN, (desk.station_id, desk.desk_id, firsts))
    taken: dict[UUID, UUID] = dict(cursor.fetchall())
    for first, entry in named:
        # One that was parked and is tried again stands there itself.
        entry.repeated = first in there or taken.setdefault(first, entry.op_id) != entry.op_id
    _check_past(cursor, desk, [(first, entry) for first, entry in named if entry.applies])


def _check_past(cursor: Cursor, desk: DeskIdentity, named: Sequence[tuple[UUID, Entry]]) -> None:
    """Park those whose first issue may have come on a day that was put away."""
    begins = past.begins_at(cursor) if named else None
    old = [entry for first, entry in named if begins is not None and day_of(first) < begins]
    if old:
        cursor.execute(_ENDS, (desk.station_id, desk.desk_id))
        ends: dict[int, int] = dict(cursor.fetchall())
        for entry in old:
            again = entry.operation.again if entry.operation else None
            if again and again[1] <= ends.get(again[0], 0):
                entry.park(Reason.BEFORE_LOG)


def note(cursor: Cursor, desk: DeskIdentity, entries: Sequence[Entry]) -> None:
    """Remember whose first issues these are, applied or parked."""
    named = {first: entry.op_id for entry in reversed(entries) if entry.own_id and (first := _first(entry)) is not None}
    if named:
        firsts = list(named)
        days = [day_of(first) for first in firsts]
        cursor.execute(_NOTE, (desk.station_id, desk.desk_id, firsts, days, list(named.values())))


def _first(entry: Entry) -> UUID | None:
    """The op_id of the first issue. An entry that names none that can be read is parked."""
    if entry.operation is None or entry.operation.again is None:
        return None
    try:
        return UUID(entry.operation.again[2])
    except ValueError:
        if entry.applies:
            entry.park(Reason.BAD_BODY, "again")
        return None

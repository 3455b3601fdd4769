"""Parked operations and what becomes of them: nothing is edited, the logged operation is applied or it is not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args
from uuid import UUID, uuid5

import sqlalchemy as sa
from psycopg.rows import dict_row

from courier_desk.base.clock import Clock
from courier_desk.hq.core import issues, log
from courier_desk.hq.core.again import until_kept
from courier_desk.hq.core.checks import check, check_ids
from courier_desk.hq.core.entries import Entry, read
from courier_desk.hq.core.failpoints import Failpoint
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.news import Item, News
from courier_desk.hq.core.projection import project
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.core.sheet import Sender
from courier_desk.hq.core.transaction import Cursor, transaction
from courier_desk.protocol.messages import ProblemCode
from courier_desk.protocol.news import NewsKind, OperationSettled

How = Literal["retried", "dropped", "amended"]

_PARKED = """
SELECT p.*, s.name FROM parked p JOIN station s USING (station_id)
WHERE p.station_id = %s AND p.op_id = %s FOR UPDATE OF p
"""
_SETTLE = """
UPDATE parked SET settled_at = %s, settled_by = %s, settled_how = %s WHERE station_id = %s AND op_id = %s
"""
_APPLIED = "UPDATE op_log SET parked = false WHERE station_id = %s AND op_id = %s AND day = %s"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What ``person`` at headquarters decides about a parked operation."""

    station_id: str
    op_id: str
    how: How
    person: str


def settle(engine: sa.Engine, clock: Clock, at: Failpoint, what: Settlement) -> None:
    """See ``Headquarters.settle``."""
    if what.how not in get_args(How):
        raise Refused(ProblemCode.BAD_MESSAGE, f"An operation is retried, dropped or amended, not {what.how}.")
    until_kept(lambda _careful: _attempt(engine, clock.now(), what))
    at("settle.committed")


def _attempt(engine: sa.Engine, now: datetime, what: Settlement) -> None:
    with transaction(engine) as cursor:
        parked = _parked(cursor, what)
        desk = DeskIdentity(what.station_id, parked["desk_id"], parked["incarnation"])
        entry = _read(cursor, desk, parked, now)
        if what.how == "retried":
            if entry is None:
                text = f"Its day {parked['day']} is no longer on line; bring that back, then try again."
                raise Refused(ProblemCode.NOT_FOUND, text)
            _apply(cursor, Sender(desk, parked["name"]), entry, parked["op_id"], now)
            cursor.execute(_APPLIED, (what.station_id, parked["op_id"], parked["day"]))
        cursor.execute(_SETTLE, (now, what.person, what.how, what.station_id, parked["op_id"]))
        _tell(cursor, desk, entry, parked, what.how, now)


def _parked(cursor: Cursor, what: Settlement) -> dict[str, Any]:
    try:
        op_id = UUID(what.op_id)
    except ValueError as error:
        raise Refused(ProblemCode.NOT_FOUND, "There is no such operation.") from error
    with cursor.connection.cursor(row_factory=dict_row) as rows:
        parked = rows.execute(_PARKED, (what.station_id, op_id)).fetchone()
    if parked is None or parked["settled_at"] is not None:
        raise Refused(ProblemCode.NOT_FOUND, "No such operation is parked.")
    return parked


def _read(cursor: Cursor, desk: DeskIdentity, parked: dict[str, Any], now: datetime) -> Entry | None:
    """None when its day was put away."""
    content = log.body_of(cursor, desk.station_id, parked["op_id"], parked["day"])
    return None if content is None else read(desk, parked["seq"], content.decode(), now)


def _apply(cursor: Cursor, sender: Sender, entry: Entry, logged_as: UUID, now: datetime) -> None:
    """As if it had just come. One that was logged under a made-up id must not have the id of another now."""
    if entry.applies and entry.op_id != logged_as:
        check_ids(cursor, sender.desk, [entry], careful=True)
    if entry.applies:
        check(cursor, sender.desk, [entry], careful=True)
    if not entry.applies:
        raise Refused(ProblemCode.NOT_ALLOWED, entry.text or "This was applied already.")
    issues.note(cursor, sender.desk, [entry])
    project(cursor, sender, [entry], now)


def _tell(
    cursor: Cursor, desk: DeskIdentity, entry: Entry | None, parked: dict[str, Any], how: How, now: datetime
) -> None:
    """The desk knows the operation by its own id, where it had one that could be read."""
    op_id = entry.operation.op_id if entry and entry.operation else str(parked["op_id"])
    text = OperationSettled(op_id=op_id, how=how).model_dump_json().encode()
    news = News(desk)
    told = uuid5(parked["op_id"], "settled")
    news.answer(Item(NewsKind.OPERATION_SETTLED, parked["entity_id"], told, desk.station_id, now, text))
    news.write(cursor)

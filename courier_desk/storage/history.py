"""The repository of the station's past: how far it has come, what is kept aside, what this desk knows itself."""

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import bindparam, func, insert, select, text
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import StatementError

from courier_desk.base.clock import to_text
from courier_desk.domain.scan import Outcome
from courier_desk.services.ports import DoesNotFit, HistoryProgress, Kept
from courier_desk.storage.schema_core import DESK, OUTBOX
from courier_desk.storage.schema_floor import scan_event
from courier_desk.storage.schema_orders import waybill
from courier_desk.storage.schema_sync import dead_incarnation, remote_event
from courier_desk.storage.schema_told import HISTORY, KEPT_ASIDE, VOIDED
from courier_desk.storage.working import Working

ORIGIN = "history"
_SAVED = upsert(HISTORY)
_SAVE = _SAVED.on_conflict_do_update(
    index_elements=["id"], set_={name: _SAVED.excluded[name] for name in ("mark", "done", "total", "more", "since")}
)
_KEEP = upsert(KEPT_ASIDE).on_conflict_do_nothing()
_OWN_INCARNATION = select(DESK.c.desk_id, DESK.c.incarnation).where(DESK.c.is_own.is_(text("1")))
_ENDED = select(dead_incarnation.c.incarnation, dead_incarnation.c.cursor)
_WORKED = (
    select(OUTBOX.c.seq, OUTBOX.c.kind, OUTBOX.c.entity_id, OUTBOX.c.body)
    .where(OUTBOX.c.incarnation == bindparam("incarnation"), OUTBOX.c.seq > bindparam("after"))
    .order_by(OUTBOX.c.seq)
    .limit(bindparam("most"))
)
_TOLD_ELSEWHERE = (
    select(remote_event.c.waybill)
    .distinct()
    .join(waybill, waybill.c.number == remote_event.c.waybill)
    .where(remote_event.c.waybill > bindparam("after"))
    .order_by(remote_event.c.waybill)
    .limit(bindparam("most"))
)
_DONE_ELSEWHERE = (
    select(remote_event.c.number, remote_event.c.operation)
    .where(remote_event.c.waybill == bindparam("number"), remote_event.c.outcome == Outcome.ACCEPTED.value)
    .order_by(remote_event.c.at)
)
_DONE_HERE = (
    select(scan_event.c.number, scan_event.c.operation)
    .where(scan_event.c.waybill == bindparam("number"), scan_event.c.outcome == Outcome.ACCEPTED.value)
    .order_by(scan_event.c.scanned_at, scan_event.c.row)
)


class HistoryRepository:
    """One row of progress; rows kept aside; questions about this desk's own operations."""

    def __init__(self, work: Working) -> None:
        self._work = work

    @cached_property
    def _own(self) -> tuple[str, int]:
        """This desk and its incarnation."""
        row = self._work.connection.execute(_OWN_INCARNATION).first()
        return (row[0], row[1]) if row else ("", 0)

    @cached_property
    def _ended(self) -> Mapping[int, int]:
        """Up to where this database and headquarters have the same of each incarnation that is no more."""
        return {row[0]: row[1] for row in self._work.connection.execute(_ENDED)}

    def progress(self) -> HistoryProgress | None:
        """How far it has come; None for a desk without a past."""
        row = self._work.connection.execute(select(HISTORY)).mappings().first()
        if row is None:
            return None
        return HistoryProgress(row["mark"], row["done"], row["total"], bool(row["more"]), row["since"])

    def begin(self) -> None:
        """The past is to be fetched from its beginning; what is here of it already changes nothing."""
        self.save(HistoryProgress("", 0, 0, more=True))

    def save(self, progress: HistoryProgress) -> None:
        """Keep how far it has come."""
        values = {
            "mark": progress.mark,
            "done": progress.done,
            "total": progress.total,
            "more": int(progress.more),
            "since": progress.since,
        }
        self._work.connection.execute(_SAVE, values | {"id": 1})

    def keep_aside(self, kept: Kept) -> None:
        """Keep an operation whole that is not understood or does not fit."""
        values = {
            "op_id": kept.op_id,
            "origin": ORIGIN,
            "kind": kept.kind,
            "entity_id": kept.entity_id,
            "reason": kept.reason,
            "body": kept.text,
            "kept_at": to_text(kept.kept_at),
        }
        self._work.connection.execute(_KEEP, values)

    def aside(self) -> int:
        """How many are kept aside."""
        found = select(func.count()).select_from(KEPT_ASIDE).where(KEPT_ASIDE.c.origin == ORIGIN)
        return int(self._work.connection.execute(found).scalar_one())

    def is_own(self, desk_id: str, incarnation: int, seq: int) -> bool:
        """True when this very database did it: in its own incarnation, or in one that ended here not before ``seq``."""
        own_desk, own_incarnation = self._own
        if desk_id != own_desk:
            return False
        return incarnation >= own_incarnation or seq <= self._ended.get(incarnation, 0)

    def worked_on(self, after: tuple[int, int], most: int) -> tuple[tuple[int, int], frozenset[str], bool]:
        """What the incarnation of now itself did after ``after`` (incarnation, seq), ``most`` operations of it: up to
        where that goes; parcel numbers, senders' telephone numbers and ids; whether there is more."""
        incarnation = self._own[1]
        seq = after[1] if after[0] == incarnation else 0
        values = {"incarnation": incarnation, "after": seq, "most": most}
        rows = self._work.connection.execute(_WORKED, values).all()
        reached = rows[-1].seq if rows else seq
        return (incarnation, reached), frozenset(word for row in rows for word in _words(row)), len(rows) == most

    @contextlib.contextmanager
    def fitting(self) -> Iterator[None]:
        """Inside it a row that the tables refuse is something that does not fit. Errors: DoesNotFit; the transaction
        has to be left then."""
        try:
            yield
        except StatementError as error:
            raise DoesNotFit(f"refused: {type(error).__name__}") from error

    def told_elsewhere(self, after: str, most: int) -> Sequence[str]:
        """Waybills of this desk, those behind ``after``, with which something was done elsewhere."""
        values = {"after": after, "most": most}
        return self._work.connection.execute(_TOLD_ELSEWHERE, values).scalars().all()

    def done_elsewhere(self, waybill: str) -> Sequence[tuple[str, str]]:
        """Number and operation of each event of others, oldest first."""
        found = self._work.connection.execute(_DONE_ELSEWHERE, {"number": waybill})
        return [(row.number, row.operation) for row in found]

    def done_here(self, waybill: str) -> Sequence[tuple[str, str]]:
        """Number and operation of each scan that was accepted here, oldest first."""
        return [(row.number, row.operation) for row in self._work.connection.execute(_DONE_HERE, {"number": waybill})]

    def voided(self, order_id: str) -> None:
        """Note when and by whom the order was made void."""
        values = {"order_id": order_id, "at": to_text(self._work.now), "operator_id": self._work.operator_id}
        self._work.connection.execute(insert(VOIDED), values)


def _words(row: Any) -> Iterator[str]:
    yield row.entity_id
    if row.kind == "scan.recorded":
        said = json.loads(row.body)["body"]
        if said.get("outcome") == Outcome.ACCEPTED:
            yield said["number"]
    elif row.kind == "order.accepted":
        sender = json.loads(row.body)["body"].get("sender")
        if sender:
            yield sender["phone"]

"""The repository of the operations that came back with the past: what headquarters would lack if it were set back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, text

from courier_desk.protocol.chain import digest_of
from courier_desk.protocol.messages import Operation
from courier_desk.services.exchange_ports import OutboxRow, Place
from courier_desk.storage.metadata import UtcDateTime
from courier_desk.storage.schema_told import RECALLED
from courier_desk.storage.working import Working

_R = RECALLED.c
_MINE = _R.incarnation == bindparam("own")
_PLACES = text(
    "SELECT rowid, incarnation, op_id, seq, digest FROM recalled_operation"
    " WHERE rowid > :after ORDER BY rowid LIMIT :most"
)
_ROW = select(_R.incarnation, _R.seq, _R.op_id, _R.kind, _R.entity_id, _R.body)
_ROWS = _ROW.where(_R.op_id.in_(bindparam("ids", expanding=True)))
_AFTER = _ROW.where(_MINE, _R.seq > bindparam("past")).order_by(_R.seq, _R.op_id).limit(bindparam("most"))
_OLDER = select(_R.op_id).where(_R.epoch < bindparam("than")).limit(1)
_DROP = delete(RECALLED).where(_R.op_id.in_(bindparam("ids", expanding=True)))
# The oldest by their place, so that a look finds at once that nothing is over.
_TRIM = text(
    "DELETE FROM recalled_operation WHERE rowid IN (SELECT rowid FROM recalled_operation ORDER BY rowid LIMIT :most)"
    " AND kept_at < :before"
).bindparams(bindparam("before", type_=UtcDateTime))


class RecalledRepository:
    """Exact bytes by the id they came under; one (incarnation, seq) can be two operations, of two copies of a desk."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def keep(self, told: Operation, content: str, epoch: int, at: datetime) -> None:
        """One that headquarters had in ``epoch``."""
        body = content.encode()
        values = {
            "op_id": told.op_id,
            "incarnation": told.incarnation,
            "seq": told.seq,
            "kind": told.kind,
            "entity_id": told.entity_id,
            "body": body,
            "digest": digest_of(body),
            "epoch": epoch,
            "kept_at": at,
        }
        self._work.connection.execute(insert(RECALLED), values)

    def places(self, after: int, most: int) -> Sequence[tuple[int, int, Place]]:
        """Where each stands: its row, its incarnation, its place there; those behind a row."""
        found = self._work.connection.execute(_PLACES, {"after": after, "most": most})
        return [(row[0], row[1], Place(*row[2:])) for row in found]

    def after(self, incarnation: int, seq: int, most: int) -> Sequence[OutboxRow]:
        """The first ``most`` of one incarnation behind ``seq``, in their order. The chain of each is not known."""
        found = self._work.connection.execute(_AFTER, {"own": incarnation, "past": seq, "most": most})
        return [OutboxRow(*row, hash=b"") for row in found]

    def take(self, op_ids: Sequence[str]) -> Sequence[OutboxRow]:
        """These leave, in the order of their seq, for the outbox. The chain of each is not known."""
        rows = self._work.connection.execute(_ROWS, {"ids": list(op_ids)}).all()
        self._work.connection.execute(_DROP, {"ids": list(op_ids)})
        return sorted((OutboxRow(*row, hash=b"") for row in rows), key=lambda row: (row.seq, row.op_id))

    def before(self, epoch: int) -> bool:
        """True while something is kept of which is not known whether headquarters still has it in ``epoch``."""
        return self._work.connection.execute(_OLDER, {"than": epoch}).first() is not None

    def trim(self, before: datetime, most: int) -> int:
        """Clear what came before a moment, of the ``most`` oldest. Returns how many went."""
        return self._work.connection.execute(_TRIM, {"before": before, "most": most}).rowcount

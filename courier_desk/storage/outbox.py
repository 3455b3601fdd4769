"""The repository of the outbox as the exchange sees it: what to send, what is acknowledged, what may go."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, func, select, text, update

from courier_desk.services.exchange_ports import Counted, OutboxRow
from courier_desk.storage.metadata import UtcDateTime
from courier_desk.storage.schema_core import OUTBOX
from courier_desk.storage.working import Working

_O = OUTBOX.c
_ROW = select(_O.incarnation, _O.seq, _O.op_id, _O.kind, _O.entity_id, _O.body, _O.hash)
_MINE = _O.incarnation == bindparam("own")
_AFTER = _ROW.where(_MINE, _O.seq > bindparam("past")).order_by(_O.seq).limit(bindparam("most"))
_AT = _ROW.where(_MINE, _O.seq == bindparam("place"))
_HAS = select(_O.seq).where(_O.op_id == bindparam("named"))
_LAST = select(func.max(_O.seq)).where(_MINE)
# From one to the next by the index: DISTINCT would read all rows.
_INCARNATIONS = text(
    "WITH RECURSIVE found(incarnation) AS (SELECT min(incarnation) FROM outbox UNION ALL"
    " SELECT (SELECT min(incarnation) FROM outbox WHERE incarnation > found.incarnation) FROM found"
    " WHERE found.incarnation IS NOT NULL) SELECT incarnation FROM found WHERE incarnation IS NOT NULL"
)
_WAITING = select(func.min(_O.seq)).where(_MINE, _O.acknowledged_at.is_(None))
_ACKNOWLEDGE = (
    update(OUTBOX)
    .where(_MINE, _O.seq.between(bindparam("first"), bindparam("last")), _O.acknowledged_at.is_(None))
    .values(acknowledged_at=bindparam("moment"))
)
_UNACKNOWLEDGE = (
    update(OUTBOX)
    .where(_MINE, _O.seq > bindparam("past"), _O.acknowledged_at.is_not(None))
    .values(acknowledged_at=None)
)
_UNSENT = (
    select(_O.seq).where(_O.entity_id.in_(bindparam("ids", expanding=True)), _O.acknowledged_at.is_(None)).limit(1)
)
_OLDEST = select(_O.at).where(_O.acknowledged_at.is_(None)).order_by(_O.incarnation, _O.seq).limit(1)
# The day stands in the body alone, which is kept as bytes.
_DAY = func.json_extract(text("CAST(body AS TEXT)"), "$.business_date")
_COUNT = (
    select(_O.seq, _DAY, _O.kind, _O.digest)
    .where(_MINE, _O.seq > bindparam("past"), _O.seq <= bindparam("last"))
    .order_by(_O.seq)
    .limit(bindparam("most"))
)
# The oldest rows by their place, so that a look finds at once that nothing is over. The row at the cursor stays: it
# says where the chain is that goes on.
_TRIM = text(
    "DELETE FROM outbox WHERE rowid IN (SELECT rowid FROM outbox ORDER BY incarnation, seq LIMIT :most)"
    " AND acknowledged_at IS NOT NULL AND acknowledged_at < :before"
    " AND (incarnation, seq) < (:keep_incarnation, :keep_seq)"
).bindparams(bindparam("before", type_=UtcDateTime))


class OutboxRepository:
    """Operations by (incarnation, seq)."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def after(self, incarnation: int, seq: int, most: int) -> Sequence[OutboxRow]:
        """The first ``most`` operations behind ``seq``."""
        found = self._work.connection.execute(_AFTER, {"own": incarnation, "past": seq, "most": most})
        return [OutboxRow(*row) for row in found]

    def at(self, incarnation: int, seq: int) -> OutboxRow | None:
        """One operation."""
        row = self._work.connection.execute(_AT, {"own": incarnation, "place": seq}).first()
        return OutboxRow(*row) if row else None

    def has(self, op_id: str) -> bool:
        """True while an operation of this id is kept here."""
        return self._work.connection.execute(_HAS, {"named": op_id}).first() is not None

    def last(self, incarnation: int) -> int:
        """The last seq, 0 for none."""
        return self._work.connection.execute(_LAST, {"own": incarnation}).scalar() or 0

    def incarnations(self) -> Sequence[int]:
        """All that left operations here, oldest first."""
        return self._work.connection.execute(_INCARNATIONS).scalars().all()

    def acknowledged_up_to(self, incarnation: int) -> int:
        """The last seq that counts as acknowledged, 0 for none: what waits is always the end."""
        waiting = self.first_waiting(incarnation)
        return self.last(incarnation) if waiting is None else waiting - 1

    def first_waiting(self, incarnation: int) -> int | None:
        """The first seq that waits, None for none."""
        found: int | None = self._work.connection.execute(_WAITING, {"own": incarnation}).scalar()
        return found

    def acknowledge(self, incarnation: int, first: int, last: int, at: datetime) -> None:
        """Headquarters has these, both ends included."""
        values = {"own": incarnation, "first": first, "last": last, "moment": at}
        self._work.connection.execute(_ACKNOWLEDGE, values)

    def unacknowledge(self, incarnation: int, after: int) -> int:
        """Headquarters has lost what lies behind ``after``: it waits again. Returns how many."""
        return self._work.connection.execute(_UNACKNOWLEDGE, {"own": incarnation, "past": after}).rowcount

    def unsent(self, entity_ids: Collection[str]) -> bool:
        """True while an operation on one of these waits."""
        return self._work.connection.execute(_UNSENT, {"ids": list(entity_ids)}).first() is not None

    def oldest_unsent(self) -> datetime | None:
        """Since when the first waits, None for nothing."""
        return self._work.connection.execute(_OLDEST).scalar()

    def count_after(self, incarnation: int, seq: int, last: int, most: int) -> Sequence[Counted]:
        """For the proof: operations behind ``seq`` and up to ``last``, in their order."""
        values = {"own": incarnation, "past": seq, "last": last, "most": most}
        found = self._work.connection.execute(_COUNT, values)
        return [Counted(row[0], date.fromisoformat(row[1]), row[2], row[3]) for row in found]

    def trim(self, before: datetime, keep: tuple[int, int], most: int) -> int:
        """Clear operations acknowledged before a moment, of the ``most`` oldest; nothing from ``keep`` on."""
        values = {"before": before, "keep_incarnation": keep[0], "keep_seq": keep[1], "most": most}
        return self._work.connection.execute(_TRIM, values).rowcount

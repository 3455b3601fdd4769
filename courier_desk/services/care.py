"""Looking after the desk: what waits for headquarters, backups, diagnostics. What is done is logged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from courier_desk.domain.user import Action, Actor
from courier_desk.services.exchange_state import RefusedRow
from courier_desk.services.gate import Gate
from courier_desk.services.ports import Store

LATEST = 200


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One operation for headquarters. ``number`` is the waybill, tag or list it is about, empty where there is none."""

    incarnation: int
    seq: int
    at: datetime
    kind: str
    number: str
    acknowledged: bool


@dataclass(frozen=True, slots=True)
class OutboxView:
    """What waits: how many of each kind, since when (None for nothing), and the latest operations, newest first."""

    by_kind: Mapping[str, int]
    oldest_at: datetime | None
    latest: tuple[OperationRow, ...]
    numbers_left: int

    @property
    def waiting(self) -> int:
        """All that waits."""
        return sum(self.by_kind.values())


@dataclass(frozen=True, slots=True)
class BackupState:
    """The backups that count: how many, their bytes together, when the newest was made (None for none)."""

    count: int
    size: int
    newest_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptRow:
    """News of headquarters, number ``n`` of the feed, that was not applied. ``why`` is waiting_for_own (operations of
    this desk have to go first), unknown_kind, broken, or past (it is of the desk's own past and does not fit; then
    ``n`` is below nought); ``number`` is empty where it is about no number."""

    n: int
    kind: str
    number: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class KindDifference:
    """How many operations of a kind either side holds of a day; equal counts may still hide other contents."""

    kind: str
    ours: int
    theirs: int


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One business day as both sides hold it; without differences they agree."""

    day: date
    answered_at: datetime
    agrees: bool
    differences: tuple[KindDifference, ...]


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """One version of one kind of reference data. ``state`` is in_use, later (it begins to hold on ``valid_from``) or
    over."""

    kind: str
    version: int
    valid_from: date
    valid_until: date | None
    received_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class HeadquartersLists:
    """What the page of headquarters lists beside the operations, newest first."""

    kept: tuple[KeptRow, ...]
    proofs: tuple[ProofRow, ...]
    references: tuple[ReferenceRow, ...]


class CareQueries(Protocol):
    """Plain queries that give frozen rows."""

    def outbox(self, latest: int) -> OutboxView: ...
    def waiting(self, after: tuple[int, int], most: int) -> Sequence[OperationRow]: ...
    def refused(self, after: str, most: int) -> Sequence[RefusedRow]: ...
    def backups(self) -> BackupState: ...
    def headquarters(self, today: date, most: int) -> HeadquartersLists: ...


class CareService:
    """Runs on the db lane."""

    def __init__(self, store: Store, queries: CareQueries, gate: Gate, today: Callable[[], date]) -> None:
        self._store = store
        self._queries = queries
        self._gate = gate
        self._today = today

    def outbox(self) -> OutboxView:
        """What waits for headquarters; everybody may see it, it names nobody."""
        return self._queries.outbox(LATEST)

    def waiting(self, last: OperationRow | None, most: int) -> Sequence[OperationRow]:
        """The ``most`` operations that wait behind ``last``, oldest first; None begins."""
        return self._queries.waiting((last.incarnation, last.seq) if last else (0, 0), most)

    def refused(self, last: RefusedRow | None, most: int) -> Sequence[RefusedRow]:
        """The ``most`` refused operations behind ``last``, as they were made, settled ones too; None begins."""
        return self._queries.refused(last.op_id if last else "", most)

    def note_export(self, actor: Actor, what: str, rows: int) -> None:
        """A list of the page of headquarters goes into a file: who may is checked, that it was done is logged."""
        self._gate.require(actor, Action.LIST_EXPORT)
        with self._store.write(actor) as work:
            work.audit("list.exported", "operation", "", None, {"list": what, "rows": rows})
            work.commit()

    def backups(self) -> BackupState:
        """Which backups there are."""
        return self._queries.backups()

    def headquarters(self) -> HeadquartersLists:
        """What was kept aside, how the days compare, and which reference data are here; it names nobody."""
        return self._queries.headquarters(self._today(), LATEST)

    def require(self, actor: Actor) -> None:
        """Errors: UserError unless ``actor`` may look after the desk."""
        self._gate.require(actor, Action.DIAGNOSE)

    def note(self, actor: Actor, act: str, facts: Mapping[str, Any]) -> None:
        """Log that ``actor`` did ``act``, such as ``backup.made``. Errors: UserError without the right."""
        self._gate.require(actor, Action.DIAGNOSE)
        with self._store.write(actor) as work:
            work.audit(act, "desk", actor.desk_id, None, facts)
            work.commit()

"""The desk's side of headquarters: what is sent, what headquarters answered, how the desk stands.

Every method may be called from the thread that talks to headquarters: what touches the database runs on its lane, in
pieces of a few milliseconds. On the lane itself a method runs at once, whole.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Protocol

from courier_desk.base.changes import Change
from courier_desk.domain.reference import ReferenceKind, ReferenceSet
from courier_desk.protocol.messages import (
    MOST_BYTES,
    MOST_OPERATIONS,
    EnrolReply,
    FeedReply,
    Lease,
    LeaseRequest,
    Problem,
    ProofReply,
    ProofRequest,
    PushReply,
    PushRequest,
    ReferenceCard,
    ReferenceList,
)
from courier_desk.services.exchange_enter import begin, look_for_lost
from courier_desk.services.exchange_entering import EnteringOn
from courier_desk.services.exchange_feed import Reading
from courier_desk.services.exchange_join import document_of
from courier_desk.services.exchange_numbers import Leasing
from courier_desk.services.exchange_proof import Proving
from courier_desk.services.exchange_push import Sending, put_in_trouble
from courier_desk.services.exchange_standing import standing
from courier_desk.services.exchange_state import (
    Alarm,
    Link,
    LinkState,
    LinkTrouble,
    ProofDay,
    RefusedRow,
    Standing,
)
from courier_desk.services.ports import OnLane, Store
from courier_desk.services.reference import ReferenceService, checked, let_in

__all__ = [
    "ExchangePort",
    "ExchangeService",
    "Link",
    "LinkState",
    "LinkTrouble",
    "ProofDay",
    "RefusedRow",
    "Standing",
]

Changes = tuple[Change, ...]
# Operations stay this long after headquarters acknowledged them.
KEPT = timedelta(days=30)
# What is known of the past is known by its first issue; what headquarters still has of it may be one that was issued
# again so much later.
WAITED = timedelta(days=60)
TRIM_PIECE = 200


class ExchangePort(Protocol):
    """What whoever talks to headquarters needs of the desk."""

    def machine(self) -> str:
        """A hash that names this PC for this installation."""
        ...

    def link(self) -> Link | None:
        """The link; None for a station that has not joined."""
        ...

    def batch(self, most: int = ..., most_bytes: int = ...) -> PushRequest | None:
        """The next operations to send, None for nothing (or while the link is not JOINED)."""
        ...

    def acknowledge(self, request: PushRequest, reply: PushReply) -> Changes:
        """Headquarters has them."""
        ...

    def refused(self, problem: Problem) -> Link | None:
        """Headquarters said no; returns the link as it is now."""
        ...

    def apply(self, reply: FeedReply) -> Changes:
        """News, in their order, from the position on."""
        ...

    def references_wanted(self, there: ReferenceList) -> tuple[ReferenceCard, ...]:
        """Those that are not here yet."""
        ...

    def admit_reference(self, content: bytes) -> Changes:
        """One version of reference data. Errors: UserError for one that is wrong."""
        ...

    def lease_wanted(self) -> LeaseRequest | None:
        """Numbers to ask for, None while there are enough."""
        ...

    def admit_lease(self, lease: Lease) -> Changes:
        """Numbers that headquarters gave."""
        ...

    def proofs_due(self) -> Sequence[ProofRequest]:
        """Days to be compared; may be empty while they are still being counted."""
        ...

    def proof_answered(self, request: ProofRequest, reply: ProofReply) -> Changes:
        """What headquarters holds of a day."""
        ...

    def enter(self, reply: EnrolReply) -> Changes:
        """A new incarnation of this desk on this folder; while ``link().entering``, ``enter_on`` has to be called."""
        ...

    def enter_on(self) -> Changes:
        """Go on with what ``enter`` has left to do, for some tenths of a second."""
        ...

    def standing(self) -> Standing:
        """For page and status bar."""
        ...

    def trim(self) -> int:
        """Clear what is over; for idle minutes. Returns how many rows went."""
        ...


class ExchangeService:
    """The same over a store. ``on_lane`` runs a piece on the database lane, behind what people wait for."""

    def __init__(self, store: Store, reference: ReferenceService, on_lane: OnLane, machine: Callable[[], str]) -> None:
        self._store = store
        self._reference = reference
        self._on_lane = on_lane
        self._machine = machine
        self._sending = Sending(store, on_lane)
        self._reading = Reading(store, on_lane)
        self._leasing = Leasing(store, on_lane, reference.today)
        self._proving = Proving(store, on_lane, reference.today)
        self._entering = EnteringOn(store, on_lane)

    def machine(self) -> str:
        """A hash that names this PC for this installation."""
        return self._machine()

    def check_machine(self) -> None:
        """A link that was made on another PC is not ours: this is a copy, and gives out no number until it has a code
        of its own."""
        self._on_lane(self._check_machine)

    def link(self) -> Link | None:
        """The link; None for a station that has not joined."""
        return self._on_lane(self._link)

    def batch(self, most: int = MOST_OPERATIONS, most_bytes: int = MOST_BYTES) -> PushRequest | None:
        """The next operations to send, None for nothing (or while the link is not JOINED)."""
        return self._sending.batch(most, most_bytes)

    def acknowledge(self, request: PushRequest, reply: PushReply) -> Changes:
        """Headquarters has them; what waited for them is applied."""
        return self._sending.acknowledge(request, reply) + self._reading.apply_waiting()

    def refused(self, problem: Problem) -> Link | None:
        """Headquarters said no; returns the link as it is now."""
        self._sending.refused(problem)
        return self.link()

    def apply(self, reply: FeedReply) -> Changes:
        """News, in their order, from the position on."""
        return self._reading.apply(reply)

    def references_wanted(self, there: ReferenceList) -> tuple[ReferenceCard, ...]:
        """Those that are not here yet, of kinds that this program knows."""
        return self._on_lane(lambda: self._references_wanted(there))

    def admit_reference(self, content: bytes) -> Changes:
        """One version of reference data. Errors: UserError for one that is wrong."""
        reference = checked(document_of(content))
        changes = self._on_lane(lambda: self._let_in(reference))
        self._reference.forget()
        self._on_lane(self._reference.end_log_ins)
        return changes

    def lease_wanted(self) -> LeaseRequest | None:
        """Numbers to ask for, None while there are enough."""
        return self._leasing.wanted()

    def admit_lease(self, lease: Lease) -> Changes:
        """Numbers that headquarters gave."""
        return self._leasing.admit(lease)

    def proofs_due(self) -> Sequence[ProofRequest]:
        """Days to be compared; may be empty while they are still being counted."""
        return self._proving.due()

    def proof_answered(self, request: ProofRequest, reply: ProofReply) -> Changes:
        """What headquarters holds of a day."""
        return self._proving.answered(request, reply)

    def enter(self, reply: EnrolReply) -> Changes:
        """A new incarnation of this desk on this folder. What was begun before is ended first. Errors: UserError for
        another desk's."""
        self._entering.all()
        lost = look_for_lost(self._store, self._on_lane, reply.ends)
        self._on_lane(lambda: begin(self._store, reply, self._machine(), lost))
        return self._entering.some()

    def enter_on(self) -> Changes:
        """Go on with what ``enter`` has left to do, for some tenths of a second."""
        return self._entering.some()

    def standing(self) -> Standing:
        """For page and status bar."""
        return self._on_lane(lambda: standing(self._store, self._reference.today()))

    def trim(self) -> int:
        """Clear one piece of what is over; returns how many rows went, 0 when there is nothing more."""
        return self._on_lane(self._trim)

    def _link(self) -> Link | None:
        with self._store.read() as look:
            record = look.link.get()
        return record.link if record else None

    def _check_machine(self) -> None:
        with self._store.read() as look:
            record = look.link.get()
        if record is None or record.machine == self._machine() or record.link.reason is LinkTrouble.OTHER_MACHINE:
            return
        with self._store.write(None) as work:
            put_in_trouble(work, LinkTrouble.OTHER_MACHINE)
            work.commit()

    def _references_wanted(self, there: ReferenceList) -> tuple[ReferenceCard, ...]:
        wanted, differ = [], False
        kinds = {kind.value for kind in ReferenceKind}
        with self._store.read() as look:
            for card in there.references:
                if card.kind in kinds:
                    known = look.reference.digest(ReferenceKind(card.kind), card.version)
                    differ = differ or known not in (None, card.digest)
                    if known is None:
                        wanted.append(card)
        if differ:
            with self._store.write(None) as work:
                work.link.change(alarm=Alarm.REFERENCE, alarm_at=work.now)
                work.commit()
        return tuple(wanted)

    def _let_in(self, reference: ReferenceSet) -> Changes:
        with self._store.write(None) as work:
            let_in(work, reference)
            return work.commit()

    def _trim(self) -> int:
        with self._store.write(None) as work:
            record = work.link.get()
            if record is None or record.link.entering:
                return 0
            before = work.now - KEPT
            keep = (record.link.incarnation, record.link.cursor)
            gone = work.outbox.trim(before, keep, TRIM_PIECE)
            gone += work.recalled.trim(before, TRIM_PIECE)
            progress = work.history.progress()
            if progress is None or not progress.more:
                # While the past is fetched, its old operations have to be known again.
                gone += work.news.trim(before, TRIM_PIECE)
                if record.log_from is not None:
                    gone += work.news.trim_past(record.log_from - WAITED, TRIM_PIECE)
            if gone:
                work.commit()
            return gone

"""Both sides of an exchange in memory, as little of each as the steps and the threads need."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from courier_desk.base.changes import Change
from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.translation import message
from courier_desk.protocol.chain import digest_of
from courier_desk.protocol.messages import (
    EnrolReply,
    EnrolRequest,
    FeedItem,
    FeedReply,
    Hello,
    HistoryReply,
    Lease,
    LeaseRequest,
    Problem,
    ProofReply,
    ProofRequest,
    PushReply,
    PushRequest,
    ReferenceCard,
    ReferenceList,
    RenewRequest,
    StationCard,
)
from courier_desk.services.exchange import Link, LinkState, LinkTrouble, Standing
from courier_desk.sync.ports import LineFault, Refusal
from tests.sync.messages import CHAIN, NOW, hello

Changes = tuple[Change, ...]


class FixedClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment


def link(**changes: object) -> Link:
    made = Link(
        address="http://127.0.0.1:1",
        station_id="s1",
        desk_id="d1",
        incarnation=1,
        secret="of-this-desk",
        epoch=1,
        feed_after=0,
        cursor=0,
        state=LinkState.JOINED,
        reason=LinkTrouble.NONE,
        joined_at=NOW,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def enrolled(incarnation: int = 2) -> EnrolReply:
    card = StationCard(code="C", name="N", company="C", number_prefix="CD", zone="Asia/Shanghai", currency="CNY")
    return EnrolReply(
        station_id="s1",
        desk_id="d1",
        desk_name="One",
        incarnation=incarnation,
        secret="x" * 32,
        epoch=1,
        now=NOW,
        station=card,
        ends=(),
        operations_before=0,
        feed_after=0,
    )


@dataclass
class FakeDesk:
    """A desk whose outbox holds ``last`` operations. ``wishes`` are the answers to what it is asked for supplies."""

    state: Link | None = field(default_factory=link)
    last: int = 0
    on_refused: Callable[[Problem], Link | None] | None = None
    acknowledged: list[int] = field(default_factory=list)
    applied: list[FeedItem] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)
    admitted: list[bytes] = field(default_factory=list)
    leases: list[Lease] = field(default_factory=list)
    proofs: list[ProofReply] = field(default_factory=list)
    entered: list[EnrolReply] = field(default_factory=list)
    wants_lease: LeaseRequest | None = None
    old: int = 0
    pieces_left: int = 0
    due: tuple[ProofRequest, ...] = ()

    def machine(self) -> str:
        return "a" * 64

    def link(self) -> Link | None:
        return self.state

    def batch(self, most: int = 500, most_bytes: int = 0) -> PushRequest | None:
        assert self.state is not None
        first = self.state.cursor + 1
        count = min(most, self.last - self.state.cursor)
        if count <= 0:
            return None
        return PushRequest(
            incarnation=self.state.incarnation,
            first_seq=first,
            chain=CHAIN,
            operations=[f'{{"seq": {seq}}}' for seq in range(first, first + count)],
        )

    def acknowledge(self, request: PushRequest, reply: PushReply) -> Changes:
        assert self.state is not None
        self.acknowledged.append(reply.cursor)
        self.state = replace(self.state, cursor=reply.cursor)
        return (Change("outbox", str(reply.cursor)),)

    def refused(self, problem: Problem) -> Link | None:
        self.refusals.append(problem)
        if self.on_refused is not None:
            self.state = self.on_refused(problem)
        return self.state

    def apply(self, reply: FeedReply) -> Changes:
        assert self.state is not None
        self.applied += reply.items
        self.state = replace(self.state, feed_after=reply.items[-1].n)
        return tuple(Change(item.kind, item.entity_id) for item in reply.items)

    def references_wanted(self, there: ReferenceList) -> tuple[ReferenceCard, ...]:
        here = {digest_of(content).hex() for content in self.admitted}
        return tuple(card for card in there.references if card.digest not in here)

    def admit_reference(self, content: bytes) -> Changes:
        self.admitted.append(content)
        return (Change("reference", ""),)

    def lease_wanted(self) -> LeaseRequest | None:
        return self.wants_lease

    def admit_lease(self, lease: Lease) -> Changes:
        self.leases.append(lease)
        self.wants_lease = None
        return (Change("numbers", ""),)

    def proofs_due(self) -> tuple[ProofRequest, ...]:
        return self.due

    def proof_answered(self, request: ProofRequest, reply: ProofReply) -> Changes:
        self.proofs.append(reply)
        self.due = ()
        return ()

    def enter(self, reply: EnrolReply) -> Changes:
        assert self.state is not None
        self.entered.append(reply)
        self.state = link(address=self.state.address, incarnation=reply.incarnation, secret=reply.secret)
        return (Change("sync", "entered"),)

    def enter_on(self) -> Changes:
        assert self.state is not None
        self.pieces_left -= 1
        self.state = replace(self.state, entering=self.pieces_left > 0)
        return (Change("sync", "entering"),)

    def standing(self) -> Standing:
        return Standing(self.state, self.waiting)

    def trim(self) -> int:
        gone = min(200, self.old)
        self.old -= gone
        return gone

    @property
    def waiting(self) -> int:
        return self.last - self.state.cursor if self.state is not None else 0


class FakeHq:
    """Headquarters in memory. ``faults`` are raised one after the other by whatever is called next; while ``away`` all
    calls fail. A question for news waits, as the real one does."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now
        self.cursor = 0
        self.items: list[FeedItem] = []
        self.documents: dict[tuple[str, int], bytes] = {}
        self.faults: list[Exception] = []
        self.away = False
        self.hasty = False
        self.calls: list[str] = []
        self.pushed: list[int] = []
        self.interrupted = threading.Event()
        self.closed = 0

    def news(self, n: int, kind: str = "parcel.event") -> None:
        item = FeedItem(n=n, kind=kind, entity_id=str(n), op_id=str(n), station="s2", at=self.now, body="{}")
        self.items.append(item)

    def interrupt(self) -> None:
        self.interrupted.set()

    def close(self) -> None:
        self.closed += 1

    def enrol(self, request: EnrolRequest) -> EnrolReply:
        self._called("enrol")
        return enrolled()

    def renew(self, request: RenewRequest) -> EnrolReply:
        self._called("renew")
        return enrolled()

    def hello(self, epoch: int) -> Hello:
        self._called("hello")
        return hello()

    def push(self, request: PushRequest, epoch: int) -> PushReply:
        self._called("push")
        self.pushed.append(len(request.operations))
        self.cursor = max(self.cursor, request.first_seq + len(request.operations) - 1)
        return PushReply(epoch=epoch, now=self.now, cursor=self.cursor, chain=CHAIN, verdicts=[])

    def feed(self, epoch: int, after: int, limit: int, wait_s: float) -> FeedReply:
        self._called("feed")
        end = time.monotonic() + (0 if self.hasty else wait_s)
        while not (found := [item for item in self.items if item.n > after]) and time.monotonic() < end:
            if self.away:
                raise gone()
            if self.interrupted.wait(0.002):
                raise EnvironmentFault(message("The program is closing."))
        head = self.items[-1].n if self.items else 0
        return FeedReply(epoch=epoch, now=self.now, head=head, items=found[:limit])

    def references(self) -> ReferenceList:
        self._called("references")
        cards = [
            ReferenceCard(kind=kind, version=version, digest=digest_of(content).hex())
            for (kind, version), content in self.documents.items()
        ]
        return ReferenceList(references=cards)

    def reference(self, kind: str, version: int) -> bytes:
        self._called("reference")
        return self.documents[kind, version]

    def lease(self, request: LeaseRequest) -> Lease:
        self._called("lease")
        return Lease(lease_id="l1", prefix=request.prefix, first=1, last=request.wanted)

    def prove(self, request: ProofRequest) -> ProofReply:
        self._called("prove")
        return ProofReply(agrees=True, kinds=[])

    def history(self, mark: str, limit: int) -> HistoryReply:
        self._called("history")
        return HistoryReply(operations=[], mark="", more=False)

    def _called(self, what: str) -> None:
        self.calls.append(what)
        if self.interrupted.is_set():
            raise EnvironmentFault(message("The program is closing."))
        if self.away:
            raise gone()
        if self.faults:
            raise self.faults.pop(0)


def gone() -> LineFault:
    return LineFault("no line", message("There is no line to headquarters."))


def refusal(code: str, status: int = 409, retry_after_s: float | None = None) -> Refusal:
    return Refusal(Problem(code=code, text="for a log"), status, retry_after_s)


def proof_request() -> ProofRequest:
    return ProofRequest(business_date=date(2026, 11, 21), incarnation=1, cursor=1, kinds=[])


def lease_request() -> LeaseRequest:
    return LeaseRequest(request_id="r1", incarnation=1, prefix="CD", wanted=100)

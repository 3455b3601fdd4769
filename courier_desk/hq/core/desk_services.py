"""What desks ask of headquarters besides sending operations; each method is one use case."""

import sqlalchemy as sa

from courier_desk.base.clock import Clock
from courier_desk.hq.core import access, enrol, feed, hello, history, numbers, proofs, references
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.reserve import NumberReserve
from courier_desk.hq.core.sequencer import Sequencer
from courier_desk.protocol.messages import (
    EnrolReply,
    EnrolRequest,
    FeedReply,
    Hello,
    HistoryReply,
    Lease,
    LeaseRequest,
    ProofReply,
    ProofRequest,
    ReferenceList,
    RenewRequest,
)


class DeskServices:
    """Errors of all methods with a desk: ``Refused``, not_known for an incarnation that is no more and diverged for a
    desk that two machines have used; the others are said in the module of each use case."""

    def __init__(self, engine: sa.Engine, clock: Clock, reserve: NumberReserve) -> None:
        self.engine = engine
        self.clock = clock
        self.reserve = reserve
        self._sequencer = Sequencer(engine)

    def enrol(self, request: EnrolRequest) -> EnrolReply:
        """Make whoever brings a one-time code the desk it was made for. Errors: Refused (code_refused)."""
        return enrol.enrol(self.engine, request, self.clock.now())

    def authenticate(self, token: str) -> DeskIdentity | None:
        """The desk whose secret the token holds, also one that is dead since; None for nobody's."""
        return access.authenticate(self.engine, token, self.clock.now())

    def renew(self, desk: DeskIdentity, request: RenewRequest) -> EnrolReply:
        """A new incarnation for a desk that found itself set back."""
        return enrol.renew(self.engine, desk, request, self.clock.now())

    def hello(self, desk: DeskIdentity, epoch: int | None = None) -> Hello:
        """How the desk stands. Errors: Refused (new_epoch)."""
        return hello.hello(self.engine, desk, epoch, self.clock.now())

    def feed(self, desk: DeskIdentity, epoch: int | None, after: int, limit: int) -> FeedReply:
        """News after a position. Errors: Refused (new_epoch, gap)."""
        return feed.read(self.engine, desk, epoch, after, limit, self.clock.now())

    def sequence(self) -> int:
        """Number waiting news of all feeds, some thousands at most; returns how many."""
        return self._sequencer.sequence(self.clock.now())

    def lease(self, desk: DeskIdentity, request: LeaseRequest) -> Lease:
        """Waybill numbers. Errors: Refused (fenced, not_allowed, busy, unavailable)."""
        return numbers.lease(self.engine, self.reserve, desk, request, self.clock.now())

    def references(self, desk: DeskIdentity) -> ReferenceList:
        """What holds for the desk's station or will."""
        return references.listed(self.engine, desk, self.clock.now().date())

    def reference(self, desk: DeskIdentity, kind: str, version: int) -> bytes:
        """The exact bytes of one version. Errors: Refused (not_found)."""
        return references.get(self.engine, desk, kind, version)

    def prove(self, desk: DeskIdentity, request: ProofRequest) -> ProofReply:
        """Compare a business date. Errors: Refused (fenced, gap)."""
        return proofs.prove(self.engine, desk, request, self.clock.now())

    def history(self, desk: DeskIdentity, mark: str, limit: int) -> HistoryReply:
        """The station's own past. Errors: Refused (bad_message)."""
        return history.history(self.engine, desk, mark, limit)

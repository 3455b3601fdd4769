"""What the exchange needs of its two sides, and how either of them says no."""

from typing import Protocol, TypeVar

from courier_desk.base.changes import Change
from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.translation import Message
from courier_desk.protocol.messages import (
    EnrolReply,
    EnrolRequest,
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
    ReferenceList,
    RenewRequest,
)

T = TypeVar("T")
Changes = tuple[Change, ...]


class Refusal(Exception):
    """Headquarters itself says no. ``retry_after_s``: when it wants to be asked again, None where it does not say."""

    def __init__(self, problem: Problem, status: int, retry_after_s: float | None = None) -> None:
        super().__init__(f"{status} {problem.code}")
        self.problem = problem
        self.status = status
        self.retry_after_s = retry_after_s

    @property
    def passes_by_itself(self) -> bool:
        """True where headquarters only has too much to do, or is not quite there."""
        return self.status in {429, 503} or self.status >= 500


class LineFault(EnvironmentFault):
    """Headquarters was not reached, or what answered is not headquarters. ``kind`` is a stable word for the log;
    ``field`` names the field of the join form that it concerns."""

    field = "address"

    def __init__(self, kind: str, text: Message, retry_after_s: float | None = None) -> None:
        super().__init__(text)
        self.kind = kind
        self.retry_after_s = retry_after_s


class HqPort(Protocol):
    """Headquarters as one desk sees it. Every method: errors Refusal, EnvironmentFault."""

    def enrol(self, request: EnrolRequest) -> EnrolReply: ...
    def renew(self, request: RenewRequest) -> EnrolReply: ...
    def hello(self, epoch: int) -> Hello: ...
    def push(self, request: PushRequest, epoch: int) -> PushReply: ...
    def feed(self, epoch: int, after: int, limit: int, wait_s: float) -> FeedReply: ...
    def references(self) -> ReferenceList: ...
    def reference(self, kind: str, version: int) -> bytes: ...
    def lease(self, request: LeaseRequest) -> Lease: ...
    def prove(self, request: ProofRequest) -> ProofReply: ...
    def history(self, mark: str, limit: int) -> HistoryReply: ...
    def interrupt(self) -> None:
        """From another thread: what is under way ends with an EnvironmentFault, and nothing new is begun."""
        ...

    def close(self) -> None: ...


class PastPort(Protocol):
    """The station's past, as a desk that was replaced takes it in."""

    def wanted(self) -> str | None:
        """The mark to ask on with; None where the whole past is here."""
        ...

    def admit(self, reply: HistoryReply) -> Changes:
        """Take a page in."""
        ...

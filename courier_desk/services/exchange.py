"""The desk's side of headquarters: what is sent, what headquarters answered, how the desk stands.

Every method may be called from the thread that talks to headquarters: what touches the database runs on its lane, in
pieces of a few milliseconds. On the lane itself a method runs at once, whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from courier_desk.base.changes import Change
from courier_desk.protocol.messages import (
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

Changes = tuple[Change, ...]


class LinkState(StrEnum):
    """JOINED: all is well. SET_BACK: saved work is missing here (an old backup); ask for a new incarnation with the
    secret (renew), then ``enter``. NEEDS_CODE: only a one-time code of headquarters' people helps (enrol, then
    ``enter``)."""

    JOINED = "joined"
    SET_BACK = "set_back"
    NEEDS_CODE = "needs_code"


class LinkTrouble(StrEnum):
    """Why the link is not JOINED."""

    NONE = ""
    SET_BACK = "set_back"
    DIVERGED = "diverged"
    FENCED = "fenced"
    NOT_KNOWN = "not_known"
    OTHER_MACHINE = "other_machine"


@dataclass(frozen=True, slots=True)
class Link:
    """How this desk reaches headquarters and how far both are. ``cursor``: the last seq of this incarnation that
    headquarters has; ``feed_after``: the last news that was dealt with."""

    address: str
    station_id: str
    desk_id: str
    incarnation: int
    secret: str = field(repr=False)
    epoch: int
    feed_after: int
    cursor: int
    state: LinkState
    reason: LinkTrouble
    joined_at: datetime

    @property
    def token(self) -> str:
        """What the desk shows to headquarters with each request."""
        return f"{self.desk_id}.{self.secret}"


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """An operation that headquarters holds and could not apply; ``settled_how`` is empty until somebody did."""

    op_id: str
    seq: int
    kind: str
    number: str
    reason: str
    text: str
    refused_at: datetime
    settled_how: str = ""
    settled_text: str = ""


@dataclass(frozen=True, slots=True)
class ProofDay:
    """One business day as both sides hold it."""

    day: date
    agrees: bool
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How the desk stands with headquarters, for page and status bar. ``link`` is None for a station on its own;
    ``numbers_days`` is how long the numbers last on busy days; ``alarm`` says what was wrong with news."""

    link: Link | None
    waiting: int = 0
    oldest_at: datetime | None = None
    refused: tuple[RefusedRow, ...] = ()
    kept_waiting: int = 0
    kept_unknown: int = 0
    kept_broken: int = 0
    alarm: str = ""
    alarm_at: datetime | None = None
    numbers_left: int = 0
    numbers_days: int = 0
    numbers_low: bool = False
    proofs: tuple[ProofDay, ...] = ()
    unproved: int = 0


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
        """A new incarnation of this desk on this folder."""
        ...

    def standing(self) -> Standing:
        """For page and status bar."""
        ...

    def trim(self) -> int:
        """Clear what is over; for idle minutes. Returns how many rows went."""
        ...

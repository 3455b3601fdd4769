"""How the desk stands with headquarters: the link, what was refused, the days compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from courier_desk.base.translation import Message, message


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


# What may be a copy, or was replaced, gives out no number: another desk gives the same ones.
NO_NUMBERS = (LinkTrouble.DIVERGED, LinkTrouble.FENCED, LinkTrouble.OTHER_MACHINE)


class Alarm(StrEnum):
    """What was wrong with what headquarters told; nothing was changed by it."""

    HOLE = "hole"
    OTHER_EPOCH = "other_epoch"
    BROKEN = "broken"
    LEASE = "lease"
    REFERENCE = "reference"


ALARM_TEXTS: Mapping[Alarm, Message] = {
    Alarm.HOLE: message("News of headquarters is missing in between; nothing that follows is applied."),
    Alarm.OTHER_EPOCH: message("News came that belongs to another record of headquarters; it was not applied."),
    Alarm.BROKEN: message("News came that cannot be right; it was kept aside and changed nothing."),
    Alarm.LEASE: message("Waybill numbers came that cannot be right; they are not given out."),
    Alarm.REFERENCE: message("Headquarters names a version of reference data that differs from the one that is here."),
}


@dataclass(frozen=True, slots=True)
class Link:
    """How this desk reaches headquarters and how far both are. ``cursor``: the last seq of this incarnation that
    headquarters has; ``feed_after``: the last news that was dealt with. ``entering``: this incarnation was begun, and
    nothing is sent before all is issued again that headquarters has not."""

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
    entering: bool = False

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
class PastStanding:
    """How much of the past of a desk that was replaced is here: ``done`` of ``total`` operations (0: not known).
    ``aside`` of them were not understood or did not fit; they are kept. ``since``: the first day that headquarters
    still has whole, None where it has all."""

    done: int
    total: int
    more: bool
    aside: int
    since: date | None = None


@dataclass(frozen=True, slots=True)
class EnteringStanding:
    """``done`` of ``total`` operations are issued again under a new incarnation."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How the desk stands with headquarters, for page and status bar. ``link`` is None for a station on its own;
    ``numbers_days`` is how long the numbers last on busy days; ``alarm`` says what was wrong with news; ``past`` is
    None for a desk that never was another PC, ``entering`` unless a new incarnation is just being entered."""

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
    past: PastStanding | None = None
    entering: EnteringStanding | None = None

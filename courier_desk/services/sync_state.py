"""How the desk stands with headquarters at this moment: one word and one number for the status bar."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from courier_desk.base.translation import Message


class SyncWord(StrEnum):
    """IDLE: in step. SENDING: something waits and goes out. OFFLINE: no line, or headquarters asks to wait. REFUSED:
    headquarters did not take what was sent and it is tried again. NEEDS_CODE: a person must enter a one-time code.
    NOT_JOINED: this station is on its own (sample and training stations always are)."""

    IDLE = "idle"
    SENDING = "sending"
    OFFLINE = "offline"
    REFUSED = "refused"
    NEEDS_CODE = "needs_code"
    NOT_JOINED = "not_joined"


@dataclass(frozen=True, slots=True)
class SyncState:
    """``waiting``: operations that headquarters has not got. ``since``: when the word became what it is.

    ``fault``: what is in the way, for a person. ``contact_at``: when headquarters last answered. ``retry_at``: when it
    is asked again after a failure. ``clock_off_s``: seconds that this PC's clock is ahead of headquarters' (negative:
    behind), 0 while it is less than five minutes."""

    word: SyncWord
    waiting: int = 0
    since: datetime | None = None
    fault: Message | None = None
    contact_at: datetime | None = None
    retry_at: datetime | None = None
    clock_off_s: int = 0

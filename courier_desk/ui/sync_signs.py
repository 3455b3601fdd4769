"""How the line to headquarters is said in one word and one number, and what that means, in the status bar and on its
page."""

from collections.abc import Mapping
from dataclasses import dataclass

from courier_desk.base.translation import Message, message
from courier_desk.services.sync_state import SyncState, SyncWord

_FULL_OFF_S = 300


@dataclass(frozen=True, slots=True)
class LineSign:
    """``word`` with its number for the status bar; ``meaning`` a sentence for whoever wants to know more."""

    word: Message
    tone: str
    icon: str
    meaning: Message


_OFFLINE = message(
    "There is no line. Nobody has to wait: all is kept here in its order and goes out by itself once the line is back."
)
_MEANINGS: Mapping[SyncWord, Message] = {
    SyncWord.IDLE: message("Headquarters has everything, and this desk knows what headquarters knows."),
    SyncWord.SENDING: message("What was done last is on its way; you need not wait for it."),
    SyncWord.OFFLINE: _OFFLINE,
    SyncWord.REFUSED: message("Headquarters did not take what was sent. It is kept, and tried again."),
    SyncWord.NEEDS_CODE: message(
        "Headquarters takes nothing from this desk until somebody enters a new one-time code. All is kept here."
    ),
    SyncWord.NOT_JOINED: message("This station works without headquarters."),
}


_SIGNS: Mapping[SyncWord, tuple[Message, str, str]] = {
    SyncWord.IDLE: (message("In step"), "muted", "cloud-check"),
    SyncWord.SENDING: (message("In step"), "muted", "cloud-check"),
    SyncWord.OFFLINE: (message("Off line"), "warn", "cloud-slash"),
    SyncWord.REFUSED: (message("Refused"), "bad", "warning"),
    SyncWord.NEEDS_CODE: (message("Needs a code"), "bad", "key"),
    SyncWord.NOT_JOINED: (message("On its own"), "muted", "cloud-slash"),
}
_CALM = (SyncWord.IDLE, SyncWord.SENDING)


def line_sign(state: SyncState, refused: int = 0) -> LineSign:
    """``refused``: operations that headquarters keeps and cannot apply, which somebody has to look at."""
    word, n = state.word, state.waiting
    if refused and word in _CALM:
        said = message("Headquarters keeps what it could not apply; its page says why and what to do.")
        return LineSign(message("Refused {n}", n=refused), "bad", "warning", said)
    if n and word is SyncWord.OFFLINE:
        return LineSign(message("Off line {n}", n=n), "warn", "cloud-slash", _MEANINGS[word])
    if n and word is SyncWord.REFUSED:
        return LineSign(message("Refused {n}", n=n), "bad", "warning", _MEANINGS[word])
    if n and word in _CALM:
        return LineSign(message("Waiting {n}", n=n), "info", "cloud-arrow-up", _MEANINGS[SyncWord.SENDING])
    text, tone, icon = _SIGNS[word]
    return LineSign(text, tone, icon, _MEANINGS[SyncWord.IDLE if word in _CALM else word])


def clock_fault(state: SyncState) -> Message | None:
    """What to say when this computer's clock differs from headquarters' by five minutes or more."""
    minutes = abs(state.clock_off_s) // 60
    if abs(state.clock_off_s) < _FULL_OFF_S:
        return None
    if state.clock_off_s > 0:
        return message("The clock of this computer is {n} minutes ahead of headquarters'. Set it right.", n=minutes)
    return message("The clock of this computer is {n} minutes behind headquarters'. Set it right.", n=minutes)

"""How states look in lists: a tone and an icon beside the word, never colour alone."""

from collections.abc import Mapping

from courier_desk.base.translation import N_, _
from courier_desk.domain.print_job import PrintState
from courier_desk.domain.status import Status
from courier_desk.domain.words import PRINT_STATE_WORDS, STATUS_WORDS

Sign = tuple[str, str]

_STATUS: Mapping[Status, Sign] = {
    Status.INFO: ("muted", "file-text"),
    Status.PICK: ("info", "package"),
    Status.SORT: ("info", "stack"),
    Status.TRAN: ("accent", "truck"),
    Status.DELAY: ("warn", "clock"),
    Status.LOST: ("bad", "question"),
    Status.RETD: ("warn", "arrow-u-up-left"),
    Status.DLVD: ("good", "check-circle"),
}
_VOID: Sign = ("bad", "prohibit")
_PRINT: Mapping[PrintState, Sign] = {
    PrintState.WAITING: ("muted", "hourglass"),
    PrintState.SENDING: ("info", "paper-plane-tilt"),
    PrintState.SENT: ("info", "check"),
    PrintState.PRINTED: ("good", "check-circle"),
    PrintState.FAILED: ("bad", "x-circle"),
    PrintState.UNKNOWN: ("warn", "question"),
    PrintState.CANCELLED: ("muted", "prohibit"),
}
VOID = N_("Void")
UNKNOWN = N_("Unknown")


def status_word(status: str, *, void: bool) -> str:
    """The word for a status; what is void says so first."""
    return _(VOID) if void else _(STATUS_WORDS[Status(status)])


def status_sign(status: str, *, void: bool) -> Sign:
    """Tone and icon of a status."""
    return _VOID if void else _STATUS[Status(status)]


def print_word(state: str, *, short: bool = False) -> str:
    """The word for the state of a paper; ``short`` for a narrow column."""
    if short and state == PrintState.UNKNOWN:
        return _(UNKNOWN)
    return _(PRINT_STATE_WORDS[PrintState(state)])


def print_sign(state: str) -> Sign:
    """Tone and icon of the state of a paper."""
    return _PRINT[PrintState(state)]

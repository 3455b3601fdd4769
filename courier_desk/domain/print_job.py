"""A paper that waits to be printed, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from courier_desk.domain.paper import PaperKind


class PrintState(StrEnum):
    """SENT: the system queue took it. PRINTED: the printer said so. UNKNOWN: cut off while sending; a person says."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


_NEXT: Mapping[PrintState, frozenset[PrintState]] = {
    PrintState.WAITING: frozenset({PrintState.SENDING, PrintState.FAILED, PrintState.CANCELLED}),
    PrintState.SENDING: frozenset({PrintState.SENT, PrintState.PRINTED, PrintState.FAILED, PrintState.UNKNOWN}),
    PrintState.SENT: frozenset({PrintState.PRINTED, PrintState.UNKNOWN}),
    PrintState.PRINTED: frozenset(),
    PrintState.FAILED: frozenset({PrintState.WAITING, PrintState.CANCELLED}),
    PrintState.UNKNOWN: frozenset({PrintState.WAITING, PrintState.PRINTED, PrintState.CANCELLED}),
    PrintState.CANCELLED: frozenset(),
}


def may_become(state: PrintState, new: PrintState) -> bool:
    """True when the queue allows this step."""
    return new in _NEXT[state]


@dataclass(frozen=True, slots=True)
class PrintJob:
    """``subject`` is the parcel number, bag id or list id; ``copy`` 0 for the first print, 1 for the first reprint;
    ``seq`` is given by the queue when it is added (0 before)."""

    id: str
    kind: PaperKind
    subject: str
    printer: str
    state: PrintState
    created_at: datetime
    changed_at: datetime
    operator_id: str
    copy: int = 0
    reason: str = ""
    error: str = ""
    seq: int = 0

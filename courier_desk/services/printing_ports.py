"""What the print spooler asks of whoever keeps the print queue. Free of Qt and SQL."""

from dataclasses import dataclass
from typing import Protocol

from courier_desk.domain.paper import BagTag, HandoverPaper, PaperKind, WaybillLabel
from courier_desk.domain.print_job import PrintState

Paper = WaybillLabel | BagTag | HandoverPaper


@dataclass(frozen=True, slots=True)
class Job:
    """The paper at the head of one printer's queue, complete enough to be drawn.

    ``again`` is True when an earlier try may have left a paper (the job was UNKNOWN before): it is then printed with
    a mark, also where ``paper.reprint`` is empty.
    """

    id: str
    kind: PaperKind
    title: str
    paper: Paper
    state: PrintState
    again: bool = False


class JobSource(Protocol):
    """The print queue. Called from the printers' threads; an implementation goes through the db lane and waits."""

    def next(self, printer: str) -> Job | None:
        """The oldest job of this printer that is not over: WAITING, SENDING, FAILED or UNKNOWN, in strict order.

        A job that failed or whose fate is unknown therefore holds back those behind it until it is settled; one that
        is SENDING was left by a process that died. None when there is nothing to do.
        """
        ...

    def mark(self, job_id: str, state: PrintState, text: str) -> None:
        """Save the state, durably, before this returns; ``text`` says why, in the words of the person's language."""
        ...

    def move(self, from_printer: str, to_printer: str) -> int:
        """Give all WAITING and FAILED jobs to the other printer, behind its own, in their order; they wait there.
        How many."""
        ...

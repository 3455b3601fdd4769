"""The print queue in the database: strict order, a state for each paper, reprints with reason and mark (mission C4)."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from courier_desk.base.changes import Change
from courier_desk.base.errors import UserError
from courier_desk.base.ids import new_id
from courier_desk.base.translation import message
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.paper import PaperKind
from courier_desk.domain.print_job import PrintJob, PrintState, may_become
from courier_desk.domain.user import Action, Actor
from courier_desk.services.approvals import ApprovalRequest, consume, request_for
from courier_desk.services.gate import Gate
from courier_desk.services.ports import Store, UnitOfWork

PaperRouting = Callable[[PaperKind], str]
"""The name of the printer for a kind of paper, as the settings say now."""


def put_in_queue(
    work: UnitOfWork, papers: PaperRouting, kind: PaperKind, subject: str, actor: Actor, reason: str = ""
) -> PrintJob:
    """Ask for a paper inside the transaction of what it belongs to. A second one of the same is a marked copy."""
    job = PrintJob(
        id=new_id(),
        kind=kind,
        subject=subject,
        printer=papers(kind),
        state=PrintState.WAITING,
        created_at=work.now,
        changed_at=work.now,
        operator_id=actor.operator_id,
        copy=work.print_jobs.next_copy(kind, subject) if reason else 0,
        reason=reason,
    )
    work.change("print_job", job.id)
    return work.print_jobs.add(job)


@dataclass(frozen=True, slots=True)
class QueueResult:
    """What was done to the queue."""

    jobs: tuple[PrintJob, ...]
    changes: tuple[Change, ...]


class PrintQueueService:
    """Steers the queue: reprint, again, give up, all to the other printer. Runs on the db lane."""

    def __init__(self, store: Store, gate: Gate, papers: PaperRouting) -> None:
        self._store = store
        self._gate = gate
        self._papers = papers

    def reprint(self, actor: Actor, kind: PaperKind, request: ApprovalRequest, approval_id: str) -> QueueResult:
        """The same paper again, with a reason and a mark on it; the same number is used, never a new one."""
        self._gate.require(actor, Action.LABEL_REPRINT)
        if not request.reason.strip():
            raise UserError(message("Give a reason for the reprint."), field="reason")
        with self._store.write(actor) as work:
            _check_not_void(work, kind, request.subject)
            consume(work, request_for(RequestKind.REPRINT, request.subject, request.reason), approval_id, actor)
            job = put_in_queue(work, self._papers, kind, request.subject, actor, request.reason)
            body = {
                "kind": kind.value,
                "subject": job.subject,
                "copy": job.copy,
                "reason": job.reason,
                "approval": approval_id,
            }
            work.audit("paper.reprinted", "print_job", job.id, None, body)
            work.emit("paper.reprinted", job.id, body)
            return QueueResult((job,), work.commit())

    def again(self, actor: Actor, job_id: str) -> QueueResult:
        """A failed paper, or one whose fate is unknown and was looked at, waits again."""
        return self._become(actor, job_id, PrintState.WAITING)

    def came_out(self, actor: Actor, job_id: str) -> QueueResult:
        """A person saw that the paper of unknown fate did come out."""
        return self._become(actor, job_id, PrintState.PRINTED)

    def cancel(self, actor: Actor, job_id: str) -> QueueResult:
        """The paper is not wanted any more."""
        return self._become(actor, job_id, PrintState.CANCELLED)

    def move_all(self, actor: Actor, from_printer: str, to_printer: str) -> QueueResult:
        """All that waits or failed goes to the other printer."""
        self._gate.require(actor, Action.PRINT_QUEUE_STEER)
        if from_printer == to_printer:
            raise UserError(message("There is no other printer set up."))
        with self._store.write(actor) as work:
            moved = work.print_jobs.move_waiting(from_printer, to_printer)
            work.audit("queue.moved", "printer", from_printer, None, {"to": to_printer, "papers": moved})
            work.change("print_job", "")
            return QueueResult((), work.commit())

    def _become(self, actor: Actor, job_id: str, state: PrintState) -> QueueResult:
        self._gate.require(actor, Action.PRINT_QUEUE_STEER)
        with self._store.write(actor) as work:
            job = work.print_jobs.get(job_id)
            if job is None:
                raise UserError(message("This paper is no longer in the queue."))
            if not may_become(job.state, state):
                raise UserError(message("The paper has gone on meanwhile; look at its state again."))
            # What may be out already comes out again only with a mark.
            perhaps_out = job.state is PrintState.UNKNOWN and state is PrintState.WAITING
            copy = work.print_jobs.next_copy(job.kind, job.subject) if perhaps_out else job.copy
            changed = replace(job, state=state, error="", copy=copy, changed_at=work.now)
            work.print_jobs.save(changed)
            work.audit("paper." + state.value, "print_job", job.id, {"state": job.state}, {"state": state})
            work.change("print_job", job.id)
            return QueueResult((changed,), work.commit())


def _check_not_void(work: UnitOfWork, kind: PaperKind, subject: str) -> None:
    parcel = work.parcels.by_number(subject) if kind is PaperKind.LABEL else None
    if parcel is not None and parcel.void:
        raise UserError(message("This order is void already."))

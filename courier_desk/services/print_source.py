"""The print queue as the printers' threads see it: each question goes through the database lane and waits."""

from dataclasses import replace

from courier_desk.base.clock import Clock
from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.print_job import PrintState, may_become
from courier_desk.services.papers import PaperService
from courier_desk.services.ports import OnLane, Store
from courier_desk.services.printing_ports import Job


class QueueSource:
    """Keeps ``printing_ports.JobSource`` over the database."""

    def __init__(self, store: Store, papers: PaperService, clock: Clock, on_lane: OnLane) -> None:
        self._store = store
        self._papers = papers
        self._clock = clock
        self._on_lane = on_lane

    def next(self, printer: str) -> Job | None:
        """The paper at the head of this printer's queue, ready to be drawn."""
        return self._on_lane(lambda: self._next(printer))

    def mark(self, job_id: str, state: PrintState, text: str) -> None:
        """Save what became of a paper. Errors: UserError when a person has taken it out of the queue meanwhile."""
        self._on_lane(lambda: self._mark(job_id, state, text))

    def move(self, from_printer: str, to_printer: str) -> int:
        """All that waits or failed goes to the other printer, in its order."""
        return self._on_lane(lambda: self._move(from_printer, to_printer))

    def _next(self, printer: str) -> Job | None:
        with self._store.read() as work:
            job = work.print_jobs.head(printer)
        if job is None:
            return None
        content = self._papers.content(job)
        return Job(job.id, job.kind, content.number, content, job.state)

    def _mark(self, job_id: str, state: PrintState, text: str) -> None:
        with self._store.write(None) as work:
            job = work.print_jobs.get(job_id)
            if job is not None:
                if not may_become(job.state, state):
                    raise UserError(message("The paper has gone on meanwhile; look at its state again."))
                work.print_jobs.save(replace(job, state=state, error=text, changed_at=self._clock.now()))
            work.commit()

    def _move(self, from_printer: str, to_printer: str) -> int:
        with self._store.write(None) as work:
            moved = work.print_jobs.move_waiting(from_printer, to_printer)
            work.commit()
        return moved

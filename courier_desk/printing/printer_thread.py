"""One printer's thread: takes its papers in strict order, and stops at the first that does not come out."""

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, replace
from enum import StrEnum

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.translation import Message, in_language, message
from courier_desk.domain.paper import HandoverPaper
from courier_desk.domain.print_job import PrintState
from courier_desk.printing.backends import render
from courier_desk.printing.captions import PRINTED_AGAIN
from courier_desk.printing.printers import PrinterBackend, PrinterSpec, PrinterStatus, SendInterrupted, Sent
from courier_desk.services.printing_ports import Job, JobSource, Paper

_STATE_OF = {Sent.SENT: PrintState.SENT, Sent.PRINTED: PrintState.PRINTED}


class QueueState(StrEnum):
    """RUNNING: papers go out as they come. STOPPED: by a person. HELD: something is in the way, ``text`` says what."""

    RUNNING = "running"
    STOPPED = "stopped"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class QueueStatus:
    """One printer's queue now; ``job_id`` is the paper it stands at, empty where there is none."""

    printer: str
    state: QueueState
    text: str = ""
    job_id: str = ""


@dataclass(frozen=True, slots=True)
class Callbacks:
    """Plain functions that the printers' threads call: a job has another state; a queue has; a defect came up."""

    on_job: Callable[[str], None]
    on_queue: Callable[[QueueStatus], None]
    on_defect: Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds: how often a printer that was not ready is asked again; how often an idle queue is looked at without
    being told; how long closing waits for the paper that is under way."""

    recheck_s: float = 5.0
    idle_s: float = 30.0
    finish_s: float = 5.0


Submit = Callable[[Callable[[Paper, PrinterSpec], bytes], Paper, PrinterSpec], "Future[bytes]"]


class _Held(Exception):
    """The queue stands. ``by_itself``: the printer is asked now and then; ``known``: nothing new came up."""

    def __init__(self, text: str, job_id: str = "", *, by_itself: bool = False, known: bool = False) -> None:
        super().__init__(text)
        self.text = text
        self.job_id = job_id
        self.by_itself = by_itself
        self.known = known


class PrinterThread:
    """Draws on the work lane, sends, marks. What reached the printer is never sent again without a person."""

    def __init__(
        self,
        spec: PrinterSpec,
        backend: PrinterBackend,
        source: JobSource,
        submit: Submit,
        callbacks: Callbacks,
        timing: Timing,
    ) -> None:
        self.spec = spec
        self._backend = backend
        self._source = source
        self._submit = submit
        self._callbacks = callbacks
        self._timing = timing
        self._change = threading.Condition()
        self._ending = False
        self._woken = True
        self._status = QueueStatus(spec.name, QueueState.RUNNING)
        self._rechecks = False
        # What failed was never sent: it may be tried again at the start and whenever somebody says so.
        self._retry = True
        self._doubtful: set[str] = set()
        self._thread = threading.Thread(target=self._work, name=f"printer {spec.name}", daemon=True)

    @property
    def status(self) -> QueueStatus:
        """The queue now."""
        return self._status

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """The queue may have changed: a new job, or a decision on the one that holds it."""
        with self._change:
            self._woken = True
            self._change.notify_all()

    def stop(self) -> None:
        """Send nothing more after the paper that is under way."""
        self._become(QueueStatus(self.spec.name, QueueState.STOPPED))

    def resume(self) -> None:
        """Go on; what failed before anything was sent is tried again."""
        with self._change:
            self._retry = True
        self._become(QueueStatus(self.spec.name, QueueState.RUNNING))

    def look_again(self) -> None:
        """Its queue was changed by a person: like ``resume``, but a stop stays a stop."""
        with self._change:
            self._retry = True
            stopped = self._status.state is QueueState.STOPPED
        if not stopped:
            self.resume()

    def close(self) -> None:
        """Let the paper under way come out if it is quick, then end the thread."""
        with self._change:
            self._ending = True
            self._change.notify_all()
        self._thread.join(self._timing.finish_s)
        self._backend.interrupt()
        self._thread.join()

    def _become(self, status: QueueStatus) -> None:
        with self._change:
            changed = status != self._status
            self._status = status
            self._change.notify_all()
        if changed:
            self._callbacks.on_queue(status)

    def _work(self) -> None:
        while self._wait_until_wanted():
            try:
                job = self._source.next(self.spec.name)
                if job is not None:
                    self._handle(job)
                    continue
                self._nothing_left()
            except _Held as held:
                self._hold(held)
            except EnvironmentFault as fault:
                # The queue itself cannot be read or written: nothing goes out that could not be recorded.
                self._hold(_Held(str(fault), by_itself=fault.retriable))
            except UserError as error:
                # What the paper is about cannot be put on paper; somebody has to cancel it.
                self._hold(_Held(str(error)))
            except Exception as error:  # noqa: BLE001  a defect must not end the thread unseen
                self._callbacks.on_defect(error)
                self._hold(_Held(str(message("The print queue stopped because of an error in the program."))))
            else:
                self._rest()

    def _wait_until_wanted(self) -> bool:
        while True:
            with self._change:
                if self._ending:
                    return False
                state = self._status.state
                held = state is QueueState.HELD
                if state is QueueState.RUNNING or (held and self._woken):
                    self._woken = False
                    return True
                self._change.wait(self._timing.recheck_s if held and self._rechecks else None)
                asks = self._rechecks and self._status.state is QueueState.HELD and not (self._woken or self._ending)
            if asks and self._backend.status().able:
                self.resume()

    def _rest(self) -> None:
        with self._change:
            if not self._woken and not self._ending:
                self._change.wait(self._timing.idle_s)

    def _nothing_left(self) -> None:
        with self._change:
            self._retry = False
            held = self._status.state is QueueState.HELD
        if held:
            self._become(QueueStatus(self.spec.name, QueueState.RUNNING))

    def _hold(self, held: _Held) -> None:
        with self._change:
            self._rechecks = held.by_itself
            self._retry = False
            now = self._status
        if now.state is QueueState.STOPPED:
            return
        # A paper that holds the queue still is not told a second time, and not in poorer words.
        if not (now.state is QueueState.HELD and held.job_id and now.job_id == held.job_id and held.known):
            self._become(QueueStatus(self.spec.name, QueueState.HELD, held.text, held.job_id))

    def _handle(self, job: Job) -> None:
        if job.state is PrintState.SENDING:
            self._mark(job, PrintState.UNKNOWN, message("The program ended while this paper was being sent."))
            raise _Held(_look(job), job.id)
        if job.state is PrintState.UNKNOWN:
            self._doubtful.add(job.id)
            raise _Held(_look(job), job.id)
        if job.state is PrintState.FAILED:
            if not self._retry:
                words = message("An earlier paper failed; look at it, then resume.")
                raise _Held(str(words), job.id, by_itself=self._rechecks, known=True)
            self._mark(job, PrintState.WAITING, None)
        self._print(job)

    def _print(self, job: Job) -> None:
        data = self._draw(job)
        if data is None or self._status.state is QueueState.STOPPED:
            return
        try:
            self._mark(job, PrintState.SENDING, None)
        except UserError:
            # Cancelled or moved away since we looked: its turn is over.
            self.wake()
            return
        try:
            sent = self._backend.send(data, job.title, lambda status: self._trouble(job, status))
        except SendInterrupted as fault:
            self._mark(job, PrintState.UNKNOWN, fault.message)
            raise _Held(_look(job), job.id) from fault
        except EnvironmentFault as fault:
            self._mark(job, PrintState.FAILED, fault.message)
            raise _Held(str(fault), job.id, by_itself=fault.retriable) from fault
        except Exception:
            self._mark(job, PrintState.UNKNOWN, message("An error in the program came up while sending."))
            raise
        self._mark(job, _STATE_OF[sent], None)
        if self._status.state is QueueState.HELD:
            self._become(QueueStatus(self.spec.name, QueueState.RUNNING))

    def _draw(self, job: Job) -> bytes | None:
        """The bytes for the printer; None when the program ends before they are there."""
        try:
            return self._submit(render, self._paper(job), self.spec).result()
        except CancelledError:
            if self._ending:
                return None
            raise
        except (UserError, EnvironmentFault) as fault:
            self._mark(job, PrintState.FAILED, fault.message)
            raise _Held(str(fault), job.id) from fault
        except Exception:
            self._mark(job, PrintState.FAILED, message("This paper could not be drawn because of an error."))
            raise

    def _paper(self, job: Job) -> Paper:
        """The paper, with the mark of a second one where the first may lie there already."""
        paper = job.paper
        if isinstance(paper, HandoverPaper) or paper.reprint or not (job.again or job.id in self._doubtful):
            return paper
        return replace(paper, reprint=in_language(PRINTED_AGAIN.text, self.spec.paper_language))

    def _trouble(self, job: Job, status: PrinterStatus) -> None:
        """The label lies in the printer and waits for a person; it comes out by itself when the trouble is over."""
        if self._status.state is not QueueState.STOPPED:
            self._become(QueueStatus(self.spec.name, QueueState.HELD, str(status.text), job.id))

    def _mark(self, job: Job, state: PrintState, text: Message | None) -> None:
        if state is PrintState.UNKNOWN:
            self._doubtful.add(job.id)
        self._source.mark(job.id, state, str(text) if text is not None else "")
        self._callbacks.on_job(job.id)


def _look(job: Job) -> str:
    return str(message("Look whether {title} came out, and say so in the print queue.", title=job.title))

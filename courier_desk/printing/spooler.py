"""The spooler: one thread for each printer of the desk, steered by name."""

import threading
from collections.abc import Callable, Sequence

from courier_desk.printing.backends import backend_for
from courier_desk.printing.printer_thread import Callbacks, PrinterThread, QueueStatus, Submit, Timing
from courier_desk.printing.printers import PrinterBackend, PrinterSpec
from courier_desk.services.printing_ports import JobSource


class PrintSpooler:
    """Prints what the queue holds. ``submit`` puts the drawing on the work lane (``WorkLane.submit``)."""

    def __init__(
        self,
        source: JobSource,
        submit: Submit,
        callbacks: Callbacks,
        timing: Timing | None = None,
        backends: Callable[[PrinterSpec], PrinterBackend] = backend_for,
    ) -> None:
        self._source = source
        self._submit = submit
        self._callbacks = callbacks
        self._timing = timing or Timing()
        self._backends = backends
        self._threads: dict[str, PrinterThread] = {}
        self._guard = threading.Lock()

    def use(self, printers: Sequence[PrinterSpec]) -> None:
        """The printers of the desk from now on; those that did not change go on undisturbed."""
        wanted = {spec.name: spec for spec in printers}
        with self._guard:
            for name, thread in list(self._threads.items()):
                if wanted.get(name) != thread.spec:
                    thread.close()
                    del self._threads[name]
            for name, spec in wanted.items():
                if name not in self._threads:
                    thread = PrinterThread(
                        spec, self._backends(spec), self._source, self._submit, self._callbacks, self._timing
                    )
                    self._threads[name] = thread
                    thread.start()

    def wake(self, printer: str = "") -> None:
        """There are new jobs, for this printer or for any."""
        for name, thread in self._all():
            if printer in ("", name):
                thread.wake()

    def stop(self, printer: str) -> None:
        """Nothing more goes to this printer after the paper under way. Errors: KeyError for an unknown printer."""
        self._threads[printer].stop()

    def resume(self, printer: str) -> None:
        """Go on after a stop, a repair or a decision. Errors: KeyError for an unknown printer."""
        self._threads[printer].resume()

    def move_all(self, from_printer: str, to_printer: str) -> int:
        """All paper that waits or failed goes to the other printer, in its order; how many. A paper whose fate is
        unknown stays and asks. Errors: KeyError for an unknown printer; what the queue raises."""
        source, target = self._threads[from_printer], self._threads[to_printer]
        moved = self._source.move(from_printer, to_printer)
        source.look_again()
        target.look_again()
        return moved

    def statuses(self) -> tuple[QueueStatus, ...]:
        """Every queue now."""
        return tuple(thread.status for _name, thread in self._all())

    def close(self) -> None:
        """End all threads. A paper that does not come out in time is asked for at the next start."""
        with self._guard:
            for thread in self._threads.values():
                thread.close()
            self._threads.clear()

    def _all(self) -> list[tuple[str, PrinterThread]]:
        # No lock: ``use`` may hold it for as long as a paper takes, and the screen asks here.
        return list(self._threads.items())

"""Somebody who stands at the printer, for the tests of the spooler."""

import random
import threading

from courier_desk.domain.print_job import PrintState
from courier_desk.printing.printer_thread import QueueState
from tests.fakes_printer import FakePrinter
from tests.printing.spooler_desk import Desk, numbers


class Person:
    """Somebody who watches the printer: puts in paper, closes covers, and says what came out, not always rightly."""

    def __init__(self, desk: Desk, printer: FakePrinter, seed: int) -> None:
        self._desk = desk
        self._printer = printer
        self._chance = random.Random(seed)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._ending.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ending.wait(0.005):
            self._make_trouble()
            if self._chance.random() < 0.5:
                self._printer.load_paper()
                self._printer.put_right()
            self._decide()

    def _make_trouble(self) -> None:
        troubles = self._printer.troubles
        what = self._chance.randrange(60)
        if what < 5:
            setattr(troubles, ("paper_out", "head_open", "paused", "silent", "ends_under_label")[what], True)
        elif what == 5:
            troubles.reset_after_bytes = self._chance.randrange(1, 6000)
        elif what == 6:
            self._printer.reset()

    def _decide(self) -> None:
        assert self._desk.spooler is not None
        status = self._desk.status()
        if status.state is not QueueState.HELD:
            return
        state = self._desk.queue.states().get(status.job_id)
        if state is PrintState.UNKNOWN:
            out = any(number == f"CD{int(status.job_id[1:]):013d}" for number in numbers(self._printer)[-3:])
            # Unsure people print once more; that second label must bear the mark.
            sure = self._chance.random() < 0.8
            self._desk.queue.settle(status.job_id, PrintState.PRINTED if out and sure else PrintState.WAITING)
        self._desk.spooler.resume("L1")

"""A spooler with fake printers, for the tests of the spooler."""

from collections.abc import Callable
from concurrent.futures import Future

from courier_desk.domain.paper import LabelSize, PaperKind
from courier_desk.domain.print_job import PrintState
from courier_desk.printing.preview import read_back
from courier_desk.printing.printer_thread import Callbacks, QueueStatus, Timing
from courier_desk.printing.printers import PrinterKind, PrinterLanguage, PrinterSpec
from courier_desk.printing.spooler import PrintSpooler
from courier_desk.printing.tcp_printer import Patience, TcpPrinter
from courier_desk.services.printing_ports import Job, Paper
from tests.fakes_printer import FakePrinter, MemoryQueue
from tests.patience import PATIENCE_S
from tests.printing.papers import label

# For a printer that falls silent or dies; all others have the time that a busy machine takes.
QUICK = Patience(connect_s=1, answer_s=0.3, stall_s=0.5, print_s=1.0, repair_s=2, between_s=0.01, settle_s=0.2)
PATIENT = Patience(PATIENCE_S, PATIENCE_S, PATIENCE_S, PATIENCE_S, PATIENCE_S, between_s=0.01, settle_s=0.2)
# An idle queue is looked at because somebody says so, not because its time has come.
TIMING = Timing(recheck_s=0.05, idle_s=600, finish_s=PATIENCE_S)
SIZE = LabelSize.MM_76X130


def at_once(fn: Callable[[Paper, PrinterSpec], bytes], paper: Paper, spec: PrinterSpec) -> "Future[bytes]":
    """The work lane of these tests: here and now."""
    future: Future[bytes] = Future()
    try:
        future.set_result(fn(paper, spec))
    except Exception as error:  # noqa: BLE001  the future carries it
        future.set_exception(error)
    return future


def job(serial: int, state: PrintState = PrintState.WAITING) -> Job:
    number = f"CD{serial:013d}"
    return Job(f"j{serial}", PaperKind.LABEL, number, label(number=number, waybill=number), state)


class Desk:
    """A spooler with printers, and everything it said."""

    def __init__(self) -> None:
        self.queue = MemoryQueue()
        self.printers: dict[str, FakePrinter] = {}
        self.heard: list[QueueStatus] = []
        self.changed: list[str] = []
        self.defects: list[Exception] = []
        self.spooler: PrintSpooler | None = None

    def printer(self, name: str, print_s: float = 0.0) -> FakePrinter:
        self.printers[name] = FakePrinter("zpl", print_s)
        return self.printers[name]

    def start(
        self, submit: Callable[..., "Future[bytes]"] = at_once, timing: Timing = TIMING, patience: Patience = PATIENT
    ) -> PrintSpooler:
        callbacks = Callbacks(self.changed.append, self.heard.append, self.defects.append)
        self.spooler = PrintSpooler(
            self.queue, submit, callbacks, timing, backends=lambda spec: TcpPrinter(spec, patience)
        )
        self.spooler.use([self.spec(name) for name in self.printers])
        return self.spooler

    def spec(self, name: str) -> PrinterSpec:
        return PrinterSpec(name, PrinterKind.TCP, self.printers[name].address, PrinterLanguage.ZPL, size=SIZE)

    def status(self, name: str = "L1") -> QueueStatus:
        assert self.spooler is not None
        return next(status for status in self.spooler.statuses() if status.printer == name)

    def close(self) -> None:
        if self.spooler is not None:
            self.spooler.close()
            self.spooler = None
        for printer in self.printers.values():
            printer.close()


def numbers(printer: FakePrinter) -> list[str]:
    return [next(code.text for code in read_back(picture) if code.kind == "Code128") for picture in printer.printed]


def done(desk: Desk) -> bool:
    return all(state is PrintState.PRINTED for state in desk.queue.states().values())

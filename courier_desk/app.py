"""Floor 6: the process. One for each data folder; it starts the screen, then printers and devices, and ends them."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from courier_desk.base.crashes import CrashFiles
from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.instance_lock import InstanceLock
from courier_desk.base.logging import configure, get_logger
from courier_desk.base.paths import DataFolder
from courier_desk.base.translation import message
from courier_desk.bootstrap import AppContext, build
from courier_desk.domain.device import KEYBOARD_SCANNER
from courier_desk.ui.collector import Collector
from courier_desk.ui.shell import Shell

UPKEEP_MS = 10 * 60 * 1000

if TYPE_CHECKING:
    from courier_desk.base.settings import Settings
    from courier_desk.domain.paper import StationKind
    from courier_desk.printing.printer_thread import QueueStatus
    from courier_desk.services.first_start import FirstPassword, Progress
    from courier_desk.storage.upkeep import Upkeep
    from courier_desk.ui.keyboard_scanner import KeyboardScanner
    from courier_desk.ui.ui_context import UiContext


def run_desk(folder: DataFolder) -> int:
    """Open the desk of ``folder`` and stay until its window is closed. A second start raises the first window."""
    lock = InstanceLock(folder.lock_file)
    try:
        if not lock.acquire():
            return 0 if lock.raise_first() else _say_in_use()
        configure(folder.logs)
        crashes = CrashFiles(folder.logs)
        crashes.install()
        context = build(folder)
    except EnvironmentFault as error:
        sys.stderr.write(f"{error}\n")
        return 1
    try:
        application = make_application()
        desk = Desk(application, context)
        lock.listen(desk.raise_asked.emit)
        desk.start()
        status = application.exec()
        desk.close()
        return status
    finally:
        crashes.uninstall()
        lock.release()


def make_application() -> QApplication:
    """The one application of the process."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Courier Desk")
    application.setOrganizationName("courier-desk")
    application.setDesktopFileName("courier-desk")
    # The log-in page hides while the main window shows; who ends is said by the shell alone.
    application.setQuitOnLastWindowClosed(False)
    return application


class Desk(QObject):
    """The screen with printers and devices behind it. Lives in the GUI thread.

    Signals:
        raise_asked(): the program was started a second time; emitted from any thread.
    """

    raise_asked = Signal()

    def __init__(self, application: QApplication, context: AppContext) -> None:
        super().__init__(application)
        self.context = context
        self._collector = Collector(self)
        self.shell = Shell(application, context, self._set_up, _report)
        self.shell.ready.connect(self._on_ready)
        self.shell.finished.connect(application.quit)
        self.raise_asked.connect(self._on_raise_asked, Qt.ConnectionType.QueuedConnection)
        self._keyboard: KeyboardScanner | None = None
        self._upkeep: Upkeep | None = None
        self._idle = QTimer(self)
        self._idle.setInterval(UPKEEP_MS)
        self._idle.timeout.connect(self._on_idle)

    def start(self) -> None:
        """Paint the log-in page; all else follows."""
        self.shell.start()

    def close(self) -> None:
        """The orderly end: keyboard, the line to headquarters, devices, printers, lanes, database."""
        if self._keyboard is not None:
            self._keyboard.stop()
        self.context.close()

    def _set_up(self, kind: "StationKind", progress: "Progress") -> "Sequence[FirstPassword]":
        """On the db lane: the sample station, by the door that headquarters will use."""
        from courier_desk.domain.reference_contents import sample_sets  # noqa: PLC0415  once in the life of a station

        documents = [each.payload for each in sample_sets()]
        return self.context.desk.first_start.set_up(kind, documents, progress)

    def _on_ready(self, ui: "UiContext") -> None:
        for incident in self.context.desk.incidents:
            self.shell.notifier.fault(EnvironmentFault(incident.text, retriable=False))
        self._start_printing(ui)
        self._start_devices(ui)
        self._start_upkeep(ui)
        self._start_sync(ui)
        self._collector.settle()

    def _start_printing(self, ui: "UiContext") -> None:
        from courier_desk.printing.printer_thread import Callbacks  # noqa: PLC0415  after the first frame

        bridge = ui.bridge
        bridge.queue_changed.connect(self._on_queue_changed)
        bridge.defect_met.connect(self.shell.notifier.error)
        ui.changes.listen({"print_job"}, self, self._on_papers_changed)
        self.context.hardware.start_printing(
            Callbacks(bridge.print_job_changed.emit, bridge.queue_changed.emit, bridge.defect_met.emit)
        )

    def _start_devices(self, ui: "UiContext") -> None:
        from courier_desk.ui.keyboard_scanner import KeyboardScanner  # noqa: PLC0415  after the first frame

        bridge, settings = ui.bridge, ui.preferences.settings
        self.context.hardware.start_devices(bridge.scanned.emit, bridge.weighed.emit, bridge.device_changed.emit)
        self._keyboard = KeyboardScanner(
            KEYBOARD_SCANNER.text,
            bridge.scanned.emit,
            bridge.device_changed.emit,
            prefix=settings.scanner_prefix,
            burst=settings.scanner_burst,
        )
        self._keyboard.start()
        ui.preferences.changed.connect(self._on_settings_changed)

    def _start_sync(self, ui: "UiContext") -> None:
        """Threads and client are imported with the first station that has joined headquarters."""
        from courier_desk.domain.paper import StationKind  # noqa: PLC0415  after the first frame

        if ui.services.station.kind is StationKind.LIVE:
            from courier_desk.sync.attempts import Callbacks  # noqa: PLC0415

            bridge, sync = ui.bridge, self.context.sync
            self.context.desk.store.on_operations = sync.nudge
            sync.start(Callbacks(bridge.sync_changed.emit, bridge.changed.emit, bridge.defect_met.emit))

    def _on_settings_changed(self, settings: "Settings") -> None:
        if self._keyboard is not None:
            self._keyboard.use(prefix=settings.scanner_prefix, burst=settings.scanner_burst)

    def _start_upkeep(self, ui: "UiContext") -> None:
        self._upkeep = self.context.desk.upkeep((self.context.db, self.context.work), ui.bridge.defect_met.emit)
        self._idle.start()

    def _on_idle(self) -> None:
        if self._upkeep is not None:
            self._upkeep.idle()

    def _on_papers_changed(self, _changes: object) -> None:
        self.context.hardware.spooler.wake()

    def _on_queue_changed(self, status: "QueueStatus") -> None:
        if status.text:
            said = message("{printer}: {why}", printer=status.printer, why=status.text)
            self.shell.notifier.say(said, "warn")

    def _on_raise_asked(self) -> None:
        window = self.shell.window
        shown = window if window is not None and window.isVisible() else self.shell.login
        shown.setWindowState(shown.windowState() & ~Qt.WindowState.WindowMinimized)
        shown.raise_()
        shown.activateWindow()


def run_events(seconds: float) -> None:
    """Let the event loop run, for the self-test. (QTest.qWait keeps the interpreter to itself; other threads crawl.)"""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def _report(error: BaseException) -> None:
    get_logger(__name__).error("defect", exc_info=error)


def _say_in_use() -> int:
    sys.stderr.write("Courier Desk is open already, and does not answer.\n")
    return 1

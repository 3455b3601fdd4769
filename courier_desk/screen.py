"""Floor 6: what comes after the first frame: opens the station, leads through set-up and log-in, builds the window."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.logging import get_logger
from courier_desk.base.translation import message
from courier_desk.bootstrap import AppContext
from courier_desk.domain.paper import StationKind
from courier_desk.domain.reference_contents import sample_sets
from courier_desk.domain.user import Actor
from courier_desk.printing.printer_thread import Callbacks, QueueState, QueueStatus
from courier_desk.services.first_start import FirstPassword, Progress
from courier_desk.services.station import StationIdentity
from courier_desk.storage.heads import Incident
from courier_desk.ui.bridge import Bridge
from courier_desk.ui.change_bus import ChangeBus
from courier_desk.ui.dialogs.login_flow import LoginFlow
from courier_desk.ui.dialogs.login_window import LoginWindow
from courier_desk.ui.keyboard_scanner import KeyboardScanner
from courier_desk.ui.keys import Keys
from courier_desk.ui.language import Language
from courier_desk.ui.main_window import MainWindow
from courier_desk.ui.navigation import Navigator
from courier_desk.ui.notify import Notifier
from courier_desk.ui.page_registry import all_acts
from courier_desk.ui.preferences import Preferences
from courier_desk.ui.scan_hub import ScanHub
from courier_desk.ui.session import Session
from courier_desk.ui.tasks import DB, TaskRunner
from courier_desk.ui.theme import Theme
from courier_desk.ui.ui_context import UiContext

if TYPE_CHECKING:
    from courier_desk.ui.dialogs.first_start import FirstStart


@dataclass(frozen=True, slots=True)
class _Opened:
    """What was found on the db lane; no station yet on the first start."""

    station: StationIdentity | None
    incidents: tuple[Incident, ...]


class Screen(QObject):
    """Lives in the GUI thread. One main window serves all people of the day.

    Signals:
        raise_asked(): the program was started a second time.
    """

    raise_asked = Signal()

    def __init__(self, app: AppContext, login: LoginWindow, theme: Theme, language: Language, parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._login = app, login
        self._language = language
        self.tasks = TaskRunner(app.db, app.work, self)
        self.bridge = Bridge(self)
        self.notifier = Notifier(_report, self)
        self.keys = Keys(all_acts(), self)
        self.preferences = Preferences(app.settings, theme, language, self.keys, self.tasks, self.notifier)
        self.session = Session(self)
        self.flow = LoginFlow(login)
        self.flow.logged_in.connect(self._on_logged_in)
        self.raise_asked.connect(self._on_raise_asked, Qt.ConnectionType.QueuedConnection)
        self.window: MainWindow | None = None
        self._first_start: FirstStart | None = None
        self._keyboard: KeyboardScanner | None = None
        self._incidents: tuple[Incident, ...] = ()

    def open(self) -> None:
        """Open the database and say what was found."""
        self.notifier.install()
        self.tasks.run(DB, self._open_desk, self, self._on_opened, self._on_open_failed)

    def close(self) -> None:
        """Keep what is on the screen and let go of the keyboard."""
        if self._keyboard is not None:
            self._keyboard.stop()
        if self.window is not None:
            self.window.close()

    def _open_desk(self) -> _Opened:
        """On the db lane: everything heavy, once."""
        desk = self._app.desk
        station = desk.first_start.station()
        if station is not None:
            desk.services.reference.people()
        return _Opened(station, desk.incidents)

    def _on_opened(self, opened: _Opened) -> None:
        self._incidents = opened.incidents
        if opened.station is None:
            self._show_first_start()
        else:
            self._attach(opened.station)

    def _on_open_failed(self, error: Exception) -> None:
        if isinstance(error, EnvironmentFault | UserError):
            said = error.message
        else:
            said = message("The desk cannot be opened: {why}", why=type(error).__name__)
        self._login.show_error(UserError(said))
        get_logger(__name__).error("the desk did not open", error=error)

    def _show_first_start(self) -> None:
        from courier_desk.ui.dialogs.first_start import FirstStart  # noqa: PLC0415  once in the life of a station

        self._first_start = FirstStart(self._set_up, self.notifier)
        self._first_start.resize(self._login.size())
        self._first_start.language_chosen.connect(self._on_language_chosen)
        self._first_start.finished.connect(self._on_set_up)
        self._first_start.show()
        self._login.hide()

    def _set_up(self, kind: StationKind, progress: Progress) -> "Future[Sequence[FirstPassword]]":
        documents = [each.payload for each in sample_sets()]
        return self._app.db.submit(partial(self._app.desk.first_start.set_up, kind, documents, progress))

    def _on_language_chosen(self, language: str) -> None:
        self.preferences.change(language=language)

    def _on_set_up(self) -> None:
        if self._first_start is not None:
            self._first_start.close()
            self._first_start = None
        self._login.show()
        self.tasks.run(DB, self._open_desk, self, self._on_opened, self._on_open_failed)

    def _attach(self, station: StationIdentity) -> None:
        from courier_desk.ui.kind_words import KIND_WORDS  # noqa: PLC0415  not before the first frame

        self._login.set_station(station.name, KIND_WORDS.get(station.kind))
        self.flow.attach(self._app.services.auth, self.tasks, self.notifier, station.name)

    def _on_logged_in(self, actor: Actor) -> None:
        self.session.open(actor)
        if self.window is None:
            self.window = self._make_window()
        self.window.resize(self._login.size())
        self.window.log_in()
        self.window.show()
        self._login.hide()
        for incident in self._incidents:
            self.notifier.say(incident.text, "bad" if incident.work_lost else "warn")

    def _make_window(self) -> MainWindow:
        window = MainWindow(self._context())
        window.logged_out.connect(self._on_logged_out)
        window.closed.connect(QApplication.quit)
        self._start_hardware()
        return window

    def _context(self) -> UiContext:
        services, bridge = self._app.services, self.bridge
        hub = ScanHub(services.scans.understand)
        hub.setParent(self)
        bridge.scanned.connect(hub.take)
        changes = ChangeBus(self)
        changes.listen({"print_job"}, self, self._on_papers_changed)
        return UiContext(
            app=self._app,
            session=self.session,
            tasks=self.tasks,
            bridge=bridge,
            notifier=self.notifier,
            changes=changes,
            keys=self.keys,
            scans=hub,
            navigator=Navigator(self),
            preferences=self.preferences,
        )

    def _start_hardware(self) -> None:
        bridge, hardware = self.bridge, self._app.hardware
        bridge.queue_changed.connect(self._on_queue_changed)
        bridge.defect_met.connect(self.notifier.defect)
        callbacks = Callbacks(bridge.print_job_changed.emit, bridge.queue_changed.emit, bridge.defect_met.emit)
        hardware.start_printing(callbacks)
        hardware.start_devices(bridge.scanned.emit, bridge.weighed.emit, bridge.device_changed.emit)
        prefix = self.preferences.settings.scanner_prefix
        name = str(message("Keyboard scanner"))
        self._keyboard = KeyboardScanner(name, bridge.scanned.emit, bridge.device_changed.emit, prefix=prefix)
        self._keyboard.start()

    def _on_papers_changed(self, _changes: object) -> None:
        self._app.hardware.spooler.wake()

    def _on_queue_changed(self, status: QueueStatus) -> None:
        if status.state is QueueState.HELD:
            said = message("{printer}: {why}", printer=status.printer, why=status.text)
            self.notifier.say(said, "warn")

    def _on_logged_out(self) -> None:
        actor = self.session.actor
        self.session.close()
        leave = partial(self._app.services.auth.log_out, actor)
        self.tasks.run(DB, leave, self, _nothing, self.notifier.error)
        self._login.start_over()
        self._login.show()
        if self.window is not None:
            self.window.hide()

    def _on_raise_asked(self) -> None:
        shown = self.window if self.window is not None and self.window.isVisible() else self._login
        shown.setWindowState(shown.windowState() & ~Qt.WindowState.WindowMinimized)
        shown.raise_()
        shown.activateWindow()


def _report(error: BaseException) -> None:
    get_logger(__name__).error("defect", exc_info=error)


def _nothing(_result: object) -> None:
    """There is nothing to show."""

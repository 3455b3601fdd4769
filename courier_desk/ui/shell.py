"""From the first painted window to the last: log-in, first start, main window, and back.

Only what the log-in page needs is imported here; everything else follows once it has been painted.
"""
# ruff: noqa: PLC0415  late imports are the point of this module

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from courier_desk.ui.bridge import Bridge
from courier_desk.ui.dialogs.login_window import LoginWindow
from courier_desk.ui.fonts import load_fonts
from courier_desk.ui.language import Language
from courier_desk.ui.notify import Notifier
from courier_desk.ui.placement import place
from courier_desk.ui.style import DeskStyle
from courier_desk.ui.tasks import DB, TaskRunner
from courier_desk.ui.theme import Theme
from courier_desk.ui.widgets.brand import window_icon

if TYPE_CHECKING:
    from courier_desk.base.errors import NotLoggedIn
    from courier_desk.domain.paper import StationKind
    from courier_desk.domain.user import Actor
    from courier_desk.services.first_start import FirstPassword
    from courier_desk.services.station import StationIdentity
    from courier_desk.ui.dialogs.first_start import FirstStart, Progress
    from courier_desk.ui.main_window import MainWindow
    from courier_desk.ui.ui_context import App, UiContext

SetUpStation = Callable[["StationKind", "Progress"], "Sequence[FirstPassword]"]
Report = Callable[[BaseException], None]


def dress(app: QApplication, theme: str, language: str) -> tuple[Theme, Language]:
    """Give the application its style, font, colours and language."""
    app.setStyle(DeskStyle())
    load_fonts(app)
    look, words = Theme(app), Language(app)
    words.use(language)
    look.set_scheme(theme)
    return look, words


class Shell(QObject):
    """Owns the windows. Lives in the GUI thread.

    ``set_up`` makes a new station; it is called on the db lane. ``report`` writes a defect to the log.

    Signals:
        ready(UiContext): the station is open; devices and printers may start and use the bridge.
        logged_in(Actor): somebody is at the desk.
        finished(): the last window was closed.
    """

    ready = Signal(object)
    logged_in = Signal(object)
    finished = Signal()

    def __init__(self, app: QApplication, context: "App", set_up: SetUpStation, report: Report) -> None:
        super().__init__(app)
        self._app, self._context, self._set_up = app, context, set_up
        settings = context.settings.current
        self._theme, self._language = dress(app, settings.theme, settings.language)
        self.notifier = Notifier(report, self)
        self.notifier.log_in_ended.connect(self._on_log_in_ended)
        self.bridge = Bridge(self)
        self.tasks = TaskRunner(context.db, context.work, context.aside, self)
        self.ui: UiContext | None = None
        self.window: MainWindow | None = None
        self.first_start: FirstStart | None = None
        self.login = LoginWindow()
        self.login.setWindowIcon(window_icon())
        self.login.language_chosen.connect(self._on_language)
        self.login.theme_chosen.connect(self._on_theme)
        self.login.first_painted.connect(self._on_first_painted)

    def start(self) -> None:
        """Paint the log-in page; the station is opened behind it."""
        self.notifier.install()
        place(self.login)
        self.login.start_over()
        self.login.show()

    def _on_first_painted(self) -> None:
        """Open the database while the person types."""
        from courier_desk.ui.dialogs.login_flow import LoginFlow

        self._flow = LoginFlow(self.login)
        self._flow.logged_in.connect(self._on_logged_in)
        self._flow.station_wanted.connect(self._open_station)
        self._open_station()

    def _open_station(self) -> None:
        self.tasks.run(DB, partial(_open, self._context), self, self._on_opened, self._on_not_opened)

    def _on_not_opened(self, error: Exception) -> None:
        from courier_desk.base.errors import EnvironmentFault, UserError
        from courier_desk.base.translation import message

        if isinstance(error, UserError | EnvironmentFault):
            self._flow.not_opened(UserError(error.message))
        else:
            why = type(error).__name__
            self._flow.not_opened(UserError(message("The station cannot be opened: {why}", why=why)))
            self.notifier.defect(error)

    def _on_opened(self, station: "StationIdentity | None") -> None:
        if station is None:
            self._show_first_start()
            return
        from courier_desk.ui.kind_words import KIND_WORDS

        self.login.set_station(station.name, KIND_WORDS.get(station.kind), station.zone)
        self.ui = self._make_ui()
        self.ready.emit(self.ui)
        self._flow.attach(self._context.services.auth, self.tasks, self.notifier, station.name)

    def _make_ui(self) -> "UiContext":
        from courier_desk.ui.change_bus import ChangeBus
        from courier_desk.ui.keys import Keys
        from courier_desk.ui.navigation import Navigator
        from courier_desk.ui.page_registry import all_acts
        from courier_desk.ui.preferences import Preferences
        from courier_desk.ui.scan_hub import ScanHub
        from courier_desk.ui.session import Session
        from courier_desk.ui.sounds import SoundPlayer
        from courier_desk.ui.ui_context import UiContext

        keys, changes = Keys(all_acts(), self), ChangeBus(self)
        scans = ScanHub(self._context.services.scans.understand, parent=self)
        settings = self._context.settings
        preferences = Preferences(settings, self._theme, self._language, keys, self.tasks, self.notifier)
        scans.set_window_ms(settings.current.scanner_repeat_ms)
        sounds = SoundPlayer(on=settings.current.sounds, volume=settings.current.sound_volume)
        preferences.changed.connect(sounds.use)
        self.bridge.scanned.connect(scans.take)
        self.bridge.changed.connect(changes.publish)
        return UiContext(
            app=self._context,
            session=Session(self),
            tasks=self.tasks,
            bridge=self.bridge,
            notifier=self.notifier,
            changes=changes,
            keys=keys,
            scans=scans,
            navigator=Navigator(self),
            preferences=preferences,
            sounds=sounds,
        )

    def _on_logged_in(self, actor: "Actor") -> None:
        from courier_desk.ui.main_window import MainWindow

        if self.ui is None:
            return
        self.ui.session.open(actor)
        if self.window is None:
            self.window = MainWindow(self.ui)
            # The window opens where the person has just logged in: nothing jumps.
            self.window.setGeometry(self.login.geometry())
            self.window.logged_out.connect(self._on_logged_out)
            self.window.closed.connect(self._on_window_closed)
        else:
            # The last line may have been about the one before.
            self.window.messages.clear_line()
        self.window.log_in()
        self.window.show()
        self.login.hide()
        self.logged_in.emit(actor)

    def _on_logged_out(self) -> None:
        if self.ui is None or self.window is None:
            return
        actor = self.ui.session.actor
        leave = partial(self._context.services.auth.log_out, actor)
        self.tasks.run(DB, leave, self, self._on_left, self.notifier.error)
        self.ui.session.close()
        self.login.start_over()
        self.login.setGeometry(self.window.geometry())
        self.login.show()
        self.window.hide()

    def _on_log_in_ended(self, error: "NotLoggedIn") -> None:
        """The station logged the person out, not they themselves: the log-in page says so."""
        if self.ui is not None and self.window is not None and self.ui.session.somebody:
            self.window.log_out()
            self.login.show_error(error)

    def _on_left(self, _nothing: None) -> None:
        """The log-out stands in the log."""

    def _on_window_closed(self) -> None:
        if self.ui is not None and self.ui.session.somebody:
            leave = partial(self._context.services.auth.log_out, self.ui.session.actor)
            self.tasks.run(DB, leave, self, self._on_left, self.notifier.error)
        self.finished.emit()

    def _show_first_start(self) -> None:
        from courier_desk.ui.dialogs.first_start import FirstStart

        self.first_start = FirstStart(
            self._run_set_up,
            self.notifier,
            joining=self._context.sync.joining,
            address=self._context.settings.current.hq_address,
        )
        self.first_start.address_used.connect(self._on_address)
        self.first_start.setWindowIcon(window_icon())
        self.first_start.language_chosen.connect(self._on_language)
        self.first_start.finished.connect(self._on_set_up)
        self.first_start.setGeometry(self.login.geometry())
        self.first_start.show()
        self.login.hide()

    def _run_set_up(self, kind: "StationKind", progress: "Progress") -> "Future[Sequence[FirstPassword]]":
        return self._context.db.submit(partial(self._set_up, kind, progress))

    def _on_set_up(self) -> None:
        first, self.first_start = self.first_start, None
        self.login.show()
        if first is not None:
            first.hide()
            first.deleteLater()
        self._open_station()

    def _on_language(self, language: str) -> None:
        if self.ui is not None:
            self.ui.preferences.change(language=language)
        else:
            self._language.use(language)
            self._save_choice(language=language)

    def _on_address(self, address: str) -> None:
        self._save_choice(hq_address=address)

    def _on_theme(self, theme: str) -> None:
        if self.ui is not None:
            self.ui.preferences.change(theme=theme)
        else:
            self._theme.set_scheme(theme)
            self._save_choice(theme=theme)

    def _save_choice(self, **chosen: str) -> None:
        """Before the station is open there are no preferences yet; the choice is kept all the same."""
        from dataclasses import replace

        settings = self._context.settings
        save = partial(settings.change, replace(settings.current, **chosen))  # type: ignore[arg-type]  # both are str
        self.tasks.run(DB, save, self, self._on_left, self.notifier.error)


def _open(context: "App") -> "StationIdentity | None":
    """On the db lane: open the database and build the services, if there is a station."""
    station = context.desk.first_start.station()
    if station is not None:
        _built = context.services
    return station

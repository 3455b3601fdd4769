"""Floor 6: the process. One for each data folder; the log-in page is painted before anything heavy is imported."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from courier_desk.base.crashes import CrashFiles
from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.instance_lock import InstanceLock
from courier_desk.base.logging import configure
from courier_desk.base.paths import DataFolder
from courier_desk.bootstrap import AppContext, build
from courier_desk.ui.dialogs.login_window import LoginWindow
from courier_desk.ui.fonts import load_fonts
from courier_desk.ui.language import Language
from courier_desk.ui.theme import Theme

if TYPE_CHECKING:
    from courier_desk.screen import Screen


def run_desk(folder: DataFolder) -> int:
    """Open the desk of ``folder`` and stay until its window is closed. A second start raises the first window."""
    lock = InstanceLock(folder.lock_file)
    try:
        if not lock.acquire():
            return 0 if lock.raise_first() else _say_in_use()
    except EnvironmentFault as error:
        sys.stderr.write(f"{error}\n")
        return 1
    configure(folder.logs)
    crashes = CrashFiles(folder.logs)
    crashes.install()
    try:
        application = make_application()
        desk = Desk(application, build(folder), lock)
        desk.show()
        status = application.exec()
        desk.close()
        return status
    finally:
        crashes.uninstall()
        lock.release()


class Desk(QObject):
    """From the log-in page to the main window and back. Lives in the GUI thread."""

    def __init__(self, application: QApplication, app: AppContext, lock: InstanceLock | None = None) -> None:
        super().__init__(application)
        self.app = app
        self._lock = lock
        self._screen: Screen | None = None
        self.theme, self.language = Theme(application), Language(application)
        self.theme.set_scheme(app.settings.current.theme)
        self.language.use(app.settings.current.language)
        self.login = LoginWindow()
        self.login.language_chosen.connect(self.language.use)
        self.login.theme_chosen.connect(self.theme.set_scheme)
        self._painted = _FirstPaint(self.login, self._on_painted)

    @property
    def screen(self) -> "Screen":
        """What comes after the log-in page. Errors: LookupError before that page was painted."""
        if self._screen is None:
            raise LookupError("the log-in page has not been painted")
        return self._screen

    def show(self) -> None:
        """The log-in page."""
        self.login.resize(1280, 800)
        self.login.show()

    def close(self) -> None:
        """The orderly end: what is on the screen is kept, then devices, printers, lanes and database end."""
        if self._screen is not None:
            self._screen.close()
        self.app.close()

    def _on_painted(self) -> None:
        from courier_desk.screen import Screen  # noqa: PLC0415  the trade is brought in after the first frame

        self._screen = Screen(self.app, self.login, self.theme, self.language, self)
        if self._lock is not None:
            self._lock.listen(self._screen.raise_asked.emit)
        self._screen.open()


class _FirstPaint(QObject):
    """Calls ``then`` once, when the window has been painted and the event loop is free again."""

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False


def make_application() -> QApplication:
    """The one application of the process, with our fonts."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Courier Desk")
    application.setOrganizationName("courier-desk")
    application.setDesktopFileName("courier-desk")
    load_fonts(application)
    return application


def _say_in_use() -> int:
    sys.stderr.write("Courier Desk is open already, and does not answer.\n")
    return 1

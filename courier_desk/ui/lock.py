"""The lock: covers everything, lets the same person back to the same half-filled form, or somebody else log in."""

from functools import partial
from typing import Protocol

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from courier_desk.base.errors import UserError
from courier_desk.base.translation import Message, _, message
from courier_desk.domain.user import Actor
from courier_desk.services.gate import ROLE_TITLES
from courier_desk.ui.generated.ui_lock_overlay import Ui_LockOverlay
from courier_desk.ui.notify import Notifier
from courier_desk.ui.tasks import ASIDE, DB, TaskRunner
from courier_desk.ui.theme import tokens
from courier_desk.ui.widgets.cover import Cover
from courier_desk.ui.widgets.field_error import FieldErrors

_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class Unlocks(Protocol):
    """The service, as far as the lock needs it."""

    def unlock(self, actor: Actor, password: str) -> bool: ...
    def lock(self, actor: Actor) -> None: ...


class IdleWatch(QObject):
    """Notices that nobody touched key, mouse or scanner for so long.

    It filters the windows, not the application: input comes through the window first, and nothing else does, so that
    the filter costs nothing while the program paints or waits.

    Signals:
        idle(): the time is over.
    """

    idle = Signal()

    def __init__(self, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        self._watched: list[QWindow] = []
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._on_focus_window)
        self.set_minutes(minutes)

    def set_minutes(self, minutes: int) -> None:
        """Lock after so many minutes."""
        self._timer.setInterval(minutes * 60_000)

    def start(self) -> None:
        """Somebody is here; count from now."""
        self._on_focus_window(QGuiApplication.focusWindow())
        self._timer.start()

    def stop(self) -> None:
        """Do not count while the desk is locked or nobody is logged in."""
        self._timer.stop()

    def touch(self) -> None:
        """A sign of life that is no input, such as a scan."""
        if self._timer.isActive():
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _LIFE:
            self.touch()
        return False

    def _on_focus_window(self, window: QWindow | None) -> None:
        if window is not None and window not in self._watched:
            self._watched.append(window)
            window.installEventFilter(self)
            window.destroyed.connect(self._on_window_destroyed)

    def _on_window_destroyed(self) -> None:
        gone = self.sender()
        self._watched = [window for window in self._watched if window is not gone]


class LockOverlay(Cover):
    """Lies over the whole window. While it is shown the window beneath is disabled and its dialogs are hidden.

    Signals:
        locked(), unlocked(): the state changed.
        log_out_asked(): somebody else wants the desk.
    """

    locked = Signal()
    unlocked = Signal()
    log_out_asked = Signal()

    def __init__(self, window: QWidget, beneath: QWidget, auth: Unlocks, tasks: TaskRunner, notifier: Notifier) -> None:
        super().__init__(window)
        self.ui = Ui_LockOverlay()
        self.ui.setupUi(self)
        self._beneath, self._auth, self._tasks, self._notifier = beneath, auth, tasks, notifier
        self._errors = FieldErrors.of_form(self.ui)
        self._actor: Actor | None = None
        self._focus: QWidget | None = None
        self._hidden: list[QDialog] = []
        self._scan: Message | None = None
        self.ui.password_edit.returnPressed.connect(self._on_unlock)
        self.ui.unlock_button.clicked.connect(self._on_unlock)
        self.ui.take_over_button.clicked.connect(self.log_out_asked)
        self.ui.take_over_button.setAutoDefault(True)  # Enter presses it when it has the focus

    @property
    def is_locked(self) -> bool:
        """True while the desk is locked."""
        return self._actor is not None

    def lock(self, actor: Actor) -> None:
        """Cover everything at once; it is recorded afterwards."""
        if self.is_locked:
            return
        self._actor = actor
        self._focus = QApplication.focusWidget()
        self._hide_dialogs()
        self._beneath.setEnabled(False)
        self.ui.password_edit.clear()
        self._errors.clear()
        self._scan = None
        self._say()
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        self.ui.password_edit.setFocus()
        self.locked.emit()
        self._tasks.run(DB, partial(self._auth.lock, actor), self, self._on_recorded, self._notifier.error)

    def end(self) -> None:
        """Take the cover away without a password: nobody is logged in any more."""
        self._actor = None
        self._focus = None
        self._hidden.clear()
        self._beneath.setEnabled(True)
        self.hide()

    def note_refused_scan(self) -> None:
        """A scan came while locked: it was not taken, and the cover says so."""
        self._scan = message("A scan came in while the desk is locked. It was not taken: unlock and scan again.")
        self._say()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens().sunken)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.ui.retranslateUi(self)
            self._say()

    def _say(self) -> None:
        if self._actor is not None:
            self.ui.person_note.setText(f"{self._actor.name} · {_(ROLE_TITLES[self._actor.role])}")
        self.ui.scan_note.setText(str(self._scan) if self._scan else "")

    def _hide_dialogs(self) -> None:
        """Dialogs are windows of their own: they would show what the cover hides."""
        self._hidden = [dialog for dialog in self.window().findChildren(QDialog) if dialog.isVisible()]
        for dialog in self._hidden:
            dialog.hide()

    def _on_recorded(self, _nothing: None) -> None:
        """The lock stands in the log."""

    def _on_unlock(self) -> None:
        password = self.ui.password_edit.text()
        if self._actor is None or not password or not self.ui.unlock_button.isEnabled():
            return
        self._errors.clear()
        self.ui.unlock_button.setEnabled(False)
        task = partial(self._auth.unlock, self._actor, password)
        self._tasks.run(ASIDE, task, self, self._on_answer, self._on_error)

    def _on_answer(self, same_person: bool) -> None:
        self.ui.unlock_button.setEnabled(True)
        if not same_person:
            self._show_wrong(message("The password is wrong."))
            return
        dialogs, focus = tuple(self._hidden), self._focus
        self.end()
        # What an answer from the lane has closed meanwhile is gone.
        for dialog in filter(shiboken6.isValid, dialogs):
            dialog.open()
        if focus is not None and shiboken6.isValid(focus) and focus.isVisible():
            focus.setFocus()
        self.unlocked.emit()

    def _on_error(self, error: Exception) -> None:
        self.ui.unlock_button.setEnabled(True)
        if isinstance(error, UserError):
            self._show_wrong(error.message)
        else:
            self._show_wrong(message("This did not work: {why}", why=str(error)))
            self._notifier.error(error)

    def _show_wrong(self, said: Message) -> None:
        self._errors.mark("password", said)
        self.ui.password_edit.selectAll()
        self.ui.password_edit.setFocus()

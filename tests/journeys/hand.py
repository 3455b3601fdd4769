"""A hand at the keyboard: keys go to the window that has the focus, as the system delivers them, and are counted."""

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.patience import PATIENCE_S

T = TypeVar("T")

ENTER, TAB, ESCAPE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Down
NONE = Qt.KeyboardModifier.NoModifier
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
# What went wrong in the program meanwhile: nobody waits on then.
alarms: list[str] = []


class NeverHappenedError(AssertionError):
    """What a person would still be waiting for."""


def rest(milliseconds: int) -> None:
    """Let the event loop run for so long. (QTest.qWait holds the interpreter: the other threads crawl.)"""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(condition: Callable[[], T], what: str, patience_s: float = PATIENCE_S) -> T:
    """Let the event loop run until ``condition`` gives something true, and give that."""
    end = time.monotonic() + patience_s
    while not (found := condition()):
        if alarms:
            raise NeverHappenedError(f"{what}: {alarms[0]}")
        if time.monotonic() > end:
            raise NeverHappenedError(what)
        rest(4)
    return found


class Hand:
    """Presses keys, and counts them in ``strokes``. A character that no key carries comes as an input method's."""

    def __init__(self) -> None:
        self.strokes = 0

    @property
    def window(self) -> QWindow:
        """The window in front."""
        return until(QGuiApplication.focusWindow, "a window has the focus")

    @property
    def focus(self) -> QWidget:
        """Where the next key goes."""
        until(QApplication.focusWidget, "a field has the focus")
        field = QApplication.focusWidget()
        assert field is not None
        return field

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """One stroke; what is held beside the key counts with it."""
        self.strokes += 1
        QTest.keyClick(self.window, key, held)

    def type(self, text: str) -> None:
        """Each character is a stroke."""
        for character in text:
            if character.isascii():
                self.strokes += 1
                QTest.keyClick(self.window, ord(character))
            else:
                self.commit(character)

    def commit(self, text: str) -> None:
        """What an input method gives at once; counted as one stroke a character, its own keys aside."""
        self.strokes += len(text)
        target = until(QGuiApplication.focusObject, "a field takes text")
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(target, event)

    def scan(self, code: str, prefix: Qt.Key = Qt.Key.Key_F9) -> None:
        """A keyboard scanner plays its keys: the prefix, the code, Enter."""
        QTest.keyClick(self.window, prefix)
        for character in code:
            QTest.keyClick(self.window, Qt.Key(ord(character.upper())), SHIFT if character.isupper() else NONE)
        QTest.keyClick(self.window, ENTER)

    def fill(self, text: str) -> None:
        """Type into the field that has the focus, in place of what stands there."""
        self.press(Qt.Key.Key_A, CTRL)
        self.type(text)

    def wait_for_focus(self, widget: QObject, what: str = "") -> None:
        """Until the focus has gone there by itself."""
        until(lambda: QApplication.focusWidget() is widget, what or f"the focus goes to {widget.objectName()}")

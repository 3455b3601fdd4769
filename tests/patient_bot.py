"""The bot of pytest-qt with the patience of this suite, looking more often."""

import time
from collections.abc import Callable, Collection

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.exceptions import TimeoutError as NeverHappenedError
from pytestqt.qtbot import QtBot

from tests.patience import PATIENCE_MS

_LOOK_MS = 2


class PatientBot(QtBot):
    """Waits longer and looks more often than its parent."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        """Let the event loop run until ``callback`` gives True, or, if it gives nothing, raises no AssertionError."""
        end = time.monotonic() + timeout / 1000
        while True:
            late, reason = time.monotonic() > end, None
            try:
                found = callback()
            except AssertionError as error:
                found, reason = False, error
            if found is None or found:
                return
            if late:
                raise NeverHappenedError(f"not in {timeout} ms") from reason
            rest()


def rest(milliseconds: int = _LOOK_MS) -> None:
    """Let the event loop run for so long. (QTest.qWait holds the interpreter: threads that are waited for crawl.)"""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def end_windows(older: Collection[QWidget]) -> None:
    """Delete the windows that are left, not the older ones. Qt would do so when the next event loop begins."""
    for window in QApplication.topLevelWidgets():
        if window not in older:
            window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

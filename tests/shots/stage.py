"""The window with somebody before it, and a hand that opens pages, waits and takes pictures."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QSettings
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from courier_desk.domain.user import Role
from courier_desk.ui.main_window import MainWindow
from courier_desk.ui.navigation import Request
from courier_desk.ui.page import Page
from tests.desk import TestDesk, desk_in
from tests.shots.busy import fill, keep_draft
from tests.ui.kit import UiKit, make_kit

SMALL, LARGE = (1280, 720), (1920, 1080)
_PATIENCE_S = 20.0
_CALM_MS = 10


class Stage:
    """A supervisor's window on one station; ``numbers`` are the waybills of a busy one, oldest first."""

    def __init__(self, desk: TestDesk, numbers: tuple[str, ...] = ()) -> None:
        self.desk, self.numbers = desk, numbers
        self.kit: UiKit = make_kit(desk, Role.SUPERVISOR)
        self.window: MainWindow = self.kit.window()
        self.settle()

    @property
    def page(self) -> Page:
        """The page in front."""
        page = self.window.tabs.front
        assert page is not None
        return page

    def open(self, key: str, **arguments: str) -> Page:
        """Close every tab, open this page, wait."""
        self.clear()
        page = self.window.open_page(Request(key, arguments))
        assert page is not None, key
        self.settle()
        return page

    def clear(self) -> None:
        """No tab, nothing said, no dialog."""
        self.window.tabs.close_all()
        self.window.messages.clear_line()
        for notice in self.window.messages.banners:
            self.window.messages.withdraw(notice.text.text)
        self.window.entries.clear()
        self.window.crash.hide()
        for other in QApplication.topLevelWidgets():
            if other is not self.window and other.isVisible():
                other.close()
        # Tabs that were closed go when the loop next comes round, and their fields with them.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def say(self, language: str, scheme: str = "light") -> None:
        """Change language and look in place, as a person does."""
        self.kit.theme.set_scheme(scheme)
        self.kit.language.use(language)
        self.settle()

    def resize(self, size: tuple[int, int]) -> None:
        """Make the window so large."""
        self.window.resize(*size)
        self.settle()

    def settle(self) -> None:
        """Until nothing is under way."""
        # Answers change texts, texts change sizes, sizes are laid out a round later.
        for _round in range(3):
            wait_until(self._calm)
            QTest.qWait(_CALM_MS)

    def scan(self, text: str) -> None:
        """A scanner delivers ``text``."""
        self.kit.scan(text)
        self.settle()

    def picture(self, widget: QWidget | None = None) -> QImage:
        """What stands on the screen."""
        return (widget or self.window).grab().toImage()

    def close(self) -> None:
        """Close the window and forget it."""
        self.clear()
        self.window.log_out()
        self.settle()
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _calm(self) -> bool:
        return not self.kit.ctx.tasks.busy


@contextmanager
def stage(*, busy: bool) -> Iterator[Stage]:
    """A stage on a new station, empty or in the middle of its evening."""
    QSettings().clear()
    with tempfile.TemporaryDirectory(prefix="courier-desk-shots-") as folder, desk_in(Path(folder) / "station") as desk:
        numbers: tuple[str, ...] = ()
        if busy:
            numbers = tuple(each.number for each in fill(desk))
            keep_draft(desk, desk.actors[Role.SUPERVISOR])
        made = Stage(desk, numbers)
        try:
            yield made
        finally:
            made.close()


def wait_until(condition: Callable[[], bool]) -> None:
    """Let the event loop run until ``condition`` holds. Errors: TimeoutError."""
    end = time.monotonic() + _PATIENCE_S
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("the screen does not come to rest")
        QTest.qWait(10)

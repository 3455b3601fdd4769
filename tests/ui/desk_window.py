"""The whole window on a real station with its printers at work, and a hand at its keyboard."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from courier_desk.base.settings import PrinterSetting
from courier_desk.domain.print_job import PrintState
from courier_desk.domain.user import Role
from courier_desk.printing.printer_thread import Callbacks
from courier_desk.services.rows import PrintJobRow
from courier_desk.ui.navigation import Request
from courier_desk.ui.notify import Notice
from courier_desk.ui.page import Page
from tests.desk import PASSWORD, desk_in
from tests.patient_bot import rest
from tests.ui.kit import UiKit, commit, make_kit

P = TypeVar("P", bound=Page)
D = TypeVar("D", bound=QDialog)

NONE = Qt.KeyboardModifier.NoModifier
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
ENTER, ESCAPE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down


class DeskWindow(QObject):
    """``notices`` is everything that was said in the bar, in banners and in entries."""

    def __init__(self, bot: QtBot, kit: UiKit) -> None:
        super().__init__()
        self.bot, self.kit = bot, kit
        self.desk, self.ctx = kit.desk, kit.ctx
        self.notices: list[Notice] = []
        notifier = self.ctx.notifier
        for told in (notifier.bar_requested, notifier.banner_requested, notifier.entry_requested):
            told.connect(self.notices.append)
        self.window = kit.window()
        self.window.activateWindow()
        bot.waitUntil(self.window.isActiveWindow)
        self.settle()

    def start_printing(self, *printers: PrinterSetting) -> None:
        """What the process does once the station is open."""
        app, bridge = self.desk.app, self.ctx.bridge
        if printers:
            routes = tuple((kind, printers[0].name) for kind in ("label", "bag_tag", "handover_list"))
            self.ctx.preferences.change(printers=printers, paper_printers=routes)
            self.settle()
        self.ctx.changes.listen({"print_job"}, self, self._wake)
        bridge.defect_met.connect(self.ctx.notifier.error)
        app.hardware.start_printing(
            Callbacks(bridge.print_job_changed.emit, bridge.queue_changed.emit, bridge.defect_met.emit)
        )

    def _wake(self, _changes: object) -> None:
        self.desk.app.hardware.spooler.wake()

    def open(self, kind: type[P], key: str, **arguments: str) -> P:
        """Open a page as a link does."""
        self.window.open_page(Request(key, arguments))
        self.settle()
        return self.front(kind)

    def front(self, kind: type[P]) -> P:
        """The page in front, which has to be of this kind."""
        self.wait(lambda: isinstance(self.window.tabs.front, kind))
        page = self.window.tabs.front
        assert isinstance(page, kind)
        return page

    def dialog(self, kind: type[D]) -> D:
        """The dialog that is open, which has to be of this kind."""
        self.wait(lambda: isinstance(QApplication.activeModalWidget(), kind))
        found = QApplication.activeModalWidget()
        assert isinstance(found, kind)
        found.activateWindow()
        self.bot.waitUntil(found.isActiveWindow)
        return found

    @property
    def focus(self) -> QWidget:
        """Where the next key goes."""
        if QApplication.focusWidget() is None:
            # With no window manager the window under a dialog that closed has to be brought back by hand.
            self.window.activateWindow()
            self.wait(lambda: QApplication.focusWidget() is not None)
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """One key, wherever the focus is."""
        QTest.keyClick(self.focus, key, held)
        self.settle()

    def type(self, text: str) -> None:
        """Characters; those that no key carries come from an input method."""
        for character in text:
            if character.isascii():
                QTest.keyClicks(self.focus, character)
            else:
                commit(self.focus, character)
        self.settle()

    def confirm_with_password(self, number: str = "") -> None:
        """The approval dialog: one's own password, or that of the person with this ``number``."""
        from courier_desk.ui.dialogs.approval import ApprovalDialog  # noqa: PLC0415  the page must import it by itself

        dialog = self.dialog(ApprovalDialog)
        if number:
            self.type(number)
            self.press(ENTER)
        self.type(PASSWORD)
        QTest.keyClick(self.focus, ENTER)
        self.wait(lambda: QApplication.activeModalWidget() is not dialog)
        self.settle()

    def settle(self) -> None:
        """Until nothing is under way that was asked for on the screen."""
        rest(10)
        self.wait(lambda: not self.ctx.tasks.busy)

    def wait(self, condition: Callable[[], bool]) -> None:
        """Until ``condition`` holds."""
        self.bot.waitUntil(condition)

    def jobs(self) -> list[PrintJobRow]:
        """The papers of the queue, newest first."""
        return self.desk.on_db(partial(self.desk.services.find.print_jobs, self.desk.agent))

    def wait_for_state(self, job_id: str, state: PrintState) -> None:
        """Until this paper is in this state."""
        self.wait(lambda: {job.job_id: job.state for job in self.jobs()}.get(job_id) == state)

    def said(self) -> list[str]:
        """Everything that was said."""
        return [str(notice.text) for notice in self.notices]

    def close(self) -> None:
        """Close the window and forget it."""
        self.window.tabs.close_all()
        self.window.log_out()
        self.settle()
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextmanager
def desk_window(bot: QtBot, folder: Path, role: Role = Role.AGENT) -> Iterator[DeskWindow]:
    """A window with the person of ``role`` before it."""
    with desk_in(folder) as desk:
        made = DeskWindow(bot, make_kit(desk, role))
        try:
            yield made
        finally:
            made.close()
        assert made.kit.reports == []

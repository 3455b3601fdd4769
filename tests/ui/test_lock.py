"""The lock covers everything, gives the same form back to the same person, and lets nobody's scan or key through."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from courier_desk.base.translation import message
from courier_desk.domain.user import Role
from courier_desk.ui.dialogs.question import ask
from courier_desk.ui.lock import IdleWatch
from courier_desk.ui.main_window import MainWindow
from courier_desk.ui.navigation import Request
from courier_desk.ui.page import Page
from courier_desk.ui.page_registry import Group, PageSpec
from courier_desk.ui.scan_hub import Scanned
from courier_desk.ui.ui_context import UiContext
from tests.desk import PASSWORD
from tests.ui.kit import UiKit


class FormPage(Page):
    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.edit = QLineEdit(self)
        self.scans: list[str] = []

    def activate(self) -> None:
        self.edit.setFocus()

    def handle_scan(self, scan: Scanned) -> bool:
        self.scans.append(scan.raw.text)
        return True


FORM = PageSpec("form", message("New order"), "package", "F2", None, FormPage, Group.DESK)


@pytest.fixture
def window(kit: UiKit, qtbot: QtBot) -> Iterator[MainWindow]:
    made = kit.window(pages=(FORM,))
    qtbot.addWidget(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
    page = made.open_page(Request("form"))
    assert isinstance(page, FormPage)
    qtbot.waitUntil(page.edit.hasFocus)
    yield made
    made.log_out()


def _page(window: MainWindow) -> FormPage:
    page = window.tabs.front
    assert isinstance(page, FormPage)
    return page


def _unlock(window: MainWindow, qtbot: QtBot, kit: UiKit, password: str) -> None:
    window.lock.ui.password_edit.setText(password)
    QTest.keyClick(window.lock.ui.password_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)


def test_the_lock_covers_the_whole_window_and_the_same_person_comes_back_to_the_same_form(
    window: MainWindow, kit: UiKit, qtbot: QtBot
) -> None:
    page = _page(window)
    page.edit.setText("half a nam")
    page.edit.setCursorPosition(4)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F12)
    assert window.lock.isVisible()
    assert window.lock.geometry() == window.rect()
    assert not window.beneath.isEnabled()
    window.resize(1400, 800)
    assert window.lock.geometry() == window.rect()
    _unlock(window, qtbot, kit, PASSWORD)
    assert not window.lock.isVisible()
    assert page.edit.hasFocus()
    assert (page.edit.text(), page.edit.cursorPosition()) == ("half a nam", 4)


def test_a_wrong_password_does_not_unlock(window: MainWindow, kit: UiKit, qtbot: QtBot) -> None:
    window.lock_desk()
    _unlock(window, qtbot, kit, "wrong")
    assert window.lock.isVisible()
    assert window.lock.ui.password_error.toolTip() == "The password is wrong."
    _unlock(window, qtbot, kit, PASSWORD)
    assert not window.lock.isVisible()


def test_keys_and_scans_reach_nobody_while_locked(window: MainWindow, kit: UiKit) -> None:
    page = _page(window)
    window.lock_desk()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    kit.scan("XS0001000000018")
    assert window.tabs.count() == 1
    assert not window.palette_box.isVisible()
    assert page.scans == []
    assert "not taken" in window.lock.ui.scan_note.text()


def test_a_dialog_is_hidden_by_the_lock_and_comes_back(window: MainWindow, kit: UiKit, qtbot: QtBot) -> None:
    answers: list[int] = []
    title, text, yes = message("All keys as delivered?"), message("Keys"), message("Yes")
    dialog = ask(window, title, text, yes, lambda: answers.append(1))
    window.lock_desk()
    assert not dialog.isVisible()
    _unlock(window, qtbot, kit, PASSWORD)
    assert dialog.isVisible()
    dialog.accept()
    assert answers == [1]


def test_what_is_said_while_locked_waits_beneath_the_cover(window: MainWindow, kit: UiKit) -> None:
    window.lock_desk()
    kit.ctx.notifier.done(message("Saved"))
    kit.ctx.notifier.defect(ValueError("secret of a customer"))
    order = [child for child in window.children() if child in (window.lock, window.entries, window.crash)]
    assert order[-1] is window.lock


def test_somebody_else_takes_over_by_logging_out(window: MainWindow, kit: UiKit, qtbot: QtBot) -> None:
    left: list[int] = []
    window.logged_out.connect(lambda: left.append(1))
    window.lock_desk()
    window.lock.ui.take_over_button.click()
    assert left == [1]
    assert not window.lock.isVisible()
    assert window.tabs.count() == 0


def test_the_desk_locks_itself_when_nobody_touches_it(window: MainWindow, qtbot: QtBot) -> None:
    window.idle._timer.setInterval(50)
    window.idle.start()
    qtbot.waitUntil(lambda: window.lock.is_locked)


def test_keys_mouse_and_scans_keep_it_open(window: MainWindow, kit: UiKit, qtbot: QtBot) -> None:
    timer = window.idle._timer
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(60_000)
    window.idle.start()
    for sign in ("key", "scan", "mouse", "key", "scan"):
        qtbot.waitUntil(lambda: timer.remainingTime() < 59_950)
        if sign == "key":
            QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
        elif sign == "mouse":
            QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton)
        else:
            kit.scan("XS1")
        assert timer.remainingTime() > 59_950, sign


def test_the_watch_takes_its_minutes_from_the_settings(window: MainWindow, kit: UiKit, qtbot: QtBot) -> None:
    kit.ctx.preferences.change(idle_lock_minutes=7)
    assert window.idle._timer.interval() == 7 * 60_000
    assert isinstance(window.idle, IdleWatch)


def test_lock_and_unlock_stand_in_the_log(window: MainWindow, kit: UiKit, qtbot: QtBot, tmp_path: Path) -> None:
    recorded: list[str] = []
    auth = kit.desk.services.auth
    original = auth.lock

    def lock(actor: object) -> None:
        recorded.append("locked")
        original(kit.ctx.actor)

    window.lock._auth.lock = lock  # type: ignore[method-assign]
    window.lock_desk()
    qtbot.waitUntil(lambda: recorded == ["locked"])
    assert Role.AGENT in kit.desk.actors

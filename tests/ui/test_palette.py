"""Palette and lock give the focus back, also when the page that had it is gone."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from courier_desk.ui.navigation import Request
from tests.desk import PASSWORD
from tests.ui.kit import UiKit


def test_putting_the_palette_away_after_its_page_was_closed_is_no_fault(kit: UiKit, qtbot: QtBot) -> None:
    window = kit.window()
    qtbot.addWidget(window)
    window.open_page(Request("home"))
    window.palette_box.open()
    window.tabs.close_all()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    window.lock_desk()
    assert window.lock.is_locked
    assert not window.palette_box.isVisible()
    assert kit.reports == []
    window.log_out()


def test_unlocking_after_a_page_was_closed_beneath_the_lock_is_no_fault(kit: UiKit, qtbot: QtBot) -> None:
    window = kit.window()
    qtbot.addWidget(window)
    window.open_page(Request("settings"))
    qtbot.waitUntil(window.isActiveWindow)
    window.lock_desk()
    window.tabs.close_all()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    window.lock.ui.password_edit.setText(PASSWORD)
    window.lock.ui.unlock_button.click()
    qtbot.waitUntil(lambda: not window.lock.is_locked)
    assert kit.reports == []
    window.log_out()

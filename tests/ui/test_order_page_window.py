"""The order page in the main window: its keys beside the window's, lock, language, theme, tabs that come back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from courier_desk.base import translation
from courier_desk.ui.main_window import MainWindow
from courier_desk.ui.pages.order import OrderPage
from tests.desk import PASSWORD
from tests.ui.kit import UiKit
from tests.ui.order_screen import CONTROL, ENTER, known_draft

Key = Qt.Key


@pytest.fixture
def window(kit: UiKit, qtbot: QtBot) -> Iterator[MainWindow]:
    kit.desk.accept(known_draft())
    made = kit.window()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
    yield made
    made.keeper.stop()
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
    made.close()
    made.deleteLater()


def _press(kit: UiKit, qtbot: QtBot, *keys: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, held)
        qtbot.wait(60)
        qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)


def _type(kit: UiKit, qtbot: QtBot, text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)
    qtbot.wait(60)
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)


def _front(window: MainWindow) -> OrderPage:
    page = window.tabs.front
    assert isinstance(page, OrderPage)
    return page


def test_no_key_of_the_page_is_taken_by_another_act(kit: UiKit) -> None:
    mine = [clash for clash in kit.ctx.keys.conflicts() if "order" in (clash.first.scope, clash.second.scope)]
    assert mine == []


def test_the_whole_journey_by_keys_in_the_window(window: MainWindow, kit: UiKit, qtbot: QtBot) -> None:
    _press(kit, qtbot, Key.Key_F2)
    _type(kit, qtbot, "13812345678")
    _press(kit, qtbot, ENTER, Key.Key_1, ENTER, Key.Key_F7)
    _press(kit, qtbot, ENTER, held=CONTROL)
    page = _front(window)
    qtbot.waitUntil(lambda: page.accepted is not None)

    _press(kit, qtbot, Key.Key_F2)
    qtbot.waitUntil(lambda: page not in [window.tabs.widget(place) for place in range(window.tabs.count())])
    assert _front(window).accepted is None
    assert _front(window).focusWidget() is _front(window).ui.sender.ui.phone_edit


def test_the_page_needs_no_more_room_than_the_smallest_window_gives(
    window: MainWindow, kit: UiKit, qtbot: QtBot
) -> None:
    _press(kit, qtbot, Key.Key_F2)
    _press(kit, qtbot, ENTER, held=CONTROL)
    assert (window.width(), window.height()) == (1280, 720)
    page = _front(window)
    assert page.minimumSizeHint().width() <= page.width()
    assert page.minimumSizeHint().height() <= page.height()


def test_a_lock_returns_to_the_same_half_filled_form(window: MainWindow, kit: UiKit, qtbot: QtBot) -> None:
    _press(kit, qtbot, Key.Key_F2)
    _type(kit, qtbot, "13812345678")
    _press(kit, qtbot, Key.Key_F12)
    assert window.lock.is_locked
    _type(kit, qtbot, PASSWORD)
    _press(kit, qtbot, ENTER)
    qtbot.waitUntil(lambda: not window.lock.is_locked)
    assert _front(window).ui.sender.party.name == known_draft().sender.name
    assert QApplication.focusWidget() is _front(window).ui.sender.ui.phone_edit


def test_language_and_theme_change_under_a_half_filled_form(window: MainWindow, kit: UiKit, qtbot: QtBot) -> None:
    _press(kit, qtbot, Key.Key_F2)
    _type(kit, qtbot, "13812345678")
    before = _front(window).form.state()
    kit.language.use(translation.CHINESE)
    kit.theme.set_scheme("dark")
    qtbot.wait(60)
    page = _front(window)
    assert page.ui.sender.ui.title_label.text() == "寄件人"
    assert page.ui.service_combo.currentText() == "标准快递"
    assert page.form.state() == before


def test_a_restart_brings_the_half_filled_form_back(window: MainWindow, kit: UiKit, qtbot: QtBot) -> None:
    _press(kit, qtbot, Key.Key_F2)
    _type(kit, qtbot, "13812345678")
    before = _front(window).form.state()
    window.keeper.stop()
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
    window.hide()

    again = kit.window()
    qtbot.waitUntil(lambda: isinstance(again.tabs.front, OrderPage))
    qtbot.waitUntil(lambda: not _front(again).form.is_empty)
    assert _front(again).form.state() == before
    again.keeper.stop()
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
    again.close()
    again.deleteLater()

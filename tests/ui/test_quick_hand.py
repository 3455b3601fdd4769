"""Whoever types on at once after the key that opens a dialog loses nothing, and answers nothing unseen."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from courier_desk.ui.dialogs.base import DeskDialog

Key = Qt.Key


class NumberDialog(DeskDialog):
    """One field, and Return accepts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        self.field = QLineEdit("7", self)
        row.addWidget(self.field)
        self.field.returnPressed.connect(self.accept)
        self.field.setFocus()


@pytest.fixture
def below(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(600, 400)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def press(window: QWindow, key: Key, text: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyPress, key, held, text))


def opened(below: QWidget) -> NumberDialog:
    """Shown, and not yet active: as a real desktop does it, later."""
    dialog = NumberDialog(below)
    dialog.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    dialog.open()
    return dialog


def test_what_is_typed_before_a_dialog_is_active_stands_in_its_field(qtbot: QtBot, below: QWidget) -> None:
    dialog = opened(below)
    window = below.windowHandle()
    for sign in "0c1":
        press(window, Key(ord(sign.upper())), sign)
    assert dialog.field.text() == "70c1"
    press(window, Key.Key_Return, "\r")
    press(window, Key.Key_Escape, "\x1b")
    press(window, Key.Key_K, "k", Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()
    assert dialog.field.text() == "70c1"
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    press(window, Key.Key_9, "9")
    assert dialog.field.text() == "70c1", "from now on the keys come to the dialog itself"


def test_after_the_dialog_the_window_below_has_its_keys_again(qtbot: QtBot, below: QWidget) -> None:
    field = QLineEdit(below)
    field.show()
    field.setFocus()
    dialog: QDialog = opened(below)
    dialog.reject()
    press(below.windowHandle(), Key.Key_9, "9")
    assert field.text() == "9"

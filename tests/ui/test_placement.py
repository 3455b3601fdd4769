"""The first window fits the screen with its frame; later ones stand where the last one stood."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from courier_desk.ui.placement import keep_place, place


@pytest.mark.parametrize("room", [QRect(0, 0, 1280, 800), QRect(0, 30, 1366, 738), QRect(60, 0, 1920, 1080)])
def test_the_first_window_and_its_frame_fit_the_screen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, room: QRect
) -> None:
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _self: room)
    window = QWidget()
    qtbot.addWidget(window)
    place(window)
    assert room.contains(window.geometry().adjusted(0, 0, 16, 48))
    assert window.width() == min(1280, room.width() - 16)
    assert window.height() == min(800, room.height() - 48)


def test_a_window_stands_where_the_last_one_stood(qtbot: QtBot) -> None:
    first, second = QWidget(), QWidget()
    for window in (first, second):
        qtbot.addWidget(window)
    first.setGeometry(40, 50, 600, 400)
    keep_place(first)
    place(second)
    assert second.geometry() == first.geometry()

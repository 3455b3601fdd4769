"""Icons: a name that the set lacks is told in the log and never takes the process down."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from courier_desk.ui.icons import has_icon, icon, paint_icon


def _painted(name: str) -> QImage:
    picture = QImage(32, 32, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    paint_icon(painter, QRect(0, 0, 32, 32), name, "#000000")
    painter.end()
    return picture


def test_a_name_that_the_set_lacks_is_painted_as_a_question(qtbot: QtBot, expect_log: Callable[[str], None]) -> None:
    expect_log("no such icon")
    assert _painted("no-such-icon-at-all") == _painted("question")


def test_an_icon_that_the_set_lacks_cannot_be_made(qtbot: QtBot) -> None:
    assert has_icon("printer")
    with pytest.raises(KeyError):
        icon("no-such-icon-at-all")

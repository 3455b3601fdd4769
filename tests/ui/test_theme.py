"""The look follows the chosen theme, without a style sheet and without code in the widgets."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QSpinBox, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from courier_desk.ui.icons import has_icon, icon
from courier_desk.ui.page_registry import PAGES
from courier_desk.ui.theme import set_tone, tokens
from courier_desk.ui.tokens import DARK, LIGHT
from tests.ui.kit import dressed


def _ink(label: QLabel) -> str:
    return label.palette().color(label.foregroundRole()).name()


def test_a_toned_label_follows_the_theme_by_itself(qtbot: QtBot) -> None:
    theme, _language = dressed()
    label = QLabel("late")
    qtbot.addWidget(label)
    set_tone(label, "bad")
    label.show()
    assert _ink(label) == LIGHT.bad
    theme.set_scheme("dark")
    qtbot.waitUntil(lambda: _ink(label) == DARK.bad)
    assert tokens() is DARK


def test_no_tone_shares_its_colour_role_with_another(qtbot: QtBot) -> None:
    inks = set()
    for tone in ("text", "muted", "accent", "good", "warn", "bad", "info"):
        label = QLabel(tone)
        qtbot.addWidget(label)
        set_tone(label, tone)
        inks.add(_ink(label))
    assert len(inks) == 7


def test_there_is_no_application_wide_style_sheet(qapp: QApplication) -> None:
    assert qapp.styleSheet() == ""


def test_controls_are_thirty_pixels_high(qtbot: QtBot) -> None:
    for control in (QPushButton("Go on"), QLineEdit("text"), QComboBox(), QSpinBox()):
        qtbot.addWidget(control)
        assert control.sizeHint().height() == 30, control


def test_chosen_rows_are_pale_so_that_tones_stay_readable(qtbot: QtBot) -> None:
    table = QTableWidget(1, 1)
    qtbot.addWidget(table)
    table.ensurePolished()
    assert table.palette().color(QPalette.ColorRole.Highlight).name() == LIGHT.accent_soft


def test_an_icon_is_painted_in_the_colour_of_the_theme(qtbot: QtBot) -> None:
    theme, _language = dressed()
    sign = icon("package", "accent")
    for scheme, wanted in (("light", LIGHT.accent), ("dark", DARK.accent)):
        theme.set_scheme(scheme)
        picture = sign.pixmap(48, 48).toImage()
        solid = {
            picture.pixelColor(x, y).name()
            for x in range(48)
            for y in range(48)
            if picture.pixelColor(x, y).alpha() == 255
        }
        assert solid == {wanted}


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(KeyError):
        icon("no-such-sign")


def test_every_page_has_an_icon_of_the_set() -> None:
    missing = [spec.icon for spec in PAGES if not (has_icon(spec.icon) and has_icon(f"{spec.icon}-fill"))]
    assert missing == []


def test_a_primary_button_is_filled_and_its_text_readable(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    button = QPushButton("Confirm", holder)
    button.setProperty("tone", "primary")
    button.resize(120, 30)
    holder.show()
    picture = button.grab().toImage()
    assert picture.pixelColor(12, 15) == QColor(LIGHT.accent)

"""Days typed in any short way."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from courier_desk.base.errors import UserError
from courier_desk.ui.widgets.day_field import DayField, parse_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("20261120", date(2026, 11, 20)),
        ("26-11-20", date(2026, 11, 20)),
        ("2026年11月20日", date(2026, 11, 20)),
        ("２０２６／１１／２０", date(2026, 11, 20)),
        ("11-20", date(2026, 11, 20)),
        ("1120", date(2026, 11, 20)),
        ("11。20", date(2026, 11, 20)),
        ("12-25", date(2025, 12, 25)),
        ("22", TODAY),
        ("23", date(2026, 10, 23)),
        ("31", date(2026, 10, 31)),
        ("-1", date(2026, 11, 21)),
        ("today", TODAY),
        ("昨天", date(2026, 11, 21)),
    ],
)
def test_a_day_is_understood_in_any_short_way(text: str, day: date) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["13-45", "abc", "0", "2026-02-30", "1-2-3-4", "32", "1e3", "😀"])
def test_what_is_no_day_is_said(text: str) -> None:
    with pytest.raises(UserError):
        parse_day(text, TODAY)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_reads_back_as_it_is_shown(day: date) -> None:
    assert parse_day(day.isoformat(), TODAY) == day


@given(st.text(max_size=12))
def test_any_text_is_a_day_or_a_user_error(text: str) -> None:
    try:
        found = parse_day(text, TODAY)
    except (UserError, OverflowError):
        return
    assert isinstance(found, date)


def test_the_field_shows_the_full_day_when_it_is_left_and_steps_by_keys(qtbot: QtBot) -> None:
    field, other = DayField(), DayField()
    for each in (field, other):
        qtbot.addWidget(each)
        each.set_today(lambda: TODAY)
        each.show()
    field.setFocus()
    QTest.keyClicks(field, "1120")
    assert field.day() == date(2026, 11, 20)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.text() == "2026-11-19"
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "2026-11-20"
    field.clear()
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.day() == TODAY
    field.setText("13-45")
    assert field.day() is None
    assert field.error() is not None

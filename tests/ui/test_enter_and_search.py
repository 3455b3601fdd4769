"""Enter leads through a form, suggestions are chosen by keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from courier_desk.ui.widgets.enter_chain import EnterChain
from courier_desk.ui.widgets.search_box import SearchBox
from courier_desk.ui.widgets.suggestion_list import Suggestion
from tests.ui.kit import UiKit, commit

Key = Qt.Key


class Form:
    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        column = QVBoxLayout(self.window)
        self.name, self.phone, self.note, self.weight = (QLineEdit(self.window) for _ in range(4))
        self.service = QComboBox(self.window)
        self.service.addItem("standard")
        self.fields = [self.name, self.phone, self.service, self.note, self.weight]
        for field in self.fields:
            column.addWidget(field)
        self.note.setProperty("optional", True)
        self.said: list[str] = []
        self.chain = EnterChain(self.window, self.fields)
        self.chain.confirm_asked.connect(lambda: self.said.append("asked"))
        self.chain.confirmed.connect(lambda: self.said.append("confirmed"))
        self.chain.left.connect(lambda: self.said.append("left"))
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    return Form(qtbot)


def test_enter_skips_what_is_filled_optional_or_hidden(form: Form) -> None:
    form.phone.setText("138")
    form.chain.go_to_first()
    assert form.name.hasFocus()
    commit(form.name, "李")
    QTest.keyClick(form.name, Key.Key_Return)
    assert form.weight.hasFocus()


def test_enter_in_the_last_one_asks_to_confirm_and_ctrl_enter_confirms_anywhere(form: Form) -> None:
    for field in (form.name, form.phone, form.weight):
        field.setText("1")
    form.weight.setFocus()
    QTest.keyClick(form.weight, Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    QTest.keyClick(form.name, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.said == ["asked", "confirmed"]


def test_enter_goes_back_up_to_what_is_still_missing(form: Form) -> None:
    form.weight.setText("1")
    form.name.setText("李")
    form.weight.setFocus()
    QTest.keyClick(form.weight, Key.Key_Return)
    assert form.phone.hasFocus()
    assert form.said == []


def test_a_field_marked_wrong_needs_something_though_it_is_filled(form: Form) -> None:
    for field in (form.name, form.phone, form.weight):
        field.setText("1")
    form.phone.setProperty("wrong", True)
    form.name.setFocus()
    QTest.keyClick(form.name, Key.Key_Return)
    assert form.phone.hasFocus()


def test_escape_steps_back_the_way_one_came_and_loses_nothing(form: Form) -> None:
    form.chain.go_to_first()
    commit(form.name, "李")
    QTest.keyClick(form.name, Key.Key_Return)
    QTest.keyClicks(form.phone, "138")
    QTest.keyClick(form.phone, Key.Key_Escape)
    assert form.name.hasFocus()
    assert (form.name.text(), form.phone.text()) == ("李", "138")
    QTest.keyClick(form.name, Key.Key_Escape)
    assert form.said == ["left"]


def _box(kit: UiKit, qtbot: QtBot, *, choose_first: bool = False) -> tuple[QWidget, SearchBox]:
    window = QWidget()
    window.resize(500, 400)
    box = SearchBox(window)
    box.setGeometry(20, 20, 300, 30)
    qtbot.addWidget(window)
    found = {"hz": [Suggestion("杭州市"), Suggestion("湖州市")]}
    box.set_source(kit.ctx.tasks, lambda text: found.get(text, []), choose_first=choose_first)
    window.show()
    window.activateWindow()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    return window, box


def test_suggestions_are_taken_by_keys_alone(kit: UiKit, qtbot: QtBot) -> None:
    _window, box = _box(kit, qtbot)
    chosen: list[str] = []
    box.chosen.connect(lambda row: chosen.append(row.title))
    QTest.keyClicks(box, "hz")
    qtbot.waitUntil(lambda: box.open)
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Return):
        QTest.keyClick(box, key)
    assert chosen == ["湖州市"]
    assert not box.open
    assert box.text() == "hz"


def test_escape_puts_suggestions_away_and_keeps_the_text(kit: UiKit, qtbot: QtBot) -> None:
    _window, box = _box(kit, qtbot, choose_first=True)
    QTest.keyClicks(box, "hz")
    qtbot.waitUntil(lambda: box.open)
    QTest.keyClick(box, Key.Key_Escape)
    assert not box.open
    assert box.text() == "hz"


def test_an_answer_to_an_older_text_is_not_shown(kit: UiKit, qtbot: QtBot) -> None:
    _window, box = _box(kit, qtbot)
    QTest.keyClicks(box, "hz")
    QTest.keyClicks(box, "x")
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
    qtbot.wait(80)
    assert not box.open


def test_leaving_the_field_puts_the_list_away(kit: UiKit, qtbot: QtBot) -> None:
    _window, box = _box(kit, qtbot)
    QTest.keyClicks(box, "hz")
    qtbot.waitUntil(lambda: box.open)
    other = QLineEdit(box.window())
    other.show()
    other.setFocus()
    assert not box.open

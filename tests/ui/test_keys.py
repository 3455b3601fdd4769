"""Every act has a key; keys can be changed, conflicts are known, and a lock switches all of them off."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from courier_desk.base.translation import message
from courier_desk.ui.keys import KeyAct, Keys
from courier_desk.ui.page_registry import all_acts


def _window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    edit = QLineEdit(window)
    QVBoxLayout(window).addWidget(edit)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    return window


def _press(window: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.windowHandle(), key, held)


def test_the_keys_as_delivered_do_not_conflict() -> None:
    assert Keys(all_acts()).conflicts() == ()


def test_the_keys_promised_for_the_trade_are_those_of_the_table() -> None:
    keys = {act.id: act.key for act in all_acts()}
    wanted = {"open.help": "F1", "lock": "F12", "palette": "Ctrl+K", "print": "Ctrl+P", "confirm": "Ctrl+Return"}
    assert {act: keys[act] for act in wanted} == wanted
    assert not any(key in ("F9", "F10") for key in keys.values())


def test_a_bound_act_answers_to_its_key_and_to_its_new_one(qtbot: QtBot) -> None:
    window, keys, done = _window(qtbot), Keys([KeyAct("go", message("Go on"), "F7")]), list[int]()
    keys.bind("go", window, lambda: done.append(1))
    _press(window, Qt.Key.Key_F7)
    keys.set_overrides({"go": "Ctrl+G", "gone": "F2"})
    _press(window, Qt.Key.Key_F7)
    assert len(done) == 1
    _press(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert len(done) == 2
    assert keys.overrides == {"go": "Ctrl+G"}


def test_enter_of_the_number_pad_is_an_enter(qtbot: QtBot) -> None:
    window, keys, done = _window(qtbot), Keys([KeyAct("ok", message("Confirm"), "Ctrl+Return")]), list[int]()
    keys.bind("ok", window, lambda: done.append(1))
    _press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    _press(window, Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.KeypadModifier)
    assert len(done) == 2


def test_a_lock_switches_all_keys_off_and_on(qtbot: QtBot) -> None:
    window, keys, done = _window(qtbot), Keys([KeyAct("go", message("Go on"), "F7")]), list[int]()
    keys.bind("go", window, lambda: done.append(1))
    keys.set_enabled(False)
    _press(window, Qt.Key.Key_F7)
    keys.set_enabled(True)
    _press(window, Qt.Key.Key_F7)
    assert len(done) == 1


def test_conflicts_are_found_where_acts_meet_only() -> None:
    text = message("Go on")
    keys = Keys([KeyAct("a", text, "F2"), KeyAct("b", text, "F2", "scan"), KeyAct("c", text, "F6", "bags")])
    assert [(one.first.id, one.second.id) for one in keys.conflicts()] == [("a", "b")]
    assert [one.second.id for one in keys.conflicts({"a": "", "c": "F2"})] == []
    assert [one.second.id for one in keys.conflicts({"c": "F2"})] == ["b", "c"]


def test_the_hint_stands_beside_the_label() -> None:
    keys = Keys([KeyAct("go", message("Go on"), "F7"), KeyAct("none", message("Back"), "")])
    assert keys.hint("Go on", "go") == "Go on  F7"
    assert keys.hint("Back", "none") == "Back"

"""Joining headquarters at the first start, by keys: address and code, faults beside their fields, stop, passwords."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.translation import CHINESE, Message, message
from courier_desk.domain.user import Operator, Role
from courier_desk.services.first_start import FirstPassword
from courier_desk.ui.dialogs.first_start import FirstStart
from courier_desk.ui.notify import Notifier
from courier_desk.ui.widgets.code_edit import CodeEdit
from courier_desk.ui.widgets.field_error import FieldError
from tests.ui.kit import commit, dressed

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
CODE = "ABCDEFGHJKMN"
ADDRESS = "https://hq.example.org"


class LineDown(EnvironmentFault):
    """A fault that names the field of the address, as the client of headquarters does."""

    field = "address"


class Headquarters:
    """What joins, at the very edge: remembers what it was asked, and ends as the test says."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.futures: list[Future[tuple[FirstPassword, ...]]] = []
        self.stops = 0
        self.past_from: date | None = None
        self.progress: Callable[[int, int, Message], None] = lambda *_said: None

    def join(
        self, address: str, code: str, progress: Callable[[int, int, Message], None]
    ) -> "Future[tuple[FirstPassword, ...]]":
        self.asked.append((address, code))
        self.futures.append(Future())
        self.progress = progress
        return self.futures[-1]

    def stop(self) -> None:
        self.stops += 1
        self.futures[-1].cancel()


@pytest.fixture
def headquarters() -> Headquarters:
    return Headquarters()


@pytest.fixture
def window(headquarters: Headquarters, qtbot: QtBot) -> FirstStart:
    dressed()
    made = FirstStart(_no_sample, Notifier(_fail), joining=headquarters)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def _no_sample(_kind: object, _progress: object) -> "Future[Sequence[FirstPassword]]":
    raise AssertionError("nobody asked for a sample station")


def _fail(error: BaseException) -> None:
    raise AssertionError from error


def _press(key: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, held)


def _to_the_form(window: FirstStart) -> None:
    """From the first button back to real work, and on, by keys alone."""
    window.ui.sample_radio.setFocus()
    _press(Key.Key_Down)
    assert window.ui.live_radio.isChecked()
    assert not window.ui.sample_radio.isChecked()
    _press(Key.Key_Return)
    assert window.ui.steps.currentWidget() is window.ui.join_step


def _join(window: FirstStart) -> None:
    _to_the_form(window)
    window.ui.address_edit.setText(ADDRESS)
    window.ui.code_edit.setText(CODE)
    window.ui.code_edit.setFocus()
    _press(Key.Key_Return)
    assert window.ui.steps.currentWidget() is window.ui.progress_step


def _said(label: FieldError) -> str:
    return label.toolTip()


def test_a_desk_joins_by_keys_and_shows_first_passwords_once(
    window: FirstStart, headquarters: Headquarters, qtbot: QtBot
) -> None:
    done: list[int] = []
    used: list[str] = []
    window.finished.connect(lambda: done.append(1))
    window.address_used.connect(used.append)
    assert "made-up company" in window.ui.kind_note.text()
    _to_the_form(window)
    assert "one-time code" in window.ui.kind_note.text()
    assert QApplication.focusWidget() is window.ui.address_edit
    QTest.keyClicks(window.ui.address_edit, " hq.example.org/ ")
    _press(Key.Key_Return)
    assert QApplication.focusWidget() is window.ui.code_edit
    QTest.keyClicks(window.ui.code_edit, "abcdefghjkmn")
    assert window.ui.code_edit.text() == "ABCD-EFGH-JKMN"
    _press(Key.Key_Return)
    assert (headquarters.asked, used) == ([(ADDRESS, CODE)], [ADDRESS])
    assert window.ui.progress_title.text() == "Joining headquarters"
    headquarters.progress(2, 4, message("Price list"))
    qtbot.waitUntil(lambda: window.ui.progress_note.text() == "Price list")
    assert (window.ui.progress_bar.value(), window.ui.progress_bar.maximum()) == (2, 4)
    headquarters.past_from = date(2026, 9, 24)
    headquarters.futures[0].set_result((FirstPassword(Operator("1", "1001", "林晓", "Lin Xiao", Role.AGENT), "abcd"),))
    qtbot.waitUntil(lambda: window.ui.steps.currentWidget() is window.ui.people_step)
    assert "comes back from 2026-09-24 on; older days are no longer on line" in window.ui.people_text.text()
    assert window.ui.people_title.text() == "The people of this desk"
    assert "shown only now" in window.ui.people_text.text()
    _press(Key.Key_Return)
    assert done == [1]


def test_enter_on_a_choice_that_is_not_chosen_only_chooses_it(window: FirstStart) -> None:
    window.ui.live_radio.setFocus()
    _press(Key.Key_Return)
    assert window.ui.live_radio.isChecked()
    assert window.ui.steps.currentWidget() is window.ui.choose_step
    _press(Key.Key_Return)
    assert window.ui.steps.currentWidget() is window.ui.join_step


def test_without_passwords_to_show_the_people_know_theirs(
    window: FirstStart, headquarters: Headquarters, qtbot: QtBot
) -> None:
    _join(window)
    headquarters.futures[0].set_result(())
    qtbot.waitUntil(lambda: window.ui.steps.currentWidget() is window.ui.people_step)
    assert "that headquarters gave them" in window.ui.people_text.text()
    assert not window.ui.people_table.isVisible()
    assert not window.ui.print_button.isVisible()
    assert QApplication.focusWidget() is window.ui.go_on_button


@pytest.mark.parametrize(
    ("error", "field"),
    [
        (UserError(message("Headquarters refuse this code: it was used before."), field="code"), "code"),
        (LineDown(message("There is no line to headquarters.")), "address"),
        (LineDown(message("The network asks for its own log-in: open a web browser and log in there.")), "address"),
        (UserError(message("This program is too old for headquarters."), field="address"), "address"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_rest_is_kept(
    window: FirstStart, headquarters: Headquarters, qtbot: QtBot, error: Exception, field: str
) -> None:
    _join(window)
    headquarters.futures[0].set_exception(error)
    qtbot.waitUntil(lambda: window.ui.steps.currentWidget() is window.ui.join_step)
    edit: QLineEdit = getattr(window.ui, f"{field}_edit")
    assert _said(getattr(window.ui, f"{field}_error")) == str(error)
    assert QApplication.focusWidget() is edit
    # What is typed next takes its place.
    assert edit.selectedText() == edit.text()
    assert (window.ui.address_edit.text(), window.ui.code_edit.text()) == (ADDRESS, CODE)
    _press(Key.Key_Return, CTRL)
    assert len(headquarters.asked) == 2
    assert _said(getattr(window.ui, f"{field}_error")) == ""


def test_any_other_failure_is_told_and_tried_again_with_the_same(
    window: FirstStart, headquarters: Headquarters, qtbot: QtBot
) -> None:
    _join(window)
    headquarters.futures[0].set_exception(EnvironmentFault(message("The disk is full.")))
    qtbot.waitUntil(window.ui.retry_button.isVisible)
    assert "The disk is full." in _said(window.ui.setup_error)
    assert window.ui.stop_button.text() == "Back  Esc"
    _press(Key.Key_Return)
    assert headquarters.asked == [(ADDRESS, CODE)] * 2
    assert not window.ui.retry_button.isVisible()


def test_what_was_stopped_by_hand_is_called_no_fault(
    window: FirstStart, headquarters: Headquarters, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = LineDown(message("The line to headquarters broke off."))
    monkeypatch.setattr(headquarters, "stop", lambda: headquarters.futures[-1].set_exception(broken))
    _join(window)
    _press(Key.Key_Escape)
    qtbot.waitUntil(lambda: window.ui.steps.currentWidget() is window.ui.join_step)
    assert _said(window.ui.address_error) == ""


def test_esc_stops_what_goes_on_and_steps_back(window: FirstStart, headquarters: Headquarters, qtbot: QtBot) -> None:
    _join(window)
    _press(Key.Key_Escape)
    assert headquarters.stops == 1
    qtbot.waitUntil(lambda: window.ui.steps.currentWidget() is window.ui.join_step)
    _press(Key.Key_Escape)
    assert window.ui.steps.currentWidget() is window.ui.choose_step
    assert window.ui.live_radio.isChecked()


@pytest.mark.parametrize(
    ("address", "code", "field", "said"),
    [
        ("", CODE, "address", "Enter the address"),
        ("http://hq.example.org", CODE, "address", "only by https"),
        (ADDRESS, "ABCD", "code", "these are 4"),
    ],
)
def test_nothing_is_sent_that_cannot_be_right(
    window: FirstStart, headquarters: Headquarters, address: str, code: str, field: str, said: str
) -> None:
    _to_the_form(window)
    window.ui.address_edit.setText(address)
    window.ui.code_edit.setText(code)
    window.ui.join_button.click()
    assert headquarters.asked == []
    assert said in _said(getattr(window.ui, f"{field}_error"))


def test_signs_that_no_code_holds_stay_out_and_are_told(window: FirstStart) -> None:
    _to_the_form(window)
    edit = window.ui.code_edit
    edit.setFocus()
    QTest.keyClicks(edit, "ab0c")
    assert edit.text() == "ABC"
    QTest.keyClicks(edit, "1")
    assert "No code holds 1" in _said(window.ui.code_error)
    QTest.keyClicks(edit, "d")
    assert _said(window.ui.code_error) == ""
    edit.clear()
    QGuiApplication.clipboard().setText(" abcd efgh-jkmn\n")
    edit.paste()
    assert edit.text() == "ABCD-EFGH-JKMN"
    edit.clear()
    commit(edit, "ＡＢｃｄ２")
    assert edit.text() == "ABCD-2"


def test_a_sign_is_typed_into_the_middle_of_a_code(qtbot: QtBot) -> None:
    dressed()
    edit = CodeEdit()
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, "abcdfg")
    edit.setCursorPosition(5)
    QTest.keyClicks(edit, "e")
    assert (edit.text(), edit.cursorPosition()) == ("ABCD-EFG", 6)


def test_the_language_changes_and_what_was_typed_stays(window: FirstStart, qtbot: QtBot) -> None:
    _to_the_form(window)
    window.ui.code_edit.setText("ABCD")
    language = dressed()[1]
    language.use(CHINESE)
    qtbot.waitUntil(lambda: window.ui.join_button.text() == "加入总部")
    assert window.ui.code_edit.text() == "ABCD"
    assert window.ui.steps.currentWidget() is window.ui.join_step


def test_where_nobody_joins_real_work_cannot_be_chosen(qtbot: QtBot) -> None:
    dressed()
    made = FirstStart(_no_sample, Notifier(_fail))
    qtbot.addWidget(made)
    assert not made.ui.live_radio.isEnabled()

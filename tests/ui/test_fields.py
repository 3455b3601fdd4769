"""Fields of the trade: what is typed at a number pad or through an input method, and where what is wrong is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.ui.widgets.field_error import FieldError, FieldErrors
from courier_desk.ui.widgets.phone_field import PhoneField
from courier_desk.ui.widgets.quantity_fields import AmountField, LengthField, QuantityField, WeightField
from tests.ui.kit import commit


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (WeightField, "３。２", 3200),
        (WeightField, "0.5", 500),
        (AmountField, "１２．５", 1250),
        (AmountField, "1,234.50", 123450),
        (LengthField, "30", 300),
        (LengthField, "３０．５", 305),
    ],
)
def test_what_is_typed_in_any_width_of_digits_is_understood(
    qtbot: QtBot, field: type[QuantityField], typed: str, value: int
) -> None:
    edit = field()  # type: ignore[call-arg]
    qtbot.addWidget(edit)
    commit(edit, typed)
    assert edit.value() == value
    assert edit.error() is None


def test_the_number_pad_alone_is_enough(qtbot: QtBot) -> None:
    edit = WeightField()
    qtbot.addWidget(edit)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_Period, Qt.Key.Key_5):
        QTest.keyClick(edit, key, Qt.KeyboardModifier.KeypadModifier)
    assert edit.value() == 12500


@pytest.mark.parametrize("typed", ["abc", "-3", "1.2345", "1e5", "9" * 23, "😀", "<b>3</b>", "3;DROP", "٣"])
def test_odd_text_is_marked_beside_the_field_and_kept(qtbot: QtBot, typed: str) -> None:
    edit, label = WeightField(), FieldError()
    for widget in (edit, label):
        qtbot.addWidget(widget)
    edit.show_errors_in(label)
    edit.setText(typed)
    assert edit.value() is None
    assert label.toolTip() != ""
    assert edit.property("wrong") is True
    assert edit.text() == typed
    edit.setText("3")
    assert label.toolTip() == ""
    assert edit.property("wrong") is False


@given(st.integers(min_value=0, max_value=10**9))
def test_a_value_shown_is_the_value_read(qapp: object, value: int) -> None:
    for field in (WeightField(), AmountField(), LengthField()):
        field.set_value(value)
        assert field.value() == value
        field.deleteLater()


def test_a_change_is_said_once_for_each_new_value(qtbot: QtBot) -> None:
    edit, said = WeightField(), list[int | None]()
    qtbot.addWidget(edit)
    edit.value_changed.connect(said.append)
    for text in ("1", "1.", "1.0", "1.05", ""):
        edit.setText(text)
    assert said == [1000, 1050, None]


def test_leaving_a_field_brings_the_number_to_its_usual_form(qtbot: QtBot) -> None:
    holder = QWidget()
    column = QVBoxLayout(holder)
    edit, other = AmountField(holder), QLineEdit(holder)
    column.addWidget(edit)
    column.addWidget(other)
    qtbot.addWidget(holder)
    holder.show()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    edit.setText("１２．５")
    other.setFocus()
    assert edit.text() == "12.50"


def _rule(text: str) -> str:
    if len(text) != 11:
        raise UserError(message("A mobile number has 11 digits; this one has {count}.", count=len(text)))
    return f"{text[:3]} {text[3:7]} {text[7:]}"


def test_a_complete_telephone_number_is_said_once(qtbot: QtBot) -> None:
    edit, said = PhoneField(), list[str]()
    qtbot.addWidget(edit)
    edit.set_rule(_rule)
    edit.phone_entered.connect(said.append)
    commit(edit, "１３８１２３４５６７８")
    assert said == ["138 1234 5678"]
    assert edit.phone() == "138 1234 5678"
    edit.setText("138")
    assert edit.phone() == ""
    assert edit.error() is not None


class _Form:
    def __init__(self) -> None:
        self.phone_edit = QLineEdit()
        self.phone_error = FieldError()
        self.note_error = FieldError()


def test_an_error_finds_the_field_it_names_and_moves_nothing(qtbot: QtBot) -> None:
    form = _Form()
    for widget in vars(form).values():
        qtbot.addWidget(widget)
    errors = FieldErrors.of_form(form)
    height = form.phone_error.height()
    assert errors.show(UserError(message("Enter a telephone number."), field="phone"))
    assert form.phone_edit.property("wrong") is True
    assert form.phone_error.height() == height
    assert list(errors.wrong) == ["phone"]
    assert not errors.show(UserError(message("Enter a telephone number."), field="elsewhere"))
    assert not errors.show(UserError(message("Enter a telephone number.")))
    errors.clear()
    assert list(errors.wrong) == []
    assert form.phone_error.message is None


def test_exactly_the_given_errors_are_shown(qtbot: QtBot) -> None:
    form = _Form()
    for widget in vars(form).values():
        qtbot.addWidget(widget)
    errors = FieldErrors.of_form(form)
    errors.mark_all({"phone": message("Enter a telephone number.")})
    errors.mark_all({"note": message("Enter a telephone number.")})
    assert form.phone_error.message is None
    assert form.note_error.message is not None


def test_a_text_too_long_for_its_line_is_whole_in_the_tip(qtbot: QtBot) -> None:
    label = FieldError()
    qtbot.addWidget(label)
    label.resize(60, 17)
    label.show_message(message("An error in a sentence that is far longer than this field is wide."))
    assert label.toolTip().endswith("is wide.")
    assert not label.grab().isNull()

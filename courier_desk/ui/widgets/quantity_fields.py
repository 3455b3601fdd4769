"""Fields for money, weight and length: the number pad alone is enough, and ``３。２`` is 3.2."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from courier_desk.base.errors import UserError
from courier_desk.base.quantities import (
    amount_text,
    length_text,
    parse_amount,
    parse_length,
    parse_weight,
    plain_digits,
    weight_text,
)
from courier_desk.base.translation import Message
from courier_desk.ui.widgets.field_error import FieldError

_LONGEST = 24


class QuantityField(QLineEdit):
    """A field for one whole number of the smallest unit (fen, g, mm), typed and shown in the usual one.

    Signals:
        value_changed(object): the value as int, None when empty or not understood.
    """

    value_changed = Signal(object)

    def __init__(
        self, parse: Callable[[str], int], show: Callable[[int], str], unit: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._parse = parse
        self._show = show
        self._error_label: FieldError | None = None
        self._last: int | None = None
        self.setMaxLength(_LONGEST)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText(unit)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.textChanged.connect(self._on_text_changed)

    def show_errors_in(self, label: FieldError) -> None:
        """What is wrong with the number is said there as soon as it is typed."""
        self._error_label = label

    def value(self) -> int | None:
        """The value in the smallest unit, None when the field is empty or not understood."""
        return self._read()[0]

    def error(self) -> Message | None:
        """What is wrong with the text, None when nothing is."""
        return self._read()[1]

    def set_value(self, value: int | None) -> None:
        """Show ``value``, None for empty."""
        self.setText("" if value is None else self._show(value))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        value = self.value()
        if value is not None and self.text() != self._show(value):
            self.setText(self._show(value))

    def _read(self) -> tuple[int | None, Message | None]:
        text = plain_digits(self.text())
        if not text:
            return None, None
        try:
            return self._parse(text), None
        except UserError as error:
            return None, error.message

    def _on_text_changed(self) -> None:
        value, error = self._read()
        if self._error_label is not None:
            self._error_label.show_message(error)
        self.setProperty("wrong", error is not None)
        self.update()
        if value != self._last:
            self._last = value
            self.value_changed.emit(value)


class AmountField(QuantityField):
    """Money in fen, typed in yuan."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parse_amount, amount_text, "0.00", parent)


class WeightField(QuantityField):
    """Weight in grams, typed in kilograms."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parse_weight, weight_text, "kg", parent)


class LengthField(QuantityField):
    """Length in millimetres, typed in centimetres."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parse_length, length_text, "cm", parent)

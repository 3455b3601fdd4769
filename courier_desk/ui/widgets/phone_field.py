"""A field for a telephone number: full-width digits become plain, blanks and hyphens do not matter."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from courier_desk.base.errors import UserError
from courier_desk.base.quantities import plain_digits
from courier_desk.base.translation import Message
from courier_desk.ui.widgets.field_error import FieldError

_LONGEST = 40


class PhoneField(QLineEdit):
    """Give it the trade's rule with ``set_rule``: it returns the number as it is shown, or raises UserError.

    Signals:
        phone_entered(str): a complete number that the rule accepts was typed; once for each new number.
    """

    phone_entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rule: Callable[[str], str] = plain_digits
        self._error_label: FieldError | None = None
        self._told = ""
        self.setMaxLength(_LONGEST)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        self.textChanged.connect(self._on_text_changed)

    def set_rule(self, rule: Callable[[str], str]) -> None:
        """What brings a number to its form for the screen."""
        self._rule = rule

    def show_errors_in(self, label: FieldError) -> None:
        """What is wrong is said there when the field is left."""
        self._error_label = label

    def phone(self) -> str:
        """The number in its form for the screen, empty when there is none or it is wrong."""
        return self._read()[0]

    def error(self) -> Message | None:
        """What is wrong with the number, None when nothing is or the field is empty."""
        return self._read()[1]

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        phone, error = self._read()
        if phone and phone != self.text():
            self.setText(phone)
        self._mark(error)

    def _read(self) -> tuple[str, Message | None]:
        text = plain_digits(self.text())
        if not text:
            return "", None
        try:
            return self._rule(text), None
        except UserError as error:
            return "", error.message

    def _on_text_changed(self) -> None:
        phone, _error = self._read()
        self._mark(None)
        if phone and phone != self._told:
            self._told = phone
            self.phone_entered.emit(phone)
        elif not self.text():
            self._told = ""

    def _mark(self, error: Message | None) -> None:
        if self._error_label is not None:
            self._error_label.show_message(error)
        if bool(self.property("wrong")) != (error is not None):
            self.setProperty("wrong", error is not None)
            self.update()

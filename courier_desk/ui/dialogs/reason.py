"""Reasons are one key: a short numbered list; free text is the exception."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from courier_desk.base.errors import UserError
from courier_desk.base.quantities import plain_digits
from courier_desk.base.translation import Message, message
from courier_desk.ui.dialogs.base import DeskDialog
from courier_desk.ui.generated.ui_reason_dialog import Ui_ReasonDialog
from courier_desk.ui.widgets.field_error import FieldErrors


class ReasonDialog(DeskDialog):
    """Digits choose at once.

    Signals:
        reason_given(str): the English source text of a listed reason, or what was typed.
    """

    reason_given = Signal(str)

    def __init__(self, parent: QWidget, title: Message, text: Message, reasons: Sequence[Message]) -> None:
        super().__init__(parent)
        self.ui = Ui_ReasonDialog()
        self.ui.setupUi(self)
        self._title, self._text, self._reasons = title, text, tuple(reasons)
        self._errors = FieldErrors.of_form(self.ui)
        self.ui.ok_button.clicked.connect(self._on_ok)
        self.ui.cancel_button.clicked.connect(self.reject)
        self.ui.reasons_list.itemDoubleClicked.connect(self._on_ok)
        self.ui.reasons_list.installEventFilter(self)
        self.ui.other_edit.textEdited.connect(self._on_other_edited)
        self.ui.other_edit.returnPressed.connect(self._on_ok)
        self.ui.ok_button.setAutoDefault(False)
        self.ui.cancel_button.setAutoDefault(False)
        self.retranslate()
        self.ui.reasons_list.setCurrentRow(0)
        self.ui.reasons_list.setFocus()

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.setWindowTitle(str(self._title))
        self.ui.title_label.setText(str(self._title))
        self.ui.text_label.setText(str(self._text))
        chosen = self.ui.reasons_list.currentRow()
        self.ui.reasons_list.clear()
        self.ui.reasons_list.addItems([f"{number}   {text}" for number, text in enumerate(self._reasons, 1)])
        self.ui.reasons_list.setCurrentRow(chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._on_list_key(event):
            return True
        return super().eventFilter(watched, event)

    def _on_list_key(self, event: QKeyEvent) -> bool:
        """Keys of the list; its own search by letters would swallow the digits."""
        digit = plain_digits(event.text())
        if len(digit) == 1 and digit.isdecimal() and 1 <= int(digit) <= len(self._reasons):
            self._give(self._reasons[int(digit) - 1].text)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_ok()
        else:
            return False
        return True

    def _on_other_edited(self, text: str) -> None:
        if text:
            self.ui.reasons_list.setCurrentRow(-1)
        self._errors.clear()

    def _on_ok(self) -> None:
        typed, row = self.ui.other_edit.text().strip(), self.ui.reasons_list.currentRow()
        if typed:
            self._give(typed)
        elif row >= 0:
            self._give(self._reasons[row].text)
        else:
            self._errors.show(UserError(message("Choose a reason or write one."), field="other"))

    def _give(self, reason: str) -> None:
        self.reason_given.emit(reason)
        self.accept()


def ask_reason(
    parent: QWidget, title: Message, text: Message, reasons: Sequence[Message], on_reason: Callable[[str], object]
) -> ReasonDialog:
    """Ask for a reason and go on; ``on_reason`` (a bound method) gets its English source text."""
    dialog = ReasonDialog(parent, title, text, reasons)
    dialog.reason_given.connect(on_reason)
    dialog.open()
    return dialog

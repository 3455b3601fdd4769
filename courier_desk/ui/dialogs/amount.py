"""One amount, typed on the number pad alone; what is wrong with it stands beneath it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from courier_desk.base.errors import UserError
from courier_desk.base.translation import Message, message
from courier_desk.ui.dialogs.base import DeskDialog
from courier_desk.ui.generated.ui_amount_dialog import Ui_AmountDialog
from courier_desk.ui.widgets.field_error import FieldErrors


class AmountDialog(DeskDialog):
    """Signals:
    amount_given(object): the amount in fen as int, above nothing and at most what was allowed.
    """

    # An int of Qt has 32 bits only.
    amount_given = Signal(object)

    def __init__(self, parent: QWidget, title: Message, text: Message, most_fen: int) -> None:
        super().__init__(parent)
        self.ui = Ui_AmountDialog()
        self.ui.setupUi(self)
        self._title, self._text, self._most = title, text, most_fen
        self._errors = FieldErrors.of_form(self.ui)
        self.ui.amount_edit.show_errors_in(self.ui.amount_error)
        self.ui.amount_edit.set_value(most_fen)
        self.ui.amount_edit.selectAll()
        self.ui.amount_edit.returnPressed.connect(self._on_ok)
        self.ui.ok_button.clicked.connect(self._on_ok)
        self.ui.cancel_button.clicked.connect(self.reject)
        for button in (self.ui.ok_button, self.ui.cancel_button):
            button.setAutoDefault(False)
        self.ui.amount_edit.setFocus()
        self.retranslate()

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.setWindowTitle(str(self._title))
        self.ui.title_label.setText(str(self._title))
        self.ui.text_label.setText(str(self._text))

    def _on_ok(self) -> None:
        amount, error = self.ui.amount_edit.value(), self.ui.amount_edit.error()
        if error is not None:
            self._errors.show(UserError(error, field="amount"))
        elif not amount:
            self._errors.show(UserError(message("Enter an amount."), field="amount"))
        elif amount > self._most:
            self._errors.show(UserError(message("No more than what was paid can be given back."), field="amount"))
        else:
            self.amount_given.emit(amount)
            self.accept()


def ask_amount(
    parent: QWidget, title: Message, text: Message, most_fen: int, on_amount: Callable[[int], object]
) -> AmountDialog:
    """Ask for an amount and go on; ``on_amount`` (a bound method) gets it in fen."""
    dialog = AmountDialog(parent, title, text, most_fen)
    dialog.amount_given.connect(on_amount)
    dialog.open()
    return dialog

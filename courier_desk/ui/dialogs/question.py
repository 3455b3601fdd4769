"""Only what is dangerous asks: a title that is the question, what follows from yes, two buttons named by their act."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from courier_desk.base.translation import Message
from courier_desk.ui.dialogs.base import DeskDialog
from courier_desk.ui.generated.ui_question_dialog import Ui_QuestionDialog


class QuestionDialog(DeskDialog):
    """``accepted`` for yes, ``rejected`` for no and Esc."""

    def __init__(self, parent: QWidget, title: Message, text: Message, yes: Message, *, dangerous: bool) -> None:
        super().__init__(parent)
        self.ui = Ui_QuestionDialog()
        self.ui.setupUi(self)
        self._title, self._text, self._yes = title, text, yes
        self.ui.yes_button.setProperty("tone", "danger" if dangerous else "primary")
        self.ui.yes_button.clicked.connect(self.accept)
        self.ui.no_button.clicked.connect(self.reject)
        self.retranslate()
        first = self.ui.no_button if dangerous else self.ui.yes_button
        first.setDefault(True)
        first.setFocus()

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.setWindowTitle(str(self._title))
        self.ui.title_label.setText(str(self._title))
        self.ui.text_label.setText(str(self._text))
        self.ui.yes_button.setText(str(self._yes))


def ask(
    parent: QWidget,
    title: Message,
    text: Message,
    yes: Message,
    on_yes: Callable[[], object],
    *,
    dangerous: bool = False,
) -> QuestionDialog:
    """Ask and go on; ``on_yes`` (a bound method) is called if the answer is yes. A dangerous one stands on no."""
    dialog = QuestionDialog(parent, title, text, yes, dangerous=dangerous)
    dialog.accepted.connect(on_yes)
    dialog.open()
    return dialog

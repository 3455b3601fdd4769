"""The field of a one-time code: capitals in groups of four, pasted or typed; signs that no code holds stay out."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from courier_desk.base.translation import message
from courier_desk.domain.enrolment import CODE_ALPHABET, CODE_LENGTH, group_code, plain_code, strangers
from courier_desk.ui.fonts import text_font
from courier_desk.ui.widgets.field_error import FieldErrors

# Room for a pasted line with something around the code.
_ROOM = 60
_MOST = 2 * CODE_LENGTH


class CodeEdit(QLineEdit):
    """Signals:
    left_out(str): signs that were typed or pasted and that no code holds.
    """

    left_out = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(text_font(points=13))
        self.setMaxLength(_ROOM)
        self.setPlaceholderText("XXXX-XXXX-XXXX")
        latin = Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhNoPredictiveText
        self.setInputMethodHints(latin | Qt.InputMethodHint.ImhUppercaseOnly)
        self.textEdited.connect(self._on_edited)

    def say_left_out(self, errors: FieldErrors, name: str) -> None:
        """Let ``errors`` say beside the field ``name`` which signs stayed out, and nothing once all were right."""
        self._errors, self._name = errors, name
        self.left_out.connect(self._on_left_out)

    def _on_edited(self, typed: str) -> None:
        before = _kept(typed[: self.cursorPosition()])
        shown = group_code(_kept(typed)[:_MOST])
        if shown != typed:
            blocker = QSignalBlocker(self)
            self.setText(shown)
            self.setCursorPosition(len(group_code(before)))
            del blocker
        self.left_out.emit(strangers(plain_code(typed)))

    def _on_left_out(self, signs: str) -> None:
        said = message("No code holds {signs}: look at it again.", signs=" ".join(signs[:6])) if signs else None
        self._errors.mark(self._name, said)


def _kept(text: str) -> str:
    return "".join(sign for sign in plain_code(text) if sign in CODE_ALPHABET)

"""Guards text fields against what is pasted: too much is refused whole and said so, unprintable signs are left out."""

import unicodedata

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from courier_desk.base.translation import Message, message

# Nothing on a form is longer; what is too long for its meaning is said by the rules of the trade, not cut here.
LONGEST_FIELD = 1000
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_LEFT_OUT = message("Characters that cannot be printed were left out.")


def tidy(text: str) -> str:
    """``text`` in one line: full-width digits and letters plain, blanks single, nothing invisible."""
    blanks = " ".join(unicodedata.normalize("NFC", text).translate(_FULL_WIDTH).split())
    return "".join(character for character in blanks if character.isprintable())


def _has_unprintable(text: str) -> bool:
    return any(not character.isprintable() and not character.isspace() for character in text)


class PasteGuard(QObject):
    """Watches one field. Signals: ``noticed(Message, str)``: what to say beside it, and the tone."""

    noticed = Signal(object, str)

    def __init__(self, field: QLineEdit, longest: int = LONGEST_FIELD, *, tidies: bool = True) -> None:
        super().__init__(field)
        self._field = field
        self._tidies = tidies
        field.setMaxLength(longest)
        field.inputRejected.connect(self._on_rejected)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return event.matches(QKeySequence.StandardKey.Paste) and self._take(QGuiApplication.clipboard().text())
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            return self._take(event.mimeData().text())
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut and self._tidies:
            self._tidy_up()
        return False

    def _take(self, text: str) -> bool:
        """Put ``text`` into the field; always True, since nobody else need look at it."""
        room = self._field.maxLength() - len(self._field.text()) + len(self._field.selectedText())
        if len(text) > room:
            said = message(
                "The pasted text has {count} characters; {room} fit here. Nothing was put in.",
                count=f"{len(text):,}",
                room=room,
            )
            self.noticed.emit(said, "bad")
            return True
        clean = tidy(text)
        if clean:
            self._field.insert(clean)
            self._field.textEdited.emit(self._field.text())
        if _has_unprintable(text):
            self.noticed.emit(_LEFT_OUT, "warn")
        return True

    def _tidy_up(self) -> None:
        text = self._field.text()
        clean = tidy(text)
        if clean != text:
            self._field.setText(clean)
            if _has_unprintable(text):
                self.noticed.emit(_LEFT_OUT, "warn")

    def _on_rejected(self) -> None:
        said: Message = message("At most {n} characters fit here; the rest was left out.", n=self._field.maxLength())
        self.noticed.emit(said, "bad")

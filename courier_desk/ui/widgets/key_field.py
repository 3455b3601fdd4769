"""A field that takes the next key instead of typing it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

_ALONE = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_unknown)


class KeySequenceField(QLineEdit):
    """Shows the key pressed last. Backspace empties it; Esc, Tab and Enter keep their meaning.

    Signals:
        key_pressed(str): the portable text of the key, empty for none.
    """

    key_pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self.setReadOnly(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def key(self) -> str:
        """The portable text of the key."""
        return self._key

    def set_key(self, key: str) -> None:
        """Show ``key``."""
        self._key = key
        self.setText(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() in _ALONE or (plain and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            event.ignore()
            return
        if plain and event.key() == Qt.Key.Key_Backspace:
            self.set_key("")
        else:
            self.set_key(QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText))
        self.key_pressed.emit(self._key)

"""A hand that types on at once: what it types before the window system has given a new dialog the focus."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit

_SHIFTED = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class QuickHand(QObject):
    """From the showing of a dialog until it is active, the keys still go to the window below, which may not take them:
    the characters among them are handed to the dialog's field. Keys that answer or leave a dialog are not: whoever
    pressed them had not seen it."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        parent = dialog.parentWidget()
        self._below = parent.windowHandle() if parent is not None else None
        if self._below is not None:
            self._below.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or watched is not self._below:
            return False
        waiting = self._dialog.isVisible() and not self._dialog.isActiveWindow()
        return waiting and self._handed(event)

    def _handed(self, event: QKeyEvent) -> bool:
        """True when it was a character for the field that waits for it."""
        field, text = self._dialog.focusWidget(), event.text()
        if not isinstance(field, QLineEdit) or not text or not text.isprintable() or event.modifiers() & ~_SHIFTED:
            return False
        typed = QKeyEvent(event.type(), event.key(), event.modifiers(), text)
        QCoreApplication.sendEvent(field, typed)
        return True

"""Enter leads through a form: to the next field that needs something, and from the last one it asks to confirm."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

Needs = Callable[[QWidget], bool]


class EnterChain(QObject):
    """Watches the fields of one form. Ctrl+Enter confirms from anywhere, Esc steps back and loses nothing.

    A field with the property ``optional`` true is never stopped at. A suggestion list that is open keeps its Enter; a
    field with the property ``keeps_enter`` always does, and calls ``go_on`` itself.

    Signals:
        confirm_asked(): Enter in the last field that needed something.
        confirmed(): Ctrl+Enter anywhere.
        left(): Esc where there is no step back.
    """

    confirm_asked = Signal()
    confirmed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget, fields: Sequence[QWidget], needs: Needs | None = None) -> None:
        super().__init__(parent)
        self._fields: list[QWidget] = []
        self._needs = needs or needs_something
        self._way: list[QWidget] = []
        self.set_fields(fields)

    def set_fields(self, fields: Sequence[QWidget]) -> None:
        """The fields in their order; those that went are watched no more."""
        for field in self._fields:
            field.removeEventFilter(self)
        self._fields = list(fields)
        for field in self._fields:
            field.installEventFilter(self)

    def go_to_first(self) -> None:
        """Start: the first field that needs something, else the first."""
        self._way.clear()
        needing = [field for field in self._fields if self._waits(field)]
        target = needing[0] if needing else next((field for field in self._fields if _open(field)), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def go_on(self, field: QWidget) -> None:
        """Leave ``field`` as Enter does."""
        later = self._fields[self._fields.index(field) + 1 :]
        target = next((candidate for candidate in later if self._waits(candidate)), None)
        if target is None:
            target = next((candidate for candidate in self._fields if self._waits(candidate)), None)
        if target is None or target is field:
            self.confirm_asked.emit()
            return
        self._way.append(field)
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            return self._on_key(watched, event)
        return super().eventFilter(watched, event)

    def _on_key(self, field: QWidget, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if held == Qt.KeyboardModifier.ControlModifier:
                self.confirmed.emit()
                return True
            own = _keeps_enter(field) or field.property("keeps_enter")
            if held == Qt.KeyboardModifier.NoModifier and not own:
                self.go_on(field)
                return True
        elif event.key() == Qt.Key.Key_Escape and not _keeps_enter(field):
            self._step_back()
            return True
        return False

    def _step_back(self) -> None:
        while self._way:
            field = self._way.pop()
            if _open(field):
                field.setFocus(Qt.FocusReason.BacktabFocusReason)
                return
        self.left.emit()

    def _waits(self, field: QWidget) -> bool:
        return _open(field) and self._needs(field)


def needs_something(field: QWidget) -> bool:
    """True for a field that is empty and not optional, or marked wrong."""
    if field.property("wrong"):
        return True
    if field.property("optional"):
        return False
    if isinstance(field, QLineEdit):
        return not field.text().strip()
    if isinstance(field, QPlainTextEdit):
        return not field.toPlainText().strip()
    if isinstance(field, QComboBox):
        return field.currentIndex() < 0 and not field.currentText().strip()
    return not isinstance(field, QAbstractButton | QAbstractSpinBox)


def _open(field: QWidget) -> bool:
    return field.isEnabled() and not field.isHidden() and field.focusPolicy() != Qt.FocusPolicy.NoFocus


def _keeps_enter(field: QWidget) -> bool:
    """A field whose suggestions are open uses Enter and Esc itself."""
    return bool(field.property("popup_open"))

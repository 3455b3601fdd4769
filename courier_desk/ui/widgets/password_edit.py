"""A field for a password: hidden, shown while the eye is pressed, never in the clipboard; says that Caps Lock is on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from courier_desk.base.translation import _


class PasswordEdit(QLineEdit):
    """The eye appears with the first character, so that the log-in page needs no icon font for its first frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._eye: QToolButton | None = None
        self.textChanged.connect(self._on_text_changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        letter = event.text()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if letter.isascii() and letter.isalpha():
            self.setToolTip(_("Caps Lock is on") if letter.isupper() != shift else "")

    def _on_text_changed(self, text: str) -> None:
        if text and self._eye is None:
            self._eye = self._make_eye()
        if self._eye is not None:
            self._eye.setVisible(bool(text))
            self.setTextMargins(0, 0, 28 if text else 0, 0)

    def _make_eye(self) -> QToolButton:
        from courier_desk.ui.icons import icon  # noqa: PLC0415  after the first frame

        eye = QToolButton(self)
        eye.setIcon(icon("eye", "muted"))
        eye.setAutoRaise(True)
        eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        eye.setCursor(Qt.CursorShape.ArrowCursor)
        eye.setToolTip(_("Show while pressed"))
        eye.setGeometry(self.width() - 29, 2, 26, max(20, self.height() - 4))
        eye.pressed.connect(self._show)
        eye.released.connect(self._hide)
        return eye

    def _show(self) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal)

    def _hide(self) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Password)

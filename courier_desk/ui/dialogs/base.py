"""What all dialogs share: they open beside what goes on, never block, and answer by signals or bound methods."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from courier_desk.ui.dialogs.quick_hand import QuickHand
from courier_desk.ui.widgets.enter_chain import EnterChain


class DeskDialog(QDialog):
    """Belongs to a window, is gone when answered, says its texts anew when the language changes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)

    def answer_by(self, chain: EnterChain, ok: QPushButton, cancel: QPushButton, on_ok: Callable[[], object]) -> None:
        """The way of the Enter key and one button lead to ``on_ok``, Esc and the other button back. No button takes
        Enter for itself."""
        for confirmed in (chain.confirm_asked, chain.confirmed, ok.clicked):
            confirmed.connect(on_ok)
        for left in (chain.left, cancel.clicked):
            left.connect(self.reject)
        for button in (ok, cancel):
            button.setAutoDefault(False)

    def retranslate(self) -> None:
        """Set every text anew."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        window = self.parentWidget()
        if window is not None and not event.spontaneous():
            middle = window.mapToGlobal(QPoint(window.width() // 2, window.height() * 2 // 5))
            self.move(middle - QPoint(self.width() // 2, self.height() // 2))
            QuickHand(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

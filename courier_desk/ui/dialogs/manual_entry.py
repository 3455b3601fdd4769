"""A number typed by hand is typed twice; what is typed twice alike is taken and marked as keyed (domain.md 5.3)."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from courier_desk.base.errors import UserError
from courier_desk.base.translation import _, message
from courier_desk.domain.carriers import Carrier
from courier_desk.domain.numbers import normalise
from courier_desk.domain.scan import Code, CodeKind
from courier_desk.ui.dialogs.base import DeskDialog
from courier_desk.ui.generated.ui_manual_entry import Ui_ManualEntry
from courier_desk.ui.widgets.enter_chain import EnterChain
from courier_desk.ui.widgets.field_error import FieldErrors


class ManualEntry(DeskDialog):
    """Signals:
    entered(str): the number, typed twice alike.
    """

    entered = Signal(str)

    def __init__(self, parent: QWidget, understand: Callable[[str], Code], begun: str = "") -> None:
        super().__init__(parent)
        self.ui = Ui_ManualEntry()
        self.ui.setupUi(self)
        self._understand = understand
        self._errors = FieldErrors.of_form(self.ui)
        self._chain = EnterChain(self, [self.ui.number_edit, self.ui.again_edit])
        self.answer_by(self._chain, self.ui.ok_button, self.ui.cancel_button, self._on_ok)
        self.ui.number_edit.editingFinished.connect(self._on_number_finished)
        self.ui.number_edit.textEdited.connect(self._on_edited)
        self.ui.again_edit.textEdited.connect(self._on_edited)
        self.ui.again_edit.installEventFilter(self)
        self.ui.again_edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.ui.again_edit.setAcceptDrops(False)
        self.ui.number_edit.setText(begun)
        self.ui.number_edit.setFocus()
        self.retranslate()

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.ui.text_label.setText(_("For a code that cannot be scanned. It is kept with the mark that it was typed."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is put in from the clipboard was not typed a second time."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return watched is self.ui.again_edit and event.matches(QKeySequence.StandardKey.Paste)
        return super().eventFilter(watched, event)

    def _on_edited(self) -> None:
        self._errors.clear()

    def _on_number_finished(self) -> None:
        fault = self._number_fault()
        if fault is not None and self.ui.number_edit.text().strip():
            self._errors.mark("number", fault.message)

    def _number_fault(self) -> UserError | None:
        text = self.ui.number_edit.text().strip()
        if not text:
            return UserError(message("Type the number."), field="number")
        code = self._understand(text)
        if code.kind is CodeKind.UNREADABLE and code.carrier == Carrier.OWN:
            return UserError(message("A digit is wrong: the check digit does not fit."), field="number")
        return None

    def _on_ok(self) -> None:
        self._errors.clear()
        fault = self._number_fault()
        if fault is not None:
            self._errors.show(fault)
        elif normalise(self.ui.number_edit.text()) != normalise(self.ui.again_edit.text()):
            self._errors.show(UserError(message("The two are not the same; compare with the label."), field="again"))
            self.ui.again_edit.selectAll()
        else:
            self.entered.emit(self.ui.number_edit.text().strip())
            self.accept()


def ask_number(
    parent: QWidget, understand: Callable[[str], Code], on_entered: Callable[[str], object], begun: str = ""
) -> ManualEntry:
    """Let a number be typed twice; ``on_entered`` (a bound method) gets it. ``begun``: what was typed already."""
    dialog = ManualEntry(parent, understand, begun)
    dialog.entered.connect(on_entered)
    dialog.open()
    return dialog

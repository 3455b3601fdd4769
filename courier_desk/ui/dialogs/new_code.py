"""A new one-time code for a desk that headquarters takes nothing from any more; nothing at the desk is lost by it."""

from collections.abc import Callable
from concurrent.futures import Future

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.translation import message
from courier_desk.domain.enrolment import read_code
from courier_desk.ui.dialogs.base import DeskDialog
from courier_desk.ui.generated.ui_new_code import Ui_NewCode
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.enter_chain import EnterChain
from courier_desk.ui.widgets.field_error import FieldErrors

_ERROR_LINES = 2


class NewCode(DeskDialog):
    """``accepted`` when headquarters has taken the code and the desk is entered anew."""

    def __init__(self, parent: QWidget, ctx: UiContext, why: str) -> None:
        super().__init__(parent)
        self.ui = Ui_NewCode()
        self.ui.setupUi(self)
        self._ctx = ctx
        self._errors = FieldErrors.of_form(self.ui)
        self._relay = _Relay(self)
        self._relay.ended.connect(self._on_ended)
        self.ui.why_label.setText(why)
        self.ui.why_label.setVisible(bool(why))
        self.ui.code_edit.say_left_out(self._errors, "code")
        self.ui.code_error.set_lines(_ERROR_LINES)
        self.ui.progress_bar.setRange(0, 0)
        self._connect()
        self._set_busy(busy=False)
        self._chain.go_to_first()

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)

    def reject(self) -> None:
        # What has gone to headquarters cannot be called back: it takes seconds, and its end has to be known.
        if self.ui.ok_button.isEnabled():
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.ui.ok_button.isEnabled():
            super().closeEvent(event)
        else:
            event.ignore()

    def _connect(self) -> None:
        self._chain = EnterChain(self, [self.ui.code_edit])
        self.answer_by(self._chain, self.ui.ok_button, self.ui.cancel_button, self._on_ok)

    def _on_ok(self) -> None:
        if not self.ui.ok_button.isEnabled():
            return
        self._errors.clear()
        try:
            code = read_code(self.ui.code_edit.text())
        except UserError as error:
            self._errors.show(error)
            return
        self._set_busy(busy=True)
        self._ctx.app.sync.rejoin(code).add_done_callback(self._relay.end)

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self.ui.ok_button, self.ui.cancel_button, self.ui.code_edit):
            widget.setEnabled(not busy)
        policy = self.ui.progress_bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.ui.progress_bar.setSizePolicy(policy)
        self.ui.progress_bar.setVisible(busy)

    def _on_ended(self, future: "Future[None]") -> None:
        self._set_busy(busy=False)
        error = None if future.cancelled() else future.exception()
        if future.cancelled():
            self._errors.mark("code", message("This was stopped."))
        elif error is None:
            self.accept()
        elif isinstance(error, UserError | EnvironmentFault):
            self._errors.show(UserError(error.message, field="code"))
            self.ui.code_edit.selectAll()
        else:
            self._errors.mark("code", message("This did not work: {why}", why=type(error).__name__))
            self._ctx.notifier.error(error)


class _Relay(QObject):
    """Brings the end into the GUI thread."""

    ended = Signal(object)

    def end(self, future: "Future[None]") -> None:
        """Called by whoever has done it."""
        if shiboken6.isValid(self):
            self.ended.emit(future)


def ask_new_code(parent: QWidget, ctx: UiContext, why: str, on_entered: Callable[[], object]) -> NewCode:
    """Ask for a code; ``on_entered`` (a bound method) follows once the desk is entered anew."""
    dialog = NewCode(parent, ctx, why)
    dialog.accepted.connect(on_entered)
    dialog.open()
    return dialog

"""双重验证 at the desk: the person's own password, or a second person's, for exactly what the dialog says."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from courier_desk.base.errors import UserError
from courier_desk.base.quantities import amount_text
from courier_desk.base.translation import Message, _, message
from courier_desk.domain.approval import Grade, RequestKind
from courier_desk.services.approvals import ApprovalRequest
from courier_desk.ui.dialogs.base import DeskDialog
from courier_desk.ui.generated.ui_approval_dialog import Ui_ApprovalDialog
from courier_desk.ui.tasks import ASIDE
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.field_error import FieldErrors

_ACTS = {
    RequestKind.REPRINT: message("Print {subject} once more"),
    RequestKind.VOID: message("Make {subject} void"),
    RequestKind.REFUND: message("Give money back for {subject}"),
    RequestKind.UNSEAL: message("Open the sealed bag {subject}"),
}
_GRADES = {
    Grade.OWN: message("Your own password is enough."),
    Grade.SECOND_PERSON: message("A second person has to approve: senior agent or higher."),
    Grade.MANAGER: message("A manager or director has to approve."),
}


class ApprovalDialog(DeskDialog):
    """Signals:
    approved(str): the id of the approval, for the use case that consumes it.
    """

    approved = Signal(str)

    def __init__(self, parent: QWidget, ctx: UiContext, request: ApprovalRequest, shown: str = "") -> None:
        super().__init__(parent)
        self.ui = Ui_ApprovalDialog()
        self.ui.setupUi(self)
        self._ctx, self._request = ctx, request
        self._shown = shown or request.subject
        self._errors = FieldErrors.of_form(self.ui)
        self._errors.add("form", self.ui.form_error, self.ui.form_error)
        self.ui.cancel_button.clicked.connect(self.reject)
        self.ui.approve_button.clicked.connect(self._on_approve)
        self.ui.number_edit.returnPressed.connect(self.ui.password_edit.setFocus)
        self.ui.password_edit.returnPressed.connect(self._on_approve)
        for button in (self.ui.cancel_button, self.ui.approve_button):
            button.setAutoDefault(False)
        own = request.grade is Grade.OWN
        self.ui.number_edit.setText(ctx.actor.number if own else "")
        self.ui.number_edit.setReadOnly(own)
        (self.ui.password_edit if own else self.ui.number_edit).setFocus()
        self.retranslate()

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        request = self._request
        act = _ACTS[request.kind]
        self.ui.what_label.setText(str(Message(act.text, {"subject": self._shown})))
        facts = [_("Reason: {reason}").format(reason=_(request.reason))] if request.reason else []
        if request.amount_fen:
            facts.append(_("Amount: {amount}").format(amount=amount_text(request.amount_fen)))
        self.ui.facts_label.setText("\n".join(facts))
        self.ui.facts_label.setVisible(bool(facts))
        self.ui.grade_note.setText(str(_GRADES[request.grade]))

    def _on_approve(self) -> None:
        number, password = self.ui.number_edit.text().strip(), self.ui.password_edit.text()
        self._errors.clear()
        if not number:
            self._errors.show(UserError(message("Enter the employee number of the approver."), field="number"))
        elif not password:
            self._errors.show(UserError(message("Enter the password."), field="password"))
        elif self.ui.approve_button.isEnabled():
            self.ui.approve_button.setEnabled(False)
            give = partial(self._ctx.services.approvals.give, self._ctx.actor, self._request, number, password)
            self._ctx.tasks.run(ASIDE, give, self, self._on_given, self._on_error)

    def _on_given(self, approval_id: str) -> None:
        self.approved.emit(approval_id)
        self.accept()

    def _on_error(self, error: Exception) -> None:
        self.ui.approve_button.setEnabled(True)
        if not isinstance(error, UserError):
            self._ctx.notifier.error(error)
            self._errors.mark("form", message("This did not work: {why}", why=str(error)))
        elif not self._errors.show(error):
            self._errors.mark("form", error.message)
        self.ui.password_edit.selectAll()


def ask_approval(
    parent: QWidget, ctx: UiContext, request: ApprovalRequest, on_approved: Callable[[str], object], shown: str = ""
) -> ApprovalDialog:
    """Ask for the approval and go on; ``on_approved`` (a bound method) gets its id. ``shown``: what the person knows
    the subject by, where that is a bare id."""
    dialog = ApprovalDialog(parent, ctx, request, shown)
    dialog.approved.connect(on_approved)
    dialog.open()
    return dialog

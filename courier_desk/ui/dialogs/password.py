"""A new password whenever the person wants one; the rules and the memory of former ones are the service's."""

from functools import partial

from PySide6.QtWidgets import QWidget

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.ui.dialogs.base import DeskDialog
from courier_desk.ui.generated.ui_password_dialog import Ui_PasswordDialog
from courier_desk.ui.tasks import ASIDE
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.field_error import FieldErrors


class PasswordDialog(DeskDialog):
    """``accepted`` when the new password holds."""

    def __init__(self, parent: QWidget, ctx: UiContext) -> None:
        super().__init__(parent)
        self.ui = Ui_PasswordDialog()
        self.ui.setupUi(self)
        self._ctx = ctx
        self._errors = FieldErrors.of_form(self.ui)
        self.ui.old_password_edit.returnPressed.connect(self.ui.new_password_edit.setFocus)
        self.ui.new_password_edit.returnPressed.connect(self.ui.again_edit.setFocus)
        self.ui.again_edit.returnPressed.connect(self._on_save)
        self.ui.save_button.clicked.connect(self._on_save)
        self.ui.cancel_button.clicked.connect(self.reject)
        for button in (self.ui.cancel_button, self.ui.save_button):
            button.setAutoDefault(False)
        self.ui.old_password_edit.setFocus()

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)

    def _on_save(self) -> None:
        old, new = self.ui.old_password_edit.text(), self.ui.new_password_edit.text()
        self._errors.clear()
        if not old:
            self._errors.show(UserError(message("Enter your password."), field="old_password"))
        elif not new:
            self._errors.show(UserError(message("Enter a new password."), field="new_password"))
        elif new != self.ui.again_edit.text():
            self._errors.show(UserError(message("The two are not the same."), field="again"))
        elif self.ui.save_button.isEnabled():
            self.ui.save_button.setEnabled(False)
            change = partial(self._ctx.services.auth.change_password, self._ctx.actor, old, new)
            self._ctx.tasks.run(ASIDE, change, self, self._on_changed, self._on_error)

    def _on_changed(self, _nothing: None) -> None:
        self._ctx.notifier.done(message("Your new password holds."))
        self.accept()

    def _on_error(self, error: Exception) -> None:
        self.ui.save_button.setEnabled(True)
        if not isinstance(error, UserError):
            self._errors.mark("form", message("This did not work: {why}", why=str(error)))
            self._ctx.notifier.error(error)
        elif not self._errors.show(error):
            self._errors.mark("form", error.message)

"""Closing a handover list: plate and driver, the totals once more, and the difference that both sides have seen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from courier_desk.base.errors import UserError
from courier_desk.base.lanes import Priority
from courier_desk.base.translation import _, message
from courier_desk.services.handovers import HandoverResult, HandoverView
from courier_desk.ui.dialogs.base import DeskDialog
from courier_desk.ui.figures import kilograms, number_text
from courier_desk.ui.generated.ui_close_list import Ui_CloseList
from courier_desk.ui.tasks import DB
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.enter_chain import EnterChain
from courier_desk.ui.widgets.field_error import FieldErrors

_SHOWN = 8


class CloseList(DeskDialog):
    """Signals:
    closed(object): the sealed Manifest; its paper is in the print queue.
    """

    closed = Signal(object)

    def __init__(self, parent: QWidget, ctx: UiContext, view: HandoverView, plate: str, driver: str) -> None:
        super().__init__(parent)
        self.ui = Ui_CloseList()
        self.ui.setupUi(self)
        self._ctx, self._view = ctx, view
        self._errors = FieldErrors.of_form(self.ui)
        self._errors.add("form", self.ui.form_error, self.ui.form_error)
        self.ui.plate_edit.setText(plate)
        self.ui.driver_edit.setText(driver)
        self._short = [bag.tag for bag in view.short_bags] + [parcel.number for parcel in view.short_parcels]
        self.ui.short_part.setVisible(bool(self._short))
        fields: list[QWidget] = [self.ui.plate_edit, self.ui.driver_edit]
        self._chain = EnterChain(self, [*fields, self.ui.short_check] if self._short else fields, self._needs)
        self.answer_by(self._chain, self.ui.ok_button, self.ui.cancel_button, self._on_ok)
        self.ui.short_check.toggled.connect(self._on_checked)
        self.retranslate()
        self._chain.go_to_first()

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        manifest, total = self._view.manifest, self._view.totals
        self.ui.title_label.setText(_("Close the list of {line}").format(line=manifest.line))
        facts = _("Bags: {bags}, loose parcels: {loose}, pieces: {pieces}, {weight}").format(
            bags=total.bags, loose=total.loose, pieces=total.pieces, weight=kilograms(total.weight_g)
        )
        self.ui.totals_label.setText(f"{number_text(manifest.number)}\n{facts}")
        self.ui.short_label.setText(
            _("Not loaded of this line: {n}. The list will name them:").format(n=len(self._short))
        )
        rest = len(self._short) - _SHOWN
        shown = [number_text(number) for number in self._short[:_SHOWN]]
        more = [_("and {n} more").format(n=rest)] if rest > 0 else []
        self.ui.short_numbers.setText("\n".join([*shown, *more]))

    def _needs(self, field: QWidget) -> bool:
        if field is self.ui.short_check:
            return not self.ui.short_check.isChecked()
        return field in (self.ui.plate_edit, self.ui.driver_edit) and not _text(field)

    def _on_checked(self) -> None:
        self._errors.mark("short", None)

    def _on_ok(self) -> None:
        if not self.ui.ok_button.isEnabled():
            return
        self._errors.clear()
        self.ui.ok_button.setEnabled(False)
        close = partial(
            self._ctx.services.handovers.close,
            self._ctx.actor,
            self._view.manifest.id,
            self.ui.plate_edit.text(),
            self.ui.driver_edit.text(),
            short_confirmed=bool(self._short) and self.ui.short_check.isChecked(),
        )
        self._ctx.tasks.run(DB, close, self, self._on_closed, self._on_error, Priority.URGENT)

    def _on_closed(self, result: HandoverResult) -> None:
        self._ctx.changes.publish(result.changes)
        self.closed.emit(result.manifest)
        self.accept()

    def _on_error(self, error: Exception) -> None:
        self.ui.ok_button.setEnabled(True)
        if isinstance(error, UserError) and error.field == "short":
            self._ask_again(error)
            return
        if not self._errors.take(error, "form"):
            self._ctx.notifier.error(error)

    def _ask_again(self, error: UserError) -> None:
        """Not confirmed yet; or something came in since, and its number has to be seen before it is confirmed."""
        if self._short:
            self._errors.show(error)
        else:
            said = message("More has come in for this line meanwhile; go back and look at it.")
            self._errors.mark("form", said)


def _text(field: QWidget) -> str:
    return str(field.property("text") or "").strip()


def close_list(
    parent: QWidget, ctx: UiContext, view: HandoverView, plate: str, driver: str, on_closed: Callable[[object], object]
) -> CloseList:
    """Close a list; ``on_closed`` (a bound method) gets it. ``plate`` and ``driver`` are what the line usually has."""
    dialog = CloseList(parent, ctx, view, plate, driver)
    dialog.closed.connect(on_closed)
    dialog.open()
    return dialog

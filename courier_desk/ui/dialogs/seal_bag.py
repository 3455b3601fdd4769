"""Sealing a bag: its pieces are counted again, by hand or by scanning each, then the seal is scanned or typed."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from courier_desk.base.errors import UserError
from courier_desk.base.lanes import Priority
from courier_desk.base.quantities import plain_digits
from courier_desk.base.translation import _, message
from courier_desk.domain.scan import CodeKind
from courier_desk.services.bags import BagResult
from courier_desk.services.floor import BagView
from courier_desk.ui.dialogs.base import DeskDialog
from courier_desk.ui.figures import number_text
from courier_desk.ui.generated.ui_seal_bag import Ui_SealBag
from courier_desk.ui.scan_hub import Scanned
from courier_desk.ui.tasks import DB
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.enter_chain import EnterChain
from courier_desk.ui.widgets.field_error import FieldErrors


class SealBag(DeskDialog):
    """Takes all scans while it is open: parcels are counted, a seal goes into its field. What the bag should hold is
    not shown: who counts must not know.

    Signals:
        sealed(object): the Bag; its tag is printed anew with the seal.
    """

    sealed = Signal(object)

    def __init__(self, parent: QWidget, ctx: UiContext, bag_id: str, seal: str = "") -> None:
        super().__init__(parent)
        self.ui = Ui_SealBag()
        self.ui.setupUi(self)
        self._ctx, self._bag_id = ctx, bag_id
        self._inside: frozenset[str] | None = None
        self._counted: set[str] = set()
        self._view: BagView | None = None
        self._errors = FieldErrors.of_form(self.ui)
        self.ui.seal_edit.setText(seal)
        self._connect()
        ctx.scans.claim(self, self)
        self.retranslate()
        self._chain.go_to_first()
        look = partial(ctx.services.floor.bag, ctx.actor, bag_id)
        ctx.tasks.run(DB, look, self, self._on_view, self._on_error, Priority.URGENT)

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.ui.title_label.setText(_("Seal the bag"))
        if self._view is not None:
            bag = self._view.bag
            self.ui.title_label.setText(_("Seal the bag for {destination}").format(destination=bag.destination))
            self.setAccessibleDescription(number_text(bag.tag))

    def handle_scan(self, scan: Scanned) -> bool:
        """A seal is filled in, a parcel counted; anything else is none of our business here."""
        self._errors.clear()
        if scan.code.kind is CodeKind.SEAL:
            self.ui.seal_edit.setText(scan.code.number)
            self.ui.counted_edit.setFocus() if not self.ui.counted_edit.text() else self.ui.seal_edit.setFocus()
        elif scan.code.kind is CodeKind.WAYBILL and self._inside is not None:
            self._count(scan.code.text if scan.code.piece else scan.code.number)
        else:
            self._errors.mark("seal", message("This is neither a seal nor a parcel: {code}", code=scan.raw.text[:40]))
        return True

    def done(self, result: int) -> None:
        self._ctx.scans.release(self)
        super().done(result)

    def _connect(self) -> None:
        self._chain = EnterChain(self, [self.ui.counted_edit, self.ui.seal_edit])
        self.answer_by(self._chain, self.ui.ok_button, self.ui.cancel_button, self._on_ok)

    def _on_view(self, view: BagView) -> None:
        self._view = view
        self._inside = frozenset(parcel.number for parcel in view.parcels)
        self.retranslate()

    def _count(self, number: str) -> None:
        if number not in (self._inside or ()):
            said = message("{number} does not belong into this bag.", number=number_text(number))
            self._errors.mark("counted", said)
            return
        self._counted.add(number)
        self.ui.counted_edit.setText(str(len(self._counted)))

    def _on_ok(self) -> None:
        self._errors.clear()
        counted = plain_digits(self.ui.counted_edit.text())
        if not (counted.isascii() and counted.isdecimal()):
            said = message("Enter how many pieces you counted.")
            self._errors.show(UserError(said, field="counted"))
        elif not self.ui.seal_edit.text().strip():
            self._errors.show(UserError(message("Scan or type the seal number."), field="seal"))
        elif self.ui.ok_button.isEnabled():
            self.ui.ok_button.setEnabled(False)
            number = plain_digits(self.ui.seal_edit.text())
            seal = partial(self._ctx.services.bags.seal, self._ctx.actor, self._bag_id, number, int(counted))
            self._ctx.tasks.run(DB, seal, self, self._on_sealed, self._on_error, Priority.URGENT)

    def _on_sealed(self, result: BagResult) -> None:
        self._ctx.changes.publish(result.changes)
        self.sealed.emit(result.bag)
        self.accept()

    def _on_error(self, error: Exception) -> None:
        self.ui.ok_button.setEnabled(True)
        if not self._errors.take(error, "seal"):
            self._ctx.notifier.error(error)


def seal_bag(
    parent: QWidget, ctx: UiContext, bag_id: str, on_sealed: Callable[[object], object], seal: str = ""
) -> SealBag:
    """Seal a bag; ``on_sealed`` (a bound method) gets it. ``seal``: a seal that was scanned already."""
    dialog = SealBag(parent, ctx, bag_id, seal)
    dialog.sealed.connect(on_sealed)
    dialog.open()
    return dialog

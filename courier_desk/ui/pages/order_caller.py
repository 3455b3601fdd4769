"""Who is calling: known as soon as the number is whole, with habits, past recipients and the paper seen before."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from courier_desk.base.errors import UserError
from courier_desk.base.ids import new_id
from courier_desk.base.translation import _, plural
from courier_desk.domain.acceptance import IdentityProof
from courier_desk.domain.customer import Customer
from courier_desk.domain.party import Party
from courier_desk.services.acceptance import IdentityInput
from courier_desk.services.customers import KnownCaller
from courier_desk.ui.generated.ui_order_page import Ui_OrderPage
from courier_desk.ui.pages.order_form import OrderForm
from courier_desk.ui.tasks import DB, Task
from courier_desk.ui.ui_context import UiContext


class OrderCaller(QObject):
    """One sender's visit. ``visit_id`` is new for each, so that a paper is asked for once.

    Signals:
        refused(UserError): a paper that cannot be right.
        failed(object): a question to the lane went wrong.
    """

    refused = Signal(object)
    failed = Signal(object)

    def __init__(self, ctx: UiContext, ui: Ui_OrderPage, form: OrderForm) -> None:
        super().__init__(form)
        self._ctx, self._ui, self._form = ctx, ui, form
        self.visit_id = new_id()
        self.customer: Customer | None = None
        self.fills = True
        self._phone = ""
        self._asked = False
        self._filled: Customer | None = None
        self._lookups: dict[str, Task] = {}
        ui.sender.phone_entered.connect(self._on_sender_phone)
        ui.recipient.phone_entered.connect(self._on_recipient_phone)
        ui.inspection.identity_typed.connect(self._on_identity_typed)
        ui.inspection.same_asked.connect(self._on_same_asked)

    def retranslate(self) -> None:
        """Say in the language in use what is known of the sender."""
        sender = self._ui.sender
        if self.customer is not None:
            orders = plural("Known · {n} order", "Known · {n} orders", self.customer.orders)
            sender.show_known(orders, "good", "user-circle")
        elif self._asked:
            sender.show_known(_("New customer"), "muted", "user-plus")
        else:
            sender.show_known("", "muted")

    def new_visit(self) -> None:
        """Somebody else, or a new visit of the same person."""
        for task in self._lookups.values():
            task.cancel()
        self.visit_id, self.customer, self._filled, self._phone = new_id(), None, None, ""
        self._asked = False
        self.retranslate()
        self._ui.recipient.ui.box_edit.set_parties(())
        self._ui.inspection.set_known(None)
        if self._ui.inspection.proof is not None:
            self._ui.inspection.set_proof(None)

    def come_back(self, visit_id: str) -> None:
        """The visit of a draft goes on; a paper seen in it counts."""
        self.visit_id = visit_id
        seen = partial(self._ctx.services.acceptance.seen_in_visit, self._ctx.actor, visit_id)
        self._ask("seen", seen, self._on_proof)

    def look_again(self) -> None:
        """The same sender goes on: whom they sent to just now is offered too."""
        if self._phone:
            self._look_up(self._phone, fill=False)

    def _on_sender_phone(self, phone: str) -> None:
        if phone != self._phone and self._phone:
            self._drop_filled()
            self.new_visit()
        self._phone = phone
        self._look_up(phone, fill=self.fills)

    def _look_up(self, phone: str, *, fill: bool) -> None:
        known = partial(self._ctx.services.customers.by_phone, self._ctx.actor, phone)
        self._ask("sender", known, partial(self._on_known, phone, fill))

    def _on_known(self, phone: str, fill: bool, known: KnownCaller | None) -> None:
        ui = self._ui
        if phone != self._phone:
            return
        self.customer = known.customer if known else None
        ui.inspection.set_known(self.customer)
        ui.recipient.ui.box_edit.set_parties(known.recipients if known else ())
        self._asked = True
        self.retranslate()
        if known is not None and fill:
            if ui.sender.lacks_all_but_phone:
                ui.sender.fill(known.customer.party)
                self._filled = known.customer
            self._form.use_habits(known.customer)

    def _drop_filled(self) -> None:
        """Another number: what the one before brought goes, unless the clerk has changed it."""
        filled, ui = self._filled, self._ui
        if filled is None:
            return
        now, was = ui.sender.party, filled.party
        if (now.name, now.company, now.address) == (was.name, was.company, was.address):
            ui.sender.fill(Party())
        if ui.goods.lines() == filled.usual_goods:
            ui.goods.clear()
        if ui.pieces.pieces()[0].weight_g == filled.usual_weight_g:
            ui.pieces.clear()

    def _on_recipient_phone(self, phone: str) -> None:
        recipient = self._ui.recipient
        if not recipient.lacks_all_but_phone or not self.fills:
            return
        digits = _digits(phone)
        past = next((each for each in recipient.ui.box_edit.parties if _digits(each.phone) == digits), None)
        if past is not None:
            recipient.fill(past)
            return
        known = partial(self._ctx.services.customers.by_phone, self._ctx.actor, phone)
        self._ask("recipient", known, partial(self._on_known_recipient, phone))

    def _on_known_recipient(self, phone: str, known: KnownCaller | None) -> None:
        recipient = self._ui.recipient
        if known is not None and recipient.ui.phone_edit.phone() == phone and recipient.lacks_all_but_phone:
            recipient.fill(known.customer.party)

    def _on_identity_typed(self, typed: IdentityInput) -> None:
        check = partial(self._ctx.services.acceptance.check_identity, self._ctx.actor, typed, self.visit_id)
        self._ask("paper", check, partial(self._on_checked, typed, self.visit_id))

    def _on_checked(self, typed: IdentityInput, visit_id: str, proof: IdentityProof) -> None:
        """What was typed may have changed while it was looked at, or the sender."""
        if visit_id == self.visit_id and self._ui.inspection.typed() == typed:
            self._ui.inspection.set_proof(proof)

    def _on_same_asked(self) -> None:
        if self.customer is None:
            return
        same = partial(self._ctx.services.acceptance.known_identity, self._ctx.actor, self.customer, self.visit_id)
        self._ask("paper", same, self._on_proof)

    def _on_proof(self, proof: IdentityProof | None) -> None:
        if proof is not None and proof.visit_id == self.visit_id:
            self._ui.inspection.set_proof(proof)

    def _ask(self, what: str, job: Callable[[], Any], then: Callable[[Any], None]) -> None:
        if what in self._lookups:
            self._lookups[what].cancel()
        self._lookups[what] = self._ctx.tasks.run(DB, job, self, then, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserError) and error.field == "identity":
            self.refused.emit(error)
        else:
            self.failed.emit(error)


def _digits(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdigit())

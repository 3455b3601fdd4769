"""What can be done with a parcel: each act asks for its reason, then for the approval that its grade needs."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from courier_desk.base.lanes import Priority
from courier_desk.base.translation import message
from courier_desk.domain.accepted_order import Order
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.paper import PaperKind
from courier_desk.services.approvals import ApprovalRequest
from courier_desk.services.cancelling import CancelResult
from courier_desk.services.print_queue import QueueResult
from courier_desk.ui.dialogs.amount import ask_amount
from courier_desk.ui.dialogs.approval import ask_approval
from courier_desk.ui.dialogs.reason import ask_reason
from courier_desk.ui.figures import money, number_text
from courier_desk.ui.page import Page
from courier_desk.ui.pages.parcel_words import ParcelView

REPRINT_REASONS = (
    message("The label is torn or dirty"),
    message("The print cannot be read"),
    message("The label was lost"),
    message("It came out on the wrong roll"),
    message("The box was packed anew"),
)
VOID_REASONS = (
    message("The sender has changed their mind"),
    message("Entered twice"),
    message("Wrong data, entered anew"),
    message("The contents may not be sent"),
    message("The price was not accepted"),
)
REFUND_REASONS = (
    message("Too much was charged"),
    message("The weight was corrected"),
    message("The promised service was not kept"),
    message("A service was not used"),
    message("Goodwill"),
)
LOOK_REASONS = (
    message("The sender asks"),
    message("The recipient asks"),
    message("The courier has to call"),
    message("Name or address has to be checked"),
    message("Complaint or claim"),
)


class ParcelActs(QObject):
    """Signals:
    looked(Order): the person may see behind the mask now.
    """

    looked = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page, self._ctx = page, page.ctx

    def look(self, view: ParcelView) -> None:
        """Look behind the mask; the reason is logged."""
        title, text = message("Look behind the mask"), message("Who looked and why is written down.")
        ask_reason(self._page, title, text, LOOK_REASONS, partial(self._on_look_reason, view))

    def reprint(self, number: str) -> None:
        """The label of one piece once more, with a mark on it."""
        text = message("{number} comes out again with the same number and a mark.", number=number_text(number))
        take = partial(self._on_reprint_reason, number)
        ask_reason(self._page, message("Why is the label printed again?"), text, REPRINT_REASONS, take)

    def void(self, view: ParcelView) -> None:
        """Cancel the order."""
        left = view.found.refundable_fen
        text = message("Its labels are void from then on; nothing is to be given back.")
        if left:
            amount = money(left, view.order.currency)
            text = message("Its labels are void from then on, and {amount} is to be given back.", amount=amount)
        take = partial(self._on_cancel_reason, RequestKind.VOID, view.order, None)
        ask_reason(self._page, message("Why is the order made void?"), text, VOID_REASONS, take)

    def refund(self, view: ParcelView) -> None:
        """Give back part or all of what was paid."""
        found, currency = view.found, view.order.currency
        text = message(
            "Paid {paid}, given back so far {back}.",
            paid=money(found.paid_fen, currency),
            back=money(found.refunded_fen, currency),
        )
        take = partial(self._on_refund_amount, view.order)
        ask_amount(self._page, message("How much is given back?"), text, found.refundable_fen, take)

    def _on_look_reason(self, view: ParcelView, reason: str) -> None:
        services, actor, order = self._ctx.services, self._ctx.actor, view.order
        look = partial(services.find.look, actor, order.id, reason)
        if view.found.origin:
            look = partial(services.inbound.look, actor, order.number, reason)
        self._page.run(look, self.looked.emit, priority=Priority.URGENT)

    def _on_reprint_reason(self, number: str, reason: str) -> None:
        request = partial(self._ctx.services.approvals.request, RequestKind.REPRINT, number, reason)
        self._page.run(request, self._ask_reprint, priority=Priority.URGENT)

    def _ask_reprint(self, request: ApprovalRequest) -> None:
        shown = number_text(request.subject)
        ask_approval(self._page, self._ctx, request, partial(self._on_reprint_approved, request), shown)

    def _on_reprint_approved(self, request: ApprovalRequest, approval_id: str) -> None:
        reprint = self._ctx.services.print_queue.reprint
        act = partial(reprint, self._ctx.actor, PaperKind.LABEL, request, approval_id)
        self._page.run(act, self._on_reprinted, priority=Priority.URGENT)

    def _on_reprinted(self, result: QueueResult) -> None:
        self._ctx.changes.publish(result.changes)
        number = number_text(result.jobs[0].subject)
        self._ctx.notifier.done(message("The label of {number} is in the print queue.", number=number))

    def _on_refund_amount(self, order: Order, amount_fen: int) -> None:
        amount = money(amount_fen, order.currency)
        text = message("{amount} for {number}", amount=amount, number=number_text(order.number))
        take = partial(self._on_cancel_reason, RequestKind.REFUND, order, amount_fen)
        ask_reason(self._page, message("Why is money given back?"), text, REFUND_REASONS, take)

    def _on_cancel_reason(self, kind: RequestKind, order: Order, amount_fen: int | None, reason: str) -> None:
        request = partial(self._ctx.services.cancelling.ask, self._ctx.actor, kind, order.id, reason, amount_fen)
        self._page.run(request, partial(self._ask_cancel, order), priority=Priority.URGENT)

    def _ask_cancel(self, order: Order, request: ApprovalRequest) -> None:
        take = partial(self._on_cancel_approved, order, request)
        ask_approval(self._page, self._ctx, request, take, number_text(order.number))

    def _on_cancel_approved(self, order: Order, request: ApprovalRequest, approval_id: str) -> None:
        cancelling = self._ctx.services.cancelling
        use_case = cancelling.void if request.kind is RequestKind.VOID else cancelling.refund
        act = partial(use_case, self._ctx.actor, request, approval_id)
        self._page.run(act, partial(self._on_cancelled, order, request.kind), priority=Priority.URGENT)

    def _on_cancelled(self, order: Order, kind: RequestKind, result: CancelResult) -> None:
        self._ctx.changes.publish(result.changes)
        number, amount = number_text(order.number), money(result.refund_fen, result.currency)
        if kind is RequestKind.VOID:
            self._ctx.notifier.done(message("{number} is void.", number=number))
        if result.refund_fen:
            self._ctx.notifier.say(message("Give back {amount} for {number}.", amount=amount, number=number), "warn")

"""Voiding an order and giving money back, each with its grade of approval (mission A5, B8, B11)."""

from dataclasses import dataclass, replace

from courier_desk.base.changes import Change
from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.accepted_order import Order
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.order import Payer
from courier_desk.domain.print_job import PrintState
from courier_desk.domain.status import Status
from courier_desk.domain.user import Action, Actor
from courier_desk.services.approvals import ApprovalRequest, consume, request_for
from courier_desk.services.gate import Gate
from courier_desk.services.ports import ReadWork, Store, UnitOfWork

_STILL_HERE = frozenset({Status.INFO, Status.PICK, Status.SORT})


@dataclass(frozen=True, slots=True)
class CancelResult:
    """What to give back by the original way."""

    refund_fen: int
    currency: str
    changes: tuple[Change, ...]


class CancelService:
    """Cancels before dispatch; refunds. Runs on the db lane."""

    def __init__(self, store: Store, gate: Gate) -> None:
        self._store = store
        self._gate = gate

    def ask(
        self, actor: Actor, kind: RequestKind, order_id: str, reason: str, amount_fen: int | None = None
    ) -> ApprovalRequest:
        """The request that has to be approved for voiding (or refunding ``amount_fen`` of) an order. Errors:
        UserError when it cannot be at all."""
        self._gate.require(actor, Action.ORDER_VOID if kind is RequestKind.VOID else Action.PAYMENT_REFUND)
        with self._store.read() as work:
            order = _known(work, order_id)
            left = _paid(order) - work.orders.refunded_fen(order_id)
        if kind is RequestKind.VOID:
            _check_void(order)
        if not reason.strip():
            raise UserError(message("Give a reason."), field="reason")
        amount = left if amount_fen is None else amount_fen
        if not 0 <= amount <= left:
            raise UserError(message("No more than what was paid can be given back."), field="amount")
        if kind is RequestKind.REFUND and amount == 0:
            raise UserError(message("There is nothing to give back."), field="amount")
        return _needed(kind, order, reason.strip(), amount)

    def void(self, actor: Actor, request: ApprovalRequest, approval_id: str) -> CancelResult:
        """Cancel the order: labels are void, what was paid goes back. Errors: UserError once a piece has left or lies
        in a bag or on a list."""
        self._gate.require(actor, Action.ORDER_VOID)
        with self._store.write(actor) as work:
            order = _known(work, request.subject)
            _check_void(order)
            left = _paid(order) - work.orders.refunded_fen(order.id)
            consume(work, _needed(RequestKind.VOID, order, request.reason, left), approval_id, actor)
            work.orders.void(order.id, request.reason)
            for job in work.print_jobs.waiting_for([parcel.number for parcel in order.parcels]):
                work.print_jobs.save(replace(job, state=PrintState.CANCELLED, changed_at=work.now))
                work.change("print_job", job.id)
            if left:
                work.orders.add_refund(order.id, left, order.currency, order.draft.pay_way.value, request.reason)
            body = {
                "number": order.number,
                "reason": request.reason,
                "refund_fen": left,
                "currency": order.currency,
                "way": order.draft.pay_way.value,
                "approval": approval_id,
            }
            work.audit("order.voided", "order", order.id, {"void": False}, body)
            work.emit("order.voided", order.id, body)
            _changed(work, order)
            return CancelResult(left, order.currency, work.commit())

    def refund(self, actor: Actor, request: ApprovalRequest, approval_id: str) -> CancelResult:
        """Give back part or all of what was paid; the order stays."""
        self._gate.require(actor, Action.PAYMENT_REFUND)
        with self._store.write(actor) as work:
            order = _known(work, request.subject)
            if not 0 < request.amount_fen <= _paid(order) - work.orders.refunded_fen(order.id):
                raise UserError(message("No more than what was paid can be given back."), field="amount")
            consume(work, _needed(RequestKind.REFUND, order, request.reason, request.amount_fen), approval_id, actor)
            way = order.draft.pay_way.value
            work.orders.add_refund(order.id, request.amount_fen, order.currency, way, request.reason)
            body = {
                "number": order.number,
                "reason": request.reason,
                "refund_fen": request.amount_fen,
                "currency": order.currency,
                "way": way,
                "approval": approval_id,
            }
            work.audit("payment.refunded", "order", order.id, None, body)
            work.emit("payment.refunded", order.id, body)
            _changed(work, order)
            return CancelResult(request.amount_fen, order.currency, work.commit())


def _known(work: ReadWork, order_id: str) -> Order:
    order = work.orders.get(order_id)
    if order is None:
        raise UserError(message("There is no such order."))
    return order


def _needed(kind: RequestKind, order: Order, reason: str, amount_fen: int) -> ApprovalRequest:
    """What has to be approved as the order stands now."""
    dispatched = any(parcel.status not in _STILL_HERE for parcel in order.parcels)
    return request_for(kind, order.id, reason, amount_fen=amount_fen, dispatched=dispatched)


def _check_void(order: Order) -> None:
    if order.void:
        raise UserError(message("This order is void already."))
    if any(parcel.status not in (Status.INFO, Status.PICK) for parcel in order.parcels):
        raise UserError(message("A piece is in a bag or on its way; take it back first."))
    if any(parcel.manifest_id for parcel in order.parcels):
        raise UserError(message("A piece is on a handover list; take it off first."))


def _paid(order: Order) -> int:
    return order.total_fen if order.draft.payer is Payer.SENDER else 0


def _changed(work: UnitOfWork, order: Order) -> None:
    work.change("order", order.id)
    for parcel in order.parcels:
        work.change("parcel", parcel.id)

"""Approvals in grades: bound to the digest of the exact request, ten minutes, once (mission A5)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from courier_desk.base.errors import UserError
from courier_desk.base.ids import new_id
from courier_desk.base.translation import Message, message
from courier_desk.domain.approval import DEFAULT_RULES, Approval, Grade, RequestKind, may_approve, needed_grade
from courier_desk.domain.user import Action, Actor
from courier_desk.services.auth import AuthService
from courier_desk.services.gate import Gate
from courier_desk.services.ports import OnLane, Store, UnitOfWork

ACTIONS: Mapping[RequestKind, Action] = {
    RequestKind.REPRINT: Action.LABEL_REPRINT,
    RequestKind.VOID: Action.ORDER_VOID,
    RequestKind.REFUND: Action.PAYMENT_REFUND,
    RequestKind.UNSEAL: Action.BAG_WORK,
}
"""What a person must be allowed to do before anybody is asked to approve it."""


@dataclass(frozen=True, slots=True)
class ApprovalRequest:
    """One exact request: what, about what, how much. ``grade`` says whose word it needs."""

    kind: RequestKind
    subject: str
    amount_fen: int
    reason: str
    grade: Grade

    @property
    def digest(self) -> str:
        """SHA-256 over everything the approver sees."""
        body = [self.kind, self.subject, self.amount_fen, self.reason, int(self.grade)]
        return hashlib.sha256(json.dumps(body, ensure_ascii=False).encode()).hexdigest()


class ApprovalService:
    """Asks for and keeps the word of a second person; the use case itself consumes it in its own transaction."""

    def __init__(self, store: Store, gate: Gate, auth: AuthService, on_lane: OnLane) -> None:
        self._store = store
        self._gate = gate
        self._auth = auth
        self._on_lane = on_lane

    def request(
        self, kind: RequestKind, subject: str, reason: str, *, amount_fen: int = 0, dispatched: bool = False
    ) -> ApprovalRequest:
        """What has to be approved, with the grade the rules ask for."""
        return request_for(kind, subject, reason, amount_fen=amount_fen, dispatched=dispatched)

    def give(self, asker: Actor, request: ApprovalRequest, number: str, password: str) -> str:
        """The approver (for grade one the asker) proves who they are; beside the database lane, as every check of a
        password. Returns the approval's id. Errors: UserError, NotAllowed when the asker may not do it at all."""
        self._gate.require(asker, ACTIONS[request.kind])
        approver = self._auth.verify(number, password)
        if not may_approve(request.grade, asker, approver.id, approver.role):
            raise UserError(_who_can(request.grade), field="number")
        return self._on_lane(lambda: self._keep(asker, request, approver.id))

    def _keep(self, asker: Actor, request: ApprovalRequest, approver_id: str) -> str:
        with self._store.write(asker) as work:
            approval = Approval(
                new_id(), request.kind, request.digest, request.grade, asker.operator_id, approver_id, work.now
            )
            work.approvals.add(approval)
            work.audit("approval.given", "approval", approval.id, None, _spoken(request, approver_id))
            work.emit("approval.given", approval.id, _spoken(request, approver_id))
            work.commit()
        return approval.id


def request_for(
    kind: RequestKind, subject: str, reason: str, *, amount_fen: int = 0, dispatched: bool = False
) -> ApprovalRequest:
    """The request as the rules see it."""
    grade = needed_grade(DEFAULT_RULES[kind], amount_fen, dispatched=dispatched)
    return ApprovalRequest(kind, subject, amount_fen, reason, grade)


def consume(work: UnitOfWork, request: ApprovalRequest, approval_id: str, actor: Actor) -> None:
    """Use up the approval inside the transaction of what was approved. ``request`` is made anew by the use case from
    what it is about to do, so that neither its kind nor its grade can be brought along. Errors: UserError when the
    approval does not fit."""
    approval = work.approvals.get(approval_id)
    if approval is None or approval.asker_id != actor.operator_id or approval.kind is not request.kind:
        raise UserError(message("This needs an approval."))
    if approval.grade < request.grade or not approval.covers(request.digest, work.now):
        raise UserError(message("The approval was for something else, was used, or is older than ten minutes."))
    work.approvals.use(approval.id, work.now)


def _who_can(grade: Grade) -> Message:
    if grade is Grade.OWN:
        return message("Confirm with your own number and password.")
    if grade is Grade.SECOND_PERSON:
        return message("A second person has to approve: senior agent or higher, not yourself.")
    return message("A manager or director has to approve, not yourself.")


def _spoken(request: ApprovalRequest, approver_id: str) -> Mapping[str, object]:
    return {
        "kind": request.kind,
        "subject": request.subject,
        "amount_fen": request.amount_fen,
        "reason": request.reason,
        "grade": int(request.grade),
        "approver": approver_id,
        "digest": request.digest,
    }

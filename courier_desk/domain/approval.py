"""Approvals in grades (双重验证, mission A5): which request needs whom, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from courier_desk.domain.user import Action, Actor, Role, may


class Grade(IntEnum):
    """How much an act needs: the person's own PIN, a second person, a manager."""

    OWN = 1
    SECOND_PERSON = 2
    MANAGER = 3


class RequestKind(StrEnum):
    """What may need an approval at this desk."""

    REPRINT = "reprint"
    VOID = "void"
    REFUND = "refund"
    UNSEAL = "unseal"


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """``own_limit_fen``: up to this amount before the parcel left the person's own password is enough;
    above it ``grade`` is needed."""

    grade: Grade
    own_limit_fen: int | None = None


DEFAULT_RULES: Mapping[RequestKind, ApprovalRule] = {
    RequestKind.REPRINT: ApprovalRule(Grade.OWN),
    RequestKind.VOID: ApprovalRule(Grade.SECOND_PERSON, own_limit_fen=5000),
    RequestKind.REFUND: ApprovalRule(Grade.SECOND_PERSON, own_limit_fen=5000),
    RequestKind.UNSEAL: ApprovalRule(Grade.SECOND_PERSON),
}

VALID_FOR = timedelta(minutes=10)


def needed_grade(rule: ApprovalRule, amount_fen: int, *, dispatched: bool) -> Grade:
    """The grade a request needs; after dispatch a void or refund is always a manager's."""
    if rule.own_limit_fen is None:
        return rule.grade
    if dispatched:
        return Grade.MANAGER
    return Grade.OWN if amount_fen <= rule.own_limit_fen else rule.grade


def may_approve(grade: Grade, asker: Actor, approver_id: str, approver_role: Role) -> bool:
    """From grade two never the asker; grade three only manager or director."""
    if grade == Grade.OWN:
        return approver_id == asker.operator_id
    if approver_id == asker.operator_id or not may(approver_role, Action.REQUEST_APPROVE):
        return False
    return grade < Grade.MANAGER or approver_role in (Role.MANAGER, Role.DIRECTOR)


@dataclass(frozen=True, slots=True)
class Approval:
    """One answer to one exact request (its digest), valid ten minutes, once."""

    id: str
    kind: RequestKind
    digest: str
    grade: Grade
    asker_id: str
    approver_id: str
    given_at: datetime
    used_at: datetime | None = None

    def covers(self, digest: str, now: datetime) -> bool:
        """True when it still holds for this very request."""
        # Both ways: a clock set back makes an answer no younger.
        return self.digest == digest and self.used_at is None and abs(now - self.given_at) <= VALID_FOR

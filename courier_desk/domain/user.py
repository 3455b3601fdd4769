"""People of the station, their roles, and the one table of rights: what is not in it is denied."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """The six roles (mission A2)."""

    AGENT = "agent"
    SENIOR_AGENT = "senior_agent"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    DIRECTOR = "director"
    TECHNICAL_ADMIN = "technical_admin"


class Action(StrEnum):
    """Everything that needs a right, by name."""

    ORDER_ACCEPT = "order.accept"
    ORDER_FIND = "order.find"
    ORDER_VOID = "order.void"
    PAYMENT_REFUND = "payment.refund"
    LABEL_PRINT = "label.print"
    LABEL_REPRINT = "label.reprint"
    PRINT_QUEUE_STEER = "print_queue.steer"
    SCAN_RECORD = "scan.record"
    BAG_WORK = "bag.work"
    BAG_OPEN_SEALED = "bag.open_sealed"
    HANDOVER_WORK = "handover.work"
    HANDOVER_CLOSE = "handover.close"
    LIST_EXPORT = "list.export"
    PERSONAL_LOOK = "personal.look"
    PERSONAL_EXPORT = "personal.export"
    CUSTOMER_CHANGE = "customer.change"
    DRAFT_TAKE_OVER = "draft.take_over"
    REQUEST_APPROVE = "request.approve"
    PEOPLE_ADMINISTER = "people.administer"
    REFERENCE_ADMIT = "reference.admit"
    SETTINGS_CHANGE = "settings.change"
    DAY_COUNT = "day.count"
    DIAGNOSE = "system.diagnose"


_DESK = frozenset({Role.AGENT, Role.SENIOR_AGENT, Role.SUPERVISOR, Role.MANAGER, Role.DIRECTOR})
_LEADS = frozenset({Role.SUPERVISOR, Role.MANAGER, Role.DIRECTOR})
_TECHNICAL = frozenset({Role.TECHNICAL_ADMIN})

RIGHTS: Mapping[Action, frozenset[Role]] = {
    Action.ORDER_ACCEPT: _DESK,
    Action.ORDER_FIND: _DESK,
    Action.ORDER_VOID: _DESK,
    Action.PAYMENT_REFUND: _DESK,
    Action.LABEL_PRINT: _DESK,
    Action.LABEL_REPRINT: _DESK,
    Action.PRINT_QUEUE_STEER: _DESK | _TECHNICAL,
    Action.SCAN_RECORD: _DESK,
    Action.BAG_WORK: _DESK,
    Action.BAG_OPEN_SEALED: _LEADS,
    Action.HANDOVER_WORK: _DESK,
    Action.HANDOVER_CLOSE: _DESK,
    Action.LIST_EXPORT: _DESK,
    Action.PERSONAL_LOOK: _DESK,
    Action.PERSONAL_EXPORT: _LEADS,
    Action.CUSTOMER_CHANGE: _DESK,
    Action.DRAFT_TAKE_OVER: _LEADS,
    Action.REQUEST_APPROVE: _LEADS | {Role.SENIOR_AGENT},
    Action.PEOPLE_ADMINISTER: _TECHNICAL | {Role.MANAGER, Role.DIRECTOR},
    Action.REFERENCE_ADMIT: _TECHNICAL,
    Action.SETTINGS_CHANGE: _DESK | _TECHNICAL,
    Action.DAY_COUNT: _DESK | _TECHNICAL,
    Action.DIAGNOSE: _LEADS | _TECHNICAL,
}


def may(role: Role, action: Action) -> bool:
    """True when the table gives ``role`` the right ``action``; denied by default."""
    return role in RIGHTS.get(action, frozenset())


def who_may(action: Action) -> tuple[Role, ...]:
    """The roles that have the right, lowest first, to say who can help."""
    return tuple(role for role in Role if may(role, action))


@dataclass(frozen=True, slots=True)
class Actor:
    """The person at the desk now: handed to every service call, checked there."""

    session_id: str
    operator_id: str
    number: str
    name: str
    role: Role
    station_id: str
    desk_id: str


@dataclass(frozen=True, slots=True)
class Operator:
    """A person of the station, from the reference set ``people``. ``first_password``: the hash of a one-use password
    that headquarters gave out, empty where the desk made it."""

    id: str
    number: str
    name: str
    name_en: str
    role: Role
    active: bool = True
    first_password: str = field(default="", repr=False)

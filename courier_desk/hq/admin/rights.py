"""Who of headquarters' people may do what: one table, and what is not in it is denied."""

from collections.abc import Mapping
from enum import StrEnum


class HqRole(StrEnum):
    """The three roles of headquarters' people."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    ADMINISTRATOR = "administrator"


class Act(StrEnum):
    """Everything that needs a right, by name."""

    LOOK = "look"
    STATION_CHANGE = "station.change"
    DESK_CHANGE = "desk.change"
    CODE_MAKE = "code.make"
    DESK_RETIRE = "desk.retire"
    PEOPLE_CHANGE = "people.change"
    REFERENCE_DRAFT = "reference.draft"
    REFERENCE_PUBLISH = "reference.publish"
    PARKED_SETTLE = "parked.settle"
    AUDIT_LOOK = "audit.look"
    HQ_PEOPLE_CHANGE = "hq_people.change"


_ALL = frozenset(HqRole)
_DOING = frozenset({HqRole.OPERATOR, HqRole.ADMINISTRATOR})
_RULING = frozenset({HqRole.ADMINISTRATOR})

RIGHTS: Mapping[Act, frozenset[HqRole]] = {
    Act.LOOK: _ALL,
    Act.STATION_CHANGE: _RULING,
    Act.DESK_CHANGE: _DOING,
    Act.CODE_MAKE: _DOING,
    Act.DESK_RETIRE: _RULING,
    Act.PEOPLE_CHANGE: _RULING,
    Act.REFERENCE_DRAFT: _DOING,
    Act.REFERENCE_PUBLISH: _RULING,
    Act.PARKED_SETTLE: _DOING,
    Act.AUDIT_LOOK: _RULING,
    Act.HQ_PEOPLE_CHANGE: _RULING,
}


def may(role: HqRole | None, act: Act) -> bool:
    """True when the table gives ``role`` the right ``act``; denied by default."""
    return role is not None and role in RIGHTS.get(act, frozenset())

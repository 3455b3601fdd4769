"""Whether the contents of a reference set are sound, and the sample station's own sets."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from courier_desk.base.paths import asset
from courier_desk.base.translation import message
from courier_desk.domain.announcement import announcements_from
from courier_desk.domain.areas import Areas
from courier_desk.domain.calendar import Calendar
from courier_desk.domain.company import Company
from courier_desk.domain.contents import ForbiddenList
from courier_desk.domain.data_reader import Node
from courier_desk.domain.knowledge import knowledge_from
from courier_desk.domain.line import lines_from
from courier_desk.domain.reference import ReferenceKind, ReferenceSet
from courier_desk.domain.routing import Routing
from courier_desk.domain.staff import staff_from
from courier_desk.domain.tariff_data import Tariff

PARSERS: Mapping[ReferenceKind, Callable[[Mapping[str, Any]], object]] = MappingProxyType(
    {
        ReferenceKind.COMPANY: Company.from_data,
        ReferenceKind.PEOPLE: staff_from,
        ReferenceKind.TARIFF: Tariff.from_data,
        ReferenceKind.AREAS: Areas.from_data,
        ReferenceKind.ROUTING: Routing.from_data,
        ReferenceKind.LINES: lines_from,
        ReferenceKind.CALENDAR: Calendar.from_data,
        ReferenceKind.FORBIDDEN: ForbiddenList.from_data,
        ReferenceKind.ANNOUNCEMENTS: announcements_from,
        ReferenceKind.KNOWLEDGE: knowledge_from,
    }
)


def check(reference: ReferenceSet) -> object:
    """What the contents say, as the parser of their kind reads them. Errors: UserError that names the place of what is
    wrong; also when the payload is not the one the digest was taken over."""
    if not reference.intact:
        place = Node(reference.kind.value, reference.payload)
        place.fail(message("The contents do not match their digest."))
    return PARSERS[reference.kind](reference.payload)


def sample_sets() -> tuple[ReferenceSet, ...]:
    """The sets of the sample station, one of each kind. Errors: UserError when one is not sound."""
    folder = asset("reference") / "sample"
    return tuple(
        ReferenceSet.from_document(json.loads((folder / f"{kind}.json").read_text(encoding="utf-8")))
        for kind in ReferenceKind
    )

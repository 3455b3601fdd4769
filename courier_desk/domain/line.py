"""The evening lines (line-haul, 干线): where each goes, when it leaves, what it carries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from types import MappingProxyType

from courier_desk.base.translation import message
from courier_desk.domain.data_reader import Node
from courier_desk.domain.fees import optional_whole
from courier_desk.domain.local_text import LocalText


class LineMode(StrEnum):
    """What the line travels by."""

    TRUCK = "truck"
    AIR = "air"
    RAIL = "rail"


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``cut_off`` is the last time (local) to be loaded, ``departs`` the planned departure."""

    code: str
    name: LocalText
    mode: LineMode
    destination: LocalText
    cut_off: time
    departs: time
    plate: str
    driver: str
    capacity_pieces: int | None
    capacity_g: int | None


def lines_from(data: Mapping[str, object]) -> Mapping[str, Line]:
    """The lines written in ``data``, by code. Errors: UserError that names the place of what is wrong."""
    lines: dict[str, Line] = {}
    for entry in Node("lines", data).child("lines").entries():
        line = _line(entry)
        if line.code in lines:
            entry.fail(message("“{key}” is there twice.", key=line.code))
        lines[line.code] = line
    return MappingProxyType(lines)


def _line(entry: Node) -> Line:
    plate, driver = entry.maybe("plate"), entry.maybe("driver")
    return Line(
        code=entry.child("code").text(),
        name=entry.child("name").local_text(),
        mode=entry.child("mode").one_of(LineMode),
        destination=entry.child("destination").local_text(),
        cut_off=entry.child("cut_off").clock(),
        departs=entry.child("departs").clock(),
        plate="" if plate is None else plate.text(),
        driver="" if driver is None else driver.text(),
        capacity_pieces=optional_whole(entry, "capacity_pieces", minimum=1),
        capacity_g=optional_whole(entry, "capacity_g", minimum=1),
    )

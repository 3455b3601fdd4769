"""A layout: what stands where on a paper, in millimetres from the left upper corner, read from resources/print/layouts.

One file for each paper and size; both renderers draw from it. An unknown field, caption or attribute is an error when
the file is read, never a blank on a label.
"""

import json
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache

from courier_desk.base.paths import asset
from courier_desk.domain.paper import StationKind
from courier_desk.printing import captions
from courier_desk.printing.fields import FIELDS, MARKS


class Kind(StrEnum):
    """What an element is."""

    TEXT = "text"
    BARS = "bars"
    MATRIX = "matrix"
    RULE = "rule"
    DASHES = "dashes"
    FRAME = "frame"
    MARKS = "marks"


@dataclass(frozen=True, slots=True)
class Element:
    """One thing on the paper. Lengths are millimetres; ``size`` is the largest and ``least`` the smallest height of
    an em. ``when`` names a field that must not be empty; ``stations`` limits it to these kinds of station."""

    kind: Kind
    x: float
    y: float
    w: float
    h: float
    field: str = ""
    caption: str = ""
    size: float = 3.0
    least: float = 1.5
    lines: int = 1
    bold: bool = False
    align: str = "left"
    inverse: bool = False
    frame: float = 0.0
    when: str = ""
    stations: tuple[StationKind, ...] = tuple(StationKind)


@dataclass(frozen=True, slots=True)
class Layout:
    """A paper of ``width`` x ``height`` millimetres; ``paper`` names the set of fields its elements use."""

    name: str
    paper: str
    width: float
    height: float
    elements: tuple[Element, ...]


_ATTRIBUTES = frozenset(field.name for field in fields(Element))


@lru_cache(maxsize=32)
def load_layout(name: str) -> Layout:
    """The layout of that name; ``list/row`` is the part ``row`` of the file of ``list``. Errors: ValueError naming
    file and element when it does not make sense."""
    file, _slash, part = name.partition("/")
    data = json.loads(asset(f"print/layouts/{file}.json").read_text(encoding="utf-8"))
    if part:
        data = data["parts"][part]
    paper = data["paper"]
    elements = tuple(_element(name, paper, place, entry) for place, entry in enumerate(data["elements"]))
    return Layout(name, paper, float(data["width"]), float(data["height"]), elements)


def _element(layout: str, paper: str, place: int, entry: dict[str, object]) -> Element:
    where = f"{layout}: element {place} ({entry})"
    unknown = set(entry) - _ATTRIBUTES
    if unknown:
        raise ValueError(f"{where}: unknown attribute {sorted(unknown)}")
    values = dict(entry)
    values["kind"] = Kind(str(entry["kind"]))
    if "stations" in values:
        named = values["stations"]
        values["stations"] = tuple(StationKind(kind) for kind in named) if isinstance(named, list) else ()
    element = Element(**values)  # type: ignore[arg-type]  # checked attribute by attribute above and below
    _check(element, paper, where)
    return element


def _check(element: Element, paper: str, where: str) -> None:
    known = FIELDS[paper]
    for field in (element.field, element.when):
        if field and field != MARKS and field not in known:
            raise ValueError(f"{where}: unknown field {field}")
    if element.caption and not captions.known(element.caption):
        raise ValueError(f"{where}: unknown caption {element.caption}")
    if element.kind in (Kind.BARS, Kind.MATRIX) and not element.field:
        raise ValueError(f"{where}: a code needs a field")
    if element.align not in ("left", "centre", "right"):
        raise ValueError(f"{where}: unknown alignment {element.align}")
    if min(element.w, element.h) <= 0:
        raise ValueError(f"{where}: no room")

"""The layout files: everything on the page, nothing on top of another, no caption cut off in either language."""

import itertools
import json

import pytest

from courier_desk.base.paths import asset
from courier_desk.base.translation import LANGUAGES
from courier_desk.domain.paper import StationKind
from courier_desk.printing import layout as layouts
from courier_desk.printing.composing import plan
from courier_desk.printing.dots import LABEL_DPIS
from courier_desk.printing.layout import Element, Kind, load_layout

_FILES = sorted(path.stem for path in asset("print/layouts").glob("*.json"))


def _names() -> list[str]:
    names = []
    for file in _FILES:
        data = json.loads(asset(f"print/layouts/{file}.json").read_text(encoding="utf-8"))
        names += [f"{file}/{part}" for part in data["parts"]] if "parts" in data else [file]
    return names


NAMES = _names()


def _overlap(one: Element, other: Element) -> bool:
    return (
        one.x + one.w > other.x + 1e-6
        and other.x + other.w > one.x + 1e-6
        and one.y + one.h > other.y + 1e-6
        and other.y + other.h > one.y + 1e-6
    )


def test_there_is_a_layout_for_each_size_of_label_and_tag_and_the_list() -> None:
    sizes = ("76x130", "100x150", "100x180")
    assert set(_FILES) == {f"{paper}_{size}" for paper in ("waybill", "bag_tag") for size in sizes} | {"handover_a4"}


@pytest.mark.parametrize("name", NAMES)
def test_every_element_lies_on_the_page(name: str) -> None:
    layout = load_layout(name)
    for element in layout.elements:
        assert element.x >= 0, element
        assert element.y >= 0, element
        assert element.x + element.w <= layout.width + 1e-6, element
        assert element.y + element.h <= layout.height + 1e-6, element


@pytest.mark.parametrize("station", StationKind)
@pytest.mark.parametrize("name", NAMES)
def test_no_element_lies_on_another(name: str, station: StationKind) -> None:
    shown = [
        element
        for element in load_layout(name).elements
        if station in element.stations and element.kind is not Kind.FRAME
    ]
    for one, other in itertools.combinations(shown, 2):
        crossing = one.kind is Kind.RULE and other.kind is Kind.RULE
        assert crossing or not _overlap(one, other), f"{one} lies on {other}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dpi", LABEL_DPIS)
@pytest.mark.parametrize("station", StationKind)
@pytest.mark.parametrize("name", NAMES)
def test_no_caption_is_cut_off(name: str, station: StationKind, dpi: int, language: str) -> None:
    assert plan(name, dpi, language, station).fixed.cut == []


@pytest.mark.parametrize(
    "entry",
    [
        {"kind": "text", "field": "nonsense", "x": 1, "y": 1, "w": 5, "h": 5},
        {"kind": "text", "caption": "nonsense", "x": 1, "y": 1, "w": 5, "h": 5},
        {"kind": "text", "field": "number", "x": 1, "y": 1, "w": 5, "h": 5, "colour": "red"},
        {"kind": "bars", "x": 1, "y": 1, "w": 5, "h": 5},
        {"kind": "text", "field": "number", "x": 1, "y": 1, "w": 0, "h": 5},
        {"kind": "circle", "x": 1, "y": 1, "w": 5, "h": 5},
    ],
)
def test_a_layout_that_makes_no_sense_is_refused_when_it_is_read(entry: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"element 3|circle"):
        layouts._element("waybill_100x150", "label", 3, entry)

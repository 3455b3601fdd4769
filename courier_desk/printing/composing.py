"""From a layout and a paper's data to ink: rectangles and runs of text in whole dots, the same for both renderers."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from courier_desk.domain.paper import StationKind
from courier_desk.printing.captions import caption, captioned
from courier_desk.printing.code128 import bars
from courier_desk.printing.dots import to_dots
from courier_desk.printing.fields import FIELDS, Field
from courier_desk.printing.ink import Ink, Placed, Rect, draw_frame
from courier_desk.printing.layout import Element, Kind, load_layout
from courier_desk.printing.matrix_code import QUIET_MODULES, qr
from courier_desk.printing.text_ink import draw_marks, draw_text


@dataclass(frozen=True, slots=True)
class Plan:
    """A layout made ready for one printer, language and kind of station: what never changes is drawn already."""

    layout: str
    dpi: int
    language: str
    width: int
    height: int
    fixed: Ink
    changing: tuple[Placed, ...]
    fields: dict[str, Field]


@lru_cache(maxsize=64)
def plan(layout_name: str, dpi: int, language: str, station_kind: StationKind) -> Plan:
    """The layout in whole dots of ``dpi``."""
    layout = load_layout(layout_name)
    dots = to_dots(dpi)
    fixed = Ink()
    changing = []
    for element in layout.elements:
        if station_kind not in element.stations:
            continue
        placed = _placed(element, dpi)
        if element.field or element.when:
            changing.append(placed)
        else:
            _draw(fixed, placed, caption(element.caption, language, station_kind) if element.caption else "", dpi)
    return Plan(
        layout_name,
        dpi,
        language,
        dots(layout.width),
        dots(layout.height),
        fixed,
        tuple(changing),
        FIELDS[layout.paper],
    )


def _placed(element: Element, dpi: int) -> Placed:
    dots = to_dots(dpi)
    left, top = dots(element.x), dots(element.y)
    box = Rect(left, top, dots(element.x + element.w) - left, dots(element.y + element.h) - top)
    framed = element.inverse or element.frame > 0
    return Placed(
        element, box, dots(element.size), dots(element.least), dots(0.5) if framed else 0, max(1, dots(element.frame))
    )


def compose(ready: Plan, paper: Any) -> Ink:
    """The changing ink of one paper. Errors: UserError for a number that cannot be a bar code."""
    ink = Ink()
    known = ready.fields
    for placed in ready.changing:
        element = placed.element
        if element.when and not known[element.when](paper):
            continue
        if element.kind is Kind.MARKS:
            draw_marks(ink, placed, paper.marks)
            continue
        value = known[element.field](paper) if element.field else ""
        if element.caption and not element.field:
            value = caption(element.caption, ready.language)
        elif element.caption and value:
            value = captioned(element.caption, value, ready.language)
        _draw(ink, placed, value, ready.dpi)
    return ink


def _draw(ink: Ink, placed: Placed, value: str, dpi: int) -> None:
    element, box = placed.element, placed.box
    if element.kind is Kind.TEXT:
        draw_text(ink, placed, value)
    elif element.kind is Kind.RULE:
        ink.black.append(box)
    elif element.kind is Kind.FRAME:
        draw_frame(ink.black, box, placed.line)
    elif element.kind is Kind.DASHES:
        dash = max(1, to_dots(dpi)(1.5))
        ink.black.extend(Rect(x, box.y, dash, box.h) for x in range(box.x, box.x + box.w - dash, dash * 2))
    elif element.kind is Kind.BARS and value:
        _bars(ink, box, value, dpi)
    elif element.kind is Kind.MATRIX and value:
        _matrix(ink, box, value)


def _bars(ink: Ink, box: Rect, number: str, dpi: int) -> None:
    code = bars(number, box.w, dpi)
    left = box.x + (box.w - code.width) // 2
    ink.black.extend(Rect(left + first, box.y, width, box.h) for first, width in code.stretches)


def _matrix(ink: Ink, box: Rect, number: str) -> None:
    code = qr(number)
    module = min(box.w, box.h) // (code.modules + 2 * QUIET_MODULES)
    left = box.x + (box.w - code.modules * module) // 2
    top = box.y + (box.h - code.modules * module) // 2
    ink.black.extend(
        Rect(left + column * module, top + row * module, columns * module, module)
        for column, row, columns in code.stretches
    )

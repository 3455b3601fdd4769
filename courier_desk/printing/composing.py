"""From a layout and a paper's data to ink: rectangles and runs of text in whole dots, the same for both renderers."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from courier_desk.domain.paper import StationKind
from courier_desk.printing.captions import caption, captioned
from courier_desk.printing.code128 import bars
from courier_desk.printing.dots import to_dots
from courier_desk.printing.fields import FIELDS, Field
from courier_desk.printing.fitting import Fitted, fit
from courier_desk.printing.fonts import BOLD, EM, REGULAR, advances
from courier_desk.printing.layout import Element, Kind, load_layout
from courier_desk.printing.matrix_code import QUIET_MODULES, qr


class Rect(NamedTuple):
    """A filled rectangle: left, top, width, height."""

    x: int
    y: int
    w: int
    h: int


class Run(NamedTuple):
    """Characters on one base line, from ``x`` on; ``px`` dots an em; ``box`` is the room they must stay in."""

    face: str
    px: int
    x: int
    baseline: int
    text: str
    white: bool
    box: Rect


@dataclass(slots=True)
class Ink:
    """What is drawn, in this order: black, white, runs. ``cut`` names the fields whose end did not fit."""

    black: list[Rect] = field(default_factory=list)
    white: list[Rect] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)


class Placed(NamedTuple):
    """An element of the layout in dots."""

    element: Element
    box: Rect
    largest: int
    smallest: int
    pad: int
    line: int


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
            _marks(ink, placed, paper.marks)
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


def draw_text(ink: Ink, placed: Placed, text: str) -> None:
    """``text`` in its box; an empty text leaves no trace, not even of its frame."""
    if not text:
        return
    element, box, pad = placed.element, placed.box, placed.pad
    if element.inverse:
        ink.black.append(box)
    elif element.frame > 0:
        draw_frame(ink.black, box, placed.line)
    face = BOLD if element.bold else REGULAR
    room = Rect(box.x + pad, box.y + pad // 2, box.w - 2 * pad, box.h - pad)
    fitted = fit(text, face, room.w, room.h, placed.largest, placed.smallest, element.lines)
    if fitted.cut:
        ink.cut.append(element.field or element.caption)
    set_text(ink, fitted, face, room, element.align, white=element.inverse)


def set_text(ink: Ink, fitted: Fitted, face: str, room: Rect, align: str, *, white: bool) -> None:
    """A fitted text into its room, in the middle of its height."""
    top = room.y + (room.h - fitted.height) // 2
    for line in fitted.lines:
        left = room.x
        if align != "left":
            spare = room.w - line.width
            left += spare // 2 if align == "centre" else spare
        if line.boxed:
            _boxed_line(ink, Run(face, fitted.px, left, top + line.baseline, line.text, white, room), line.boxed)
        else:
            ink.runs.append(Run(face, fitted.px, left, top + line.baseline, line.text, white, room))


def _boxed_line(ink: Ink, run: Run, boxed: tuple[int, ...]) -> None:
    """A line with characters that no face has: each stands as a frame with its code in it."""
    known = advances(run.face)
    travelled = 0
    start = 0
    for place in (*boxed, len(run.text)):
        if place > start:
            part = run.text[start:place]
            ink.runs.append(run._replace(x=run.x + travelled * run.px // EM, text=part))
            travelled += sum(known[ord(char)] for char in part)
        if place < len(run.text):
            _code_box(ink, run._replace(x=run.x + travelled * run.px // EM, text=run.text[place]))
            travelled += EM
        start = place + 1


def _code_box(ink: Ink, run: Run) -> None:
    px = run.px
    margin = max(1, px // 16)
    box = Rect(run.x + margin, run.baseline - px * 85 // 100, px - 2 * margin, px * 94 // 100)
    draw_frame(ink.white if run.white else ink.black, box, max(1, px // 24))
    code = f"{ord(run.text):X}".rjust(4, "0")
    half = (len(code) + 1) // 2
    for row, part in enumerate((code[:half], code[half:])):
        room = Rect(box.x + margin, box.y + row * box.h // 2, box.w - 2 * margin, box.h // 2)
        size = px * 46 // 100
        while size > 4 and advances(REGULAR)[ord("0")] * len(part) * size // EM > room.w:
            size -= 1
        width = sum(advances(REGULAR)[ord(char)] for char in part) * size // EM
        # Digits and capitals are 73/100 em high.
        baseline = room.y + (room.h + size * 73 // 100) // 2
        ink.runs.append(Run(REGULAR, size, room.x + (room.w - width) // 2, baseline, part, run.white, run.box))


def draw_frame(into: list[Rect], box: Rect, line: int) -> None:
    """Four lines inside the edges of a box."""
    into.append(Rect(box.x, box.y, box.w, line))
    into.append(Rect(box.x, box.y + box.h - line, box.w, line))
    into.append(Rect(box.x, box.y, line, box.h))
    into.append(Rect(box.x + box.w - line, box.y, line, box.h))


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


def _marks(ink: Ink, placed: Placed, words: tuple[str, ...]) -> None:
    """Words in frames side by side, from the right; all of one size, the largest at which all of them have room."""
    words = tuple(word for word in words if word)
    if not words:
        return
    box = placed.box
    gap = max(2, placed.largest // 6)
    room = (box.w - gap * (len(words) - 1)) // len(words)
    fits = [fit(word, BOLD, room - 2 * gap, box.h - gap, placed.largest, placed.smallest, 2) for word in words]
    px = min(fitted.px for fitted in fits)
    left = box.x + box.w
    for word in reversed(words):
        fitted = fit(word, BOLD, room - 2 * gap, box.h - gap, px, placed.smallest, 2)
        width = max(line.width for line in fitted.lines) + 2 * gap if fitted.lines else gap
        left -= width
        draw_frame(ink.black, Rect(left, box.y, width, box.h), max(1, placed.largest // 14))
        set_text(ink, fitted, BOLD, Rect(left, box.y, width, box.h), "centre", white=False)
        if fitted.cut:
            ink.cut.append("marks")
        left -= gap

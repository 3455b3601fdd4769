"""The handover list on A4: head, rows that grow with their texts, differences, signatures; pages numbered n of m."""

from dataclasses import replace
from typing import Any

from courier_desk.base.translation import CHINESE, in_language
from courier_desk.domain.paper import HandoverPaper, StationKind
from courier_desk.printing.captions import PAGE_OF
from courier_desk.printing.composing import Plan, compose, plan
from courier_desk.printing.dots import OFFICE_DPI, to_dots
from courier_desk.printing.fields import ListPage
from courier_desk.printing.fitting import fit
from courier_desk.printing.fonts import BOLD, REGULAR
from courier_desk.printing.ink import Ink, Placed, Rect
from courier_desk.printing.layout import Kind
from courier_desk.printing.pdf import PdfPages

_NAME = "handover_a4"
_TOP_MM = 20.0
_BOTTOM_MM = 281.0
# The tallest a row may grow; nine lines of text need less.
_TALLEST_MM = 40.0


class _Flow:
    """Blocks one below the other, on as many pages as they need; the table's head is repeated on each page of rows."""

    def __init__(self, language: str, kind: StationKind) -> None:
        self._language = language
        self._kind = kind
        dots = to_dots(OFFICE_DPI)
        self._top, self._bottom, self._tallest = dots(_TOP_MM), dots(_BOTTOM_MM), dots(_TALLEST_MM)
        self._y = self._top
        self.pages: list[list[Ink]] = [[]]

    def plan(self, part: str) -> Plan:
        """A part of the list, ready to draw."""
        return plan(f"{_NAME}/{part}", OFFICE_DPI, self._language, self._kind)

    def add(self, part: str, data: Any, repeat: str = "") -> None:
        """A block with its data; ``repeat`` names the part that stands above it when it begins a page."""
        ready = _grown(self.plan(part), data, self._tallest)
        if self._y + ready.height > self._bottom:
            self.pages.append([])
            self._y = self._top
            if repeat:
                self.add(repeat, data)
        for ink in (ready.fixed, compose(ready, data)):
            self.pages[-1].append(_lowered(ink, self._y))
        self._y += ready.height


def handover_pdf(paper: HandoverPaper, language: str = CHINESE) -> bytes:
    """The list as PDF on A4; the same list gives the same bytes. Errors: UserError for a number without bar code."""
    flow = _Flow(language, paper.station_kind)
    whole = ListPage(paper, "")
    flow.add("first", whole)
    flow.add("head", whole)
    for row in paper.rows:
        flow.add("row", row, repeat="head")
    if paper.differences:
        flow.add("differences", "")
        for difference in paper.differences:
            flow.add("difference", difference, repeat="differences")
    else:
        flow.add("no_differences", "")
    flow.add("signatures", whole)
    return _write(flow, paper, language)


def _write(flow: _Flow, paper: HandoverPaper, language: str) -> bytes:
    pages = PdfPages(paper.number, OFFICE_DPI)
    ready = flow.plan("page")
    for place, inks in enumerate(flow.pages, start=1):
        page_of = in_language(PAGE_OF.text, language).format(page=place, pages=len(flow.pages))
        head = compose(ready, ListPage(paper, page_of))
        pages.page(ready.width, ready.height, (head, *inks), ("page", ready.fixed))
    return pages.finish()


def _grown(ready: Plan, data: Any, tallest: int) -> Plan:
    """The block made as tall as its longest text needs; what lies below the texts moves down with it."""
    growth = 0
    for placed in ready.changing:
        element = placed.element
        if element.kind is Kind.TEXT and element.field and element.lines > 1 and ready.layout.endswith(("row", "ence")):
            face = BOLD if element.bold else REGULAR
            text = ready.fields[element.field](data)
            comfortable = max(placed.smallest, placed.largest * 9 // 10)
            for smallest in (comfortable, placed.smallest):
                fitted = fit(text, face, placed.box.w, tallest, placed.largest, smallest, element.lines)
                if not fitted.cut:
                    break
            growth = max(growth, fitted.height - placed.box.h)
    if growth <= 0:
        return ready
    changing = tuple(_taller(placed, growth) for placed in ready.changing)
    return replace(ready, changing=changing, height=ready.height + growth, fixed=_lowered(ready.fixed, growth))


def _taller(placed: Placed, growth: int) -> Placed:
    x, y, w, h = placed.box
    return placed._replace(box=Rect(x, y, w, h + growth))


def _lowered(ink: Ink, dots: int) -> Ink:
    return Ink(
        [Rect(x, y + dots, w, h) for x, y, w, h in ink.black],
        [Rect(x, y + dots, w, h) for x, y, w, h in ink.white],
        [run._replace(baseline=run.baseline + dots, box=run.box._replace(y=run.box.y + dots)) for run in ink.runs],
        ink.cut,
    )

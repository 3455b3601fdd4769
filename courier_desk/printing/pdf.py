"""Ink as PDF pages: fonts embedded, everything in whole dots of the printer it is meant for, byte for byte repeatable.

What every page of a batch shares (frames, captions) is written once and referred to.
"""

import io
from collections.abc import Iterable
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from courier_desk.printing.composing import Plan, compose
from courier_desk.printing.dots import points_per_dot
from courier_desk.printing.fonts import pdf_font
from courier_desk.printing.ink import Ink, Rect, Run

# Binary streams: the text form of them costs a quarter of the time and of the size, and nobody needs it.
rl_config.useA85 = 0


class PdfPages:
    """A PDF in the making; pages are drawn in dots from the left upper corner."""

    def __init__(self, title: str, dpi: int) -> None:
        self._buffer = io.BytesIO()
        self._scale = points_per_dot(dpi)
        self._canvas = Canvas(self._buffer, invariant=1, pageCompression=1)
        self._canvas.setTitle(title)
        self._canvas.setCreator("Courier Desk")
        self._forms: set[str] = set()

    def page(self, width: int, height: int, inks: Iterable[Ink], shared: tuple[str, Ink] | None = None) -> None:
        """A page of ``width`` x ``height`` dots. ``shared`` is ink under a name that other pages use as well."""
        canvas = self._canvas
        scale = float(self._scale)
        if shared is not None and shared[0] not in self._forms:
            self._forms.add(shared[0])
            canvas.beginForm(shared[0], 0, 0, width, height)
            self._write(shared[1], height)
            canvas.endForm()
        canvas.setPageSize((width * scale, height * scale))
        canvas.scale(scale, scale)
        if shared is not None:
            canvas.doForm(shared[0])
        for ink in inks:
            self._write(ink, height)
        canvas.showPage()

    def finish(self) -> bytes:
        """The whole file."""
        self._canvas.save()
        return self._buffer.getvalue()

    def _write(self, ink: Ink, height: int) -> None:
        parts = []
        if ink.black:
            parts.append("0 g " + _rects(ink.black, height) + " f")
        if ink.white:
            parts.append("1 g " + _rects(ink.white, height) + " f")
        if ink.runs:
            parts.append(self._runs(ink.runs, height))
        self._canvas.addLiteral("\n".join(parts))

    def _runs(self, runs: list[Run], height: int) -> str:
        parts = ["BT"]
        font_in_use = ""
        colour = -1
        # The subsets of an embedded font belong to a document; reportlab has no other way to it.
        document = self._canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001
        for run in runs:
            if colour != run.white:
                colour = run.white
                parts.append("1 g" if run.white else "0 g")
            font = pdf_font(run.face)
            parts.append(f"1 0 0 1 {run.x} {height - run.baseline} Tm")
            for subset, codes in font.splitString(run.text, document):
                name = f"{font.getSubsetInternalName(subset, document)} {run.px} Tf"
                if name != font_in_use:
                    parts.append(name)
                    font_in_use = name
                parts.append(f"<{codes.hex()}> Tj")
        parts.append("ET")
        return "\n".join(parts)


def _rects(rects: list[Rect], height: int) -> str:
    return "\n".join([f"{x} {height - y - h} {w} {h} re" for x, y, w, h in rects])


def draw_pages(title: str, ready: Iterable[tuple[Plan, Any]], dpi: int) -> bytes:
    """Each paper on a page of its own."""
    pages = PdfPages(title, dpi)
    for page_plan, paper in ready:
        shared = (f"{page_plan.layout}-{paper.station_kind.value}", page_plan.fixed)
        pages.page(page_plan.width, page_plan.height, (compose(page_plan, paper),), shared)
    return pages.finish()

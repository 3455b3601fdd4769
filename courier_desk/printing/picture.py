"""Ink as a 1-bit picture in printer dots, for label printers and the preview of them."""

from functools import lru_cache
from typing import Any

from PIL import Image, ImageDraw

from courier_desk.domain.paper import StationKind
from courier_desk.printing.composing import Plan, compose, plan
from courier_desk.printing.fonts import EM, advances, glyph
from courier_desk.printing.ink import Ink, Run

# What Pillow means by a set bit; 1 would come out as neither black nor white when the picture is inverted.
_WHITE = 255
_BLACK = 0


def draw_picture(ready: Plan, paper: Any, kind: StationKind) -> Image.Image:
    """One paper as a 1-bit picture, black ink on white."""
    picture = _background(ready.layout, ready.dpi, ready.language, kind).copy()
    _paint(picture, compose(ready, paper))
    return picture


@lru_cache(maxsize=16)
def _background(layout: str, dpi: int, language: str, kind: StationKind) -> Image.Image:
    ready = plan(layout, dpi, language, kind)
    picture = Image.new("1", (ready.width, ready.height), _WHITE)
    _paint(picture, ready.fixed)
    return picture


def _paint(picture: Image.Image, ink: Ink) -> None:
    draw = ImageDraw.Draw(picture)
    for colour, rects in ((_BLACK, ink.black), (_WHITE, ink.white)):
        for x, y, w, h in rects:
            draw.rectangle((x, y, x + w - 1, y + h - 1), fill=colour)
    for run in ink.runs:
        _paint_run(picture, run)


def _paint_run(picture: Image.Image, run: Run) -> None:
    known = advances(run.face)
    colour = _WHITE if run.white else _BLACK
    travelled = 0
    for char in run.text:
        ink = glyph(run.face, run.px, char)
        if ink is not None:
            mask, left, top = ink
            x = run.x + left + (travelled * run.px + EM // 2) // EM
            picture.paste(colour, (x, run.baseline + top), mask)
        travelled += known[ord(char)]

"""Ink: what a paper is made of once it is laid out, in whole dots of the printer."""

from dataclasses import dataclass, field
from typing import NamedTuple

from courier_desk.printing.layout import Element


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


def draw_frame(into: list[Rect], box: Rect, line: int) -> None:
    """Four lines inside the edges of a box."""
    into.append(Rect(box.x, box.y, box.w, line))
    into.append(Rect(box.x, box.y + box.h - line, box.w, line))
    into.append(Rect(box.x, box.y, line, box.h))
    into.append(Rect(box.x + box.w - line, box.y, line, box.h))

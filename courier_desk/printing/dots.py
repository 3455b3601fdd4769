"""Millimetres and printer dots. Everything on paper is placed in whole dots of the printer that will print it."""

from collections.abc import Callable
from fractions import Fraction

from courier_desk.domain.paper import LabelSize

DPI_203 = 203
DPI_300 = 300
LABEL_DPIS = (DPI_203, DPI_300)
OFFICE_DPI = 600
_MM_PER_INCH = Fraction(254, 10)
# What the trade calls 203 dpi has exactly 8 dots a millimetre (203.2 dpi); all others are what they say.
_DOTS_PER_MM = {DPI_203: Fraction(8)}


def dots_per_mm(dpi: int) -> Fraction:
    """Dots in a millimetre of a printer of ``dpi``: 8 for 203, 300 / 25.4 for 300."""
    return _DOTS_PER_MM.get(dpi, Fraction(dpi) / _MM_PER_INCH)


def to_dots(dpi: int) -> Callable[[float], int]:
    """A function that turns millimetres into the nearest whole dot."""
    per_mm = float(dots_per_mm(dpi))
    return lambda mm: round(mm * per_mm)


def points_per_dot(dpi: int) -> Fraction:
    """PDF points (1/72 inch) in one dot."""
    return Fraction(72) / (dots_per_mm(dpi) * _MM_PER_INCH)


def paper_mm(size: LabelSize) -> tuple[int, int]:
    """Width and height of a label in millimetres."""
    width, height = size.value.split("x")
    return int(width), int(height)


def paper_dots(size: LabelSize, dpi: int) -> tuple[int, int]:
    """Width and height of a label in dots, e.g. 800 x 1200 for 100x150 at 203 dpi."""
    dots = to_dots(dpi)
    width, height = paper_mm(size)
    return dots(width), dots(height)

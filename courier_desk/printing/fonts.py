"""The two faces of the paper: their measures, their glyphs in dots, and their names in a PDF.

Both renderers place text by the same advances (1/1000 em), so that a preview and a thermal label break lines alike.
"""

import unicodedata
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from courier_desk.base.paths import asset

REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"
_FILES = {REGULAR: "fonts/NotoSansSC_400Regular.ttf", BOLD: "fonts/NotoSansSC_700Bold.ttf"}

EM = 1000
# How far ink may reach from the base line, in 1/1000 em: capitals with accents above, g and j below.
ASCENT = 930
DESCENT = 240
LEADING = 1180
# A dot is printed where at least this much of it (of 255) is covered: thin strokes stay whole, small holes stay open.
_COVERED = 118


@lru_cache(maxsize=2)
def advances(face: str) -> dict[int, int]:
    """Advance of each character that stands alone and that the face has, by code point, in 1/1000 em."""
    ttf = pdf_font(face).face
    widths = ttf.charWidths
    return {code: round(widths[code]) for code in ttf.charToGlyph if code in widths and stands_alone(chr(code))}


def stands_alone(char: str) -> bool:
    """A character with ink or width of its own: no control, no mark on top of another, none that cannot be seen."""
    return char == " " or (char.isprintable() and not unicodedata.category(char).startswith("M"))


@lru_cache(maxsize=2)
def pdf_font(face: str) -> TTFont:
    """The face as reportlab's font, registered under its name once for each process (about 70 ms)."""
    font = TTFont(face, str(asset(_FILES[face])))
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=64)
def _sized(face: str, px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(asset(_FILES[face])), px, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=20_000)
def glyph(face: str, px: int, char: str) -> tuple[Image.Image, int, int] | None:
    """The ink of one character ``px`` dots high: a 1-bit mask, and where its left upper corner lies from the pen on
    the base line. None where there is nothing to print (a blank)."""
    font = _sized(face, px)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(char, anchor="ls"))
    if right <= left or bottom <= top:
        return None
    grey = Image.new("L", (right - left, bottom - top), 0)
    ImageDraw.Draw(grey).text((-left, -top), char, fill=255, font=font, anchor="ls")
    mask = grey.point(lambda value: 255 if value >= _COVERED else 0).convert("1")
    return mask, left, top

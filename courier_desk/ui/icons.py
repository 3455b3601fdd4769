"""Icons from one set (Phosphor, as it comes with qtawesome), coloured from the theme whenever they are painted.

The font is read directly: importing qtawesome itself costs more time than the whole log-in page, and its icons keep
the colour they were made with.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.logging import get_logger
from courier_desk.base.translation import message
from courier_desk.ui.theme import tokens
from courier_desk.ui.tokens import tone_colour


@cache
def _set() -> tuple[str, dict[str, str]]:
    """The family of the icon font and the code point of each name."""
    spec = find_spec("qtawesome")
    folder = Path(spec.origin).parent / "fonts" if spec and spec.origin else Path()
    fonts, charts = sorted(folder.glob("phosphor-[0-9]*.ttf")), sorted(folder.glob("phosphor-charmap-*.json"))
    number = QFontDatabase.addApplicationFont(str(fonts[-1])) if fonts and charts else -1
    if number < 0:
        raise EnvironmentFault(message("The icon font cannot be read."), retriable=False)
    family = QFontDatabase.applicationFontFamilies(number)[0]
    names: dict[str, str] = json.loads(charts[-1].read_text(encoding="utf-8"))
    return family, names


def has_icon(name: str) -> bool:
    """True when the set knows ``name``."""
    return name in _set()[1]


def paint_icon(painter: QPainter, rect: QRect | QRectF, name: str, colour: str | QColor) -> None:
    """Draw the icon ``name`` into ``rect``; a question mark, and a line in the log, for a name that the set lacks: an
    error in the middle of painting would take the whole process down."""
    family, names = _set()
    glyph = names.get(name)
    if glyph is None:
        get_logger(__name__).error("no such icon", icon=name)
        glyph = names["question"]
    font = QFont(family)
    font.setPixelSize(max(1, round(min(rect.width(), rect.height()))))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QRectF(rect), Qt.AlignmentFlag.AlignCenter, chr(int(glyph, 16)))
    painter.restore()


class _GlyphEngine(QIconEngine):
    """Paints one glyph in the colour that its tone has now."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        current = tokens()
        tone = "disabled" if mode == QIcon.Mode.Disabled else self._tone
        paint_icon(painter, rect, self._name, tone_colour(current, tone))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._name, self._tone)


def icon(name: str, tone: str = "text") -> QIcon:
    """An icon of the set in a tone (any token name); it follows the theme without being made anew."""
    if not has_icon(name):
        raise KeyError(name)
    return QIcon(_GlyphEngine(name, tone))

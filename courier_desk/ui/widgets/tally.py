"""Large figures in one row: what counts while one works."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from courier_desk.ui.fonts import note_font, text_font
from courier_desk.ui.icons import paint_icon
from courier_desk.ui.style_frames import rounded
from courier_desk.ui.theme import tokens
from courier_desk.ui.tokens import CARD_RADIUS, tone_colour

_HEIGHT = 52
_ICON = 22


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it counts, its icon and tone. ``share`` (0 to 1000 of a thousand) draws a bar beneath; negative
    for none."""

    text: str
    caption: str
    icon: str
    tone: str = "text"
    share: int = -1


class TallyStrip(QWidget):
    """All figures in one row of cells; painted as a whole, so that a change costs one small repaint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: tuple[Figure, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What is shown."""
        return self._figures

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these."""
        shown = tuple(figures)
        if shown != self._figures:
            self._figures = shown
            self.setAccessibleName(", ".join(f"{figure.caption} {figure.text}" for figure in shown))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(140 * max(1, len(self._figures)), _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = tokens(), QPainter(self)
        rounded(painter, QRectF(self.rect()), fill=now.raised, line=now.line, radius=CARD_RADIUS)
        wanted = [_width(figure) for figure in self._figures]
        spare = (self.width() - sum(wanted)) / max(1, len(wanted))
        left = 0.0
        for figure, width in zip(self._figures, wanted, strict=True):
            cell = QRectF(left, 0, width + spare, self.height())
            if left:
                painter.fillRect(QRectF(cell.left(), 12, 1, cell.height() - 24), tone_colour(now, "line"))
            _paint(painter, cell.adjusted(14, 0, -10, 0), figure)
            left += width + spare
        painter.end()


def _width(figure: Figure) -> float:
    """What a cell needs; what is left over is shared."""
    figure_width = QFontMetricsF(text_font(points=17, bold=True)).horizontalAdvance(figure.text)
    return 14 + _ICON + 10 + figure_width + 10 + QFontMetricsF(note_font()).horizontalAdvance(figure.caption) + 12


def _paint(painter: QPainter, cell: QRectF, figure: Figure) -> None:
    now = tokens()
    colour = tone_colour(now, figure.tone)
    paint_icon(painter, QRectF(cell.left(), cell.center().y() - _ICON / 2, _ICON, _ICON), figure.icon, colour)
    place = cell.adjusted(_ICON + 10, 0, 0, 0)
    large = text_font(points=17, bold=True)
    painter.setFont(large)
    painter.setPen(colour)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, figure.text)
    place.setLeft(place.left() + QFontMetricsF(large).horizontalAdvance(figure.text) + 10)
    painter.setFont(note_font())
    painter.setPen(now.muted)
    caption = QFontMetricsF(note_font()).elidedText(figure.caption, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, caption)
    if figure.share >= 0:
        bar = QRectF(cell.left(), cell.bottom() - 7, cell.width(), 3)
        rounded(painter, bar, fill=now.sunken, line="", radius=1.5)
        bar.setWidth(bar.width() * min(figure.share, 1000) / 1000)
        rounded(painter, bar, fill=colour, line="", radius=1.5)

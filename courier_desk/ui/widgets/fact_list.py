"""Facts: what it is at the left, what is known at the right; a wide list stands in two columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from courier_desk.ui.fonts import note_font
from courier_desk.ui.icons import paint_icon
from courier_desk.ui.theme import tokens
from courier_desk.ui.tips import plain_tip
from courier_desk.ui.tokens import tone_colour

_ROW = 19
_GAP = 10
_MOST_LINES = 3
_TWO_COLUMNS = 520
_GUTTER = 24


@dataclass(frozen=True, slots=True)
class Fact:
    """One line. With ``icon`` its state is not said by colour alone."""

    name: str
    value: str
    tone: str = "text"
    icon: str = ""


class FactList(QWidget):
    """Paints facts; what finds no room is in the tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[Fact, ...] = ()
        self._two_columns = True
        self.setFont(note_font())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What is shown now."""
        return self._facts

    def keep_one_column(self, rows: int) -> None:
        """Long sentences: one column in any width, and room for ``rows`` lines."""
        self._two_columns = False
        self.setFixedHeight(_ROW * rows)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these; facts without a value are left out."""
        self._facts = tuple(fact for fact in facts if fact.value)
        said = "\n".join(f"{fact.name}: {fact.value}" for fact in self._facts)
        self.setAccessibleName(said)
        self.setToolTip(plain_tip(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(260, _ROW * max(5, len(self._facts)))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 3 * _ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._two_columns or self.width() < _TWO_COLUMNS:
            self._paint_column(painter, self._facts, 0, self.width())
        else:
            half = (len(self._facts) + 1) // 2
            width = (self.width() - _GUTTER) / 2
            self._paint_column(painter, self._facts[:half], 0, width)
            self._paint_column(painter, self._facts[half:], width + _GUTTER, width)
        painter.end()

    def _paint_column(self, painter: QPainter, facts: Sequence[Fact], left: float, width: float) -> None:
        metrics = QFontMetricsF(self.font())
        names = max((metrics.horizontalAdvance(fact.name) for fact in facts), default=0.0)
        indent = min(names, width * 0.4) + _GAP
        spare = int(self.height() // _ROW) - len(facts)
        top = 0.0
        for fact in facts:
            room = width - indent - (18 if fact.icon else 0)
            lines = _wrapped(metrics, fact.value, room, 1 + max(0, min(spare, _MOST_LINES - 1)))
            spare -= len(lines) - 1
            if top + _ROW > self.height():
                # Half a line says nothing; the tool tip has the rest.
                return
            self._paint_fact(painter, fact, lines, QRectF(left, top, width, _ROW), indent)
            top += _ROW * len(lines)

    def _paint_fact(self, painter: QPainter, fact: Fact, lines: list[str], row: QRectF, indent: float) -> None:
        now, flags = tokens(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(now.muted)
        name = QFontMetricsF(self.font()).elidedText(fact.name, Qt.TextElideMode.ElideRight, indent - _GAP + 1)
        painter.drawText(row, flags, name)
        painter.setPen(tone_colour(now, fact.tone))
        left = row.left() + indent
        if fact.icon:
            paint_icon(painter, QRectF(left, row.top() + 3, 14, 14), fact.icon, tone_colour(now, fact.tone))
            left += 18
        for number, line in enumerate(lines):
            place = QRectF(left, row.top() + number * _ROW, row.right() - left, _ROW)
            painter.drawText(place, flags, line)


def _wrapped(metrics: QFontMetricsF, text: str, room: float, most: int) -> list[str]:
    """``text`` in at most ``most`` lines, broken anywhere as Chinese is; the last one is cut where it must be."""
    lines: list[str] = []
    rest = text
    while rest and len(lines) < most - 1 and metrics.horizontalAdvance(rest) > room:
        fits = max(1, next((n for n in range(len(rest), 0, -1) if metrics.horizontalAdvance(rest[:n]) <= room), 1))
        blank = rest.rfind(" ", fits // 2, fits + 1)
        cut = blank if blank > 0 else fits
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*lines, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room)]

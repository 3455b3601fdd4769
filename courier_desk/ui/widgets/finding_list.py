"""What the lists of forbidden and restricted articles say about the goods: a tone, an icon and the rule, in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from courier_desk.ui.fonts import note_font
from courier_desk.ui.icons import paint_icon
from courier_desk.ui.style_frames import rounded
from courier_desk.ui.theme import tokens
from courier_desk.ui.tokens import soft_colour, tone_colour

_SIGNS = {"bad": "prohibit", "warn": "warning", "info": "question"}
# One finding alone has the room of two: its conditions must be read before they are confirmed.
_MOST_LINES = {1: 5, 2: 3}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say: ``tone`` bad, warn or info."""

    text: str
    tone: str


class FindingList(QWidget):
    """As high as its findings, each wrapped; a text that is too long ends in dots and is whole in the tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings: tuple[Finding, ...] = ()
        self._most = 2
        self.setFont(note_font())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is shown now."""
        return self._findings

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these, the gravest first; beyond two only how many more there are."""
        self._findings = tuple(findings)
        said = "\n".join(finding.text for finding in self._findings)
        self.setAccessibleName(said)
        self.setToolTip(f"<p>{escape(said)}</p>".replace("\n", "</p><p>") if said else "")
        self.setVisible(bool(findings))
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = self.width() or 260
        return QSize(120, sum(self._height(finding, width) + 4 for finding in self._shown()))

    def minimumSizeHint(self) -> QSize:
        line = QFontMetrics(self.font()).lineSpacing()
        return QSize(80, sum(line + 14 for _finding in self._shown()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, now, top = QPainter(self), tokens(), 0
        wanted = [self._height(finding, self.width()) for finding in self._shown()]
        short = max(0, sum(height + 4 for height in wanted) - self.height())
        for place, finding in enumerate(self._shown()):
            height = wanted[place] - short // len(wanted)
            colour = tone_colour(now, finding.tone)
            patch = QRectF(0, top, self.width(), height)
            rounded(painter, patch, fill=soft_colour(now, finding.tone), line="", radius=5)
            paint_icon(painter, QRectF(8, top + 6, 15, 15), _SIGNS[finding.tone], colour)
            painter.setPen(now.text)
            text = finding.text if not place or place + 1 < self._most else self._with_rest(finding)
            room = self._room(self.width(), top, height)
            painter.drawText(room, _WRAPPED, _cut(text, room, painter.fontMetrics()))
            top += height + 4
        painter.end()

    def _shown(self) -> tuple[Finding, ...]:
        return self._findings[: self._most]

    def _with_rest(self, finding: Finding) -> str:
        more = len(self._findings) - self._most
        return f"(+{more})  {finding.text}" if more > 0 else finding.text

    def _room(self, width: int, top: int = 0, height: int = 10_000) -> QRect:
        return QRect(30, top + 5, max(60, width - 38), height - 10)

    def _height(self, finding: Finding, width: int) -> int:
        metrics = QFontMetrics(self.font())
        wanted = metrics.boundingRect(self._room(width), _WRAPPED, finding.text).height()
        return min(wanted, _MOST_LINES[len(self._shown())] * metrics.lineSpacing()) + 10


def _cut(text: str, room: QRect, metrics: QFontMetrics) -> str:
    """As much of ``text`` as fits into ``room``, with dots where it ends early."""
    if metrics.boundingRect(room, _WRAPPED, text).height() <= room.height() + 1:
        return text
    kept = text
    while kept and metrics.boundingRect(room, _WRAPPED, f"{kept}…").height() > room.height() + 1:
        kept = kept[:-1]
    return f"{kept}…"


_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop

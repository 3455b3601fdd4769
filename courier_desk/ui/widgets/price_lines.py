"""The lines of a price: what each is for and what it costs, close together when there are many."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from courier_desk.ui.fonts import note_font
from courier_desk.ui.theme import tokens

_ROW = 21
_LEAST_ROW = 14


class PriceLines(QWidget):
    """Paints pairs of words and amount; while there are none, a hint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[tuple[str, str], ...] = ()
        self._hint = ""
        self.setFont(note_font())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_lines(self, lines: Sequence[tuple[str, str]], hint: str = "") -> None:
        """Show these; ``hint`` where there are none."""
        self._lines, self._hint = tuple(lines), hint
        said = "\n".join(f"{words}  {amount}" for words, amount in self._lines)
        self.setAccessibleName(said or hint)
        self.updateGeometry()
        self.update()

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What is shown now."""
        return self._lines

    def sizeHint(self) -> QSize:
        return QSize(200, 5 * _ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, max(2 * _ROW, len(self._lines) * _LEAST_ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = tokens(), QPainter(self)
        place = QRectF(self.rect())
        if not self._lines:
            painter.setPen(now.muted)
            flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
            painter.drawText(place.adjusted(0, 4, 0, 0), flags, self._hint)
            painter.end()
            return
        height = max(_LEAST_ROW, min(_ROW, self.height() / len(self._lines)))
        metrics = QFontMetricsF(self.font())
        for number, (words, amount) in enumerate(self._lines):
            row = QRectF(place.left(), number * height, place.width(), height)
            room = row.width() - metrics.horizontalAdvance(amount) - 12
            painter.setPen(now.muted)
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            painter.setPen(now.text)
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, amount)
        painter.end()

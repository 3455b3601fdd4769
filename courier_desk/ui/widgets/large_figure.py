"""A name at the left and a large figure at the right: total, change to give."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from courier_desk.ui.fonts import text_font
from courier_desk.ui.theme import tokens
from courier_desk.ui.tokens import tone_colour


class LargeFigure(QWidget):
    """The figure shrinks before it is ever cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._figure, self._tone, self._points = "", "", "text", 20.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def figure(self) -> str:
        """What is shown now."""
        return self._figure

    def set_points(self, points: float) -> None:
        """How large the figure may be."""
        self._points = points
        self.updateGeometry()

    def show_figure(self, name: str, figure: str, tone: str = "text") -> None:
        """Show ``figure`` under ``name``; an empty figure leaves the place free."""
        self._name, self._figure, self._tone = name, figure, tone
        self.setAccessibleName(f"{name} {figure}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, round(self._points * 1.75))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._figure:
            return
        painter = QPainter(self)
        place, now = QRectF(self.rect()), tokens()
        painter.setFont(text_font())
        painter.setPen(now.muted)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._name)
        room = place.width() - QFontMetricsF(text_font()).horizontalAdvance(self._name) - 8
        points = self._points
        while points > 9 and QFontMetricsF(text_font(points=points, bold=True)).horizontalAdvance(self._figure) > room:
            points -= 0.5
        painter.setFont(text_font(points=points, bold=True))
        painter.setPen(tone_colour(now, self._tone))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._figure)
        painter.end()

"""The mark of the program: a parcel on its way, drawn, so that it needs no file and follows the theme."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from courier_desk.ui.style_frames import rounded
from courier_desk.ui.theme import tokens


def paint_mark(painter: QPainter, rect: QRectF) -> None:
    """Draw the mark into the square ``rect``."""
    now, side = tokens(), rect.width()
    rounded(painter, rect, fill=now.accent, line="", radius=side * 0.26)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(now.on_fill), side * 0.075, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))

    def at(x: float, y: float) -> QPointF:
        return QPointF(rect.left() + x * side, rect.top() + y * side)

    painter.drawPolygon(
        QPolygonF([at(0.5, 0.2), at(0.76, 0.34), at(0.76, 0.64), at(0.5, 0.79), at(0.24, 0.64), at(0.24, 0.34)])
    )
    painter.drawPolyline(QPolygonF([at(0.24, 0.34), at(0.5, 0.49), at(0.76, 0.34)]))
    painter.drawLine(at(0.5, 0.49), at(0.5, 0.79))
    painter.restore()


def window_icon() -> QIcon:
    """The mark as icon of the windows."""
    picture = QPixmap(64, 64)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_mark(painter, QRectF(2, 2, 60, 60))
    painter.end()
    return QIcon(picture)


class BrandMark(QWidget):
    """The mark in a form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(48, 48)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        paint_mark(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

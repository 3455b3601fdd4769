"""The left half of the log-in and first-start windows: mark, station, what kind it is, date and time."""

from PySide6.QtCore import QDateTime, QLocale, QPointF, QRectF, Qt, QTimer, QTimeZone
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from courier_desk.base.translation import Message
from courier_desk.ui.fonts import text_font
from courier_desk.ui.style_frames import rounded
from courier_desk.ui.theme import tokens

_LEFT = 48.0


class BrandPanel(QWidget):
    """Painted whole, so that it stands there with the first frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = ""
        self._kind: Message | None = None
        self._zone = QTimeZone.systemTimeZone()
        self.setMinimumWidth(340)
        timer = QTimer(self)
        timer.timeout.connect(self.update)
        timer.start(5000)

    def set_station(self, name: str, kind: Message | None, zone: str = "") -> None:
        """The station's name, its kind where that is not real work, and its time zone (IANA), in which it is now."""
        self._station, self._kind = name, kind
        self._zone = QTimeZone(zone.encode()) if zone else QTimeZone.systemTimeZone()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now, rect = tokens(), QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QLinearGradient(rect.topLeft(), rect.bottomRight())
        ground.setColorAt(0, QColor(now.brand))
        ground.setColorAt(1, QColor(now.brand_deep))
        painter.fillRect(rect, ground)
        self._paint_watermark(painter, rect)
        self._paint_head(painter, rect)
        self._paint_clock(painter, rect)
        painter.end()

    def _paint_watermark(self, painter: QPainter, rect: QRectF) -> None:
        """A large pale parcel, cut off by the edge."""
        colour = QColor(tokens().on_brand)
        colour.setAlpha(16)
        side = rect.width() * 0.95
        left, top = rect.right() - side * 0.62, rect.center().y() - side * 0.42

        def at(x: float, y: float) -> QPointF:
            return QPointF(left + x * side, top + y * side)

        painter.setPen(QPen(colour, side * 0.05, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        parcel = QPainterPath()
        corners = (at(0.5, 0), at(0.95, 0.24), at(0.95, 0.76), at(0.5, 1), at(0.05, 0.76), at(0.05, 0.24), at(0.5, 0))
        parcel.addPolygon(QPolygonF(list(corners)))
        parcel.addPolygon(QPolygonF([at(0.05, 0.24), at(0.5, 0.5), at(0.95, 0.24)]))
        parcel.addPolygon(QPolygonF([at(0.5, 0.5), at(0.5, 1)]))
        painter.drawPath(parcel)

    def _paint_head(self, painter: QPainter, rect: QRectF) -> None:
        now = tokens()
        painter.setPen(QColor(now.on_brand))
        painter.setFont(text_font(points=20, bold=True))
        painter.drawText(QRectF(_LEFT, 48, rect.width() - 60, 36), Qt.AlignmentFlag.AlignVCenter, "Courier Desk")
        painter.setFont(text_font(points=11.5))
        painter.setPen(QColor(now.on_brand_muted))
        painter.drawText(QRectF(_LEFT, 88, rect.width() - 60, 26), Qt.AlignmentFlag.AlignVCenter, self._station)
        if self._kind is not None:
            text, font = str(self._kind), text_font(bold=True)
            painter.setFont(font)
            width = painter.fontMetrics().horizontalAdvance(text) + 24
            patch = QRectF(_LEFT, 126, width, 28)
            rounded(painter, patch, fill="#f5c451", line="", radius=6)
            painter.setPen(QColor("#2b1d00"))
            painter.drawText(patch, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_clock(self, painter: QPainter, rect: QRectF) -> None:
        now, locale = tokens(), QLocale()
        here = QDateTime.currentDateTimeUtc().toTimeZone(self._zone)
        painter.setPen(QColor(now.on_brand))
        painter.setFont(text_font(points=40, bold=True))
        time = here.time().toString("HH:mm")
        painter.drawText(QRectF(_LEFT, rect.bottom() - 142, rect.width() - 60, 60), Qt.AlignmentFlag.AlignVCenter, time)
        painter.setPen(QColor(now.on_brand_muted))
        painter.setFont(text_font(points=11.5))
        day = locale.toString(here.date(), QLocale.FormatType.LongFormat)
        painter.drawText(QRectF(_LEFT, rect.bottom() - 80, rect.width() - 60, 26), Qt.AlignmentFlag.AlignVCenter, day)

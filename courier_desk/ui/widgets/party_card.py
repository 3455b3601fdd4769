"""Sender or recipient as a card: name and telephone large enough to be read aloud, the address beneath."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from courier_desk.ui.fonts import note_font, text_font
from courier_desk.ui.icons import paint_icon
from courier_desk.ui.theme import tokens
from courier_desk.ui.tips import plain_tip
from courier_desk.ui.widgets.labels import Card, paint_key

_LEFT = 20
_LINE = 20


class PartyCard(Card):
    """While it is masked it says with which key one looks behind the mask; while it is not, for how long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._name, self._phone, self._place = "", "", "", ""
        self._hint, self._key, self._open = "", "", False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def texts(self) -> tuple[str, str, str]:
        """Name, telephone and address as they are shown now."""
        return self._name, self._phone, self._place

    def show_party(self, title: str, name: str, phone: str, place: str) -> None:
        """Show a party; the texts are masked or not as they are given."""
        self._title, self._name, self._phone, self._place = title, name, phone, place
        self.setAccessibleName(f"{title}: {name}  {phone}  {place}")
        self.setToolTip(plain_tip(place))
        self.update()

    def show_hint(self, hint: str, key: str = "", *, unmasked: bool = False) -> None:
        """What stands at the upper right edge."""
        self._hint, self._key, self._open = hint, key, unmasked
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(260, 116)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 116)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        now, painter = tokens(), QPainter(self)
        room = self.width() - 2 * _LEFT
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(note_font())
        painter.setPen(now.muted)
        painter.drawText(QRectF(_LEFT, 8, room, _LINE), flags, self._title)
        self._paint_hint(painter)
        painter.setFont(text_font(points=12, bold=True))
        painter.setPen(now.text)
        name_room = room * 0.56
        metrics = QFontMetricsF(painter.font())
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, name_room)
        painter.drawText(QRectF(_LEFT, 30, room, 24), flags, name)
        left = _LEFT + metrics.horizontalAdvance(name) + 14
        painter.setFont(text_font(points=11))
        phone_room = self.width() - _LEFT - left
        phone = QFontMetricsF(painter.font()).elidedText(self._phone, Qt.TextElideMode.ElideMiddle, phone_room)
        painter.drawText(QRectF(left, 30, phone_room, 24), flags, phone)
        self._paint_place(painter, QRectF(_LEFT, 58, room, 50))
        painter.end()

    def _paint_hint(self, painter: QPainter) -> None:
        now = tokens()
        right = self.width() - 12.0
        painter.setFont(note_font())
        metrics = QFontMetricsF(note_font())
        if self._key:
            width = metrics.horizontalAdvance(self._key) + 12
            paint_key(painter, QRectF(right - width, 8, width, 20), self._key)
            right -= width + 6
        if self._hint:
            colour = now.warn if self._open else now.muted
            width = metrics.horizontalAdvance(self._hint)
            painter.setPen(colour)
            painter.drawText(QRectF(right - width, 8, width + 1, 20), Qt.AlignmentFlag.AlignVCenter, self._hint)
            paint_icon(painter, QRectF(right - width - 20, 11, 14, 14), "eye" if self._open else "eye-slash", colour)

    def _paint_place(self, painter: QPainter, place: QRectF) -> None:
        """The address in up to two lines, cut at the end of the second where it must be."""
        font = text_font(points=9.5)
        layout = QTextLayout(self._place, font)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(tokens().text)
        layout.beginLayout()
        for number in range(2):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(place.width())
            start, length = line.textStart(), line.textLength()
            text = self._place[start:] if number == 1 else self._place[start : start + length]
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            row = QRectF(place.left(), place.top() + number * 22, place.width(), 22)
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        layout.endLayout()

"""The life of a parcel as a line through time: the latest at the top, what went wrong in amber with its own icon."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from courier_desk.ui.fonts import note_font, text_font
from courier_desk.ui.icons import paint_icon
from courier_desk.ui.style_frames import rounded
from courier_desk.ui.theme import tokens
from courier_desk.ui.tips import plain_tip
from courier_desk.ui.tokens import soft_colour, tone_colour

_DATA = Qt.ItemDataRole.UserRole
_HEIGHT = 46
_DOT = 24


@dataclass(frozen=True, slots=True)
class LifeEntry:
    """One event: what, when, and a line with place, device and person. ``flag`` says what was wrong with it."""

    title: str
    at: str
    note: str
    icon: str
    tone: str = "muted"
    flag: str = ""


class LifeList(QListWidget):
    """Arrow keys move through it; nothing in it can be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_EntryPainter(self))

    def show_entries(self, entries: Sequence[LifeEntry]) -> None:
        """Show these, the first at the top; the place one scrolled to stays."""
        if list(entries) == self.entries():
            return
        place = self.verticalScrollBar().value()
        self.clear()
        for entry in entries:
            item = QListWidgetItem(" ".join(part for part in (entry.at, entry.title, entry.flag, entry.note) if part))
            item.setToolTip(plain_tip(entry.note))
            item.setData(_DATA, entry)
            item.setSizeHint(QSize(80, _HEIGHT))
            self.addItem(item)
        self.verticalScrollBar().setValue(place)

    def entries(self) -> list[LifeEntry]:
        """What is shown now."""
        return [self.item(row).data(_DATA) for row in range(self.count())]


class _EntryPainter(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: LifeEntry = index.data(_DATA)
        rect = QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected and option.state & QStyle.StateFlag.State_HasFocus:
            rounded(painter, rect.adjusted(0, 1, -6, -1), fill=tokens().accent_soft, line="", radius=6)
        self._paint_line(painter, rect, index)
        _paint_dot(painter, QRectF(rect.left() + 2, rect.top() + 6, _DOT, _DOT), entry)
        _paint_words(painter, rect.adjusted(_DOT + 14, 4, -10, -4), entry)
        painter.restore()

    def _paint_line(self, painter: QPainter, rect: QRectF, index: QModelIndex | QPersistentModelIndex) -> None:
        middle = rect.left() + 2 + _DOT / 2
        painter.setPen(QPen(QColor(tokens().line), 2))
        if index.row() > 0:
            painter.drawLine(int(middle), int(rect.top()), int(middle), int(rect.top()) + 6)
        if index.row() < index.model().rowCount() - 1:
            painter.drawLine(int(middle), int(rect.top()) + 6 + _DOT, int(middle), int(rect.bottom()) + 1)


def _paint_dot(painter: QPainter, place: QRectF, entry: LifeEntry) -> None:
    now = tokens()
    rounded(painter, place, fill=soft_colour(now, entry.tone), line="", radius=_DOT / 2)
    paint_icon(painter, place.adjusted(5, 5, -5, -5), entry.icon, tone_colour(now, entry.tone))


def _paint_words(painter: QPainter, place: QRectF, entry: LifeEntry) -> None:
    now, flags = tokens(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    upper = QRectF(place.left(), place.top(), place.width(), 19)
    lower = QRectF(place.left(), place.top() + 19, place.width(), 18)
    small = note_font()
    width = QFontMetricsF(small).horizontalAdvance(entry.at) + 4
    painter.setFont(small)
    painter.setPen(now.muted)
    painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, entry.at)
    room = upper.width() - width
    _draw(painter, upper, text_font(bold=True), now.text, entry.title, room)
    if entry.flag:
        used = _draw(painter, lower, small, tone_colour(now, entry.tone), entry.flag, lower.width())
        lower.setLeft(lower.left() + used + 10)
    painter.setFont(small)
    painter.setPen(now.muted)
    note = QFontMetricsF(small).elidedText(entry.note, Qt.TextElideMode.ElideRight, lower.width())
    painter.drawText(lower, flags, note)


def _draw(painter: QPainter, place: QRectF, font: QFont, ink: str, text: str, room: float) -> float:
    """Draw ``text`` as far as ``room`` goes; returns how wide it became."""
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room))
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    return metrics.horizontalAdvance(shown)

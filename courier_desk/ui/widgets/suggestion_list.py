"""The list of suggestions: icon, title, note and key in each row; used by search boxes and by the palette."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from courier_desk.ui.fonts import note_font
from courier_desk.ui.icons import paint_icon
from courier_desk.ui.style_frames import rounded
from courier_desk.ui.theme import tokens
from courier_desk.ui.widgets.labels import paint_key

ROW = 34
_DATA = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One row. ``value`` is what whoever asked for suggestions gets back. One with ``head`` only parts groups."""

    title: str
    note: str = ""
    icon: str = ""
    key: str = ""
    value: object = None
    head: bool = field(default=False, kw_only=True)


class SuggestionList(QListWidget):
    """Never takes the focus; the box that owns it moves the choice.

    Signals:
        chosen(Suggestion): a row was clicked or taken by ``take_current``.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setItemDelegate(_RowPainter(self))
        self.itemClicked.connect(self._on_clicked)
        self.itemEntered.connect(self.setCurrentItem)

    def set_rows(self, rows: Sequence[Suggestion], *, choose_first: bool = True) -> None:
        """Show ``rows``; the first that can be chosen is, unless told otherwise."""
        self.clear()
        for row in rows:
            item = QListWidgetItem(row.title)
            item.setData(_DATA, row)
            item.setSizeHint(QSize(40, 26 if row.head else ROW))
            item.setFlags(
                Qt.ItemFlag.NoItemFlags if row.head else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            )
            self.addItem(item)
        self.setCurrentRow(-1)
        if choose_first:
            self.step(1)

    def rows(self) -> list[Suggestion]:
        """What is shown."""
        return [self.item(index).data(_DATA) for index in range(self.count())]

    def step(self, step: int) -> None:
        """Choose the next (1) or previous (-1) row, round the ends."""
        places = [index for index, row in enumerate(self.rows()) if not row.head]
        if not places:
            return
        now = self.currentRow()
        if now not in places:
            target = places[0] if step > 0 else places[-1]
        else:
            target = places[(places.index(now) + step) % len(places)]
        self.setCurrentRow(target)
        self.scrollToItem(self.item(target))

    def current(self) -> Suggestion | None:
        """The chosen row."""
        rows, at = self.rows(), self.currentRow()
        return rows[at] if 0 <= at < len(rows) else None

    def take_current(self) -> bool:
        """Take the chosen row; False when there is none."""
        row = self.current()
        if row is None or row.head:
            return False
        self.chosen.emit(row)
        return True

    def height_for(self, most: int) -> int:
        """The height that shows at most ``most`` rows."""
        return sum(self.item(index).sizeHint().height() for index in range(min(most, self.count()))) + 2

    def _on_clicked(self, item: QListWidgetItem) -> None:
        row: Suggestion = item.data(_DATA)
        if not row.head:
            self.chosen.emit(row)


class _RowPainter(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Suggestion = index.data(_DATA)
        now, rect = tokens(), QRectF(option.rect)
        painter.save()
        if row.head:
            painter.setFont(note_font())
            painter.setPen(now.muted)
            painter.drawText(rect.adjusted(12, 4, -12, 0), Qt.AlignmentFlag.AlignVCenter, row.title)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            rounded(painter, rect.adjusted(4, 1, -4, -1), fill=now.accent_soft, line="", radius=5)
        place = rect.adjusted(12, 0, -12, 0)
        if row.icon:
            paint_icon(painter, QRectF(place.left(), place.center().y() - 8, 16, 16), row.icon, now.muted)
            place.setLeft(place.left() + 26)
        if row.key:
            width = max(22, QFontMetrics(note_font()).horizontalAdvance(row.key) + 12)
            paint_key(painter, QRectF(place.right() - width, place.center().y() - 10, width, 20), row.key)
            place.setRight(place.right() - width - 10)
        _paint_texts(painter, option, place, row)
        painter.restore()


def _paint_texts(painter: QPainter, option: QStyleOptionViewItem, place: QRectF, row: Suggestion) -> None:
    now, metrics = tokens(), QFontMetrics(option.font)
    note_width = QFontMetrics(note_font()).horizontalAdvance(row.note) + 2 if row.note else 0
    room = max(60, int(place.width()) - min(note_width, int(place.width() * 0.55)) - 12)
    title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, room)
    painter.setFont(option.font)
    painter.setPen(now.text)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
    if row.note:
        rest = place.adjusted(metrics.horizontalAdvance(title) + 12, 0, 0, 0)
        note = QFontMetrics(note_font()).elidedText(row.note, Qt.TextElideMode.ElideRight, int(rest.width()))
        painter.setFont(note_font())
        painter.setPen(now.muted)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, note)

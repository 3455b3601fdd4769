"""One table model for all lists: frozen rows in, columns said once. Sorting is done in SQL by a callback, or here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from courier_desk.base.translation import Message
from courier_desk.ui.icons import icon
from courier_desk.ui.theme import tokens
from courier_desk.ui.tokens import tone_colour

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
ROW_ROLE = _Role.UserRole

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
# Plain numbers: they are compared thousands of times a frame.
_DISPLAY, _ALIGNMENT = int(_Role.DisplayRole), int(_Role.TextAlignmentRole)
_ANSWERED = frozenset({_DISPLAY, _ALIGNMENT, int(_Role.ForegroundRole), int(_Role.DecorationRole), int(ROW_ROLE)})


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``key`` names it for sorting, widths and export. ``text`` is what the cell shows; ``order`` gives
    what rows are sorted by when that is not the text. ``tone`` and ``icon`` may depend on the row; empty for none."""

    key: str
    title: Message
    text: Callable[[Any], str]
    width: int = 120
    align: Qt.AlignmentFlag = LEFT
    order: Callable[[Any], Any] | None = None
    tone: Callable[[Any], str] | None = None
    icon: Callable[[Any], str] | None = None
    sortable: bool = True


class RowTableModel(QAbstractTableModel):
    """Shows frozen rows. ``identity`` gives what a row is known by, so that a choice outlives new rows.

    Signals:
        sort_asked(str, bool): sort by this column key, descending; only when sorting is left to the query.
    """

    sort_asked = Signal(str, bool)

    def __init__(
        self,
        columns: Sequence[Column],
        identity: Callable[[Any], str],
        *,
        sorts_itself: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._identity = identity
        self._sorts_itself = sorts_itself
        self._rows: list[Any] = []
        self._sorted_by: tuple[Column, bool] | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns."""
        return self._columns

    @property
    def rows(self) -> tuple[Any, ...]:
        """The rows as they are shown."""
        return tuple(self._rows)

    def row(self, number: int) -> Any:
        """One row by its place. Errors: IndexError."""
        return self._rows[number]

    def identity(self, row: Any) -> str:
        """What ``row`` is known by."""
        return self._identity(row)

    def place_of(self, identity: str) -> int:
        """Where the row of this identity stands, -1 when it is not shown."""
        return next((place for place, row in enumerate(self._rows) if self._identity(row) == identity), -1)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show exactly these."""
        self.beginResetModel()
        self._rows = self._in_order(rows)
        self.endResetModel()

    def put_first(self, row: Any, *, keep: int = 500) -> None:
        """One more row at the top; beyond ``keep`` rows the oldest goes."""
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._rows.insert(0, row)
        self.endInsertRows()
        if len(self._rows) > keep:
            self.beginRemoveRows(QModelIndex(), keep, len(self._rows) - 1)
            del self._rows[keep:]
            self.endRemoveRows()

    def append(self, rows: Sequence[Any]) -> None:
        """More rows at the end, as the next page of a query."""
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def replace(self, row: Any) -> bool:
        """Show ``row`` instead of the one with its identity; False when there is none."""
        place = self.place_of(self._identity(row))
        if place < 0:
            return False
        self._rows[place] = row
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self._columns) - 1))
        return True

    def retranslate(self) -> None:
        """The language changed: heads and cells say the same in other words."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def texts(self, row: Any) -> tuple[str, ...]:
        """The cells of one row as text, for copies and filters."""
        return tuple(column.text(row) for column in self._columns)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        # A view asks ten times for each cell of each frame: half of it ends here.
        if role not in _ANSWERED or not index.isValid() or (place := index.row()) >= len(self._rows):
            return None
        column = self._columns[index.column()]
        if role == _ALIGNMENT:
            return column.align
        row = self._rows[place]
        if role == _DISPLAY:
            return column.text(row)
        if role == _Role.ForegroundRole and column.tone is not None:
            tone = column.tone(row)
            return QColor(tone_colour(tokens(), tone)) if tone else None
        if role == _Role.DecorationRole and column.icon is not None:
            name = column.icon(row)
            tone = column.tone(row) if column.tone is not None else ""
            return icon(name, tone or "muted") if name else None
        return row if role == ROW_ROLE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == _Role.DisplayRole:
            return str(self._columns[section].title)
        return self._columns[section].align if role == _Role.TextAlignmentRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self._columns) or not self._columns[column].sortable:
            return
        descending = order == Qt.SortOrder.DescendingOrder
        self._sorted_by = (self._columns[column], descending)
        if not self._sorts_itself:
            self.sort_asked.emit(self._columns[column].key, descending)
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        known = [self._identity(self._rows[index.row()]) for index in kept]
        self._rows = self._in_order(self._rows)
        places = {self._identity(row): place for place, row in enumerate(self._rows)}
        moved = [self.index(places[name], index.column()) for name, index in zip(known, kept, strict=True)]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def _in_order(self, rows: Sequence[Any]) -> list[Any]:
        if self._sorted_by is None or not self._sorts_itself:
            return list(rows)
        column, descending = self._sorted_by
        return sorted(rows, key=column.order or column.text, reverse=descending)

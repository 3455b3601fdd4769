"""A table as all pages show it: the head stays, sort, filter, copy, export; an empty one says what would be here."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from courier_desk.base.translation import _, plural
from courier_desk.ui.fonts import note_font
from courier_desk.ui.icons import icon
from courier_desk.ui.table_model import RowTableModel
from courier_desk.ui.tokens import ROW_HEIGHT
from courier_desk.ui.widgets.column_widths import ColumnWidths
from courier_desk.ui.widgets.labels import Note
from courier_desk.ui.widgets.panels import EmptyState


class DataTable(QTableView):
    """The view alone.

    Signals:
        row_activated(object): Enter or a double click on a row.
        row_chosen(object): another row is chosen, None for no row.
    """

    row_activated = Signal(object)
    row_chosen = Signal(object)

    def __init__(self, model: RowTableModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self._look()
        self._widths = ColumnWidths(self, model, name)
        self.activated.connect(self._on_activated)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.modelReset.connect(self._on_reset)
        self._kept = ""

    @property
    def rows_model(self) -> RowTableModel:
        """The model."""
        return self._rows

    def current_row(self) -> Any | None:
        """The chosen row."""
        index = self.currentIndex()
        return self._rows.row(index.row()) if index.isValid() else None

    def chosen_rows(self) -> tuple[Any, ...]:
        """All chosen rows, from the top."""
        return tuple(self._rows.row(place) for place in sorted({index.row() for index in self.selectedIndexes()}))

    def choose(self, identity: str) -> bool:
        """Choose the row of this identity; False when it is not shown."""
        place = self._rows.place_of(identity)
        if place < 0:
            return False
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self._rows.index(place, 0), flags)
        return True

    def choose_first(self) -> None:
        """Choose the first row if none is chosen."""
        if not self.currentIndex().isValid() and self._rows.rowCount():
            self.selectRow(0)

    def copy(self) -> None:
        """The chosen rows into the clipboard, cells parted by tabs."""
        lines = ["\t".join(self._rows.texts(row)) for row in self.chosen_rows()]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self._on_activated()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._rows.retranslate()

    def _look(self) -> None:
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        head = self.horizontalHeader()
        head.setFont(note_font())
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def _on_activated(self) -> None:
        row = self.current_row()
        if row is not None:
            self.row_activated.emit(row)

    def _on_current_changed(self) -> None:
        self.row_chosen.emit(self.current_row())

    def _on_about_to_reset(self) -> None:
        row = self.current_row()
        self._kept = self._rows.identity(row) if row is not None else ""

    def _on_reset(self) -> None:
        if not (self._kept and self.choose(self._kept)):
            self.row_chosen.emit(None)


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class TablePanel(QWidget):
    """A table with its filter, its count and its empty state.

    Signals:
        filter_changed(str): what was typed into the filter; unless ``filters_itself``.
    """

    filter_changed = Signal(str)

    def __init__(
        self, model: RowTableModel, name: str, parent: QWidget | None = None, *, filters_itself: bool = True
    ) -> None:
        super().__init__(parent)
        self.table = DataTable(model, name, self)
        self.empty = EmptyState(self)
        self.filter_edit = QLineEdit(self)
        self.filter_edit.setClearButtonEnabled(True)
        self.filter_edit.setMaximumWidth(320)
        self.filter_edit.addAction(icon("funnel", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.count_note = Note(self)
        self._model = model
        self._all: tuple[Any, ...] = ()
        self._filters_itself = filters_itself
        self._empty_texts: Callable[[], tuple[str, str, str]] = _nothing_here
        self._lay_out()
        self.filter_edit.textChanged.connect(self._on_filter_changed)
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            changed.connect(self._refresh)
        self.retranslate()

    @property
    def actions_row(self) -> QHBoxLayout:
        """Where a page puts its own buttons, right of the filter."""
        return self._head

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these, as far as the filter lets them through."""
        self._all = tuple(rows)
        self._model.set_rows(self._passing())

    def set_empty_texts(self, texts: Callable[[], tuple[str, str, str]]) -> None:
        """A function that gives title, note and button of the empty state in the language in use."""
        self._empty_texts = texts
        self._refresh()

    def retranslate(self) -> None:
        """The language changed."""
        self.filter_edit.setPlaceholderText(_("Filter"))
        self.filter_edit.setAccessibleName(_("Filter"))
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self.filter_edit, 1)
        self._head.addWidget(self.count_note)
        self._head.addStretch(1)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head)
        column.addLayout(self._stack, 1)

    def _passing(self) -> list[Any]:
        wanted = self.filter_edit.text().strip().casefold()
        if not wanted or not self._filters_itself:
            return list(self._all)
        return [row for row in self._all if any(wanted in text.casefold() for text in self._model.texts(row))]

    def _on_filter_changed(self, text: str) -> None:
        if self._filters_itself:
            self._model.set_rows(self._passing())
        else:
            self.filter_changed.emit(text.strip())

    def _refresh(self) -> None:
        shown = self._model.rowCount()
        self.count_note.setText(plural("{n} row", "{n} rows", shown))
        filtered = bool(self.filter_edit.text().strip())
        title, note, button = _nothing_found() if filtered else self._empty_texts()
        self.empty.set_texts(title, note, button)
        self._stack.setCurrentWidget(self.table if shown else self.empty)


def _nothing_here() -> tuple[str, str, str]:
    return _("Nothing here yet"), "", ""


def _nothing_found() -> tuple[str, str, str]:
    return _("Nothing found"), _("No row holds what the filter says."), ""

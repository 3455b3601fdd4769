"""How wide the columns of a table are: as declared, wider where a text would be cut and there is room, as the person
drew them where they did."""

from PySide6.QtCore import QEvent, QObject, QSettings, QTimer
from PySide6.QtWidgets import QTableView

from courier_desk.ui.table_model import RowTableModel

_WIDEST = 360
_WAIT_MS = 40


class ColumnWidths(QObject):
    """Lives with its table. Columns only grow, so that nothing jumps while rows come in."""

    def __init__(self, table: QTableView, rows: RowTableModel, name: str) -> None:
        super().__init__(table)
        self._table, self._rows = table, rows
        self._key = f"tables/{name}"
        self._fitting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.fit)
        head = table.horizontalHeader()
        # Only what is in sight is measured: a long table costs no more than a short one.
        head.setResizeContentsPrecision(0)
        kept = self._drawn()
        for number, column in enumerate(rows.columns):
            table.setColumnWidth(number, kept.get(column.key, column.width))
        head.sectionResized.connect(self._on_section_resized)
        for changed in (rows.modelReset, rows.rowsInserted, rows.dataChanged):
            changed.connect(self._on_rows_changed)
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._timer.start()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Widen the columns whose texts are cut, from the left, as far as there is room."""
        table, columns = self._table, self._rows.columns
        if not table.isVisible() or not self._rows.rowCount():
            return
        kept = self._drawn()
        last = len(columns) - 1
        spare = table.viewport().width() - max(columns[last].width, table.sizeHintForColumn(last))
        spare -= sum(table.columnWidth(number) for number in range(last))
        self._fitting = True
        for number in range(last):
            lacks = min(table.sizeHintForColumn(number), _WIDEST) - table.columnWidth(number)
            if columns[number].key not in kept and 0 < lacks <= spare:
                table.setColumnWidth(number, table.columnWidth(number) + lacks)
                spare -= lacks
        rest = table.viewport().width() - sum(table.columnWidth(number) for number in range(last))
        if rest < columns[last].width:
            # A bar below the table for the blank end of the last column helps nobody.
            table.setColumnWidth(last, max(rest, table.sizeHintForColumn(last)))
        self._fitting = False

    def _drawn(self) -> dict[str, int]:
        kept = QSettings().value(self._key, {})
        return {str(key): int(width) for key, width in kept.items()} if isinstance(kept, dict) else {}

    def _on_rows_changed(self, *_which: object) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _on_section_resized(self, number: int, _old: int, width: int) -> None:
        if self._fitting or not self._table.isVisible() or number == len(self._rows.columns) - 1:
            return
        QSettings().setValue(self._key, self._drawn() | {self._rows.columns[number].key: width})

"""The parcels that lie aside because no order is known of them."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from courier_desk.base.translation import _, message
from courier_desk.domain.scan import Operation
from courier_desk.domain.scan_signals import OPERATION_TITLES
from courier_desk.services.floor import WithoutOrder as Row
from courier_desk.ui.dialogs.base import DeskDialog
from courier_desk.ui.figures import device_name, moment_text, number_text
from courier_desk.ui.generated.ui_without_order import Ui_WithoutOrder
from courier_desk.ui.table_model import RIGHT, Column, RowTableModel
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.data_table import TablePanel


class WithoutOrder(DeskDialog):
    """Signals:
    enter_asked(): an order is to be entered; the chosen number is in the clipboard.
    """

    enter_asked = Signal()

    def __init__(self, parent: QWidget, ctx: UiContext, rows: Sequence[Row]) -> None:
        super().__init__(parent)
        self.ui = Ui_WithoutOrder()
        self.ui.setupUi(self)
        zone, now = ZoneInfo(ctx.services.station.zone), ctx.app.clock.now
        columns = (
            Column("number", message("Number"), lambda row: number_text(row.number), 200),
            Column("scan", message("Scan"), lambda row: _(OPERATION_TITLES[Operation(row.operation)]), 90),
            Column("at", message("First scanned"), lambda row: moment_text(row.scanned_at, zone, now()), 110),
            Column("scans", message("Scans"), lambda row: str(row.scans), 80, RIGHT, order=lambda row: row.scans),
            Column("device", message("Device"), lambda row: str(device_name(row.device)), 100),
        )
        self.panel = TablePanel(RowTableModel(columns, lambda row: row.number), "without_order", self)
        self.ui.table_column.addWidget(self.panel)
        self.ui.close_button.clicked.connect(self.reject)
        self.ui.enter_button.clicked.connect(self._on_enter)
        self.panel.table.row_activated.connect(self._on_enter)
        for button in (self.ui.close_button, self.ui.enter_button):
            button.setAutoDefault(False)
        self.retranslate()
        self.panel.set_rows(rows)
        self.panel.table.choose_first()
        self.panel.table.setFocus()

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.ui.text_label.setText(_("They were scanned today and kept; each lies aside until its order is entered."))
        self.panel.set_empty_texts(_nothing)

    def _on_enter(self) -> None:
        row = self.panel.table.current_row()
        if isinstance(row, Row):
            QGuiApplication.clipboard().setText(row.number)
        self.enter_asked.emit()
        self.accept()


def _nothing() -> tuple[str, str, str]:
    return _("Every parcel has its order"), _("A scanned number that no order is known of is listed here."), ""


def show_without_order(
    parent: QWidget, ctx: UiContext, rows: Sequence[Row], on_enter: Callable[[], object]
) -> WithoutOrder:
    """Show them; ``on_enter`` (a bound method) is called when an order is to be entered."""
    dialog = WithoutOrder(parent, ctx, rows)
    dialog.enter_asked.connect(on_enter)
    dialog.open()
    return dialog

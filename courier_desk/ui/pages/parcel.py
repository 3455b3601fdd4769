"""A parcel's page: what it is, where it is, who it is between, and its whole life (mission B12, E1, G4)."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QPushButton

from courier_desk.base.changes import Change
from courier_desk.base.errors import UserError
from courier_desk.base.translation import _, message
from courier_desk.domain.accepted_order import Order
from courier_desk.domain.own_number import child
from courier_desk.domain.scan import CodeKind
from courier_desk.domain.user import Action
from courier_desk.services.rows import ParcelRow
from courier_desk.ui.figures import number_text
from courier_desk.ui.fonts import text_font
from courier_desk.ui.generated.ui_parcel_page import Ui_ParcelPage
from courier_desk.ui.page import Page
from courier_desk.ui.pages.parcel_acts import ParcelActs
from courier_desk.ui.pages.parcel_mask import ParcelMask
from courier_desk.ui.pages.parcel_read import read_parcel
from courier_desk.ui.pages.parcel_words import (
    ParcelView,
    facts,
    life_entries,
    piece_model,
    price_lines,
    price_text,
    status_of,
    summary,
)
from courier_desk.ui.scan_hub import Scanned
from courier_desk.ui.tips import plain_tip
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.data_table import DataTable

_AGAIN_MS = 80
_ROW, _HEAD = 30, 30
_FEW_ROWS, _MOST_ROWS = 2, 8
_LOW_PAGE = 700
_PRICE_ROW = 18
_KINDS = ("order", "parcel", "inbound", "scan", "print_job", "manifest", "bag")
_NAMED = ("order", "parcel", "inbound")


class ParcelPage(Page):
    """Opened with ``number`` (mother or piece) or ``order`` (the id); a scan of another waybill shows that one here."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.ui = Ui_ParcelPage()
        self.ui.setupUi(self)
        self._wanted: dict[str, str] = {}
        self._view: ParcelView | None = None
        self._missing = False
        self._stale = False
        self.acts = ParcelActs(self)
        self.curtain = ParcelMask(ctx, self.ui.sender_card, self.ui.recipient_card, self)
        self.model = piece_model()
        self.pieces = DataTable(self.model, "pieces", self)
        self.ui.pieces_column.addWidget(self.pieces)
        self.ui.number_label.setFont(text_font(points=19, bold=True))
        self.ui.total_figure.set_points(15)
        self.ui.status_chip.enlarge()
        self._again = QTimer(self, interval=_AGAIN_MS, singleShot=True)
        self._again.timeout.connect(self._look_again)
        self._connect()
        self.retranslate()
        self._show()

    def activate(self) -> None:
        if self._stale:
            self._look_again()
        self.pieces.setFocus()

    def deactivate(self) -> None:
        self.curtain.close()

    def open_with(self, arguments: Mapping[str, str]) -> None:
        wanted = {key: arguments[key] for key in ("number", "order") if arguments.get(key)}
        if wanted and wanted != self._wanted:
            self.curtain.close()
            self._view, self._wanted = None, wanted
            self._show()
        self._look_again()

    def shows(self, arguments: Mapping[str, str]) -> bool:
        if self._view is None:
            return bool(self._wanted) and self._wanted == dict(arguments)
        number = arguments.get("number", "")
        numbers = (self._view.order.number, *(parcel.number for parcel in self._view.order.parcels))
        return number in numbers or arguments.get("order") == self._view.order.id

    def handle_scan(self, scan: Scanned) -> bool:
        if scan.code.kind is not CodeKind.WAYBILL:
            return False
        code = scan.code
        self.open_with({"number": child(code.number, code.piece) if code.piece else code.number})
        return True

    def snapshot(self) -> dict[str, Any]:
        return dict(self._wanted)

    def restore(self, state: Mapping[str, Any]) -> None:
        self.open_with({key: str(value) for key, value in state.items()})

    def tab_title(self) -> str:
        return number_text(self._view.order.number) if self._view else number_text(self._wanted.get("number", ""))

    def retranslate(self) -> None:
        ui, hint = self.ui, self.ctx.keys.hint
        ui.retranslateUi(self)
        ui.pieces_title.setText(_("Parcels"))
        ui.facts_title.setText(_("What is known"))
        ui.life_title.setText(_("Its life"))
        ui.reprint_button.setText(hint(_("Label again"), "print"))
        ui.refund_button.setText(hint(_("Give money back"), "parcel.refund"))
        ui.void_button.setText(hint(_("Make void"), "parcel.void"))
        self.model.retranslate()
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_pieces()

    def _connect(self) -> None:
        ctx = self.ctx
        acts = (
            ("print", self.ui.reprint_button, self._on_reprint),
            ("parcel.refund", self.ui.refund_button, self._on_refund),
            ("parcel.void", self.ui.void_button, self._on_void),
        )
        for act, button, slot in acts:
            button.clicked.connect(slot)
            ctx.keys.bind(act, self, slot)
        ctx.keys.bind("parcel.look", self, self._on_look)
        ctx.keys.bind("parcel.copy", self, self._on_copy)
        ctx.keys.bind("parcel.papers", self, self._on_papers)
        ctx.keys.bind("refresh", self, self._look_again)
        ctx.keys.changed.connect(self.retranslate)
        self.acts.looked.connect(self._on_looked)
        self.ui.empty_state.button.clicked.connect(self._on_find)
        ctx.changes.listen(_KINDS, self, self._on_changed)
        ctx.bridge.print_job_changed.connect(self._on_print_job)

    def _look_again(self) -> None:
        self._stale = False
        if self._wanted:
            self.run(partial(self._read, dict(self._wanted)), self._on_read, on_error=self._on_not_read)

    def _read(self, wanted: Mapping[str, str]) -> tuple[Mapping[str, str], ParcelView]:
        """On the db lane."""
        return wanted, read_parcel(self.ctx, wanted)

    def _on_read(self, read: tuple[Mapping[str, str], ParcelView]) -> None:
        wanted, view = read
        if wanted == self._wanted:
            opened = self._view is None
            self._view, self._missing = view, False
            self._show()
            if opened:
                self._choose_piece(view)
            self.title_changed.emit()

    def _on_not_read(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._view, self._missing = None, True
            self._show()
            self.title_changed.emit()
        else:
            self.ctx.notifier.error(error, self)

    def _on_changed(self, changes: tuple[Change, ...]) -> None:
        known = self._view.ids if self._view else frozenset()
        if any(change.kind not in _NAMED or change.id in known for change in changes):
            self._on_print_job("")

    def _on_print_job(self, _job: str) -> None:
        if self.isVisible():
            self._again.start()
        else:
            self._stale = True

    def _show(self) -> None:
        view, ui = self._view, self.ui
        if view is None:
            self._show_nothing()
            return
        ui.stack.setCurrentWidget(ui.order_step)
        ui.number_label.setText(number_text(view.order.number))
        ui.status_chip.set(*status_of(view))
        origin = _("Taken at {station}").format(station=view.station(view.found.origin))
        ui.origin_chip.set(origin, "info", "arrow-square-in")
        ui.origin_chip.setVisible(bool(view.found.origin))
        ui.line_note.setText(summary(view))
        ui.line_note.setToolTip(plain_tip(summary(view)))
        self.curtain.show(view)
        self.model.set_rows(view.found.parcels)
        self.pieces.choose_first()
        self._fit_pieces()
        lines = price_lines(view.order)
        ui.price_lines.show_lines(lines)
        ui.price_lines.setFixedHeight(_PRICE_ROW * max(1, len(lines)))
        ui.total_figure.show_figure(_("Price"), price_text(view.order))
        ui.facts_list.show_facts(facts(view))
        ui.life_list.show_entries(life_entries(view))
        self._enable(view)

    def _choose_piece(self, view: ParcelView) -> None:
        """The piece that was asked for by its own number, else the first."""
        asked = self.ctx.services.scans.understand(self._wanted.get("number", ""))
        wanted = next((row.parcel_id for row in view.found.parcels if row.piece == asked.piece), "")
        if not self.pieces.choose(wanted):
            self.pieces.selectRow(0)

    def _show_nothing(self) -> None:
        empty = self.ui.empty_state
        self.ui.stack.setCurrentWidget(self.ui.empty_step)
        empty.set_icon("package")
        if self._missing:
            number = number_text(self._wanted.get("number", ""))
            title = _("There is no order with the number {number}").format(number=number)
            empty.set_texts(title, _("It may be another station's, or one digit was misread."), _("Look for it"))
        elif self._wanted:
            empty.set_texts("", "")
        else:
            empty.set_texts(_("No parcel is chosen"), _("Scan a waybill, or find its order."), _("Find"))

    def _fit_pieces(self) -> None:
        """As high as its rows, within reason: the rest scrolls."""
        most = _FEW_ROWS if self.height() < _LOW_PAGE else _MOST_ROWS
        self.pieces.setFixedHeight(_HEAD + _ROW * min(most, max(1, self.model.rowCount())) + 4)

    def _enable(self, view: ParcelView) -> None:
        may, void = self.ctx.session.may, view.void
        # What was taken elsewhere is changed there.
        for button in (self.ui.reprint_button, self.ui.refund_button, self.ui.void_button):
            button.setVisible(not view.found.origin)
        self.ui.reprint_button.setEnabled(may(Action.LABEL_REPRINT) and not void)
        self.ui.refund_button.setEnabled(may(Action.PAYMENT_REFUND) and view.found.refundable_fen > 0)
        self.ui.void_button.setEnabled(may(Action.ORDER_VOID) and not void)

    def _may(self, button: QPushButton) -> bool:
        return button.isEnabled() and not button.isHidden()

    def _on_reprint(self) -> None:
        row = self.pieces.current_row()
        if self._may(self.ui.reprint_button) and isinstance(row, ParcelRow):
            self.acts.reprint(row.number)

    def _on_refund(self) -> None:
        if self._view is not None and self._may(self.ui.refund_button):
            self.acts.refund(self._view)

    def _on_void(self) -> None:
        if self._view is not None and self._may(self.ui.void_button):
            self.acts.void(self._view)

    def _on_look(self) -> None:
        if self.curtain.open:
            self.curtain.close()
        elif self._view is not None and self.ctx.session.may(Action.PERSONAL_LOOK):
            self.acts.look(self._view)

    def _on_looked(self, order: Order) -> None:
        if self.isVisible():
            self.curtain.look_behind(order)

    def _on_copy(self) -> None:
        if self._view is not None:
            QGuiApplication.clipboard().setText(self._view.order.number)
            self.ctx.notifier.done(message("The waybill number is in the clipboard."))

    def _on_papers(self) -> None:
        if self._view is not None:
            self.ctx.navigator.open("print_queue", text=self._view.order.number)

    def _on_find(self) -> None:
        self.ctx.navigator.open("find", text=self._wanted.get("number", ""))

"""The fields of the order form as one: read into an OrderDraft, written from a draft, cleared."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from courier_desk.base.translation import _, message
from courier_desk.domain.customer import Customer
from courier_desk.domain.local_text import LocalText
from courier_desk.domain.order import HandlingMark, OrderDraft
from courier_desk.domain.order_faults import Fault
from courier_desk.domain.words import MARK_WORDS
from courier_desk.ui.generated.ui_order_page import Ui_OrderPage
from courier_desk.ui.keys import Keys
from courier_desk.ui.pages.order_pieces import state_of
from courier_desk.ui.widgets.paste_guard import LONGEST_FIELD, PasteGuard
from courier_desk.ui.widgets.quantity_fields import QuantityField

USUAL_SERVICE = "standard"
_NO_PAPER = message("Check the sender's identity paper.")
_NOT_SEEN = message("Look at the contents and confirm the inspection.")
_NO_CONDITIONS = message("Confirm that the conditions for restricted articles are met.")


class OrderForm(QObject):
    """Signals:
    changed(): any field.
    rows_changed(): pieces or goods lines came or went.
    noticed(str, Message, str): beside the field of this name, what, and in which tone.
    """

    changed = Signal()
    rows_changed = Signal()
    noticed = Signal(str, object, str)

    def __init__(self, ui: Ui_OrderPage, parent: QWidget) -> None:
        super().__init__(parent)
        self.ui = ui
        self._services: list[tuple[str, LocalText]] = []
        self._service = USUAL_SERVICE
        self._service_touched = False
        self.marks: dict[HandlingMark, QPushButton] = {
            mark: getattr(ui, f"{mark.value}_button") for mark in HandlingMark
        }
        for edit in (ui.declared_value_edit, ui.cod_edit, ui.note_edit):
            edit.setProperty("optional", True)
        self._connect()

    @property
    def service(self) -> str:
        """The key of the service chosen."""
        return self._service

    def set_services(self, services: Sequence[tuple[str, LocalText]]) -> None:
        """What the price list offers, by key and name."""
        combo = self.ui.service_combo
        combo.blockSignals(True)
        self._services = list(services)
        combo.clear()
        for key, name in services:
            combo.addItem(str(name), key)
        combo.setCurrentIndex(combo.findData(self._service))
        combo.blockSignals(False)

    def choose_service(self, key: str) -> None:
        """Show this service."""
        self._service = key or USUAL_SERVICE
        self.ui.service_combo.setCurrentIndex(self.ui.service_combo.findData(self._service))

    def retranslate(self, keys: Keys) -> None:
        """The language or a key changed."""
        for place, (_key, service) in enumerate(self._services):
            self.ui.service_combo.setItemText(place, str(service))
        for mark, button in self.marks.items():
            button.setText(keys.hint(_(MARK_WORDS[mark]), f"order.mark.{mark.value}"))
        for name in ("service", "declared_value", "cod", "note"):
            label = getattr(self.ui, f"{name}_label")
            label.buddy().setAccessibleName(label.text())

    def draft(self, customer_id: str | None, visit_id: str) -> OrderDraft:
        """The order as it stands."""
        ui = self.ui
        return OrderDraft(
            sender=ui.sender.party,
            recipient=ui.recipient.party,
            customer_id=customer_id,
            visit_id=visit_id,
            service=self._service,
            pieces=ui.pieces.pieces(),
            goods=ui.goods.lines(),
            marks=frozenset(mark for mark, button in self.marks.items() if button.isChecked()),
            declared_value_fen=ui.declared_value_edit.value() or 0,
            cod_fen=ui.cod_edit.value() or 0,
            payer=ui.payment.payer,
            pay_way=ui.payment.pay_way,
            tendered_fen=ui.payment.tendered_fen,
            note=ui.note_edit.text().strip(),
        )

    def own_faults(self) -> list[Fault]:
        """What only the form knows: texts that are no numbers, and what the clerk has not vouched for yet."""
        ui = self.ui
        said = {
            "pieces": ui.pieces.problem(),
            "goods": ui.goods.problem(),
            "declared_value": ui.declared_value_edit.error(),
            "cod": ui.cod_edit.error(),
            "tendered": ui.payment.ui.tendered_edit.error() if ui.payment.takes_cash else None,
        }
        look = ui.inspection
        if look.proof is None and look.typed() is None:
            said["identity"] = _NO_PAPER
        if not look.inspection.contents_seen:
            said["inspected"] = _NOT_SEEN
        if look.lacks_conditions:
            said["restricted"] = _NO_CONDITIONS
        return [Fault(name, text) for name, text in said.items() if text is not None]

    def use_habits(self, customer: Customer) -> None:
        """What this customer usually sends, wherever the clerk has not written anything else."""
        ui = self.ui
        if not self._service_touched:
            self.choose_service(customer.usual_service)
        if ui.goods.is_empty and customer.usual_goods:
            ui.goods.set_lines(customer.usual_goods)
        if not ui.payment.touched:
            ui.payment.choose(customer.usual_payer, customer.usual_pay_way)
        ui.pieces.set_usual_weight(customer.usual_weight_g)

    @property
    def is_empty(self) -> bool:
        """True while nothing worth keeping was written."""
        ui = self.ui
        edits = (ui.declared_value_edit, ui.cod_edit, ui.note_edit, *ui.pieces.fields(), *ui.goods.fields())
        parties = (ui.sender, ui.recipient)
        written = any(not party.is_empty or party.unread for party in parties)
        return not written and not any(edit.text() for edit in edits)

    def state(self) -> dict[str, Any]:
        """Everything that was typed, as plain JSON; never the number of a paper."""
        ui = self.ui
        return {
            "sender": ui.sender.state(),
            "recipient": ui.recipient.state(),
            "service": self._service,
            "service_touched": self._service_touched,
            "marks": sorted(mark.value for mark, button in self.marks.items() if button.isChecked()),
            "pieces": ui.pieces.state(),
            "goods": ui.goods.state(),
            "declared_value": ui.declared_value_edit.text(),
            "cod": ui.cod_edit.text(),
            "note": ui.note_edit.text(),
            "payment": ui.payment.state(),
            "inspection": ui.inspection.state(),
        }

    def set_state(self, body: Mapping[str, Any]) -> None:
        """Come back as ``state`` said."""
        ui = self.ui
        ui.sender.set_state(body.get("sender", {}))
        ui.recipient.set_state(body.get("recipient", {}))
        self.choose_service(str(body.get("service", "")))
        self._service_touched = bool(body.get("service_touched"))
        for mark, button in self.marks.items():
            button.setChecked(mark.value in body.get("marks", ()))
        ui.pieces.set_state(state_of(body, "pieces"))
        ui.goods.set_state(state_of(body, "goods"))
        for name in ("declared_value", "cod", "note"):
            edit = getattr(ui, f"{name}_edit")
            edit.setText(str(body.get(name, "")))
            edit.setCursorPosition(0)
        ui.payment.set_state(body.get("payment", {}))
        ui.inspection.set_state(body.get("inspection", {}))

    def clear(self) -> None:
        """Nothing written."""
        self.ui.inspection.clear()
        self.ui.sender.clear()
        self.clear_parcel()
        self.ui.goods.clear()
        self.choose_service(USUAL_SERVICE)
        self._service_touched = False
        self.ui.payment.clear()

    def clear_parcel(self) -> None:
        """The next parcel of the same sender: everything of this one goes; habits and payer stay."""
        ui = self.ui
        ui.recipient.clear()
        ui.pieces.clear()
        for button in self.marks.values():
            button.setChecked(False)
        for edit in (ui.declared_value_edit, ui.cod_edit, ui.note_edit, ui.payment.ui.tendered_edit):
            edit.clear()
        ui.inspection.forget_contents()

    def _connect(self) -> None:
        ui = self.ui
        for part in (ui.sender, ui.recipient, ui.pieces, ui.goods, ui.payment, ui.inspection):
            part.changed.connect(self.changed)
        for rows in (ui.pieces, ui.goods):
            rows.rows_changed.connect(self.rows_changed)
        ui.goods.names_changed.connect(ui.inspection.forget_contents)
        for edit in (ui.declared_value_edit, ui.cod_edit, ui.note_edit):
            edit.textChanged.connect(self.changed)
        for button in self.marks.values():
            button.toggled.connect(self._on_mark)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        ui.service_combo.currentIndexChanged.connect(self._on_service)
        ui.service_combo.activated.connect(self._on_service_activated)
        ui.pieces.noticed.connect(self._on_rows_noticed)
        ui.goods.noticed.connect(self._on_rows_noticed)
        tendered = ui.payment.ui.tendered_edit
        for edit in (ui.note_edit, ui.declared_value_edit, ui.cod_edit, tendered):
            number = isinstance(edit, QuantityField)
            guard = PasteGuard(edit, edit.maxLength() if number else LONGEST_FIELD, tidies=not number)
            guard.setObjectName(edit.objectName().removesuffix("_edit"))
            guard.noticed.connect(self._on_noticed)

    def _on_mark(self) -> None:
        for button in self.marks.values():
            button.setProperty("tone", "primary" if button.isChecked() else "")
            button.update()
        self.changed.emit()

    def _on_service(self) -> None:
        self._service = str(self.ui.service_combo.currentData() or self._service)
        self.changed.emit()

    def _on_service_activated(self) -> None:
        self._service_touched = True

    def _on_noticed(self, said: object, tone: str) -> None:
        guard = self.sender()
        if isinstance(guard, PasteGuard):
            self.noticed.emit(guard.objectName(), said, tone)

    def _on_rows_noticed(self, said: object, tone: str) -> None:
        self.noticed.emit("pieces" if self.sender() is self.ui.pieces else "goods", said, tone)

"""What single keys do on the order form: inspect, take the weight, paste, one more row, a handling mark."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from courier_desk.base.translation import message
from courier_desk.domain.weighing import Weighing
from courier_desk.ui.generated.ui_order_page import Ui_OrderPage
from courier_desk.ui.page import Page
from courier_desk.ui.pages.order_faults import FaultBoard
from courier_desk.ui.pages.order_form import OrderForm
from courier_desk.ui.pages.order_party import OrderParty


class OrderActs(QObject):
    """Binds the keys of the page. ``active`` says whether the form may be changed now."""

    def __init__(self, page: Page, ui: Ui_OrderPage, form: OrderForm, faults: FaultBoard) -> None:
        super().__init__(page)
        self._page, self._ui, self._faults = page, ui, faults
        acts: dict[str, Callable[[], object]] = {
            "order.inspect": self._on_inspect,
            "order.weigh": self._on_weigh,
            "order.piece": ui.pieces.add_row,
            "order.goods_line": ui.goods.add_row,
            "order.company": self._on_company,
            "order.paste": self._on_paste,
            "order.recipients": self._on_recipients,
            "order.other_paper": ui.inspection.ask_other,
            "order.remove_row": self._on_remove_row,
        }
        for act, slot in acts.items():
            self._bind(act, slot)
        for mark, button in form.marks.items():
            self._bind(f"order.mark.{mark.value}", button.click)
        page.ctx.bridge.weighed.connect(self._on_weighed)

    def _bind(self, act: str, slot: Callable[[], object]) -> None:
        # On the part of the form that is disabled once the order is accepted, so that no key changes it then.
        self._page.ctx.keys.bind(act, self._ui.left_part, slot)

    def _on_inspect(self) -> None:
        if not self._ui.inspection.vouch():
            self._ui.inspection.ui.identity_edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_weighed(self, weighing: object) -> None:
        """A certain weight is offered until it is used or the parcel is taken off."""
        if isinstance(weighing, Weighing) and (weighing.accepted or weighing.weight_g == 0):
            self._ui.pieces.set_on_scale(weighing.weight_g or None)

    def _on_weigh(self) -> None:
        if not self._ui.pieces.take_from_scale():
            self._faults.notice("pieces", message("Nothing certain lies on the scale."), "warn")

    def _party_in_focus(self) -> OrderParty:
        inside = QApplication.focusWidget()
        sender = self._ui.sender
        return sender if inside is not None and sender.isAncestorOf(inside) else self._ui.recipient

    def _on_company(self) -> None:
        self._party_in_focus().open_company()

    def _on_paste(self) -> None:
        party = self._party_in_focus()
        party.ui.box_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        party.ui.box_edit.paste()

    def _on_remove_row(self) -> None:
        for rows in (self._ui.pieces, self._ui.goods):
            rows.remove_row_in_focus()

    def _on_recipients(self) -> None:
        self._ui.recipient.ui.box_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

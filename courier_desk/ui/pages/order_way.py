"""The way of the Enter key through the order form: what needs something, in which order."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from courier_desk.ui.generated.ui_order_page import Ui_OrderPage
from courier_desk.ui.pages.order_party import NAMES
from courier_desk.ui.widgets.address_area import AddressArea
from courier_desk.ui.widgets.enter_chain import needs_something
from courier_desk.ui.widgets.phone_field import PhoneField


def way(ui: Ui_OrderPage) -> list[QWidget]:
    """All fields in the order of the Enter key."""
    parties: list[QWidget] = [ui.sender.fields[name] for name in NAMES]
    parties += [ui.sender.ui.box_edit, ui.recipient.ui.box_edit]
    parties += [ui.recipient.fields[name] for name in NAMES]
    terms: Sequence[QWidget] = (
        ui.service_combo,
        *ui.pieces.fields(),
        *ui.goods.fields(),
        ui.declared_value_edit,
        ui.cod_edit,
        ui.note_edit,
    )
    money = (ui.payment.ui.payer_combo, ui.payment.ui.pay_way_combo, ui.payment.ui.tendered_edit)
    return [*parties, *terms, *ui.inspection.identity_fields(), *money]


class Needs:
    """Which fields the Enter key stops at."""

    def __init__(self, ui: Ui_OrderPage) -> None:
        self._ui = ui
        self._rules: dict[QWidget, Callable[[], bool]] = {
            ui.recipient.ui.box_edit: self._recipient,
            ui.inspection.ui.same_button: self._paper,
            ui.inspection.ui.identity_edit: self._paper,
            ui.payment.ui.tendered_edit: self._cash,
        }

    def __call__(self, field: QWidget) -> bool:
        """True for a field that still needs something."""
        if not field.isVisibleTo(field.window()):
            return False
        rule = self._rules.get(field)
        if rule is not None:
            return rule()
        if isinstance(field, QCheckBox):
            return not field.isChecked()
        if isinstance(field, AddressArea):
            return not field.code
        if isinstance(field, PhoneField):
            return not field.phone()
        return needs_something(field)

    def _recipient(self) -> bool:
        return self._ui.recipient.is_empty

    def _paper(self) -> bool:
        return self._ui.inspection.proof is None

    def _cash(self) -> bool:
        return self._ui.payment.takes_cash and not self._ui.payment.ui.tendered_edit.text().strip()

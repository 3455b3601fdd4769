"""The places of the order form where something may be wrong, in one table; what its lists offer."""

from courier_desk.domain.local_text import LocalText
from courier_desk.ui.generated.ui_order_page import Ui_OrderPage
from courier_desk.ui.page import Page
from courier_desk.ui.pages.order_faults import FaultBoard
from courier_desk.ui.pages.order_party import NAMES
from courier_desk.ui.ui_context import UiContext


def fault_board(ui: Ui_OrderPage, page: Page) -> FaultBoard:
    """A line for every field, in the order of the form."""
    board = FaultBoard(page)
    for who, party in (("sender", ui.sender), ("recipient", ui.recipient)):
        board.add(f"{who}_box", party.ui.box_error, [party.ui.box_edit])
        for name in NAMES:
            board.add(f"{who}_{name}", getattr(party.ui, f"{name}_error"), [party.fields[name]])
    board.add("service", ui.service_error, [ui.service_combo])
    board.add("marks", ui.marks_error, [ui.fragile_button])
    weights = ("weight", "weight_g", "size")
    board.add("pieces", ui.pieces.error_label, ui.pieces.fields(), ui.pieces.mark, weights)
    board.add("goods", ui.goods.error_label, ui.goods.fields(), ui.goods.mark)
    board.add("declared_value", ui.declared_value_error, [ui.declared_value_edit])
    board.add("cod", ui.cod_error, [ui.cod_edit])
    board.add("note", ui.note_error, [ui.note_edit])
    look = ui.inspection.ui
    board.add("identity", look.identity_error, [look.identity_edit])
    boxes = [look.inspected_box, look.restricted_box]
    board.add("inspected", look.inspected_error, boxes, ui.inspection.mark, ("restricted",))
    pay = ui.payment.ui
    board.add("pay_way", pay.pay_way_error, [pay.pay_way_combo], aliases=("payer",))
    board.add("tendered", pay.tendered_error, [pay.tendered_edit])
    return board


def services_on_offer(ctx: UiContext) -> list[tuple[str, LocalText]]:
    """Key and name of every service on the price list; runs on the db lane."""
    return [(key, service.name) for key, service in ctx.services.reference.tariff().services.items()]

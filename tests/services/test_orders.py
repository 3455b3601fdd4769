"""Taking orders: what is accepted is whole, what is wrong is refused with its field."""

from dataclasses import replace
from functools import partial

import pytest

from courier_desk.base.errors import NotAllowed, UserError
from courier_desk.domain.acceptance import Inspection
from courier_desk.domain.order import GoodsLine, Piece
from courier_desk.domain.own_number import is_own
from courier_desk.domain.user import Role
from courier_desk.services.find import FindSpec
from tests.desk import TestDesk, ordinary_draft


def test_an_accepted_order_is_found_again_whole(desk: TestDesk) -> None:
    accepted = desk.accept(ordinary_draft(pieces=2))
    assert is_own(accepted.number, ("XS",))
    assert accepted.parcel_numbers == (f"{accepted.number}-01", f"{accepted.number}-02")
    view = desk.on_db(lambda: desk.services.find.order(desk.agent, accepted.order_id))
    order = view.order
    assert order.draft.recipient == ordinary_draft().recipient
    assert sum(line.amount_fen for line in order.charges) == order.total_fen == accepted.total_fen > 0
    assert accepted.change_fen == 20000 - accepted.total_fen
    assert order.inspection.complete
    assert order.promised_at is not None
    assert order.promised_at > order.accepted_at
    assert [row.kind for row in view.life] == ["entered"]


@pytest.mark.parametrize("scrap", ["{number}", "欧阳", "13987654321", "虹漕路461", "4321", "衬衫", "娜"])
def test_an_order_is_found_by_any_scrap(desk: TestDesk, scrap: str) -> None:
    accepted = desk.accept()
    text = scrap.format(number=accepted.number)
    found = desk.on_db(lambda: desk.services.find.orders(desk.agent, FindSpec(text=text)))
    assert [row.number for row in found] == [accepted.number]
    assert "娜" not in found[0].recipient_name
    assert "8765" not in found[0].recipient_phone


def test_numbers_are_given_once_and_in_order(desk: TestDesk) -> None:
    numbers = [desk.accept().number for _ in range(5)]
    assert len(set(numbers)) == 5
    assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"goods": (GoodsLine("打火机"),)}, "goods"),
        ({"goods": ()}, "goods"),
        ({"pieces": (Piece(),)}, "weight"),
        ({"tendered_fen": 1}, "tendered"),
        ({"service": "teleport"}, "service"),
    ],
)
def test_what_is_wrong_is_refused_beside_its_field_and_nothing_is_saved(
    desk: TestDesk, change: dict[str, object], field: str
) -> None:
    with pytest.raises(UserError) as caught:
        desk.accept(replace(ordinary_draft(), **change))  # type: ignore[arg-type]  # any field of the draft
    assert caught.value.field == field
    assert desk.on_db(lambda: desk.services.find.orders(desk.agent, FindSpec())) == []


def test_nothing_is_accepted_without_inspection_and_identity(desk: TestDesk) -> None:
    for inspection in (Inspection(False, None), Inspection(True, None), replace(desk.inspect(), contents_seen=False)):
        with pytest.raises(UserError):
            desk.on_db(partial(desk.services.orders.accept, desk.agent, ordinary_draft(), inspection))


def test_a_known_sender_brings_what_they_usually_send(desk: TestDesk) -> None:
    desk.accept()
    caller = desk.on_db(lambda: desk.services.customers.by_phone(desk.agent, "138 1234 5678"))
    assert caller is not None
    assert caller.customer.usual_goods == ordinary_draft().goods
    assert [recipient.name for recipient in caller.recipients] == ["欧阳娜娜"]
    proof = desk.on_db(lambda: desk.services.acceptance.known_identity(desk.agent, caller.customer, "visit"))
    assert proof is not None
    assert "20231101" not in proof.masked


def test_a_technical_administrator_takes_no_orders(desk: TestDesk) -> None:
    with pytest.raises(NotAllowed):
        desk.accept(actor=desk.actors[Role.TECHNICAL_ADMIN])


def test_a_stale_log_in_is_refused(desk: TestDesk) -> None:
    desk.on_db(lambda: desk.services.auth.log_out(desk.agent))
    with pytest.raises(UserError):
        desk.on_db(lambda: desk.services.orders.accept(desk.agent, ordinary_draft(), Inspection(True, None)))

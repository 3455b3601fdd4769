"""Parcels of other stations: found by scraps, shown with what was done where, looked at only with a reason."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from courier_desk.base.errors import NotAllowed, UserError
from courier_desk.domain.user import Role
from tests.desk import RECIPIENT, SENDER, ordinary_draft
from tests.joined import JoinedDesk, OtherStation, joined_in, other_station
from tests.services.hq_stub import scalar, send


@pytest.fixture
def joined(tmp_path: Path) -> Iterator[JoinedDesk]:
    with joined_in(tmp_path / "desk") as made:
        yield made


@pytest.fixture
def other(tmp_path: Path) -> Iterator[OtherStation]:
    with other_station(tmp_path / "other") as made:
        yield made


def test_a_parcel_of_another_station_shows_its_order_and_its_life_there(
    joined: JoinedDesk, other: OtherStation
) -> None:
    taken, operation = other.take(ordinary_draft(pieces=2))
    waybill = joined.tell_order(operation)
    piece = taken.parcel_numbers[1]
    joined.tell_event(waybill, "dispatched", "HZ001", "杭州余杭站", number=piece)
    desk = joined.desk
    view = desk.on_db(partial(desk.services.inbound.view, desk.agent, piece))
    assert view is not None
    assert (view.order.number, view.origin) == (waybill, "HZ001")
    assert [row.number for row in view.parcels] == list(taken.parcel_numbers)
    assert view.parcels[1].status == "TRAN"
    assert view.order.draft.goods[0].name == "棉质衬衫"
    assert {(row.kind, row.place) for row in view.life} == {("entered", "HZ001"), ("dispatched", "杭州余杭站")}
    assert (view.paid_fen, view.refundable_fen) == (0, 0)
    assert desk.on_db(partial(desk.services.find.by_number, desk.agent, waybill)) is None


@pytest.mark.parametrize("scrap", [RECIPIENT.phone, RECIPIENT.phone[:5], SENDER.phone, RECIPIENT.name, "number"])
def test_it_is_found_by_number_telephone_and_recipient_and_masked(
    joined: JoinedDesk, other: OtherStation, scrap: str
) -> None:
    waybill = joined.tell_order(other.take()[1])
    desk = joined.desk
    typed = waybill.lower() if scrap == "number" else scrap
    [row] = desk.on_db(partial(desk.services.inbound.find, desk.agent, typed))
    assert (row.number, row.origin, row.recipient_name) == (waybill, "HZ001", "欧***")
    assert RECIPIENT.phone not in (row.recipient_phone, row.sender_phone)


@pytest.mark.parametrize("scrap", ["", "1", "no such", "'; DROP TABLE inbound_order; --", "%", "_" * 3, "x" * 5000])
def test_what_fits_nothing_finds_nothing(joined: JoinedDesk, other: OtherStation, scrap: str) -> None:
    joined.tell_order(other.take()[1])
    desk = joined.desk
    assert desk.on_db(partial(desk.services.inbound.find, desk.agent, scrap)) == []


def test_a_look_behind_the_mask_needs_right_and_reason_and_is_logged(joined: JoinedDesk, other: OtherStation) -> None:
    waybill = joined.tell_order(other.take()[1])
    desk = joined.desk
    look = desk.services.inbound.look
    with pytest.raises(UserError, match="reason"):
        desk.on_db(partial(look, desk.agent, waybill, " "))
    order = desk.on_db(partial(look, desk.agent, waybill, "The recipient asks"))
    assert order.draft.recipient.phone == RECIPIENT.phone
    assert scalar(desk, "SELECT COUNT(*) FROM audit WHERE action = 'personal.looked'") == 1
    with pytest.raises(UserError, match="no such order"):
        desk.on_db(partial(look, desk.agent, "XS0000000000007", "The recipient asks"))


def test_who_may_not_find_orders_finds_none_of_others_either(joined: JoinedDesk, other: OtherStation) -> None:
    waybill = joined.tell_order(other.take()[1])
    desk = joined.desk
    technician = desk.actors[Role.TECHNICAL_ADMIN]
    for act in (desk.services.inbound.find, desk.services.inbound.view):
        with pytest.raises(NotAllowed):
            desk.on_db(partial(act, technician, waybill))


def test_an_order_of_a_program_that_says_less_still_shows_what_it_says(joined: JoinedDesk, other: OtherStation) -> None:
    operation = other.take()[1]
    body = operation["body"]
    kept = ("number", "sender", "recipient", "service", "pieces", "routing_code", "accepted_at")
    operation["body"] = {name: body[name] for name in kept}
    waybill = joined.tell_order(operation)
    desk = joined.desk
    view = desk.on_db(partial(desk.services.inbound.view, desk.agent, waybill))
    assert view is not None
    assert view.order.draft.recipient.phone == body["recipient"]["phone"]
    assert view.order.currency == ""
    assert len(desk.on_db(partial(desk.services.inbound.find, desk.agent, waybill))) == 1


def test_what_was_done_elsewhere_stands_in_the_life_of_our_own_parcel(joined: JoinedDesk) -> None:
    desk = joined.desk
    own = desk.accept()
    # News of an order that headquarters has not got would wait.
    send(desk, joined.hq)
    joined.tell_event(own.number, "arrived", "HZ001", "杭州余杭站")
    view = desk.on_db(partial(desk.services.find.order, desk.agent, own.order_id))
    assert ("arrived", "杭州余杭站") in [(row.kind, row.place) for row in view.life]
    assert view.origin == ""

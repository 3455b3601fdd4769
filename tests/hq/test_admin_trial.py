"""A new price list tried on last month's orders: the desk's own rating, every difference counted."""

import json
from copy import deepcopy
from typing import Any

from courier_desk.domain.reference import ReferenceKind
from courier_desk.domain.reference_contents import sample_sets
from courier_desk.domain.tariff_data import Tariff
from courier_desk.hq.admin.trial import try_prices

DATA = next(each.payload for each in sample_sets() if each.kind is ReferenceKind.TARIFF)
OLD = Tariff.from_data(DATA)


def order(
    number: str = "CD1", service: str = "standard", to: str = "330106", weight_g: int = 1000, **more: Any
) -> bytes:
    """The exact bytes of an accepted order."""
    body = {
        "number": number,
        "service": service,
        "sender": {"division": "330110"},
        "recipient": {"division": to},
        "pieces": [[number, weight_g, 0, 0, 0]],
        "declared_value_fen": 0,
        "cod_fen": 0,
        "marks": [],
        "payer": "sender",
        "accepted_at": "2026-10-20T08:00:00+00:00",
    }
    return json.dumps({"kind": "order.accepted", "body": body | more}).encode()


def _new(**cards: int) -> Tariff:
    data = deepcopy(DATA) | {"version": 2, "valid_from": "2027-01-01"}
    for zone, first_fen in cards.items():
        data["services"]["standard"]["cards"][zone]["brackets"][0]["first_fen"] = first_fen
    return Tariff.from_data(data)


def test_the_same_list_makes_no_difference() -> None:
    trial = try_prices([order(), order(service="express", weight_g=2500)], OLD, _new())
    whole = trial.sums[0]
    assert (whole.orders, whole.dearer, whole.cheaper, whole.refused) == (2, 0, 0, 0)
    assert whole.old_fen == whole.new_fen > 0
    assert trial.largest == ()


def test_dearer_and_cheaper_orders_are_counted_by_service() -> None:
    bodies = [order("A"), order("B", to="310101", weight_g=3000), order("C", service="express")]
    trial = try_prices(bodies, OLD, _new(city=1200, province=1000))
    whole, express, standard = trial.sums
    assert (whole.orders, whole.dearer, whole.cheaper) == (3, 1, 1)
    assert whole.new_fen - whole.old_fen == 200 - 100
    assert (standard.service, standard.orders, standard.dearer, standard.cheaper) == ("standard", 2, 1, 1)
    assert (express.service, express.new_fen - express.old_fen) == ("express", 0)
    assert [(each.number, each.change_fen) for each in trial.largest] == [("A", 200), ("B", -100)]


def test_an_order_that_the_new_list_refuses_comes_first_with_its_reason() -> None:
    data = deepcopy(DATA) | {"version": 2}
    del data["services"]["standard"]["cards"]["city"]
    trial = try_prices([order("A"), order("B", to="310101")], OLD, Tariff.from_data(data))
    assert trial.sums[0].refused == 1
    assert trial.largest[0].number == "A"
    assert "does not go there" in str(trial.largest[0].text)
    assert trial.sums[0].old_fen == trial.sums[0].new_fen, "a refused order is no saving"


def test_what_cannot_be_read_is_counted_and_stops_nothing() -> None:
    bodies = [b"\xff", b"{}", b'{"body": 1}', order(marks=["loud"]), order(to="99"), order()]
    trial = try_prices(bodies, OLD, _new())
    assert trial.unread == 5
    assert trial.sums[0].orders == 1

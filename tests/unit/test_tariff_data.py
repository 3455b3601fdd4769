"""A price list is taken whole or not at all, cannot be changed afterwards, and the sample one makes sense."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from datetime import date
from operator import setitem
from typing import Any

import pytest

from courier_desk.base.errors import UserError
from courier_desk.domain.order import Piece
from courier_desk.domain.reference import ReferenceKind
from courier_desk.domain.reference_contents import sample_sets
from courier_desk.domain.tariff import Tariff, quote
from tests.tariffs import HANGZHOU, LHASA, NINGBO, SHANGHAI, request, steps, surcharge, tariff, tariff_data

FIRST = steps(1200, 500)
LIGHT = {**FIRST, "up_to_g": 5000}
ROW = {"up_to_g": 5000, "fen": 100}
BEIJING, GUANGZHOU, HONG_KONG = "110105", "440106", "810000"


@pytest.fixture(scope="module")
def sample() -> Tariff:
    found = next(each for each in sample_sets() if each.kind is ReferenceKind.TARIFF)
    return Tariff.from_data(found.payload)


def test_a_price_list_cannot_be_changed() -> None:
    data = tariff_data(
        FIRST, volume={"divisor": 6000}, packaging={"bag": {"name": {"zh": "袋", "en": "Bag"}, "fen": 1}}
    )
    listed = Tariff.from_data(data)
    before = quote(request("3.2"), listed).total_fen
    service = listed.services["standard"]
    for change in (
        lambda: setattr(listed, "currency", "USD"),
        lambda: setattr(service, "weigh_by", None),
        lambda: setattr(service.cards["everywhere"].brackets[0], "first_fen", 0),
        lambda: setitem(listed.services, "standard", None),  # type: ignore[call-overload]  # that is what must fail
        lambda: setitem(service.cards, "everywhere", None),  # type: ignore[call-overload]
        lambda: setitem(listed.packaging, "bag", None),  # type: ignore[call-overload]
    ):
        with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
            change()
    data["services"]["standard"]["cards"]["everywhere"]["brackets"][0]["first_fen"] = 0
    assert quote(request("3.2"), listed).total_fen == before


def test_head_of_a_price_list() -> None:
    listed = tariff(FIRST, valid_until="2026-06-30", version=7)
    assert (listed.kind, listed.version, listed.currency) == ("tariff", 7, "CNY")
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [listed.in_force(day) for day in days] == [False, True, True, False]


def _set(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        *way, last = path.split("/")
        inner: Any = data
        for step in way:
            inner = inner[int(step)] if step.isdigit() else inner[step]
        inner[last] = value

    return change


BRACKET = "services/standard/cards/everywhere/brackets/0"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (_set("kind", "areas"), "tariff.kind:"),
        (_set("currency", "yuan"), "tariff.currency:"),
        (_set("valid_from", "1 May"), "tariff.valid_from:"),
        (_set("version", 0), "tariff.version:"),
        (_set("version", True), "tariff.version:"),
        (_set("surplus", 1), "tariff: “surplus”"),
        (_set("services", {}), "tariff.services:"),
        (_set("services/standard/zones", "moon"), "tariff.services.standard.zones:"),
        (_set("services/standard/cod", "none"), "tariff.services.standard.cod:"),
        (_set("services/standard/marks", ["heavy"]), "tariff.services.standard.marks[1]:"),
        (_set("services/standard/weigh_by", "guess"), "tariff.services.standard.weigh_by:"),
        (_set("services/standard/volume", {"divisor": 0}), "tariff.services.standard.volume.divisor:"),
        (_set("services/standard/limits", {"piece_kg": 3}), "tariff.services.standard.limits: “piece_kg”"),
        (_set("services/standard/cards", {"far": {"brackets": [FIRST]}}), "tariff.services.standard.cards.far:"),
        (_set("services/standard/cards/everywhere/brackets", []), "cards.everywhere.brackets:"),
        (_set("services/standard/cards/everywhere/brackets", [FIRST, FIRST]), "brackets[2]:"),
        (_set("services/standard/cards/everywhere/brackets", [LIGHT, LIGHT]), "brackets[2]:"),
        (_set("services/standard/cards/everywhere/brackets", [{"rows": [ROW, ROW]}]), "brackets[1].rows[2]:"),
        (_set("services/standard/cards/everywhere/brackets", [{"rows": []}]), "brackets[1]:"),
        (_set(f"{BRACKET}/first_fen", 12.0), "brackets[1].first_fen:"),
        (_set(f"{BRACKET}/first_fen", -1), "brackets[1].first_fen:"),
        (_set(f"{BRACKET}/step_g", 0), "brackets[1].step_g:"),
        (_set(f"{BRACKET}/step_fen", "5.00"), "brackets[1].step_fen:"),
        (
            _set("fuel", {"air": {"rates": [{"from": "2026-01-01", "percent": 24.5}]}}),
            "tariff.fuel.air.rates[1].percent:",
        ),
        (
            _set("fuel", {"air": {"rates": [{"from": "2026-01-01", "percent": "1e3"}]}}),
            "tariff.fuel.air.rates[1].percent:",
        ),
        (_set("cod", {"usual": {"percent": "101"}}), "tariff.cod.usual.percent:"),
        (_set("cod", {"usual": {"percent": "1", "minimum_fen": 5, "maximum_fen": 4}}), "tariff.cod.usual:"),
        (_set("total_rounding", {"mode": "ROUND_RANDOM"}), "tariff.total_rounding.mode:"),
        (
            _set("surcharges", [surcharge("season", {"services": ["rocket"]}, {"percent": "1"})]),
            "tariff.surcharges[1]:",
        ),
        (_set("surcharges", [surcharge("season", {}, {"percent": "1"})] * 2), "tariff.surcharges[2]:"),
        (_set("surcharges", [surcharge("season", {}, {"percent": "1"}, unless=["x"])]), "tariff.surcharges[1]:"),
        (_set("zones", {"all": {"otherwise": "everywhere", "groups": {"a": ["31", "31"]}}}), "groups.a[2]:"),
        (_set("zones", {"all": {"otherwise": "everywhere", "matrix": {"a": {"b": "c"}}}}), "matrix.a.b:"),
        (_set("zones", {"all": {"otherwise": "everywhere", "pairs": {"Hangzhou": {}}}}), "pairs.Hangzhou:"),
    ],
)
def test_what_is_wrong_with_a_price_list_is_said_with_its_place(
    change: Callable[[dict[str, Any]], None], place: str
) -> None:
    data = tariff_data(dict(FIRST))
    change(data)
    with pytest.raises(UserError) as error:
        Tariff.from_data(data)
    assert place in str(error.value)


@pytest.mark.parametrize(
    ("service", "destination", "weight", "total"),
    [
        ("standard", "330108", "3.2", 1000 + 3 * 200),
        ("standard", NINGBO, "1", 1100),
        ("standard", SHANGHAI, "2", 1100 + 250),
        ("standard", BEIJING, "5", 1400 + 4 * 700),
        ("standard", LHASA, "1.5", 2600 + 1800),
        ("standard", "540402", "1.5", 2600 + 1800 + 1000),
        ("standard", HONG_KONG, "1", 3500),
        ("express", GUANGZHOU, "1.2", 2700 + 100),
        ("same_city", "330110", "5", 1800 + 2 * 200),
        ("economy", BEIJING, "2", 800 + 400),
        ("cold", SHANGHAI, "2", 2600 + 500),
        ("heavy", SHANGHAI, "21", 3500 + 120),
        ("heavy", SHANGHAI, "100", 101 * 110),
    ],
)
def test_sample_prices_from_hangzhou(sample: Tariff, service: str, destination: str, weight: str, total: int) -> None:
    asked = request(weight, service=service, destination=destination, on_date=date(2026, 11, 22))
    assert quote(asked, sample).total_fen == total


def test_sample_prices_never_fall_with_the_weight(sample: Tariff) -> None:
    for key, service in sample.services.items():
        for destination in ("330108", NINGBO, SHANGHAI, GUANGZHOU, LHASA):
            last = 0
            for weight_g in range(250, (service.limits.piece_g or 0) + 1, 250):
                asked = request(service=key, destination=destination, pieces=(Piece(weight_g),))
                zone = service.zones.zone(HANGZHOU, destination)
                if zone not in service.cards:
                    break
                price = quote(asked, sample).total_fen
                assert price >= last, (key, destination, weight_g)
                last = price


def test_each_sample_service_is_named_in_both_languages(sample: Tariff) -> None:
    assert set(sample.services) == {"standard", "express", "same_city", "economy", "cold", "heavy"}
    for service in sample.services.values():
        assert service.name.zh != service.name.en

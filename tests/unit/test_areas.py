"""The area served, routing and lines: the smallest division that is known decides."""

from typing import Any

import pytest

from courier_desk.base.errors import UserError
from courier_desk.domain.areas import Areas
from courier_desk.domain.divisions import Level, load_divisions
from courier_desk.domain.line import lines_from
from courier_desk.domain.order import Piece, Route
from courier_desk.domain.prefixes import PrefixMap, PrefixSet
from courier_desk.domain.reference import ReferenceKind
from courier_desk.domain.reference_contents import sample_sets
from courier_desk.domain.routing import Routing
from courier_desk.domain.tariff import Tariff, quote
from tests.tariffs import HANGZHOU, request

AREAS: dict[str, Any] = {
    "version": 3,
    "areas": [
        {"prefixes": ["33", "46"], "services": ["standard", "express"]},
        {"prefixes": ["3309"], "services": ["standard"], "remote": True, "note": {"zh": "海岛", "en": "Islands"}},
        {"prefixes": ["4603"], "services": []},
    ],
}
ROUTES: dict[str, Any] = {
    "version": 2,
    "routes": [
        {"prefix": "33", "code": "571-00-00", "centre": "杭州", "line": "L1"},
        {"prefix": "330110", "code": "571-A1-07", "centre": "余杭", "line": "L2"},
    ],
}


@pytest.fixture(scope="module")
def sample() -> dict[ReferenceKind, Any]:
    return {each.kind: each.payload for each in sample_sets()}


def test_the_smallest_division_decides_whether_it_is_served() -> None:
    areas = Areas.from_data(AREAS)
    assert areas.version == 3
    assert areas.serves("330106", "express")
    assert not areas.serves("330902", "express")
    island = areas.area("330902001")
    assert (island.served, island.remote, str(island.note)) == (True, True, "Islands")
    assert not areas.area("330106").remote
    assert not areas.area("460301").served
    assert not areas.area("110101").served
    assert not areas.area("").served


@pytest.mark.parametrize(
    ("division", "said"),
    [("110101", "This area is not served."), ("460301", "This area"), ("330902", "Express does not go to this area.")],
)
def test_what_is_not_served_is_said_beside_the_destination(division: str, said: str) -> None:
    areas = Areas.from_data(AREAS)
    with pytest.raises(UserError, match=said) as error:
        areas.require(division, "express", "Express")
    assert error.value.field == "destination"
    assert areas.require("330106", "express", "Express").served


def test_route_of_the_smallest_known_division() -> None:
    routing = Routing.from_data(ROUTES)
    assert routing.route("330110005") == Route("571-A1-07", "余杭", "L2")
    assert routing.route("330106") == Route("571-00-00", "杭州", "L1")
    assert routing.route("110101") is None
    assert routing.lines() == {"L1", "L2"}


@pytest.mark.parametrize(
    ("read", "data", "place"),
    [
        (Areas.from_data, {"version": 1, "areas": [{"prefixes": ["33", "33"], "services": []}]}, "prefixes[2]:"),
        (Areas.from_data, {"version": 1, "areas": [{"prefixes": ["Zhejiang"], "services": []}]}, "prefixes[1]:"),
        (Areas.from_data, {"version": 1, "areas": [{"prefixes": ["33"]}]}, "areas.areas[1]: “services”"),
        (Routing.from_data, {**ROUTES, "routes": [ROUTES["routes"][0]] * 2}, "routing.routes[2]:"),
        (Routing.from_data, {"version": 1, "routes": [{"prefix": "33", "code": ""}]}, "routing.routes[1].code:"),
        (lines_from, {"lines": [{"code": "L1", "name": {"zh": "一"}}]}, "lines.lines[1].name: “en”"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(read: Any, data: dict[str, Any], place: str) -> None:
    with pytest.raises(UserError) as error:
        read(data)
    assert place in str(error.value)


def test_prefixes_take_the_longest_and_empty_means_everywhere() -> None:
    table = PrefixMap({"": 0, "33": 1, "3301": 2})
    assert [table.find(code) for code in ("", "11", "33", "3302", "330106")] == [0, 0, 1, 1, 2]
    assert PrefixMap[int]({}).find("33") is None
    assert "330106" in PrefixSet(["3301"])
    assert "330206" not in PrefixSet(["3301"])
    assert "" not in PrefixSet(["3301"])
    assert "" in PrefixSet([""])


def test_every_district_of_the_sample_area_has_a_price_a_route_and_a_line(sample: dict[ReferenceKind, Any]) -> None:
    areas, routing = Areas.from_data(sample[ReferenceKind.AREAS]), Routing.from_data(sample[ReferenceKind.ROUTING])
    tariff, lines = Tariff.from_data(sample[ReferenceKind.TARIFF]), lines_from(sample[ReferenceKind.LINES])
    assert routing.lines() <= set(lines)
    for division in load_divisions().upper:
        area = areas.area(division.code)
        assert area.services <= set(tariff.services)
        for service in area.services - {"same_city"}:
            asked = request(service=service, destination=division.code, pieces=(Piece(1000),))
            assert quote(asked, tariff).total_fen > 0, division
        route = routing.route(division.code)
        assert not area.served or route is not None, division
    served = [
        areas.area(province.code).served for province in load_divisions().upper if province.level is Level.PROVINCE
    ]
    assert all(served)
    assert areas.serves(HANGZHOU, "same_city")


def test_the_sample_routing_tells_districts_of_large_cities_apart(sample: dict[ReferenceKind, Any]) -> None:
    routing = Routing.from_data(sample[ReferenceKind.ROUTING])
    for city in ("3301", "31", "11", "4401"):
        codes = [division.code for division in load_divisions().upper if division.code.startswith(city)]
        routes = {route.routing_code for code in codes if (route := routing.route(code))}
        assert len(routes) > 8, city

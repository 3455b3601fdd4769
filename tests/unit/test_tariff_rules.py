"""What holds for every price list: sums, order of weights, whole numbers only, speed, and when surcharges fall due."""

import ast
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import courier_desk.domain.tariff
from courier_desk.base.translation import Message
from courier_desk.domain.order import HandlingMark, Payer, Piece
from courier_desk.domain.prefixes import PrefixMap, PrefixSet
from courier_desk.domain.tariff import LineKind, Quote, QuoteRequest, Tariff, quote
from tests.tariffs import HANGZHOU, LHASA, SHANGHAI, request, steps, surcharge, tariff

DOMAIN = Path(courier_desk.domain.tariff.__file__).parent
RATING_MODULES = (
    *("tariff", "tariff_data", "freight", "price_card", "rounding", "fees", "surcharges"),
    *("added_lines", "quote_lines", "shipment_limits", "zones"),
)

weights = st.integers(1, 90_000)
sides = st.integers(10, 900)
fen = st.integers(0, 20_000)
roundings = st.fixed_dictionaries(
    {"mode": st.sampled_from(["ROUND_UP", "ROUND_DOWN", "ROUND_HALF_UP", "ROUND_HALF_EVEN"]), "unit": st.just(1)}
)
percents = st.decimals(0, 100, places=2, allow_nan=False).map(lambda number: f"{number:f}")


@st.composite
def cards(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Brackets from light to heavy, the last without an end; prices in any relation to each other."""
    first = draw(st.integers(100, 3000))
    step = draw(st.integers(100, 2000))
    brackets = [steps(draw(fen), draw(fen), first_g=first, step_g=step, tolerance_g=draw(st.integers(0, 300)))]
    if draw(st.booleans()):
        brackets[0]["up_to_g"] = 10_000
        brackets.append({"fen_per_kg": draw(fen), "up_to_g": 30_000, "amount_rounding": draw(roundings)})
        brackets.append({"rows": [{"up_to_g": 35_000, "fen": draw(fen)}]})
        unit = draw(st.sampled_from([100, 500, 1000]))
        brackets.append({"fen_per_kg": draw(fen), "rounding": {"mode": "ROUND_UP", "unit": unit}})
    return brackets


@st.composite
def tariffs(draw: st.DrawFn) -> Tariff:
    """Price lists on which a heavier bracket may be taken when it is cheaper."""
    return tariff(
        *draw(cards()),
        card={"cheaper_bracket": True},
        volume={"divisor": draw(st.sampled_from([5000, 6000, 7000, 8000, 12000]))},
        weigh_by=draw(st.sampled_from(["order", "larger_of_each", "piece"])),
        surcharges=[
            surcharge("weight", {"piece": {"weight_over_g": draw(weights)}}, {"fen": draw(fen), "per": "piece"}),
            surcharge("remote", {}, {"fen": draw(fen), "per": "kilogram"}, fuel=True),
            surcharge("season", {}, {"percent": draw(percents), "rounding": draw(roundings)}),
        ],
        fuel={"rates": [{"from": "2026-01-01", "percent": draw(percents)}], "rounding": draw(roundings)},
        insurance={"percent": draw(percents), "minimum_fen": draw(fen)},
        cod={"percent": draw(percents)},
        discount={"limit_percent": "100", "rounding": draw(roundings)},
        tax={"percent": draw(percents), "included": False, "rounding": draw(roundings)},
        total_rounding={"mode": "ROUND_HALF_UP", "unit": draw(st.sampled_from([1, 10, 100]))},
    )


@st.composite
def requests(draw: st.DrawFn) -> QuoteRequest:
    pieces = draw(st.lists(st.builds(Piece, weights, sides, sides, sides), min_size=1, max_size=4))
    return request(
        pieces=tuple(pieces),
        declared_value_fen=draw(fen),
        cod_fen=draw(fen),
        discount_percent=Decimal(draw(percents)),
    )


@given(tariffs(), requests())
def test_the_lines_add_up_to_the_total(listed: Tariff, asked: QuoteRequest) -> None:
    found = quote(asked, listed)
    assert sum(line.amount_fen for line in found.lines) == found.total_fen
    assert found.total_fen >= 0
    assert found.chargeable_g >= found.actual_g
    assert all(line.amount_fen >= 0 for line in found.lines if line.kind in (LineKind.BASE, LineKind.SURCHARGE))


@given(tariffs(), requests(), st.integers(0, 3), st.integers(1, 30_000))
def test_a_heavier_parcel_never_costs_less(listed: Tariff, asked: QuoteRequest, place: int, more_g: int) -> None:
    asked = replace(asked, discount_percent=Decimal(0))
    place %= len(asked.pieces)
    pieces = list(asked.pieces)
    pieces[place] = replace(pieces[place], weight_g=pieces[place].weight_g + more_g)
    assert quote(replace(asked, pieces=tuple(pieces)), listed).total_fen >= quote(asked, listed).total_fen


@given(tariffs(), requests(), st.integers(1, 300))
def test_a_larger_parcel_never_costs_less(listed: Tariff, asked: QuoteRequest, more_mm: int) -> None:
    asked = replace(asked, discount_percent=Decimal(0))
    first, *others = asked.pieces
    larger = (replace(first, length_mm=first.length_mm + more_mm), *others)
    assert quote(replace(asked, pieces=larger), listed).total_fen >= quote(asked, listed).total_fen


def test_without_the_option_a_heavier_bracket_may_cost_less() -> None:
    falling = tariff({"rows": [{"up_to_g": 20500, "fen": 95000}]}, {"from_g": 21000, "fen_per_kg": 4400})
    assert quote(request("20.5"), falling).total_fen > quote(request("21"), falling).total_fen


def _values(thing: object) -> Iterator[object]:
    """Every value within, through data classes, tables and lists."""
    if is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            yield from _values(getattr(thing, field.name))
    elif isinstance(thing, MappingProxyType | dict | PrefixMap):
        for value in thing.values():
            yield from _values(value)
    elif isinstance(thing, list | tuple | frozenset):
        for value in thing:
            yield from _values(value)
    else:
        yield thing


_ALLOWED = (int, str, Decimal, date, Message, PrefixSet, type(None))


@given(tariffs(), requests())
def test_no_float_in_price_list_or_price(listed: Tariff, asked: QuoteRequest) -> None:
    found: Quote = quote(asked, listed)
    for value in (*_values(listed), *_values(found)):
        assert isinstance(value, _ALLOWED), value


@pytest.mark.parametrize("module", RATING_MODULES)
def test_no_float_in_the_code(module: str) -> None:
    for node in ast.walk(ast.parse((DOMAIN / f"{module}.py").read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), f"line {node.lineno}"
        assert not (isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div)), f"line {node.lineno}"
        assert not (isinstance(node, ast.Name) and node.id in ("float", "round")), f"line {node.lineno}"


def test_a_price_follows_each_key_stroke() -> None:
    listed = tariff(
        {**steps(1200, 500), "up_to_g": 30000},
        {"fen_per_kg": 400},
        card={"cheaper_bracket": True},
        volume={"divisor": 6000},
        surcharges=[
            surcharge(
                "remote", {"destinations": [f"{code}" for code in range(100000, 100300)]}, {"fen": 1, "per": "order"}
            ),
            *(surcharge("season", {}, {"percent": "1"}, id=f"s{number}") for number in range(15)),
        ],
    )
    asked = request(*["3.2"] * 5, size_cm=(40, 30, 20))
    fastest = min(_seconds(asked, listed) for _ in range(30))
    assert fastest < 0.001


def _seconds(asked: QuoteRequest, listed: Tariff) -> float:
    start = time.perf_counter()
    quote(asked, listed)
    return time.perf_counter() - start


def _surcharges(when: dict[str, Any], charge: dict[str, Any], asked: QuoteRequest, **more: Any) -> list[int]:
    listed = tariff(steps(1000, 100), surcharges=[surcharge("extra", when, charge, **more)])
    return [line.amount_fen for line in quote(asked, listed).lines if line.kind is LineKind.SURCHARGE]


PER_ORDER = {"fen": 700, "per": "order"}


@pytest.mark.parametrize(
    ("when", "due", "not_due"),
    [
        ({"destinations": ["31"]}, {}, {"destination": LHASA}),
        ({"destinations": ["540102"]}, {"destination": "540102001"}, {"destination": "540103"}),
        ({"origins": ["3301"]}, {}, {"origin": LHASA}),
        ({"mark": "fragile"}, {"marks": frozenset({HandlingMark.FRAGILE})}, {"marks": frozenset({HandlingMark.COLD})}),
        ({"extra": "return_receipt"}, {"extras": frozenset({"return_receipt"})}, {}),
        ({"payer": "recipient"}, {"payer": Payer.RECIPIENT}, {}),
        ({"services": ["standard"]}, {}, None),
        (
            {"first_day": "2026-02-10", "last_day": "2026-02-20"},
            {"on_date": date(2026, 2, 20)},
            {"on_date": date(2026, 2, 21)},
        ),
        ({"first_day": "2026-02-10"}, {"on_date": date(2026, 2, 10)}, {"on_date": date(2026, 2, 9)}),
        ({"piece": {"weight_over_g": 2000}}, {"pieces": (Piece(2001),)}, {"pieces": (Piece(2000), Piece(2000))}),
        (
            {"piece": {"longest_over_mm": 1200}},
            {"pieces": (Piece(1, 9, 9, 1201),)},
            {"pieces": (Piece(1, 9, 9, 1200),)},
        ),
        (
            {"piece": {"girth_over_mm": 3000}},
            {"pieces": (Piece(1, 600, 1001, 400),)},
            {"pieces": (Piece(1, 600, 1000, 400),)},
        ),
    ],
)
def test_a_surcharge_falls_due_only_on_its_condition(
    when: dict[str, Any], due: dict[str, Any], not_due: dict[str, Any] | None
) -> None:
    assert _surcharges(when, PER_ORDER, request(**{"pieces": (Piece(1000),), **due})) == [700]
    if not_due is not None:
        assert _surcharges(when, PER_ORDER, request(**{"pieces": (Piece(1000),), **not_due})) == []


def test_a_surcharge_counts_pieces_kilograms_or_per_cent() -> None:
    three = request(pieces=(Piece(5000), Piece(300), Piece(7100)))
    heavy = {"piece": {"weight_over_g": 4000}}
    assert _surcharges(heavy, {"fen": 700, "per": "piece"}, three) == [1400]
    assert _surcharges(heavy, {"fen": 10, "per": "kilogram"}, three) == [130]
    assert _surcharges({}, {"fen": 10, "per": "kilogram"}, three) == [130]
    # 10 % of 22.00
    assert _surcharges({}, {"percent": "10", "minimum_fen": 300, "maximum_fen": 600}, three) == [300]
    assert _surcharges({}, {"percent": "10", "minimum_fen": 100, "maximum_fen": 600}, three) == [220]
    assert _surcharges({}, {"percent": "10", "minimum_fen": 100, "maximum_fen": 200}, three) == [200]


def test_a_piece_pays_the_larger_of_two_tiers_only() -> None:
    tiers = [
        surcharge("oversize", {"piece": {"longest_over_mm": 1500}}, {"fen": 4000, "per": "piece"}, id="large"),
        surcharge(
            "oversize", {"piece": {"longest_over_mm": 1200}}, {"fen": 1500, "per": "piece"}, id="long", unless=["large"]
        ),
    ]
    listed = tariff(steps(1000, 0), surcharges=tiers)
    pieces = (Piece(1000, 1300, 100, 100), Piece(1000, 1600, 100, 100), Piece(1000, 100, 100, 100))
    found = quote(request(pieces=pieces), listed)
    assert [line.amount_fen for line in found.lines if line.kind is LineKind.SURCHARGE] == [4000, 1500]


def test_zone_is_asked_from_the_smallest_to_the_largest() -> None:
    zones = {
        "all": {
            "pairs": {"3301": {"3305": "everywhere"}},
            "same_city": "city",
            "same_province": "province",
            "groups": {"east": ["31", "33"], "west": ["51", "54"], "dongguan": ["441900"]},
            "matrix": {"east": {"east": "near", "west": "far"}},
            "otherwise": "rest",
        }
    }
    table = tariff(steps(1, 1), zones=zones).services["standard"].zones
    expected = {
        "330502": "everywhere",
        "330110": "city",
        "330203": "province",
        SHANGHAI: "near",
        LHASA: "far",
        "441900": "rest",
    }
    assert {code: table.zone(HANGZHOU, code) for code in expected} == expected
    # A municipality is one city, counties run by a province are each their own.
    assert table.zone("310101", "310230") == "city"
    assert table.zone("429004", "429005") == "province"
    assert table.zone("441900", "441900003") == "city"

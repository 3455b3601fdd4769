"""Rating, by worked examples: T1 to T11 are those of the trade's fact sheet, exact to the fen and the gram."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from courier_desk.base.errors import UserError
from courier_desk.domain.order import HandlingMark, OrderDraft, Payer, Piece
from courier_desk.domain.party import Address, Party
from courier_desk.domain.rounding import Rounding, RoundingMode
from courier_desk.domain.tariff import LineKind, Quote, QuoteLine, QuoteRequest, Tariff, Unit, quote
from tests.tariffs import HANGZHOU, LHASA, NAME, NINGBO, SHANGHAI, kg, request, steps, surcharge, tariff, tariff_data

T1 = steps(1200, 500)
HALF_STEPS = steps(500, 100, first_g=500, step_g=500)
WHOLE_ABOVE_21 = {"up_to_g": None, "from_g": 21000, "fen_per_kg": 4400}


def amounts(found: Quote) -> dict[LineKind, int]:
    return {line.kind: line.amount_fen for line in found.lines}


@pytest.mark.parametrize(("weight", "total"), [("3.2", 2700), ("0.2", 1200), ("1.0", 1200)])
def test_t1_first_weight_and_steps(weight: str, total: int) -> None:
    assert quote(request(weight), tariff(T1)).total_fen == total


@pytest.mark.parametrize(
    ("divisor", "volumetric_g", "chargeable_g", "total"),
    [(6000, 5000, 5000, 3200), (8000, 3750, 3750, 2700), (12000, 2500, 3200, 2700), (5000, 6000, 6000, 3700)],
)
def test_t2_volume_counts_when_it_is_more(divisor: int, volumetric_g: int, chargeable_g: int, total: int) -> None:
    found = quote(request("3.2", size_cm=(40, 30, 25)), tariff(T1, volume={"divisor": divisor}))
    assert (found.volumetric_g, found.chargeable_g, found.total_fen) == (volumetric_g, chargeable_g, total)


@pytest.mark.parametrize(("weight", "total"), [("1.2", 2200), ("1.5", 2200), ("1.51", 2600)])
def test_t3_half_kilogram_steps(weight: str, total: int) -> None:
    assert quote(request(weight), tariff(steps(1800, 400, step_g=500))).total_fen == total


def test_t4_a_tenth_over_is_one_step_not_two() -> None:
    found = quote(request("1.1"), tariff(steps(1000, 100, step_g=100)))
    assert [line.basis for line in found.lines if line.kind is LineKind.WEIGHT] == [1]
    assert found.total_fen == 1100


@pytest.mark.parametrize(("declared", "fee"), [(300000, 1500), (10000, 100)])
def test_t5_insurance_with_its_minimum(declared: int, fee: int) -> None:
    insured = tariff(T1, insurance={"percent": "0.5", "minimum_fen": 100})
    assert amounts(quote(request("1", declared_value_fen=declared), insured))[LineKind.INSURANCE] == fee


def test_t6_cash_on_delivery() -> None:
    found = quote(request("1", cod_fen=102000), tariff(T1, cod={"percent": "3"}))
    assert amounts(found)[LineKind.COD] == 3060


def test_t7_international_volume() -> None:
    found = quote(request("8", size_cm=(50, 40, 30)), tariff(T1, volume={"divisor": 5000}))
    assert (found.volumetric_g, found.chargeable_g) == (12000, 12000)


@pytest.mark.parametrize(
    ("weight", "billed_g"), [("2.65", 3000), ("24.3", 25000), ("65.9", 66000), ("25.84", 26000), ("20.6", 21000)]
)
def test_t8_each_bracket_rounds_in_its_own_way(weight: str, billed_g: int) -> None:
    found = quote(request(weight), tariff({**HALF_STEPS, "up_to_g": 20500}, WHOLE_ABOVE_21))
    assert found.billed_g == billed_g


def test_t9_volume_of_several_cartons_is_added_before_it_is_rounded() -> None:
    found = quote(request(*["5"] * 6, size_cm=(38, 18, 58)), tariff(WHOLE_ABOVE_21, volume={"divisor": 5000}))
    assert (found.actual_g, found.volumetric_g, found.billed_g) == (30000, 47607, 48000)


def test_t10_fuel_on_freight_and_the_surcharges_marked_for_it() -> None:
    remote = surcharge("remote", {"destinations": ["54"]}, {"fen": 19000, "per": "order"}, fuel=True)
    fuel = {"rates": [{"from": "2026-01-01", "percent": "24.5"}]}
    found = quote(request("1", destination=LHASA), tariff(steps(118000, 0), surcharges=[remote], fuel=fuel))
    fuel_line = found.lines[-1]
    assert (fuel_line.kind, fuel_line.basis, fuel_line.amount_fen) == (LineKind.FUEL, 137000, 33565)
    assert found.total_fen == 170565
    unmarked = tariff(steps(118000, 0), surcharges=[{**remote, "fuel": False}], fuel=fuel)
    assert quote(request("1", destination=LHASA), unmarked).lines[-1].basis == 118000


def test_a_weight_that_is_rounded_above_its_bracket_belongs_to_the_next() -> None:
    listed = tariff({**HALF_STEPS, "up_to_g": 20700}, WHOLE_ABOVE_21)
    assert quote(request("20.5"), listed).total_fen == 500 + 40 * 100
    assert quote(request("20.6"), listed).total_fen == 21 * 4400


@pytest.mark.parametrize(("cheaper", "total"), [(True, 92400), (False, 95000)])
def test_t11_a_heavier_bracket_is_taken_when_cheaper_and_allowed(cheaper: bool, total: int) -> None:
    documents = {"rows": [{"up_to_g": 20000, "fen": 90000}, {"up_to_g": 20500, "fen": 95000}]}
    found = quote(request("20.5"), tariff(documents, WHOLE_ABOVE_21, card={"cheaper_bracket": cheaper}))
    assert found.total_fen == total


def test_a_heavier_bracket_charges_the_weight_itself_where_it_reaches_down() -> None:
    listed = tariff(
        {"rows": [{"up_to_g": 5000, "fen": 99900}]}, {"from_g": 0, "fen_per_kg": 100}, card={"cheaper_bracket": True}
    )
    assert quote(request("2"), listed).total_fen == 200


def test_lines_tell_first_weight_steps_and_what_the_volume_adds() -> None:
    found = quote(request("3.2", size_cm=(40, 30, 25)), tariff(T1, volume={"divisor": 6000}))
    assert [(line.kind, line.basis, line.unit, line.rate, line.amount_fen) for line in found.lines] == [
        (LineKind.BASE, 1, Unit.PIECE, Decimal(1200), 1200),
        (LineKind.WEIGHT, 3, Unit.STEP, Decimal(500), 1500),
        (LineKind.VOLUME, 5000, Unit.GRAM, Decimal(0), 500),
    ]
    assert [str(line.label) for line in found.lines] == [
        "First 1 kg",
        "Further weight, 3 × 1 kg at 5.00",
        "Charged by volume, as 5 kg",
    ]
    assert (found.currency, found.zone, found.tariff_version) == ("CNY", "everywhere", 1)


@pytest.mark.parametrize(
    ("weigh_by", "chargeable_g", "total"),
    [("order", 4000, 1200 + 3 * 500), ("larger_of_each", 6000, 1200 + 5 * 500), ("piece", 6000, 2 * 1200 + 4 * 500)],
)
def test_several_pieces_are_weighed_as_the_list_says(weigh_by: str, chargeable_g: int, total: int) -> None:
    one_large_one_heavy = (Piece(1000, 300, 200, 300), Piece(3000, 100, 100, 100))
    found = quote(request(pieces=one_large_one_heavy), tariff(T1, volume={"divisor": 6000}, weigh_by=weigh_by))
    assert (found.actual_g, found.chargeable_g, found.total_fen) == (4000, chargeable_g, total)


def test_sides_are_rounded_up_to_whole_centimetres_when_the_list_says_so() -> None:
    piece = (Piece(100, 201, 200, 200),)
    plain = tariff(T1, volume={"divisor": 8000})
    whole = tariff(T1, volume={"divisor": 8000, "side_rounding": {"mode": "ROUND_UP", "unit": 10}})
    assert quote(request(pieces=piece), plain).volumetric_g == 1005
    assert quote(request(pieces=piece), whole).volumetric_g == 1050


def test_a_tolerance_over_the_step_is_let_pass() -> None:
    lenient = tariff(steps(1200, 500, tolerance_g=200))
    assert [quote(request(weight), lenient).total_fen for weight in ("1.2", "1.201", "2.2", "2.201")] == [
        1200,
        1700,
        1700,
        2200,
    ]


def test_fuel_rate_is_that_of_the_day() -> None:
    fuel = {"rates": [{"from": "2026-03-01", "percent": "10"}, {"from": "2026-02-01", "percent": "5"}]}
    listed = tariff(steps(1000, 0), fuel=fuel)
    days = (date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1))
    assert [quote(request("1", on_date=day), listed).total_fen for day in days] == [1000, 1050, 1050, 1100]


def test_everything_is_added_in_the_order_of_the_build_up() -> None:
    listed = tariff(
        steps(1000, 200),
        volume={"divisor": 6000},
        surcharges=[
            surcharge("handling", {"mark": "fragile"}, {"fen": 1, "per": "order"}),
            surcharge("oversize", {"piece": {"longest_over_mm": 10}}, {"fen": 2, "per": "piece"}),
            surcharge("remote", {"destinations": ["31"]}, {"fen": 3, "per": "kilogram"}),
            surcharge("weight", {"piece": {"weight_over_g": 10}}, {"percent": "10"}),
        ],
        fuel={"rates": [{"from": "2026-01-01", "percent": "10"}]},
        insurance={"percent": "1"},
        cod={"percent": "1"},
        packaging={"carton": {"name": NAME, "fen": 300}},
        discount={"limit_percent": "20"},
        tax={"percent": "6", "included": False},
        total_rounding={"mode": "ROUND_DOWN", "unit": 10},
    )
    found = quote(
        request(
            "2",
            size_cm=(30, 30, 30),
            marks=frozenset({HandlingMark.FRAGILE}),
            declared_value_fen=10000,
            cod_fen=20000,
            packaging=(("carton", 2),),
            discount_percent=Decimal("12.5"),
        ),
        listed,
    )
    assert [(line.kind, line.amount_fen) for line in found.lines] == [
        (LineKind.BASE, 1000),
        (LineKind.WEIGHT, 200),
        (LineKind.VOLUME, 600),
        (LineKind.SURCHARGE, 180),  # 10 % of 18.00
        (LineKind.SURCHARGE, 15),  # 5 kg
        (LineKind.SURCHARGE, 2),
        (LineKind.SURCHARGE, 1),
        (LineKind.FUEL, 180),
        (LineKind.INSURANCE, 100),
        (LineKind.COD, 200),
        (LineKind.PACKAGING, 600),
        (LineKind.DISCOUNT, -272),  # 12.5 % of 21.78
        (LineKind.TAX, 168),  # 6 % of 28.06
        (LineKind.ROUNDING, -4),
    ]
    assert found.total_fen == 2970


def test_a_discount_is_never_more_than_the_freight() -> None:
    generous = {"limit_percent": "100", "rounding": {"mode": "ROUND_UP", "unit": 1000}}
    found = quote(request("1", discount_percent=Decimal(50)), tariff(steps(750, 0), discount=generous))
    assert (found.lines[-1].amount_fen, found.total_fen) == (-750, 0)


def test_a_tax_that_the_prices_hold_adds_nothing() -> None:
    listed = tariff(T1, tax={"percent": "6", "included": True})
    assert quote(request("1"), listed).total_fen == 1200


def test_request_for_a_draft_takes_the_divisions_of_both_addresses() -> None:
    draft = OrderDraft(
        sender=Party(address=Address(division=HANGZHOU)),
        recipient=Party(address=Address(division=NINGBO)),
        pieces=(Piece(2500),),
        declared_value_fen=5,
        cod_fen=7,
        marks=frozenset({HandlingMark.COLD}),
        payer=Payer.RECIPIENT,
    )
    assert QuoteRequest.for_draft(draft, date(2026, 5, 1)) == QuoteRequest(
        service="standard",
        origin=HANGZHOU,
        destination=NINGBO,
        pieces=(Piece(2500),),
        declared_value_fen=5,
        cod_fen=7,
        marks=frozenset({HandlingMark.COLD}),
        payer=Payer.RECIPIENT,
        on_date=date(2026, 5, 1),
    )


def test_a_line_is_kept_whole_and_its_name_in_both_languages() -> None:
    remote = surcharge("remote", {}, {"fen": 19000, "per": "order"})
    found = quote(request("1.5", cod_fen=102000), tariff(T1, surcharges=[remote], cod={"percent": "3.5"}))
    kept = [json.loads(json.dumps(line.as_data())) for line in found.lines]
    assert tuple(QuoteLine.from_data(data) for data in kept) == found.lines
    assert kept[2]["values"] == {"name": {"zh": "附加费", "en": "Surcharge"}}
    assert (kept[3]["basis"], kept[3]["rate"], kept[3]["rounding"]) == (102000, "3.5", "ROUND_HALF_UP 1 fen")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"service": "balloon"}, "service"),
        ({"origin": ""}, "origin"),
        ({"destination": ""}, "destination"),
        ({"destination": "3301"}, "destination"),
        ({"pieces": ()}, "pieces"),
        ({"pieces": (Piece(1000),) * 6}, "pieces"),
        ({"pieces": (Piece(1000), Piece(0))}, "weight_g"),
        ({"pieces": (Piece(-1),)}, "weight_g"),
        ({"pieces": (Piece(30001),)}, "weight_g"),
        ({"pieces": (Piece(30000), Piece(30000))}, "weight_g"),
        ({"pieces": (Piece(1000, 1000, 10, 0),)}, "size"),
        ({"pieces": (Piece(1000, 1201, 10, 10),)}, "size"),
        ({"pieces": (Piece(1000, 1000, 1000, 600),)}, "size"),
        ({"pieces": (Piece(1000, 700, 700, 700),)}, "size"),
        ({"declared_value_fen": -1}, "declared_value_fen"),
        ({"declared_value_fen": 1000001}, "declared_value_fen"),
        ({"cod_fen": 1}, "cod_fen"),
        ({"marks": frozenset({HandlingMark.COLD})}, "marks"),
        ({"packaging": (("gold", 1),)}, "packaging"),
        ({"discount_percent": Decimal("0.1")}, "discount_percent"),
        ({"discount_percent": Decimal(-1)}, "discount_percent"),
        ({"on_date": date(2025, 12, 31)}, "on_date"),
    ],
)
def test_what_cannot_be_priced_is_said_beside_its_field(change: dict[str, Any], field: str) -> None:
    listed = tariff(
        {**T1, "up_to_g": 50000},
        volume={"divisor": 6000},
        limits={"piece_g": 30000, "order_g": 40000, "longest_mm": 1200, "girth_mm": 4000, "pieces": 5},
        insurance={"percent": "0.5", "limit_fen": 1000000},
        marks=["fragile"],
    )
    with pytest.raises(UserError) as error:
        quote(request("1", **change), listed)
    assert error.value.field == field
    assert str(error.value)


@pytest.mark.parametrize(
    "pieces",
    [(Piece(30000, 1200, 10, 10), Piece(10000)), (Piece(1000),) * 5, (Piece(1000, 400, 400, 400),)],
)
def test_what_is_exactly_at_a_limit_is_taken(pieces: tuple[Piece, ...]) -> None:
    limits = {"piece_g": 30000, "order_g": 40000, "longest_mm": 1200, "girth_mm": 2000, "pieces": 5}
    listed = tariff(T1, limits=limits, insurance={"percent": "0.5", "limit_fen": 1000000})
    assert quote(request(pieces=pieces, declared_value_fen=1000000), listed).total_fen > 0


def test_no_zone_or_no_card_means_not_served() -> None:
    data = tariff_data(T1, zones={"all": {"same_city": "everywhere", "same_province": "near"}})
    listed = Tariff.from_data(data)
    assert quote(request("1", destination="330108"), listed).total_fen == 1200
    for elsewhere in (NINGBO, SHANGHAI):
        with pytest.raises(UserError, match="Standard does not go there from here"):
            quote(request("1", destination=elsewhere), listed)


@pytest.mark.parametrize(
    ("mode", "rounded"),
    [
        (RoundingMode.UP, [0, 10, 10, 10, 20, 20]),
        (RoundingMode.DOWN, [0, 0, 0, 0, 10, 10]),
        (RoundingMode.HALF_UP, [0, 0, 10, 10, 20, 20]),
        (RoundingMode.HALF_EVEN, [0, 0, 0, 10, 20, 20]),
    ],
)
def test_rounding_modes(mode: RoundingMode, rounded: list[int]) -> None:
    assert [Rounding(mode, 10).whole(number) for number in (0, 1, 5, 6, 15, 19)] == rounded


def test_kilograms_of_the_tests_are_exact() -> None:
    assert [kg(text) for text in ("3.2", "0.2", "25.84", "20")] == [3200, 200, 25840, 20000]

"""Whose number is this: every row and every published vector of the recognition table."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courier_desk.domain.numbers import Candidate, Carrier, Check, Confidence, recognise
from courier_desk.domain.own_number import make


def reading(text: str, carrier: str) -> Candidate | None:
    """The best reading of ``text`` as a number of ``carrier``."""
    return next((each for each in recognise(text) if each.carrier == carrier), None)


# Published examples of each carrier without a check digit, and shapes of the older rows.
WITHOUT_CHECK = [
    ("SF1385628716739", "SF"),
    ("SF1000000000000", "SF"),
    ("SFA123456789012", "SF"),
    ("305980661496", "SF"),
    ("YT8962646785389", "YTO"),
    ("881234567890123456", "YTO"),
    ("V030344422", "YTO"),
    ("D12345678901", "YTO"),
    ("73610555582883", "ZTO"),
    ("305980661496", "ZTO"),
    ("773277027280336", "STO"),
    ("77316523125896", "STO"),
    ("268123456789", "STO"),
    ("2681234567890", "STO"),
    ("3681234567890", "STO"),
    ("5801234567890", "STO"),
    ("463431409940372", "YUNDA"),
    ("3967950525457", "YUNDA"),
    ("5967950525457", "YUNDA"),
    ("JT5261988016578", "JT"),
    ("JT0006968326954", "JT"),
    ("JDX024407261700", "JD"),
    ("JDVA11408814483", "JD"),
    ("DPK202252612836", "DEPPON"),
    ("12345678", "DEPPON"),
    ("1234567890", "DEPPON"),
    ("1207119765021", "EMS"),
    ("1240921381750", "EMS"),
    ("PA12345678901", "EMS"),
    ("621123456789012", "CAINIAO"),
    ("YT2229521272164446", "YUNEXPRESS"),
    ("JVGL0123456789", "DHL"),
]


@pytest.mark.parametrize(("text", "carrier"), WITHOUT_CHECK)
def test_each_shape_without_check_digit_is_recognised(text: str, carrier: str) -> None:
    found = reading(text, carrier)
    assert found is not None
    assert found.check is Check.NONE
    assert found.number == text


PASSED = {
    "UPS": "1Z5R89390357567127 1Z879E930346834440 1Z410E7W0392751591 1Z999AA10123456784 1Z12345E1512345676",
    "FEDEX": "986578788855 477179081230 799531274483 012345678983 041441760228964 568283610012000 "
    "9611020987654312345672 1001921334250001000300779017972697",
    "DHL": "3318810025 73891051146 8487135506 3318810036 3318810014",
    "USPS": "9400111206206406260787 9400111202555842332669 9261292700768711948021 9505511069605048600624 "
    "420787459400111206206406260787 03071790000523483741 71123456789123456787 71969010756003077385",
    "YAMATO": "123456789013",
    "S10": "RB123456785GB RB123456785US EB000717618HK EB000717595HK RR966331020CN RR000000005CN RR000000080CN",
    "AWB": "176-12345675 020-81140743 589-81140743",
}

FAILED = {
    "UPS": "1Z1111111111111111 1Z12345E0205271688 1Z2869Y60397722027 1Z9999W99999999999",
    "FEDEX": "996578788855 568283610012732 1001901781990001000300617767839438",
    "DHL": "3318810010 3318810034 3318810011",
    "USPS": "9261292700768711948020 03071790000523483742 71969010756003077386",
    "YAMATO": "111111111111",
    "S10": "RB123456786GB EB000717594HK EB000717535HK EB900717618HK TX801495811US RB123456785XX",
    "AWB": "999-12345676 999-12345670",
}


def _rows(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(text, carrier) for carrier, texts in table.items() for text in texts.split()]


@pytest.mark.parametrize(("text", "carrier"), _rows(PASSED))
def test_published_numbers_pass_their_check_digit(text: str, carrier: str) -> None:
    found = reading(text, carrier)
    assert found is not None
    assert found.check is Check.PASSED


@pytest.mark.parametrize(("text", "carrier"), _rows(FAILED))
def test_wrong_check_digit_still_gives_a_candidate(text: str, carrier: str) -> None:
    found = reading(text, carrier)
    assert found is not None
    assert found.check is Check.FAILED


@pytest.mark.parametrize(
    ("serial", "digit"),
    [("00071758", "1"), ("96633102", "0"), ("76129403", "8"), ("00071761", "8"), ("47312482", "9")],
)
def test_s10_check_digits_of_the_standard(serial: str, digit: str) -> None:
    found = reading(f"RR{serial}{digit}CN", "S10")
    assert found is not None
    assert found.check is Check.PASSED


def test_usps_number_is_taken_out_of_its_routing_code() -> None:
    assert recognise("420787459400111206206406260787")[0].number == "9400111206206406260787"
    assert recognise("4207874512349400111206206406260787")[0].number == "9400111206206406260787"


def test_fedex_number_is_the_last_fourteen_digits_of_thirty_four() -> None:
    best = recognise("1001921334250001000300779017972697")[0]
    assert (best.carrier, best.number) == (Carrier.FEDEX, "00779017972697")


@pytest.mark.parametrize(
    ("text", "first", "others"),
    [
        ("773277027280336", Carrier.FEDEX, {Carrier.STO}),
        ("986578788855", Carrier.FEDEX, {Carrier.SF, Carrier.STO}),
        ("012345678983", Carrier.FEDEX, {Carrier.SF, Carrier.STO}),
        ("123456789013", Carrier.YAMATO, {Carrier.SF}),
    ],
)
def test_right_check_digit_comes_before_length(text: str, first: Carrier, others: set[Carrier]) -> None:
    found = recognise(text)
    assert found[0].carrier is first
    assert others <= {each.carrier for each in found}


def test_dhl_and_air_waybill_are_told_apart_by_their_check_digit() -> None:
    best = recognise("73891051146")[0]
    assert (best.carrier, best.check) == (Carrier.DHL, Check.PASSED)
    assert (awb := reading("73891051146", "AWB")) is not None
    assert awb.check is Check.FAILED
    assert recognise("17612345675")[0].carrier is Carrier.AWB
    assert (dhl := reading("17612345675", "DHL")) is not None
    assert dhl.check is Check.FAILED


def test_number_with_the_shape_of_yunda_is_not_claimed_for_zto() -> None:
    found = recognise("432542035598773")
    assert found[0].carrier is Carrier.YUNDA
    assert Carrier.ZTO not in {each.carrier for each in found}


def test_thirteen_digits_are_not_everybodys() -> None:
    assert {each.carrier for each in recognise("1207119765021")} == {Carrier.EMS}


def test_yto_and_yunexpress_differ_by_length() -> None:
    assert [each.carrier for each in recognise("YT8962646785389")] == [Carrier.YTO]
    assert [each.carrier for each in recognise("YT2229521272164446")] == [Carrier.YUNEXPRESS]


@pytest.mark.parametrize(
    "text",
    ["4309597495550", "5685685685685685", "", " ", "-", "SF", "hello", "13%^&", "订单", "1234567", "٠١٢٣٤٥٦٧٨٩٠١"],
)
def test_unknown_shapes_give_nothing(text: str) -> None:
    assert recognise(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "sf1385628716739",
        " SF 1385 6287 1673 9 ",
        "SF-1385-6287-16739",
        "SF1385—6287–16739",
        "ＳＦ１３８５６２８７１６７３９",
        "\ufeffSF1385628716739\u200b\r\n",
        "SF　1385628716739",
    ],
)
def test_spaces_dashes_small_and_full_width_characters_do_not_matter(text: str) -> None:
    best = recognise(text)[0]
    assert (best.carrier, best.number) == (Carrier.SF, "SF1385628716739")


@pytest.mark.parametrize("suffix", ["-1-2-", "-1-2", "-12-20-"])
def test_piece_behind_a_jd_number_is_cut(suffix: str) -> None:
    best = recognise(f"JDVA11408814483{suffix}")[0]
    assert (best.carrier, best.number) == (Carrier.JD, "JDVA11408814483")


def test_our_own_number_comes_first_with_its_piece() -> None:
    number = make("XS", 123456)
    best = recognise(number)[0]
    assert (best.carrier, best.check, best.number) == (Carrier.OWN, Check.PASSED, number)
    spaced = f"{number[:2].lower()} {number[2:6]} {number[6:]}－０２"
    best = recognise(spaced)[0]
    assert (best.carrier, best.check, best.number) == (Carrier.OWN, Check.PASSED, f"{number}-02")


def test_our_own_number_with_a_wrong_digit_is_a_failed_candidate() -> None:
    number = make("CD", 42)
    best = recognise(number[:-1] + str((int(number[-1]) + 1) % 10))[0]
    assert (best.carrier, best.check) == (Carrier.OWN, Check.FAILED)


def test_prefixes_of_ours_are_data() -> None:
    number = make("QQ", 7)
    assert recognise(number) == []
    assert recognise(number, ("QQ",))[0].carrier is Carrier.OWN


def test_order_is_letters_check_digit_digits_length_failed() -> None:
    order = [
        recognise("SF1385628716739")[0].confidence,
        recognise("986578788855")[0].confidence,
        recognise("73610555582883")[0].confidence,
        recognise("305980661496")[0].confidence,
        recognise("9261292700768711948020")[0].confidence,
    ]
    assert order == [
        Confidence.LETTERS,
        Confidence.CHECKED,
        Confidence.DIGITS,
        Confidence.LENGTH,
        Confidence.FAILED,
    ]


@given(st.text(max_size=60))
def test_any_text_gives_ordered_candidates(text: str) -> None:
    found = recognise(text)
    assert [each.confidence for each in found] == sorted((each.confidence for each in found), reverse=True)
    assert all(each.number.isascii() for each in found)


@pytest.mark.parametrize(
    "text",
    ["1" * 10_000, "-" * 10_000, " 1" * 5_000, "J" * 10_000, "é\u0301\u0327" * 3_333, "\ufdfa" * 3_333, "-1" * 5_000],
)
def test_huge_text_is_answered_at_once(text: str) -> None:
    recognise(text)
    fastest = min(_seconds(text) for _ in range(5))
    assert fastest < 0.010


def _seconds(text: str) -> float:
    start = time.perf_counter()
    recognise(text)
    return time.perf_counter() - start

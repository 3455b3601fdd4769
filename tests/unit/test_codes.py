"""What a scanned text is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courier_desk.domain.codes import parse_code
from courier_desk.domain.own_number import child, make
from courier_desk.domain.scan import Code, CodeKind

NUMBER = make("XS", 123456)
PREFIXES = ("XS",)


def parse(text: str) -> Code:
    return parse_code(text, PREFIXES)


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        NUMBER.lower(),
        f" {NUMBER}\r\n",
        f"]C0{NUMBER}",
        f"]Q1{NUMBER}",
        f"]C1\x1d{NUMBER}",
        f"{NUMBER[:2]} {NUMBER[2:6]} {NUMBER[6:]}",
        "".join(chr(ord(character) + 0xFEE0) for character in NUMBER),
    ],
)
def test_waybill_of_ours(text: str) -> None:
    assert parse(text) == Code(CodeKind.WAYBILL, NUMBER, NUMBER, 0)


def test_piece_leads_to_its_mother() -> None:
    assert parse(child(NUMBER, 2)) == Code(CodeKind.WAYBILL, f"{NUMBER}-02", NUMBER, 2)
    assert parse(f"{NUMBER}—02").piece == 2


def test_number_of_ours_with_a_wrong_check_digit_says_so() -> None:
    wrong = NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)
    assert parse(wrong) == Code(CodeKind.UNREADABLE, wrong, wrong, 0, "OWN")


def test_number_of_another_kind_of_station_is_not_ours() -> None:
    other = make("XT", 5)
    assert parse(other) == Code(CodeKind.FOREIGN, other, other, 0, "OWN")


def test_prefix_of_the_company_is_ours_where_it_is_set() -> None:
    number = make("QZ", 5)
    assert parse_code(number, ("QZ",)).kind is CodeKind.WAYBILL
    assert parse(number).kind is CodeKind.UNREADABLE


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"BAG{NUMBER}", CodeKind.BAG),
        (f"bag {NUMBER.lower()}", CodeKind.BAG),
        (f"]C0HO{NUMBER}", CodeKind.LIST),
        ("SEAL0012345", CodeKind.SEAL),
        ("seal-A-17", CodeKind.SEAL),
    ],
)
def test_our_other_codes_are_told_by_their_prefix(text: str, kind: CodeKind) -> None:
    code = parse(text)
    assert code.kind is kind
    assert code.number == text.removeprefix("]C0").upper().replace(" ", "")


@pytest.mark.parametrize("prefix", ["BAG", "HO"])
def test_bag_and_list_are_guarded_by_the_check_digit_too(prefix: str) -> None:
    wrong = f"{prefix}{NUMBER[:-1]}{(int(NUMBER[-1]) + 1) % 10}"
    assert parse(wrong) == Code(CodeKind.UNREADABLE, wrong, wrong, 0, "OWN")
    assert parse(f"{prefix}{NUMBER[:9]}").kind is CodeKind.UNREADABLE


def test_international_item_that_begins_like_a_list_is_a_parcel() -> None:
    assert parse("HO123456785CN") == Code(CodeKind.FOREIGN, "HO123456785CN", "HO123456785CN", 0, "S10")


def test_command() -> None:
    assert parse("CMD:CLOSE_BAG") == Code(CodeKind.COMMAND, "CMD:CLOSE_BAG", "CLOSE_BAG")
    assert parse("CMD:").kind is CodeKind.UNREADABLE


@pytest.mark.parametrize(
    ("text", "number", "carrier"),
    [
        ("]C01Z999AA10123456784", "1Z999AA10123456784", "UPS"),
        ("SF1385628716739", "SF1385628716739", "SF"),
        ("JDVA11408814483-1-2-", "JDVA11408814483", "JD"),
        ("]C1420787459400111206206406260787", "9400111206206406260787", "USPS"),
        ("]C100041441760228964568", "041441760228964568", "FEDEX"),
        ("(00)041441760228964568", "", ""),
        ("1Z1111111111111111", "1Z1111111111111111", "UPS"),
    ],
)
def test_number_of_another_carrier_is_named(text: str, number: str, carrier: str) -> None:
    code = parse(text)
    assert (code.kind is CodeKind.FOREIGN) is bool(carrier)
    assert (code.number, code.carrier) == (number, carrier)


def test_bar_code_of_goods_is_no_waybill() -> None:
    assert parse("9787111128069").carrier == "EMS"
    assert parse("]E09787111128069").kind is CodeKind.UNREADABLE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "]C0",
        "NoRead",
        "https://example.com/w?n=" + NUMBER,
        NUMBER + NUMBER,
        NUMBER + NUMBER[:7],
        NUMBER[5:] + NUMBER,
        NUMBER[:9],
        f"{NUMBER}\n{NUMBER}",
        f"{NUMBER};{NUMBER}",
        f"{NUMBER} {NUMBER}",
        f"{NUMBER}01",
        f"{NUMBER}-00",
        f"{NUMBER[:6]}\x00{NUMBER[6:]}",
        f"{NUMBER[:6]}\u202e{NUMBER[6:]}",
        f"{NUMBER[:6]}\u200b{NUMBER[6:]}",
        f"\x02{NUMBER}\x03",
        "BAG1" * 50,
        "4309597495550",
        "订单",
        "\ud800",
    ],
)
def test_unreadable_is_never_a_number(text: str) -> None:
    code = parse(text)
    assert (code.kind, code.number) == (CodeKind.UNREADABLE, "")


@given(st.text(max_size=100))
def test_any_text_is_answered(text: str) -> None:
    assert parse(text).kind is not CodeKind.WAYBILL


@given(st.integers(min_value=1, max_value=14))
def test_part_of_a_number_is_never_ours(length: int) -> None:
    assert parse(NUMBER[:length]).kind is not CodeKind.WAYBILL
    assert parse(NUMBER[length:]).kind is not CodeKind.WAYBILL

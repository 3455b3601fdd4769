"""Identity papers: their numbers and check digits."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from courier_desk.base.errors import UserError
from courier_desk.domain.identity import KIND_NAMES, IdentityKind, check_id, check_uscc, validate

VALID_IDS = ["360426199101010071", "120103198806018241", "110101202311012176"]
VALID_USCCS = ["91110000600037341L", "91350100M000100Y43"]
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize("number", VALID_IDS)
def test_published_id_numbers_are_right(number: str) -> None:
    assert check_id(number)
    assert validate(IdentityKind.RESIDENT_ID, f" {number[:6]} {number[6:]} ") == number


@pytest.mark.parametrize(
    "number",
    [
        "360426199101010072",
        "110101202311012171",
        "230307196304054513",
        "",
        "X",
        "36042619910101007",
        "36042619910101007१",
    ],
)
def test_wrong_id_numbers_are_found(number: str) -> None:
    assert not check_id(number)
    with pytest.raises(UserError):
        validate(IdentityKind.RESIDENT_ID, number)


def test_what_is_wrong_is_said_without_the_number() -> None:
    for number, said in [
        ("36042619910101007", "17 digits"),
        ("360426199113010072", "date of birth"),
        ("360426199101010072", "check digit"),
    ]:
        with pytest.raises(UserError, match=said) as caught:
            validate(IdentityKind.RESIDENT_ID, number)
        assert number not in str(caught.value)


def test_full_width_and_small_x_are_read() -> None:
    number = _id_that_ends_in_x()
    typed = "".join(chr(ord(each) + 0xFEE0) for each in number[:17]) + "x"
    assert validate(IdentityKind.TEMPORARY_ID, typed) == number


def _id_that_ends_in_x() -> str:
    bodies = (f"110101199001010{serial:02d}" for serial in range(100))
    return next(f"{body}X" for body in bodies if ric.calc_check_digit(f"{body}0") == "X")


@given(st.integers(min_value=0, max_value=999), st.dates())
def test_id_check_digit_is_the_one_of_stdnum(serial: int, born: date) -> None:
    body = f"110101{born.year:04d}{born.month:02d}{born.day:02d}{serial:03d}"
    right = ric.calc_check_digit(f"{body}0")
    assert [last for last in "0123456789X" if check_id(body + last)] == [right]


@pytest.mark.parametrize("number", VALID_USCCS)
def test_published_credit_codes_are_right(number: str) -> None:
    assert check_uscc(number)
    assert validate(IdentityKind.USCC, number.lower()) == number


@pytest.mark.parametrize("number", ["91110000600037342L", "A1110000600037341L", "9111000060003734", ""])
def test_wrong_credit_codes_are_found(number: str) -> None:
    assert not check_uscc(number)
    with pytest.raises(UserError):
        validate(IdentityKind.USCC, number)


@given(st.text(alphabet=_ALPHABET, min_size=9, max_size=9), st.integers(min_value=0, max_value=99_999_999))
def test_credit_code_check_character_is_the_one_of_stdnum(tail: str, head: int) -> None:
    body = f"{head:08d}{tail}"
    right = uscc.calc_check_digit(body)
    assert [last for last in _ALPHABET if check_uscc(body + last)] == [right]


@pytest.mark.parametrize(
    ("kind", "number", "plain"),
    [
        (IdentityKind.PASSPORT, "e 1234-5678", "E12345678"),
        (IdentityKind.HK_MACAU_PERMIT, "h12345678", "H12345678"),
        (IdentityKind.TAIWAN_PERMIT, "12345678", "12345678"),
        (IdentityKind.ARMY_ID, "军字第1234567号", "军字第1234567号"),
    ],
)
def test_papers_without_check_digit_are_taken_by_shape(kind: IdentityKind, number: str, plain: str) -> None:
    assert validate(kind, number) == plain


@pytest.mark.parametrize("number", ["", "   ", "12", "A" * 21, "12<b>34", "1234😀5"])
def test_odd_numbers_of_other_papers_are_refused(number: str) -> None:
    with pytest.raises(UserError):
        validate(IdentityKind.PASSPORT, number)


def test_every_kind_has_a_name() -> None:
    assert set(KIND_NAMES) == set(IdentityKind)

"""Telephone numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courier_desk.base.errors import UserError
from courier_desk.domain.phones import PhoneKind, PhoneNumber, normalise_phone


def full_width(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        " 138 1234 5678 ",
        "138-1234-5678",
        "138—1234—5678",
        full_width("13812345678"),
        full_width("+8613812345678"),
        "+86 13812345678",
        "0086-138-1234-5678",
        "8613812345678",
        "86-13812345678",
        "(86)13812345678",
        "(+86) 138 1234 5678",
        "013812345678",
        "\u202d13812345678\u202c",
        "138\u00a01234\u30005678\n",
    ],
)
def test_mobile(text: str) -> None:
    assert normalise_phone(text) == PhoneNumber("13812345678", "13812345678", PhoneKind.MOBILE)


@pytest.mark.parametrize(
    ("text", "display"),
    [
        ("010-88886666", "010-88886666"),
        ("(010)88886666", "010-88886666"),
        ("（010）8888 6666", "010-88886666"),
        ("01088886666", "010-88886666"),
        ("010-8888-6666", "010-88886666"),
        ("+86 10 8888 6666", "010-88886666"),
        ("+86 (0)10 88886666", "010-88886666"),
        ("+86-571-88886666", "0571-88886666"),
        ("0571-8888888", "0571-8888888"),
        ("0571-8888888-1", "0571-8888888-1"),
        ("0571-88886666转801", "0571-88886666-801"),
        ("021-6666-6666-88", "021-66666666-88"),
    ],
)
def test_landline_with_area_code(text: str, display: str) -> None:
    number = normalise_phone(text)
    assert (number.display, number.kind) == (display, PhoneKind.LANDLINE)
    assert number.digits.startswith(number.area)


@pytest.mark.parametrize(
    ("text", "display"),
    [
        ("4008001234", "400-800-1234"),
        ("400-800-1234", "400-800-1234"),
        ("+86 400 800 1234", "400-800-1234"),
        ("800-820-1234", "800-820-1234"),
        ("400-800-1234转2", "400-800-1234-2"),
        ("95338", "95338"),
        ("10086", "10086"),
    ],
)
def test_service_number(text: str, display: str) -> None:
    number = normalise_phone(text)
    assert (number.display, number.kind) == (display, PhoneKind.SERVICE)


@pytest.mark.parametrize(
    "text",
    [
        "13812345678-1234",
        "13812345678转1234",
        "13812345678 转 1234",
        "13812345678，1234",
        "13812345678#1234",
        "13812345678_1234",
        "13812345678[1234]",
        "13812345678（1234）",
        "13812345678 ext. 1234",
        "13812345678分机1234",
        "138-1234-5678-1234",
        "+86 138 1234 5678-1234",
        full_width("13812345678-1234"),
    ],
)
def test_virtual_number_of_a_platform_keeps_its_extension(text: str) -> None:
    assert normalise_phone(text) == PhoneNumber("13812345678-1234", "13812345678", PhoneKind.VIRTUAL, "1234")


@pytest.mark.parametrize(
    ("text", "display", "digits", "extension"),
    [
        ("+1 (415) 555-2671", "+1 415-555-2671", "0014155552671", ""),
        ("+852 9123 4567", "+852 9123 4567", "0085291234567", ""),
        ("00852-91234567", "+852 9123 4567", "0085291234567", ""),
        ("(+886) 912 345 678", "+886 912 345 678", "00886912345678", ""),
        ("+44 20 7946 0958 ext 12", "+44 20 7946 0958 ext. 12", "00442079460958", "12"),
    ],
)
def test_foreign_number(text: str, display: str, digits: str, extension: str) -> None:
    number = normalise_phone(text)
    assert (number.display, number.digits, number.extension) == (display, digits, extension)
    assert number.kind is PhoneKind.FOREIGN


def test_american_number_is_not_found_as_a_chinese_mobile() -> None:
    assert normalise_phone("+1 381 234 5678").digits != normalise_phone("13812345678").digits


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1381234567", "11 digits; this one has 10"),
        ("138123456789", "11 digits; this one has 12"),
        ("138 1234 567", "11 digits; this one has 10"),
        ("88886666", "area code"),
        ("010-8888", "area code and 7 or 8 digits"),
        ("0755-12345678", "area code and 7 or 8 digits"),
        ("13812345678/13912345678", "one telephone number only"),
        ("13812345678 13912345678", "one telephone number only"),
        ("138 1234 567O", "digits only"),
        ("张三", "digits only"),
        ("😀", "digits only"),
        ("<b>1</b>", "digits only"),
        ("+999 123456", "country code is not known"),
        ("+1 23", "too short or too long"),
        ("+86", "no telephone number"),
        ("110", "no telephone number"),
        ("", "Enter a telephone number"),
        ("　", "Enter a telephone number"),
        ("1" * 10_000, "too long"),
    ],
)
def test_what_is_wrong_is_said(text: str, said: str) -> None:
    with pytest.raises(UserError, match=said) as caught:
        normalise_phone(text)
    assert caught.value.field is None


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.from_regex("[0-9]{1,6}", fullmatch=True))
def test_display_is_read_again_as_the_same_number(mobile: str, extension: str) -> None:
    for text in (mobile, f"{mobile}转{extension}", "010-88886666-" + extension, "+1 415-555-2671 ext. 7"):
        number = normalise_phone(text)
        assert normalise_phone(number.display) == number


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        number = normalise_phone(text)
    except UserError:
        return
    assert number.digits.isascii()
    assert number.digits.isdigit()

"""Telephone numbers, postcodes and identity numbers inside a pasted line, told from house numbers."""

import pytest

from courier_desk.domain.address import DoubtKind, ParsedAddress, load_divisions, parse_line

K = DoubtKind
_WHERE = "浙江省杭州市余杭区"


def _read(line: str) -> ParsedAddress:
    return parse_line(line, load_divisions())


def _kinds(parsed: ParsedAddress) -> set[DoubtKind]:
    return {doubt.kind for doubt in parsed.doubts}


PHONES = [
    ("138 1234 5678", "13812345678"),
    ("138-1234-5678", "13812345678"),
    ("+86 138 1234 5678", "13812345678"),
    ("(+86)13812345678", "13812345678"),
    ("１３８１２３４５６７８", "13812345678"),
    ("13812345678转1234", "13812345678-1234"),
    ("13812345678-1234", "13812345678-1234"),
    ("13812345678[1234]", "13812345678-1234"),
    ("0571-88886666", "0571-88886666"),
    ("(010)8888 6666", "010-88886666"),
    ("0571-88886666转801", "0571-88886666-801"),
    ("400-123-4567", "400-123-4567"),
]


@pytest.mark.parametrize(("typed", "phone"), PHONES)
@pytest.mark.parametrize(
    "shape", ["张三 {} {}文一西路969号", "{1}文一西路969号 张三 {0}", "张三，{}，{}文一西路969号3幢1501"]
)
def test_a_number_is_found_in_any_form(shape: str, typed: str, phone: str) -> None:
    parsed = _read(shape.format(typed, _WHERE))
    assert (parsed.name, parsed.phone, parsed.district) == ("张三", phone, "余杭区")
    assert K.PHONE_INVALID not in _kinds(parsed)


@pytest.mark.parametrize("typed", ["1381234567", "138123456789", "88886666"])
def test_a_wrong_number_is_kept_and_marked(typed: str) -> None:
    parsed = _read(f"张三 {typed} {_WHERE}文一西路969号")
    assert parsed.phone == typed
    assert K.PHONE_INVALID in _kinds(parsed)


def test_a_house_number_is_no_number_to_call() -> None:
    parsed = _read(f"{_WHERE}文一西路969号3幢1501 138 1234 5678 张三")
    assert (parsed.phone, parsed.detail) == ("13812345678", "文一西路969号3幢1501")


def test_the_second_number_is_kept() -> None:
    parsed = _read(f"张三 13812345678（备用13900002222）{_WHERE}文一西路969号")
    assert (parsed.phone, parsed.other_phones, parsed.left_over) == ("13812345678", ("13900002222",), "")
    assert K.SECOND_PHONE in _kinds(parsed)


def test_an_identity_number_never_gets_into_an_address() -> None:
    parsed = _read(f"张三 身份证号110101199003071234 13812345678 {_WHERE}文一西路969号")
    assert "110101199003071234" not in f"{parsed}"
    assert (parsed.name, parsed.detail, _kinds(parsed)) == ("张三", "文一西路969号", {K.IDENTITY_NUMBER})


@pytest.mark.parametrize(
    ("line", "postcode", "detail"),
    [
        (f"张三 13812345678 {_WHERE}文一西路969号 311121", "311121", "文一西路969号"),
        (f"张三 13812345678 {_WHERE}文一西路969号311121", "311121", "文一西路969号"),
        (f"311121 {_WHERE}文一西路969号 张三 13812345678", "311121", "文一西路969号"),
        (f"张三 13812345678 ({_WHERE}文一西路969号，邮政编码：311121)", "311121", "文一西路969号"),
        (f"张三 13812345678 {_WHERE}文一西路201402号", None, "文一西路201402号"),
        (f"张三 13812345678 {_WHERE}文一西路969号311121室", None, "文一西路969号311121室"),
    ],
)
def test_a_postcode_is_told_from_a_house_number(line: str, postcode: str | None, detail: str) -> None:
    parsed = _read(line)
    assert (parsed.postcode, parsed.detail, parsed.phone) == (postcode, detail, "13812345678")


def test_a_postcode_that_no_place_has_is_kept_and_marked() -> None:
    parsed = _read(f"张三 13812345678 {_WHERE}文一西路969号 999999")
    assert (parsed.postcode, parsed.detail) == ("999999", "文一西路969号")
    assert _kinds(parsed) == {K.POSTCODE_MISMATCH}

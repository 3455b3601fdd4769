"""Code 128: as short as it can be, whole dots, readable."""

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from courier_desk.base.errors import UserError
from courier_desk.printing.code128 import QUIET_MODULES, bars, modules, symbols

_ASCII = "".join(chr(code) for code in range(32, 127))


def _fewest(text: str, code_set: str) -> int:
    """Symbols that ``text`` needs when the encoder stands in ``code_set``: every way is tried."""
    if not text:
        return 0
    ways = [1 + _fewest(text[1:], "B") + (code_set != "B")]
    if text[:2].isdigit() and len(text) >= 2:
        ways.append(1 + _fewest(text[2:], "C") + (code_set != "C"))
    return min(ways)


def _drawn(text: str) -> Image.Image:
    pattern = "0" * 10 + modules(text) + "0" * 10
    picture = Image.new("L", (len(pattern), 20), 255)
    for place, bar in enumerate(pattern):
        if bar == "1":
            picture.paste(0, (place, 0, place + 1, 20))
    return picture.resize((picture.width * 2, 40), Image.Resampling.NEAREST)


@given(st.text(alphabet="AB-0123", min_size=1, max_size=11))
def test_no_shorter_code_exists(text: str) -> None:
    assert len(symbols(text)) - 1 == min(_fewest(text, "B"), _fewest(text, "C"))


@pytest.mark.parametrize(
    ("number", "wanted"),
    [("SF1385628716739", 145), ("CD0000000001233", 145), ("CD0000000001233-01", 189), ("12345678901234567890", 145)],
)
def test_modules_of_the_numbers_of_the_trade(number: str, wanted: int) -> None:
    assert len(modules(number)) == wanted


@given(st.text(alphabet=_ASCII, min_size=1, max_size=30))
def test_every_text_is_read_back(text: str) -> None:
    found = zxingcpp.read_barcodes(_drawn(text), formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code128]))
    assert [code.text for code in found] == [text]


@given(st.integers(330, 1100), st.sampled_from([203, 300]), st.sampled_from(["CD0000000001233", "BAG123"]))
def test_bars_are_whole_modules_and_leave_the_quiet_zones(width: int, dpi: int, number: str) -> None:
    try:
        code = bars(number, width, dpi)
    except UserError:
        assert width < 3 * (len(modules(number)) + 2 * QUIET_MODULES)
        return
    assert code.width == len(modules(number)) * code.module
    assert code.width + 2 * QUIET_MODULES * code.module <= width
    assert code.module * 25.4 / dpi >= 0.249
    assert all(first % code.module == 0 and dots % code.module == 0 for first, dots in code.stretches)


@pytest.mark.parametrize("number", ["", "上海", "A\r\nB", "A\x1b", "é"])
def test_what_is_no_code_128_is_refused_in_words(number: str) -> None:
    with pytest.raises(UserError, match="bar code"):
        modules(number)


def test_a_number_without_room_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="too long"):
        bars("X" * 60, 576, 203)

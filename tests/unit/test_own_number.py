"""Our own waybill number: what its check digit catches, its pieces, how it is read aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import damm

from courier_desk.base.errors import UserError
from courier_desk.domain import own_number
from courier_desk.domain.own_number import LARGEST_SERIAL, OWN_PREFIXES, child, group, is_own, make, mother_of, read

serials = st.integers(min_value=1, max_value=LARGEST_SERIAL)
prefixes = st.sampled_from(OWN_PREFIXES)


@given(prefixes, serials)
def test_number_tells_its_prefix_and_serial(prefix: str, serial: int) -> None:
    number = make(prefix, serial)
    assert len(number) == 15
    assert number.startswith(prefix)
    assert own_number.serial_of(number) == serial
    assert mother_of(number) == (number, 0)
    assert is_own(number, (prefix,))


@given(prefixes, serials)
def test_check_digit_is_the_one_of_stdnum(prefix: str, serial: int) -> None:
    number = make(prefix, serial)
    assert number[-1] == damm.calc_check_digit(number[2:-1])
    assert damm.is_valid(number[2:])


@given(prefixes, serials)
def test_every_single_wrong_digit_is_caught(prefix: str, serial: int) -> None:
    number = make(prefix, serial)
    for place in range(2, len(number)):
        for digit in "0123456789".replace(number[place], ""):
            assert not is_own(number[:place] + digit + number[place + 1 :])


@given(prefixes, serials)
def test_every_swap_of_neighbours_is_caught(prefix: str, serial: int) -> None:
    number = make(prefix, serial)
    for place in range(len(number) - 1):
        left, right = number[place], number[place + 1]
        if left != right:
            assert not is_own(number[:place] + right + left + number[place + 2 :])


@given(prefixes, serials, st.integers(min_value=2, max_value=13))
def test_every_lost_or_doubled_digit_is_caught(prefix: str, serial: int, place: int) -> None:
    number = make(prefix, serial)
    assert not is_own(number[:place] + number[place + 1 :])
    assert not is_own(number[:place] + number[place] + number[place:])


@given(prefixes, serials, st.integers(min_value=1, max_value=999))
def test_child_leads_to_its_mother(prefix: str, serial: int, piece: int) -> None:
    number = make(prefix, serial)
    assert mother_of(child(number, piece)) == (number, piece)
    assert is_own(child(number, piece))


def test_children_are_numbered_with_two_digits() -> None:
    number = make("XS", 1)
    assert child(number, 1) == f"{number}-01"
    assert child(number, 120) == f"{number}-120"


@pytest.mark.parametrize("piece", [0, -1, 1000])
def test_there_is_no_such_piece(piece: int) -> None:
    with pytest.raises(ValueError, match="no piece"):
        child(make("XS", 1), piece)


def test_dashes_between_digits_are_read() -> None:
    number = make("XS", 123456)
    own = read(f"{number[:2]}-{number[2:6]}-{number[6:14]}-{number[14]}-03")
    assert own is not None
    assert (own.mother, own.piece, own.sound, own.text) == (number, 3, True, f"{number}-03")


@pytest.mark.parametrize("suffix", ["-00", "-1", "-0001", "01", "-01-01", "-0A"])
def test_wrong_piece_is_not_ours(suffix: str) -> None:
    assert read(make("XS", 1) + suffix) is None


def test_other_prefix_is_not_ours() -> None:
    assert not is_own(make("XS", 1), ("CD",))
    assert is_own(make("XS", 1), ("CD", "XS"))


def test_number_is_grouped_to_be_read_aloud() -> None:
    number = make("XS", 12345)
    assert group(number) == f"XS 0000 0001 2345 {number[-1]}"
    assert group(child(number, 2)) == f"XS 0000 0001 2345 {number[-1]}-02"


@pytest.mark.parametrize("text", ["", "XS", "XS0000000000000X", "SF1385628716739-1", "XS0000000000019"])
def test_what_is_not_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a waybill number of ours"):
        mother_of(text)


@pytest.mark.parametrize("serial", [0, -1, LARGEST_SERIAL + 1])
def test_serial_out_of_range_makes_no_number(serial: int) -> None:
    with pytest.raises(ValueError, match="no waybill number"):
        make("XS", serial)


@pytest.mark.parametrize("prefix", ["SF", "JD", "HO", "x1", "ABC", "", "A", "ＡＢ"])
def test_prefix_that_means_something_else_is_refused(prefix: str) -> None:
    with pytest.raises(UserError):
        own_number.check_prefix(prefix)


@pytest.mark.parametrize("prefix", OWN_PREFIXES)
def test_our_prefixes_are_free(prefix: str) -> None:
    own_number.check_prefix(prefix)

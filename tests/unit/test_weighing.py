"""When a weight may be believed: stable, twice the same, and zero since the parcel before."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from courier_desk.domain.weighing import Reading, ScaleCondition, Weighing, WeighingRule

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def weighing(weight_g: int, *, stable: bool = True) -> Weighing:
    return Weighing(weight_g, stable, "kg", "", AT)


def accepted(*readings: int | Reading) -> list[int]:
    """The places of the readings that settled a weight."""
    rule = WeighingRule()
    whole = [weighing(reading) if isinstance(reading, int) else reading for reading in readings]
    return [place for place, reading in enumerate(whole) if rule.offer(reading)]


def test_a_weight_counts_when_it_came_twice_after_zero() -> None:
    assert accepted(0, 1_250, 1_250, 1_250) == [2]


def test_the_first_parcel_needs_a_zero_before_it_too() -> None:
    assert accepted(1_250, 1_250, 1_250) == []


def test_the_next_parcel_counts_only_after_the_pan_was_empty() -> None:
    assert accepted(0, 1_250, 1_250, 800, 800, 0, 800, 800) == [2, 7]


def test_a_swinging_pan_gives_no_weight() -> None:
    assert accepted(0, weighing(900, stable=False), weighing(900, stable=False), 1_250, 1_251, 1_251) == [5]
    assert accepted(0, 1_250, weighing(1_250, stable=False), 1_250) == []


def test_a_condition_between_two_readings_parts_them() -> None:
    assert accepted(0, 1_250, ScaleCondition.MOVING, 1_250) == []
    assert accepted(0, 1_250, ScaleCondition.OVERLOAD, 1_250, 1_250) == [4]


def test_less_than_nothing_is_no_weight_and_no_zero() -> None:
    assert accepted(0, -20, -20) == []
    assert accepted(-20, 1_250, 1_250) == []


def test_after_a_break_of_the_line_zero_must_be_seen_again() -> None:
    rule = WeighingRule()
    rule.offer(weighing(0))
    rule.offer(weighing(1_250))
    rule.forget()
    assert not rule.offer(weighing(1_250))
    assert not rule.offer(weighing(1_250))


readings = st.one_of(
    st.sampled_from([0, 0, 500, 1_250, -1]).map(weighing),
    st.sampled_from([0, 500]).map(lambda weight_g: weighing(weight_g, stable=False)),
    st.sampled_from(ScaleCondition),
)


@given(st.lists(readings, max_size=60))
def test_between_any_two_accepted_weights_the_pan_was_empty(stream: list[Reading]) -> None:
    rule, zero = WeighingRule(), False
    for place, reading in enumerate(stream):
        zero = zero or reading == weighing(0)
        if rule.offer(reading):
            assert isinstance(reading, Weighing)
            assert zero
            assert reading.weight_g > 0
            assert stream[place - 1] == reading
            zero = False

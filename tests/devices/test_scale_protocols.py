"""Every published frame of every scale, and what must never become a weight."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courier_desk.devices.scale_hid import read_report
from courier_desk.devices.scale_protocols import PROTOCOLS, ScaleFrames
from courier_desk.domain.weighing import Reading, ScaleCondition, Weighing

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
CONDITION = ScaleCondition

WEIGHTS = [
    ("cas22", b"ST,GS,1\xc4,000013.5 kg\r\n", 13_500, True),
    ("cas22", b"US,GS,1\x84,000013.5 kg\r\n", 13_500, False),
    ("cas22", b"ST,GS,1\x84,000013.5 kg\r\n", 13_500, False),
    ("and18", b"ST,GS,+0013.50kg\r\n", 13_500, True),
    ("and18", b"ST,NT,-0000.05kg\r\n", -50, True),
    ("cas10", b" 0013.50\r\n", 13_500, False),
    ("8217", b"\x02001.250\r", 1_250, True),
    ("8217", b"\x02001.250N\r", 1_250, True),
    ("sics", b"S S     100.00 g\r\n", 100, True),
    ("sics", b"S S      1.005 kg\r\n", 1_005, True),
    ("sics", b"S S     -12.00 g\r\n", -12, True),
    ("nci", b"\n 001.25KG\r00\x03", 1_250, True),
    ("nci", b"\n 001.25KG\r10\x03", 1_250, False),
    ("nci", b"\n-001.25LB\r00\x03", -567, True),
    ("sma", b"\n 1G  000001.250kg \r", 1_250, True),
    ("sma", b"\nZ1G  000000.000kg \r", 0, True),
    ("sma", b"\n 1GM        4.9oz \r", 139, False),
    ("tscale", b"ST,GS    20.7g\r\n", 21, True),
    ("tscale", b"US,GS,   20.5g\r\n", 21, False),
]

CONDITIONS = [
    ("8217", b"\x02?\x01\r", CONDITION.MOVING),
    ("8217", b"\x02?\x02\r", CONDITION.OVERLOAD),
    ("8217", b"\x02?\x44\r", CONDITION.UNDERLOAD),
    ("8217", b"\x02?\x48\r", CONDITION.NOT_ZEROED),
    ("8217", b"\x02?\x0d\r", CONDITION.UNDERLOAD),
    ("sics", b"S D ..\r\n", CONDITION.MOVING),
    ("sics", b"S D     100.00 g\r\n", CONDITION.MOVING),
    ("sics", b"S +\r\n", CONDITION.OVERLOAD),
    ("sics", b"S -\r\n", CONDITION.UNDERLOAD),
    ("sics", b"S I\r\n", CONDITION.REFUSED),
    ("sics", b"ES\r\n", CONDITION.REFUSED),
    ("nci", b"\n?\r", CONDITION.REFUSED),
    ("nci", b"\n10\r\x03", CONDITION.MOVING),
    ("nci", b"\n02\r\x03", CONDITION.OVERLOAD),
    ("nci", b"\n01\r\x03", CONDITION.UNDERLOAD),
    ("nci", b"\n40\r\x03", CONDITION.FAULT),
    ("sma", b"\nO1G  999999.999kg \r", CONDITION.OVERLOAD),
    ("sma", b"\nU1G  000000.000kg \r", CONDITION.UNDERLOAD),
    ("sma", b"\nE1G  000000.000kg \r", CONDITION.FAULT),
    ("and18", b"OL,GS,+9999.99kg\r\n", CONDITION.OVERLOAD),
    ("and18", b"ST,GS,+00 3.50kg\r\n", CONDITION.FAULT),
    ("sma", b"\n 1G  000001.250st \r", CONDITION.FAULT),
]


def read(protocol: str, data: bytes) -> list[Reading]:
    return ScaleFrames(PROTOCOLS[protocol]).feed(data, AT)


@pytest.mark.parametrize(("protocol", "frame", "weight_g", "stable"), WEIGHTS)
def test_published_weights(protocol: str, frame: bytes, weight_g: int, stable: bool) -> None:
    (reading,) = read(protocol, frame)
    assert isinstance(reading, Weighing)
    assert (reading.weight_g, reading.stable, reading.at) == (weight_g, stable, AT)
    assert reading.raw.encode("latin-1") == frame


@pytest.mark.parametrize(("protocol", "frame", "condition"), CONDITIONS)
def test_published_conditions_are_no_weights(protocol: str, frame: bytes, condition: ScaleCondition) -> None:
    assert read(protocol, frame) == [condition]


@pytest.mark.parametrize(("protocol", "frame", "weight_g", "_stable"), WEIGHTS)
def test_half_a_frame_is_no_weight_and_the_next_one_is_read(
    protocol: str, frame: bytes, weight_g: int, _stable: bool
) -> None:
    for at in range(1, len(frame)):
        frames = ScaleFrames(PROTOCOLS[protocol])
        assert frames.feed(frame[:at], AT) == []
        assert frames.feed(frame, AT)[-1:] == read(protocol, frame)
        frames.clear()
        readings = frames.feed(frame[at:], AT)
        assert [reading for reading in readings if isinstance(reading, Weighing)] == []


@given(st.sampled_from(WEIGHTS), st.lists(st.binary(max_size=40), max_size=20))
def test_noise_never_breaks_the_reader(published: tuple[str, bytes, int, bool], noise: list[bytes]) -> None:
    """It gives readings or nothing, and what the scale says next is read, but for the frame that noise ran into."""
    protocol, frame, weight_g, _stable = published
    frames = ScaleFrames(PROTOCOLS[protocol])
    for piece in noise:
        assert all(isinstance(reading, Weighing | ScaleCondition) for reading in frames.feed(piece, AT))
    frames.feed(frame, AT)
    (last,) = frames.feed(frame, AT)[-1:]
    assert isinstance(last, Weighing)
    assert last.weight_g == weight_g


@pytest.mark.parametrize(
    ("report", "reading"),
    [
        ("03 04 0B FF 31 00", (139, True, "oz")),
        ("00 03 04 0B FF 31 00", (139, True, "oz")),
        ("03 04 02 00 E8 03", (1_000, True, "g")),
        ("03 03 03 FD E2 04", (1_250, False, "kg")),
        ("03 02 0C FE 00 00", (0, True, "lb")),
        ("03 05 0B FF 31 00", CONDITION.UNDERLOAD),
        ("03 06 0B FF 31 00", CONDITION.OVERLOAD),
        ("03 01 0B FF 31 00", CONDITION.FAULT),
        ("03 08 0B FF 31 00", CONDITION.NOT_ZEROED),
        ("03 04 63 FF 31 00", CONDITION.FAULT),
        ("04 04 0B FF 31 00", CONDITION.FAULT),
        ("03 04 0B", CONDITION.FAULT),
        ("", CONDITION.FAULT),
    ],
)
def test_hid_reports(report: str, reading: tuple[int, bool, str] | ScaleCondition) -> None:
    found = read_report(bytes.fromhex(report), AT)
    assert (found if isinstance(found, ScaleCondition) else (found.weight_g, found.stable, found.unit)) == reading


@given(st.binary(max_size=10) | st.binary(min_size=4, max_size=8).map(b"\x03\x04".__add__))
def test_no_hid_report_breaks_the_reader(report: bytes) -> None:
    """Whatever it holds, it is a weight of the kind that such scales tell, or none."""
    reading = read_report(report, AT)
    assert isinstance(reading, ScaleCondition) or reading.unit in {"g", "kg", "oz", "lb"}

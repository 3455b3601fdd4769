"""Scales at the end of a line and on USB: asked, heard, judged, and missed when they fall silent."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from courier_desk.devices import scales
from courier_desk.devices.scales import HidScale, SerialScale
from courier_desk.devices.spec import DeviceSpec
from courier_desk.domain.device import DeviceKind, Presence
from tests.fakes_devices import Heard, PtyPlug
from tests.patience import PATIENCE_S

pytest.importorskip("termios", reason="Windows has no pty")


Start = Callable[[str], None]


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def plug(tmp_path: Path) -> Iterator[PtyPlug]:
    plug = PtyPlug(tmp_path / "scale")
    yield plug
    plug.pull()


@pytest.fixture
def start(plug: PtyPlug, heard: Heard, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts a scale of the named protocol and waits until its port is open. It may take its time to answer."""
    monkeypatch.setattr(scales, "ANSWER_WITHIN_S", PATIENCE_S)
    started: list[SerialScale] = []

    def start(protocol: str) -> None:
        spec = DeviceSpec(DeviceKind.SERIAL_SCALE, "scale", str(plug.path), protocol=protocol)
        started.append(SerialScale(spec, heard.weighing, heard.state))
        started[0].start()
        heard.wait(lambda: bool(heard.states))

    yield start
    started[0].stop()


def answer(plug: PtyPlug, replies: list[bytes]) -> threading.Thread:
    """A scale that gives one reply to each request, and after the last one is silent."""

    def run() -> None:
        left, asked = list(replies), b""
        while left:
            # A machine that is slow to read finds more than one request, or the half of one.
            asked += plug.read()
            while asked.startswith(b"SI\r\n") and left:
                asked = asked.removeprefix(b"SI\r\n")
                plug.write(left.pop(0))
            assert b"SI\r\n".startswith(asked) or not left

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_scale_is_asked_and_its_weight_settles_after_zero_and_twice_the_same(
    plug: PtyPlug, heard: Heard, start: Start
) -> None:
    replies = [b"S S       0.00 g\r\n", b"S D     900.00 g\r\n", b"S S    1250.00 g\r\n", b"S S    1250.00 g\r\n"]
    talking = answer(plug, replies)
    start("sics")
    heard.wait(lambda: len(heard.weighings) == 3)
    talking.join()
    assert [(w.weight_g, w.accepted) for w in heard.weighings] == [(0, False), (1250, False), (1250, True)]
    assert heard.weighings[-1].raw == "S S    1250.00 g\r\n"


def test_a_scale_that_streams_is_not_asked(plug: PtyPlug, heard: Heard, start: Start) -> None:
    start("tscale")
    for _ in range(3):
        plug.write(b"ST,GS    20.7g\r\n")
    heard.wait(lambda: len(heard.weighings) == 3)
    assert not any(weighing.accepted for weighing in heard.weighings)


def test_what_a_scale_says_instead_of_a_weight_is_told_once_and_ends(plug: PtyPlug, heard: Heard, start: Start) -> None:
    start("cas22")
    plug.write(b"OL,GS,1\x84,000013.5 kg\r\n" * 3 + b"ST,GS,1\xc4,000013.5 kg\r\n")
    heard.wait(lambda: bool(heard.weighings))
    assert [str(state.text) for state in heard.states[1:]] == ["Too heavy for this scale", "Ready"]


def test_a_scale_that_does_not_answer_is_said_to(
    plug: PtyPlug, heard: Heard, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scales, "ANSWER_WITHIN_S", 0.1)
    start("sics")
    heard.wait(lambda: len(heard.states) == 2)
    assert (heard.states[1].state, str(heard.states[1].text)) == (Presence.ERROR, "The scale does not answer")
    plug.read()
    plug.write(b"S S    1250.00 g\r\n")
    # It falls silent again at once, and may be said to before anybody looks here.
    heard.wait(lambda: len(heard.states) >= 3)
    assert heard.states[2].state is Presence.PRESENT


def test_pulled_in_a_frame_the_weight_is_not_made_of_two_halves(plug: PtyPlug, heard: Heard, start: Start) -> None:
    start("tscale")
    plug.write(b"ST,GS     0.0g\r\nST,GS   120.0g\r\nST,GS   12")
    heard.wait(lambda: len(heard.weighings) == 2)
    plug.pull()
    heard.wait(lambda: heard.states[-1].state is Presence.LOST)
    told = len(heard.states)
    plug.plug()
    heard.wait(lambda: Presence.PRESENT in [state.state for state in heard.states[told:]])
    plug.write(b"0.0g\r\nST,GS   120.0g\r\nST,GS   120.0g\r\n")
    heard.wait(lambda: len(heard.weighings) == 4)
    assert [(w.weight_g, w.accepted) for w in heard.weighings[2:]] == [(120, False), (120, False)]


class FakeHid:
    """The library ``hid`` with one scale: ``reports`` are what it sends, None is a pulled plug."""

    def __init__(self, reports: list[bytes | None]) -> None:
        self._reports = reports
        self.closed = 0

    def enumerate(self) -> list[dict[str, Any]]:
        keyboard = {"path": b"k", "usage_page": 1, "vendor_id": 1, "product_id": 2, "serial_number": ""}
        return [keyboard, {**keyboard, "path": b"s", "usage_page": 0x8D, "vendor_id": 0x0922, "product_id": 0x8003}]

    def device(self) -> "FakeHid":
        return self

    def open_path(self, path: bytes) -> None:
        assert path == b"s"

    def read(self, _size: int, _timeout_ms: int) -> list[int]:
        report = self._reports.pop(0) if self._reports else b""
        if report is None:
            raise OSError("read error")
        return list(report)

    def close(self) -> None:
        self.closed += 1


def test_a_usb_scale_is_read_and_found_again(heard: Heard) -> None:
    zero, weight = bytes.fromhex("03 02 02 00 00 00"), bytes.fromhex("03 04 02 00 E2 04")
    fake = FakeHid([zero, weight, None, weight, weight, zero, weight, weight])
    scale = HidScale(
        DeviceSpec(DeviceKind.SERIAL_SCALE, "scale", match="0922:8003", protocol="hid"),
        heard.weighing,
        heard.state,
        load=lambda: fake,
    )
    scale.start()
    heard.wait(lambda: len(heard.weighings) == 7)
    scale.stop()
    assert [w.accepted for w in heard.weighings] == [False] * 6 + [True]
    assert [state.state for state in heard.states] == [Presence.PRESENT, Presence.LOST, Presence.PRESENT]
    assert fake.closed == 2


@pytest.mark.parametrize(("match", "there"), [("", True), ("0922:8003", True), ("0922:9999", False)])
def test_a_usb_scale_is_chosen_by_its_identity(heard: Heard, match: str, there: bool) -> None:
    device = DeviceSpec(DeviceKind.SERIAL_SCALE, "scale", match=match, protocol="hid")
    scale = HidScale(device, heard.weighing, heard.state, load=lambda: FakeHid([]))
    scale.start()
    heard.wait(lambda: bool(heard.states))
    scale.stop()
    assert (heard.states[0].state is Presence.PRESENT) is there


def test_without_the_library_the_state_says_what_is_missing(heard: Heard) -> None:
    def load() -> Any:
        raise ImportError("hid")

    scale = HidScale(
        DeviceSpec(DeviceKind.SERIAL_SCALE, "scale", protocol="hid"), heard.weighing, heard.state, load=load
    )
    scale.start()
    heard.wait(lambda: bool(heard.states))
    scale.stop()
    assert [str(state.text) for state in heard.states] == ["USB scales need the package hidapi"]

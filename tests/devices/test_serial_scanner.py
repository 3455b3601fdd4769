"""Scanners on a line that is pulled, plugged elsewhere, noisy, or shared out (reliability.md Z29)."""

import random
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from courier_desk.devices import serial_link
from courier_desk.devices.framing import Framing, Terminator
from courier_desk.devices.ports import PortBook, PortInfo
from courier_desk.devices.serial_scanner import SerialScanner
from courier_desk.devices.spec import DeviceSpec
from courier_desk.domain.device import DeviceKind, Presence
from courier_desk.domain.scan import RawScan
from tests.fakes_devices import Heard, PtyPlug
from tests.patience import until

CODE = "CD0000000123456"
needs_pty = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty")


def spec(path: Path | str, name: str = "counter", framing: Framing | None = None) -> DeviceSpec:
    return DeviceSpec(DeviceKind.SERIAL_SCANNER, name, str(path), framing=framing or Framing())


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def plug(tmp_path: Path) -> Iterator[PtyPlug]:
    plug = PtyPlug(tmp_path / "scanner")
    yield plug
    plug.pull()


class CountingScanner(SerialScanner):
    """Counts the bytes it has taken, so that a test can pull the plug exactly there."""

    taken = 0

    def received(self, data: bytes) -> None:
        super().received(data)
        self.taken += len(data)

    def wait_taken(self, count: int) -> None:
        until(lambda: self.taken >= count, "somebody reads the line")


@pytest.fixture
def scanner(plug: PtyPlug, heard: Heard) -> Iterator[CountingScanner]:
    scanner = CountingScanner(spec(plug.path), heard.scan, heard.state)
    scanner.start()
    heard.wait(lambda: present(heard))
    yield scanner
    scanner.stop()


def present(heard: Heard) -> bool:
    return bool(heard.states) and heard.states[-1].state is Presence.PRESENT


@needs_pty
def test_a_code_is_delivered_with_the_name_of_its_scanner(plug: PtyPlug, scanner: SerialScanner, heard: Heard) -> None:
    plug.write(CODE.encode() + b"\r")
    heard.wait(lambda: bool(heard.scans))
    assert (heard.scans[0].text, heard.scans[0].device, heard.scans[0].keyed) == (CODE, "counter", False)
    assert heard.scans[0].at.tzinfo is not None


@needs_pty
@pytest.mark.parametrize("waits", [True, False], ids=["after the bytes were read", "at once"])
def test_pulled_at_every_byte_no_half_code_comes_and_it_is_back_within_3_s(
    plug: PtyPlug, scanner: CountingScanner, heard: Heard, waits: bool
) -> None:
    sent, back = CODE.encode() + b"\r", list[float]()
    for at in range(1, len(sent) + 1):
        lost, taken = sum(state.state is Presence.LOST for state in heard.states), scanner.taken
        plug.write(sent[:at])
        if waits:
            scanner.wait_taken(taken + at)
        plug.pull()
        heard.wait(lambda lost=lost: sum(s.state is Presence.LOST for s in heard.states) > lost)  # type: ignore[misc]
        plug.plug()
        back.append(heard.wait(lambda: present(heard)))
        plug.write(f"AFTER{at}\r".encode())
        heard.wait(lambda at=at: f"AFTER{at}" in heard.texts())  # type: ignore[misc]
    # Each of them, but for what a machine with much else to do adds now and then.
    assert median(back) < 3.0
    assert set(heard.texts()) <= {CODE} | {f"AFTER{at}" for at in range(1, len(sent) + 1)}
    if waits:
        assert heard.texts().count(CODE) == 1
        assert len(heard.rescans()) >= 1


@needs_pty
def test_the_half_that_was_lost_is_said_to_the_person(plug: PtyPlug, scanner: CountingScanner, heard: Heard) -> None:
    plug.write(b"CD0000")
    scanner.wait_taken(6)
    plug.pull()
    heard.wait(lambda: heard.states[-1].state is Presence.LOST and not heard.states[-1].rescan)
    assert heard.rescans() == ["Only part of a code came: scan it again"]


@needs_pty
def test_a_stall_inside_a_code_costs_the_code_and_nothing_else(
    plug: PtyPlug, scanner: SerialScanner, heard: Heard
) -> None:
    plug.write(b"CD00000001")
    heard.wait(lambda: bool(heard.rescans()))
    plug.write(b"23456\r" + CODE.encode() + b"\r")
    heard.wait(lambda: bool(heard.scans))
    assert heard.texts() == [CODE]


@needs_pty
def test_silence_ends_a_code_where_the_settings_say_so(plug: PtyPlug, heard: Heard) -> None:
    scanner = SerialScanner(spec(plug.path, framing=Framing(Terminator.SILENCE)), heard.scan, heard.state)
    scanner.start()
    heard.wait(lambda: present(heard))
    plug.write(CODE.encode())
    heard.wait(lambda: heard.texts() == [CODE])
    scanner.stop()


@needs_pty
def test_noise_never_stops_the_scanner(plug: PtyPlug, scanner: SerialScanner, heard: Heard) -> None:
    noise = random.Random(29)
    for _ in range(40):
        plug.write(noise.randbytes(noise.randint(1, 60)))
        time.sleep(0.001)
    plug.write(b"\r" + CODE.encode() + b"\r")
    heard.wait(lambda: heard.texts()[-1:] == [CODE])


def send(plug: PtyPlug, codes: list[str], seed: int) -> None:
    """50 codes a second, each in pieces as a line delivers them."""
    pace = random.Random(seed)
    due = time.monotonic()
    for code in codes:
        data = code.encode() + b"\r"
        cut = pace.randint(1, len(data) - 1)
        plug.write(data[:cut])
        time.sleep(pace.uniform(0, 0.004))
        plug.write(data[cut:])
        due += 0.02
        time.sleep(max(0.0, due - time.monotonic()))


def two_at_once(folder: Path, count: int, seed: int) -> None:
    """Two scanners, ``count`` codes each at 50 a second: none lost, none mixed, all in order."""
    heard = Heard()
    plugs = {name: PtyPlug(folder / name) for name in ("left", "right")}
    scanners = [SerialScanner(spec(plug.path, name), heard.scan, heard.state) for name, plug in plugs.items()]
    for scanner in scanners:
        scanner.start()
    heard.wait(lambda: len(heard.states) == 2)
    sent = {name: [f"{name.upper()}{number:010d}" for number in range(count)] for name in plugs}
    writers = [
        threading.Thread(target=send, args=(plugs[name], sent[name], seed + place)) for place, name in enumerate(plugs)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    heard.wait(lambda: len(heard.scans) >= 2 * count)
    for scanner in scanners:
        scanner.stop()
    for plug in plugs.values():
        plug.pull()
    assert {name: heard.texts(name) for name in plugs} == sent
    assert heard.rescans() == []


@needs_pty
def test_two_scanners_at_50_codes_a_second_lose_and_mix_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A scanner does not pause inside a code; the thread that plays one here may be kept waiting by other programs.
    monkeypatch.setattr(serial_link, "SILENCE_S", 1.0)
    two_at_once(tmp_path, 75, seed=2)


@needs_pty
@pytest.mark.soak
@pytest.mark.timeout(300)
def test_two_scanners_for_a_minute_and_more(tmp_path: Path) -> None:
    two_at_once(tmp_path, 5_000, seed=29)


@needs_pty
def test_a_port_that_is_in_use_is_said_to_be(plug: PtyPlug, scanner: SerialScanner) -> None:
    other = Heard()
    second = SerialScanner(spec(plug.path, "second"), other.scan, other.state)
    second.start()
    other.wait(lambda: bool(other.states))
    second.stop()
    assert other.states[0].state is Presence.ERROR
    assert str(other.states[0].text) == f"{plug.path} is used by another program"


@needs_pty
def test_one_port_is_never_read_by_two_devices(plug: PtyPlug, heard: Heard) -> None:
    book = PortBook(list)
    both = [SerialScanner(spec(plug.path, name), heard.scan, heard.state, book=book) for name in ("one", "two")]
    for scanner in both:
        scanner.start()
    heard.wait(lambda: len(heard.states) == 2)
    plug.write(CODE.encode() + b"\r")
    heard.wait(lambda: bool(heard.scans))
    for scanner in both:
        scanner.stop()
    assert sorted(state.state for state in heard.states) == [Presence.LOST, Presence.PRESENT]
    assert heard.texts() == [CODE]


@needs_pty
def test_another_device_at_the_old_name_is_not_taken_for_the_one_that_went(plug: PtyPlug, heard: Heard) -> None:
    ports = [PortInfo(str(plug.path), "scanner", "SN-1", 0x0C2E, 0x0B81)]
    book = PortBook(lambda: tuple(ports))
    book.refresh()
    scanner = SerialScanner(spec(plug.path), heard.scan, heard.state, book=book)
    scanner.start()
    heard.wait(lambda: present(heard))
    ports[0] = PortInfo(str(plug.path), "scale", "SN-2", 0x067B, 0x2303)
    plug.pull()
    plug.plug()
    heard.wait(lambda: heard.states[-1].state is Presence.LOST)
    time.sleep(0.4)
    scanner.stop()
    assert [state.state for state in heard.states] == [Presence.PRESENT, Presence.LOST]


@needs_pty
def test_after_stop_nothing_is_called(plug: PtyPlug, heard: Heard) -> None:
    scanner = SerialScanner(spec(plug.path), heard.scan, heard.state)
    scanner.start()
    heard.wait(lambda: present(heard))
    scanner.stop()
    told = len(heard.states)
    plug.write(CODE.encode() + b"\r")
    plug.pull()
    time.sleep(0.1)
    assert heard.scans == []
    assert len(heard.states) == told


@needs_pty
def test_a_defect_behind_the_callback_is_seen_and_ends_the_trust_in_the_device(
    plug: PtyPlug, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[BaseException | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda hook: caught.append(hook.exc_value))

    def broken(scan: RawScan) -> None:
        raise LookupError(scan.text)

    scanner = SerialScanner(spec(plug.path), broken, heard.state)
    scanner.start()
    heard.wait(lambda: present(heard))
    plug.write(CODE.encode() + b"\r")
    heard.wait(lambda: heard.states[-1].state is Presence.ERROR)
    scanner.stop()
    assert [str(error) for error in caught] == [CODE]


def test_a_scanner_in_the_network_is_read_and_found_again(heard: Heard) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        scanner = CountingScanner(spec(f"socket://127.0.0.1:{port}"), heard.scan, heard.state)
        scanner.start()
        first, _ = server.accept()
        heard.wait(lambda: present(heard))
        first.sendall(b"HALF")
        scanner.wait_taken(4)
        first.close()
        second, _ = server.accept()
        heard.wait(lambda: len(heard.states) > 2 and present(heard))
        second.sendall(CODE.encode() + b"\r\n")
        heard.wait(lambda: bool(heard.scans))
        scanner.stop()
        second.close()
    assert heard.texts() == [CODE]
    assert heard.rescans() == ["Only part of a code came: scan it again"]


def test_a_port_that_cannot_be_is_an_error_of_the_settings(heard: Heard) -> None:
    scanner = SerialScanner(spec("nonsense://x"), heard.scan, heard.state)
    scanner.start()
    heard.wait(lambda: bool(heard.states))
    scanner.stop()
    assert [state.state for state in heard.states] == [Presence.ERROR]

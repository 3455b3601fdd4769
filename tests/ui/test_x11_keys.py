"""X11's key events as bytes, and a key held down told from one pressed again."""

import ctypes
import struct

import pytest

from courier_desk.ui.key_codes import Held
from courier_desk.ui.x11_keys import RawKey, Repeats, read_key

PLAIN = Held()


def event(kind: int, code: int = 75, time: int = 4_000_000_000, state: int = 0) -> RawKey | None:
    """What is read from an event as it lies in memory."""
    data = struct.pack("=BBHIIIIhhhhHBx", kind, code, 7, time, 1, 0x600007, 0, -1, -1, -1, -1, state, 1)
    buffer = ctypes.create_string_buffer(data, 32)
    return read_key(ctypes.addressof(buffer))


def test_a_key_is_read_with_its_place_time_and_window() -> None:
    key = event(2)
    assert key is not None
    assert (key.down, key.sent, key.scan_code, key.at_ms, key.window) == (True, False, 67, 4_000_000_000, 0x600007)
    assert (key.held, len(key.data)) == (PLAIN, 32)


def test_a_key_that_goes_up_and_one_that_was_sent_on_are_told() -> None:
    up, sent = event(3), event(2 | 0x80)
    assert up is not None
    assert sent is not None
    assert (up.down, up.sent, sent.down, sent.sent) == (False, False, True, True)


@pytest.mark.parametrize(
    ("state", "held"),
    [(0x01, Held(shift=True)), (0x02, PLAIN), (0x04, Held(ctrl=True)), (0x08, Held(alt=True)), (0x10, PLAIN)],
    ids=["shift", "caps lock", "ctrl", "alt", "num lock"],
)
def test_modifiers_are_read_and_lamps_are_not(state: int, held: Held) -> None:
    key = event(2, state=state)
    assert key is not None
    assert key.held == held


@pytest.mark.parametrize("kind", [0, 1, 4, 6, 12, 35])
def test_other_events_are_no_keys(kind: int) -> None:
    assert event(kind) is None


def press(repeats: Repeats, *events: tuple[int, int]) -> list[bool]:
    """For each (kind, time) of one key: is it a repeat?"""
    keys = [event(kind, time=time) for kind, time in events]
    return [repeats.is_repeat(key) for key in keys if key is not None]


def test_a_key_that_is_up_and_down_in_one_instant_is_held_down() -> None:
    assert press(Repeats(), (2, 0), (3, 600), (2, 600), (3, 640), (2, 640)) == [False, False, True, False, True]
    assert press(Repeats(), (2, 0), (2, 600)) == [False, True]


def test_a_key_that_is_pressed_twice_is_no_repeat() -> None:
    assert press(Repeats(), (2, 0), (3, 4), (2, 8), (3, 12)) == [False, False, False, False]

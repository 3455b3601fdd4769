"""The gate without Qt: what keys mean by their place, and that no key overtakes, vanishes or sticks."""

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courier_desk.domain.burst import Key
from courier_desk.ui.key_codes import Held, PrefixKey, code_of, meaning
from courier_desk.ui.key_gate import KeyEvent, KeyGate

F9, ENTER, SHIFT, LEFT = 67, 28, 42, 105
CODE = "CD0000000123456"
PLAIN, F9_KEY = Held(), PrefixKey(F9)
SYMBOLS = '~!@#$%^&*()_+{}|:"<>?'


class Keyboard:
    """A keyboard, the gate, and a window; keys that are sent on come back behind those already under way."""

    def __init__(self, *, burst: bool = False, prefix: PrefixKey | None = F9_KEY, now_ms: int = 5_000) -> None:
        self.scans: list[str] = []
        self.broken = 0
        self.window: list[tuple[int, bool]] = []
        self.now_ms = now_ms
        self._coming: deque[KeyEvent] = deque()
        self.gate = KeyGate(prefix, self.scans.append, self._break, burst=burst)

    def event(self, code: int, *, down: bool, held: Held = PLAIN, repeat: bool = False) -> None:
        event = KeyEvent(down, code, self.now_ms % 2**32, held, lambda: self._coming.append(event), repeat)
        if not self.gate.take(event):
            self.window.append((code, down))

    def press(self, code: int, gap_ms: int = 5, held: Held = PLAIN) -> None:
        self.wait(gap_ms)
        self.event(code, down=True, held=held)
        self.event(code, down=False, held=held)

    def type(self, text: str, gap_ms: int = 5, held: Held = PLAIN) -> None:
        """As a scanner plays it: Shift down, key, Shift up."""
        for char in text:
            code = code_of(char)
            assert code is not None
            if not (char.isupper() or char in SYMBOLS):
                self.press(code, gap_ms, held)
                continue
            self.wait(gap_ms)
            self.event(SHIFT, down=True, held=held)
            self.press(code, 0, Held(True, held.ctrl, held.alt))
            self.event(SHIFT, down=False, held=Held(True, held.ctrl, held.alt))

    def wait(self, ms: int) -> None:
        """Let time pass: what was sent on arrives, what was held long enough is settled."""
        until = self.now_ms + ms
        while (due := self.gate.wait_ms) is not None and self._last() + due <= until:
            self.gate.expire()
            self.arrive()
        self.arrive()
        self.now_ms = until

    def arrive(self) -> None:
        while self._coming:
            event = self._coming.popleft()
            self.gate.came_back()
            self.window.append((event.scan_code, event.down))

    def downs(self) -> list[int]:
        return [code for code, down in self.window if down]

    def _last(self) -> int:
        return self.gate._now_ms

    def _break(self) -> None:
        self.broken += 1


@pytest.mark.parametrize("char", [chr(code) for code in range(0x20, 0x7F)])
def test_every_printable_character_is_read_by_its_place(char: str) -> None:
    keyboard = Keyboard()
    keyboard.press(F9)
    keyboard.type(char)
    keyboard.press(ENTER)
    assert keyboard.scans == [char]
    assert keyboard.window == []


def test_the_number_pad_gives_digits_without_asking_its_lamp() -> None:
    keyboard = Keyboard()
    for code in (F9, 79, 80, 81, 75, 76, 77, 71, 72, 73, 82, 83, 96):
        keyboard.press(code)
    assert keyboard.scans == ["1234567890."]


@pytest.mark.parametrize("modifier", [Held(alt=True), Held(shift=False, alt=True)])
def test_alt_on_all_keys_changes_nothing(modifier: Held) -> None:
    keyboard = Keyboard()
    keyboard.press(F9, held=modifier)
    keyboard.type(CODE, held=modifier)
    keyboard.press(ENTER, held=modifier)
    assert (keyboard.scans, keyboard.window) == ([CODE], [])


def test_ctrl_gives_the_separator_of_gs1_codes() -> None:
    keyboard = Keyboard()
    keyboard.press(F9)
    keyboard.type("01")
    keyboard.press(27, held=Held(ctrl=True))
    keyboard.type("10")
    keyboard.press(ENTER)
    assert keyboard.scans == ["01\x1d10"]


def test_prefixes_are_read_as_they_are_written() -> None:
    assert PrefixKey.parse("F9") == PrefixKey(F9)
    assert PrefixKey.parse("f12") == PrefixKey(88)
    assert PrefixKey.parse("Ctrl+B") == PrefixKey(48, ctrl=True)
    assert PrefixKey.parse("") is None


@pytest.mark.parametrize("wrong", ["B", "F25", "Ctrl+", "Ctrl+é", "Space"])
def test_a_prefix_that_is_no_key_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong.replace("+", r"\+")):
        PrefixKey.parse(wrong)


def test_commands_are_no_part_of_a_burst() -> None:
    assert meaning(30, Held(ctrl=True), None, in_frame=False)[0] is Key.OTHER
    assert meaning(28, Held(alt=True), None, in_frame=False)[0] is Key.OTHER


def test_no_key_of_a_scan_goes_up_in_the_window() -> None:
    keyboard = Keyboard()
    keyboard.press(F9)
    keyboard.type(CODE)
    keyboard.event(ENTER, down=True)
    assert keyboard.scans == [CODE]
    keyboard.wait(300)
    keyboard.event(ENTER, down=False)
    assert keyboard.window == []


def test_a_shift_of_a_burst_is_never_alone_in_the_window() -> None:
    """Shift down and up with nothing between would switch an input method over."""
    keyboard = Keyboard(burst=True)
    keyboard.type(CODE)
    keyboard.press(ENTER)
    keyboard.wait(200)
    assert keyboard.scans == [CODE]
    assert (SHIFT, False) not in keyboard.window


def test_keys_sent_on_keep_their_order_with_those_behind_them() -> None:
    keyboard = Keyboard(burst=True)
    keyboard.press(30)
    keyboard.now_ms += 41
    keyboard.gate.expire()
    # The first key is on its way back; a command that comes now must wait behind it.
    keyboard.event(LEFT, down=True)
    keyboard.event(LEFT, down=False)
    keyboard.wait(0)
    assert keyboard.window == [(30, True), (30, False), (LEFT, True), (LEFT, False)]


def test_a_key_that_never_comes_back_stops_nothing() -> None:
    keyboard = Keyboard(burst=True)
    keyboard.press(30)
    keyboard.now_ms += 41
    keyboard.gate.expire()
    keyboard._coming.clear()
    keyboard.now_ms += 1_100
    keyboard.event(LEFT, down=True)
    assert keyboard.window == [(LEFT, True)]


def test_a_key_that_only_goes_up_spoils_the_scan() -> None:
    """An input method swallowed it on its way: the rest would be half a code."""
    keyboard = Keyboard()
    keyboard.press(F9)
    keyboard.event(46, down=False)
    keyboard.type("D123456")
    keyboard.press(ENTER)
    assert (keyboard.scans, keyboard.broken) == ([], 1)
    burst = Keyboard(burst=True)
    burst.event(46, down=False)
    burst.type("0000123456")
    burst.press(ENTER)
    assert (burst.scans, burst.broken) == ([], 1)


def test_a_key_of_a_hand_that_goes_up_during_a_scan_spoils_nothing() -> None:
    keyboard = Keyboard()
    keyboard.event(30, down=True)
    keyboard.press(F9)
    keyboard.event(30, down=False)
    keyboard.type(CODE)
    keyboard.press(ENTER)
    assert keyboard.scans == [CODE]
    assert keyboard.window == [(30, True), (30, False)]


def test_a_key_held_down_repeats_in_the_window() -> None:
    keyboard = Keyboard(burst=True)
    keyboard.event(30, down=True)
    for _ in range(20):
        keyboard.wait(30)
        keyboard.event(30, down=True, repeat=True)
    keyboard.wait(60)
    assert keyboard.downs() == [30] * 21


def test_the_clock_of_the_server_may_begin_again() -> None:
    keyboard = Keyboard(burst=True, now_ms=2**32 - 20)
    for _ in range(2):
        keyboard.type(CODE)
        keyboard.press(ENTER)
        keyboard.wait(500)
    assert keyboard.scans == [CODE, CODE]
    assert keyboard.downs().count(SHIFT) <= 2


strokes = st.lists(
    st.tuples(
        st.sampled_from([30, 46, 2, 11, F9, ENTER, LEFT, 15]), st.sampled_from([0, 3, 20, 38, 45, 90, 300, 1200])
    ),
    max_size=40,
)


@given(strokes, st.booleans())
def test_what_reaches_the_window_goes_down_and_up_and_in_order(keys: list[tuple[int, int]], burst: bool) -> None:
    keyboard = Keyboard(burst=burst)
    for code, gap_ms in keys:
        keyboard.press(code, gap_ms)
    keyboard.wait(5_000)
    sent = iter(code for code, _gap in keys)
    assert all(code in sent for code in keyboard.downs())
    assert keyboard.window == [(code, down) for code in keyboard.downs() for down in (True, False)]

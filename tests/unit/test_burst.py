"""Keys of a scanner and keys of a hand: the streams of domain.md 6.1, and rules for all others."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from courier_desk.domain.burst import BurstRules, Fate, Key, KeyStream, Stroke

CODE = "CD0000000123456"
START = 100_000
codes = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-", min_size=6, max_size=40)


@dataclass
class Seen:
    """What became of a stream: what passed on, what was scanned, how often a rescan was asked for, and how long the
    longest key that passed had been held."""

    passed: str = ""
    dropped: str = ""
    scans: list[str] = field(default_factory=list)
    broken: int = 0
    longest_hold_ms: int = 0
    _held: list[Stroke] = field(default_factory=list)

    def take(self, stream: KeyStream, strokes: Iterable[Stroke]) -> "Seen":
        for stroke in strokes:
            self._wait(stream, stroke.at_ms)
            expected = stream.wants(stroke)
            verdict = stream.press(stroke)
            assert expected or verdict.key is Fate.PASS
            self._settle(verdict.held, stroke.at_ms)
            self._held.append(stroke)
            self._settle(verdict.key, stroke.at_ms)
            self._told(verdict.scan, verdict.broken)
        self._wait(stream, 10**8)
        assert not self._held
        return self

    def _wait(self, stream: KeyStream, until: int) -> None:
        while (deadline := stream.deadline_ms) is not None and deadline <= until:
            verdict = stream.expire(deadline)
            self._settle(verdict.held, deadline)
            self._told("", verdict.broken)

    def _settle(self, fate: Fate, now: int) -> None:
        if fate is Fate.HOLD:
            return
        text = "".join(stroke.char for stroke in self._held)
        if fate is Fate.PASS:
            self.passed += text
            self.longest_hold_ms = max([self.longest_hold_ms, *(now - stroke.at_ms for stroke in self._held)])
        else:
            self.dropped += text
        self._held = []

    def _told(self, scan: str, broken: bool) -> None:
        self.scans += [scan] if scan else []
        self.broken += broken


def keys(text: str, gaps: Iterable[int] | int, start: int = START) -> list[Stroke]:
    """Characters with these gaps between them; a line end is Enter, a tab Tab, > the prefix key."""
    kinds = {"\n": Key.TERMINATOR, "\t": Key.TERMINATOR, ">": Key.PREFIX, "←": Key.OTHER}
    between = iter([gaps] * len(text) if isinstance(gaps, int) else gaps)
    strokes, now = [], start
    for place, char in enumerate(text):
        now += next(between) if place else 0
        strokes.append(Stroke(kinds.get(char, Key.CHARACTER), now, char))
    return strokes


def burst(strokes: Iterable[Stroke]) -> Seen:
    return Seen().take(KeyStream(burst=True), strokes)


def prefixed(strokes: Iterable[Stroke]) -> Seen:
    return Seen().take(KeyStream(), strokes)


def test_15_characters_every_5_ms_and_enter_are_a_scan() -> None:
    seen = burst(keys(CODE + "\n", 5))
    assert (seen.scans, seen.passed, seen.broken) == ([CODE], "", 0)


def test_keys_every_120_ms_and_enter_are_typing() -> None:
    seen = burst(keys("3.25 kg\n", 120))
    assert (seen.scans, seen.passed, seen.broken) == ([], "3.25 kg\n", 0)


def test_four_quick_characters_and_enter_are_too_short() -> None:
    seen = burst(keys("1234\n", 5))
    assert (seen.scans, seen.passed, seen.broken) == ([], "1234\n", 0)


def test_a_scan_with_a_pause_of_90_ms_is_refused_whole() -> None:
    seen = burst(keys(CODE + "\n", [5] * 7 + [90] + [5] * 7))
    assert (seen.scans, seen.passed, seen.broken) == ([], "", 1)


def test_after_a_broken_scan_the_next_pull_of_the_trigger_counts() -> None:
    stream = KeyStream(burst=True)
    Seen().take(stream, keys(CODE + "\n", [5] * 7 + [90] + [5] * 7))
    assert Seen().take(stream, keys(CODE + "\n", 5, START + 700)).scans == [CODE]


def test_tab_ends_a_scan_as_enter_does() -> None:
    assert burst(keys(CODE + "\t", 10)).scans == [CODE]


def test_a_scan_without_terminator_is_refused() -> None:
    seen = burst(keys(CODE, 5))
    assert (seen.scans, seen.passed, seen.broken) == ([], "", 1)
    late = burst(keys(CODE + "\n", [5] * 14 + [130]))
    assert (late.scans, late.passed, late.broken) == ([], "", 1)


def test_a_scan_right_behind_typed_characters_may_be_half_a_scan() -> None:
    seen = burst(keys("A" + CODE + "\n", [300] + [5] * 15))
    assert (seen.scans, seen.passed, seen.broken) == ([], "A", 1)
    finished = burst(keys("A\n" + CODE + "\n", [60, 300] + [5] * 15))
    assert (finished.scans, finished.passed) == ([CODE], "A\n")


def test_a_key_that_no_scanner_sends_lets_typing_through_at_once() -> None:
    seen = burst(keys("ab←", [30, 10]))
    assert (seen.passed, seen.longest_hold_ms) == ("ab←", 40)


def test_two_scans_in_a_row_are_two_scans() -> None:
    assert burst(keys(f"{CODE}\n{CODE}\n", 4)).scans == [CODE, CODE]


@pytest.mark.parametrize("gap", [0, 1, 10, 80, 300])
def test_after_the_prefix_key_all_is_scan_at_any_pace(gap: int) -> None:
    seen = prefixed(keys(f">{CODE}\n", gap))
    assert (seen.scans, seen.passed, seen.broken) == ([CODE], "", 0)


def test_with_a_prefix_key_quick_typing_is_never_held_nor_taken() -> None:
    seen = prefixed(keys(CODE + "\n", 1))
    assert (seen.scans, seen.passed, seen.longest_hold_ms) == ([], CODE + "\n", 0)


def test_a_frame_that_breaks_off_is_refused_and_so_is_its_rest() -> None:
    for rest in ("3456\n", "3456", "6\n", "\n"):
        for pause in (501, 700):
            seen = prefixed(keys(f">{CODE[:11]}{rest}", [5] * 11 + [pause] + [5] * 5))
            assert (seen.scans, seen.passed, seen.broken) == ([], "", 1)


def test_a_prefix_key_alone_costs_nothing() -> None:
    assert (prefixed(keys(">", 0)).broken, prefixed(keys(">\n", 5)).broken) == (0, 0)
    assert prefixed(keys(">ab", [600, 120])).passed == "ab"


def test_a_new_prefix_key_ends_the_scan_that_broke_off() -> None:
    seen = prefixed(keys(f">CD000>{CODE}\n", 5))
    assert (seen.scans, seen.broken, seen.passed) == ([CODE], 1, "")


def test_a_foreign_key_inside_a_frame_spoils_the_scan() -> None:
    seen = prefixed(keys(">CD000←00\n", 5))
    assert (seen.scans, seen.broken, seen.passed) == ([], 1, "")


def test_after_a_broken_frame_the_next_frame_counts_at_once() -> None:
    seen = prefixed(keys(f">CD0←\n>{CODE}\n", 5))
    assert (seen.scans, seen.broken) == ([CODE], 1)


def test_endless_keys_are_no_scan() -> None:
    assert (burst(keys("9" * 7_300, 5)).scans, burst(keys("9" * 7_300, 5)).passed) == ([], "")
    assert prefixed(keys(">" + "9" * 7_300 + "\n", 5)).scans == []


@given(codes, st.data())
def test_every_burst_within_the_rules_is_a_scan_and_nothing_of_it_passes(code: str, data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.integers(0, 35), min_size=len(code), max_size=len(code)))
    hiccup = data.draw(st.integers(3, len(code) - 1))
    gaps[hiccup - 1] = data.draw(st.sampled_from([gaps[hiccup - 1], 80]))
    seen = burst(keys(code + "\n", gaps))
    assert (seen.scans, seen.passed, seen.broken) == ([code], "", 0)


@given(codes, st.data())
def test_no_half_of_a_broken_scan_is_ever_delivered(code: str, data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.integers(0, 35), min_size=len(code), max_size=len(code)))
    gaps[data.draw(st.integers(0, len(code) - 2))] = data.draw(st.integers(81, 950))
    seen = burst(keys(code + "\n", gaps))
    assert seen.scans == []


@given(codes, st.integers(3, 39), st.integers(81, 1_200), st.integers(0, 15))
def test_of_a_scan_that_breaks_after_three_keys_nothing_reaches_a_field(
    code: str, at: int, pause: int, gap: int
) -> None:
    assume(3 <= at <= len(code) - 6)
    gaps = [gap] * len(code)
    gaps[at - 1] = pause
    assert burst(keys(code + "\n", gaps)).passed == ""


@given(st.text("abcdefgh 123", min_size=1, max_size=40), st.data())
def test_typing_passes_whole_in_order_and_within_40_ms(text: str, data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.integers(45, 400), min_size=len(text), max_size=len(text)))
    seen = burst(keys(text + "\n", gaps))
    assert (seen.passed, seen.scans, seen.broken) == (text + "\n", [], 0)
    assert seen.longest_hold_ms <= BurstRules().hold + 1


@given(st.text("abcdefgh", min_size=2, max_size=40), st.data())
def test_rolled_pairs_of_keys_pass_as_typing(text: str, data: st.DataObject) -> None:
    """Skilled hands press a second key before the first is up; three at that pace they do not."""
    gaps = [data.draw(st.integers(16, 40)) if place % 2 else data.draw(st.integers(60, 200)) for place in range(1, 41)]
    seen = burst(keys(text, gaps))
    assert (seen.passed, seen.scans, seen.broken) == (text, [], 0)
    assert seen.longest_hold_ms <= 2 * BurstRules().hold + 1


@given(
    st.lists(st.tuples(st.sampled_from("abcdef123456>←\n\t"), st.integers(0, 1_200)), max_size=60),
    st.booleans(),
)
def test_every_key_has_exactly_one_fate_and_none_overtakes(stream: list[tuple[str, int]], by_rhythm: bool) -> None:
    text = "".join(char for char, _gap in stream)
    seen = Seen().take(KeyStream(burst=by_rhythm), keys(text, [gap for _char, gap in stream]))
    assert sorted(seen.passed + seen.dropped) == sorted(text)
    rest = iter(text)
    assert all(char in rest for char in seen.passed)
    assert all(len(scan) >= 1 for scan in seen.scans)

"""A keyboard scanner under a real X server, with Pinyin input switched on: keys come from outside, as from a scanner.

Skipped with the reason where the machine lacks a program. All of it on Debian 12:
``apt-get install xvfb xdotool ibus ibus-libpinyin dbus-x11``, and libxcb-cursor0 and its like for Qt's window.
"""

import ctypes.util
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes_x11 import (
    IBUS_MEMORY_CONFIG,
    PINYIN_ENGINE,
    Desktop,
    ProbeWindow,
    in_a_brisk_moment,
    missing,
)
from tests.patience import until

CODE = "CD7000000123456"
UPPER = [f"shift+{char.lower()}" if char.isalpha() else char for char in CODE]
LOWER = list(CODE.lower())

pytestmark = [pytest.mark.timeout(600)]


def _skip_without(*programs: str) -> None:
    lacking = missing(*programs)
    if not ctypes.util.find_library("xcb-cursor"):
        lacking.append("libxcb-cursor0")
    if lacking:
        pytest.skip(f"this machine lacks {', '.join(lacking)}")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProbeWindow]:
    """A window on a desktop without an input method."""
    _skip_without("Xvfb", "xdotool")
    desktop = Desktop(tmp_path_factory.mktemp("desktop"))
    yield ProbeWindow(desktop)
    desktop.close()


@pytest.fixture(scope="module")
def pinyin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProbeWindow]:
    """A window on a desktop where letters become Chinese."""
    _skip_without("Xvfb", "xdotool", "dbus-daemon", "ibus", "ibus-daemon", str(IBUS_MEMORY_CONFIG), str(PINYIN_ENGINE))
    home: Path = tmp_path_factory.mktemp("pinyin")
    desktop = Desktop(home)
    desktop.start_pinyin()
    yield ProbeWindow(desktop)
    desktop.close()


@pytest.mark.parametrize("focus", ["edit", "table", "editable_combo", "button"])
@pytest.mark.parametrize("way", ["prefix", "burst"])
def test_a_scan_is_delivered_in_any_focus_and_touches_nothing(plain: ProbeWindow, way: str, focus: str) -> None:
    def scene() -> None:
        plain.ask("listen", way)
        plain.ask("focus", focus)
        plain.scan(way, *UPPER)
        seen = plain.settled(0.05)
        assert (seen["scans"], seen["damage"]) == ([CODE], [])

    in_a_brisk_moment(scene)


def test_caps_lock_does_not_change_the_code(plain: ProbeWindow) -> None:
    plain.ask("listen", "prefix")
    plain.ask("focus", "edit")
    plain.keys("Caps_Lock")
    seen = plain.scan("prefix", *UPPER)
    plain.keys("Caps_Lock")
    assert seen["scans"] == [CODE]


@pytest.mark.parametrize("way", ["prefix", "burst"])
def test_hand_typing_and_a_key_held_down_reach_the_field(plain: ProbeWindow, way: str) -> None:
    def scene() -> None:
        plain.ask("listen", way)
        plain.ask("focus", "edit")
        plain.typed("1", "2", "period", "5", "Left", "shift+a", "space", "b", becomes="12.A b5")
        plain.desktop.xdotool("keydown", "x", "sleep", "0.7", "keyup", "x")
        until(lambda: plain.ask("look", "")["value"].startswith("12.A bxxx"))
        seen = plain.settled(0.1)
        assert (seen["scans"], seen["rescans"]) == ([], 0)

    in_a_brisk_moment(scene)


@pytest.mark.parametrize("way", ["prefix", "burst"])
def test_a_scan_that_breaks_off_is_refused_whole(plain: ProbeWindow, way: str) -> None:
    # Keys that a busy machine has drawn apart are those of a hand, and nobody sees here which it was: of several
    # scans one at least has to come at the pace of a scanner.
    seen = []
    for _ in range(6):
        plain.ask("listen", way)
        plain.ask("focus", "edit")
        plain.keys(*(["F9"] if way == "prefix" else []), *UPPER[:8])
        refused = plain.settled(1.0)["rescans"]
        plain.keys(*UPPER[8:], "Return")
        found = plain.settled()
        seen.append((refused, found["scans"], found["damage"]))
        if seen[-1] == (1, [], []):
            return
        time.sleep(1.1)
    pytest.fail(f"each time something came of it: {seen}")


def test_pinyin_is_on_and_would_swallow_a_scan(pinyin: ProbeWindow) -> None:
    """What keeps the tests after this one honest."""
    pinyin.ask("listen", "off")
    pinyin.ask("focus", "edit")
    pinyin.typed(*"nihao", "space", becomes="你好")
    pinyin.ask("focus", "edit")
    pinyin.keys(*LOWER, "Return")
    until(lambda: pinyin.ask("look", "")["value"].endswith("456"))
    assert CODE.lower() not in pinyin.settled()["value"]


@pytest.mark.parametrize("keys", [UPPER, LOWER], ids=["upper case", "lower case"])
@pytest.mark.parametrize("way", ["prefix", "burst"])
def test_with_pinyin_on_a_scan_is_whole_and_none_of_it_is_typed(pinyin: ProbeWindow, way: str, keys: list[str]) -> None:
    def scene() -> None:
        pinyin.ask("listen", way)
        pinyin.ask("focus", "edit")
        for _ in range(3):
            pinyin.scan(way, *keys)
        seen = pinyin.settled()
        assert seen["scans"] == [CODE if keys is UPPER else CODE.lower()] * 3
        assert seen["damage"] == []

    in_a_brisk_moment(scene)


@pytest.mark.parametrize("way", ["prefix", "burst"])
def test_with_pinyin_on_typing_chinese_goes_on_around_a_scan(pinyin: ProbeWindow, way: str) -> None:
    def scene() -> None:
        pinyin.ask("listen", way)
        pinyin.ask("focus", "edit")
        pinyin.keys(*"nih", gap_ms=90)
        # By rhythm alone, keys typed just before may be the first part of the code; a second later they are not.
        pinyin.desktop.xdotool("sleep", "0.1" if way == "prefix" else "1.1")
        pinyin.scan(way, *UPPER)
        pinyin.typed(*"ao", "space", becomes="你好")
        assert pinyin.settled()["scans"] == [CODE]

    in_a_brisk_moment(scene)

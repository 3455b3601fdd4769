"""A keyboard scanner under a real X server, with Pinyin input switched on: keys come from outside, as from a scanner.

Skipped with the reason where the machine lacks a program. All of it on Debian 12:
``apt-get install xvfb xdotool ibus ibus-libpinyin dbus-x11``, and libxcb-cursor0 and its like for Qt's window.
"""

import ctypes.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes_x11 import IBUS_MEMORY_CONFIG, PINYIN_ENGINE, Desktop, ProbeWindow, missing

CODE = "CD7000000123456"
UPPER = [f"shift+{char.lower()}" if char.isalpha() else char for char in CODE]
LOWER = list(CODE.lower())

pytestmark = [pytest.mark.timeout(120)]


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
    plain.ask("listen", way)
    plain.ask("focus", focus)
    plain.scan(way, *UPPER)
    seen = plain.settled(0.05)
    assert (seen["scans"], seen["damage"]) == ([CODE], [])


def test_caps_lock_does_not_change_the_code(plain: ProbeWindow) -> None:
    plain.ask("listen", "prefix")
    plain.ask("focus", "edit")
    plain.keys("Caps_Lock")
    seen = plain.scan("prefix", *UPPER)
    plain.keys("Caps_Lock")
    assert seen["scans"] == [CODE]


@pytest.mark.parametrize("way", ["prefix", "burst"])
def test_hand_typing_and_a_key_held_down_reach_the_field(plain: ProbeWindow, way: str) -> None:
    plain.ask("listen", way)
    plain.ask("focus", "edit")
    plain.keys("1", "2", "period", "5", "Left", "shift+a", "space", "b", gap_ms=90)
    assert plain.settled(0.15)["value"] == "12.A b5"
    plain.desktop.xdotool("keydown", "x", "sleep", "0.7", "keyup", "x")
    seen = plain.settled(0.15)
    assert seen["value"].startswith("12.A bxxx")
    assert (seen["scans"], seen["rescans"]) == ([], 0)


@pytest.mark.parametrize("way", ["prefix", "burst"])
def test_a_scan_that_breaks_off_is_refused_whole(plain: ProbeWindow, way: str) -> None:
    plain.ask("listen", way)
    plain.ask("focus", "edit")
    pause = "0.7" if way == "prefix" else "0.2"
    start = ["F9"] if way == "prefix" else []
    plain.desktop.xdotool(
        "key", "--delay", "5", *start, *UPPER[:8], "sleep", pause, "key", "--delay", "5", *UPPER[8:], "Return"
    )
    seen = plain.settled()
    assert (seen["scans"], seen["damage"]) == ([], [])
    assert seen["rescans"] >= 1


def test_pinyin_is_on_and_would_swallow_a_scan(pinyin: ProbeWindow) -> None:
    """What keeps the tests after this one honest."""
    pinyin.ask("listen", "off")
    pinyin.ask("focus", "edit")
    pinyin.keys(*"nihao", "space", gap_ms=60)
    assert pinyin.settled()["value"] == "你好"
    pinyin.ask("focus", "edit")
    pinyin.keys(*LOWER, "Return")
    assert CODE.lower() not in pinyin.settled()["value"]
    pinyin.keys("Escape")


@pytest.mark.parametrize("keys", [UPPER, LOWER], ids=["upper case", "lower case"])
@pytest.mark.parametrize("way", ["prefix", "burst"])
def test_with_pinyin_on_a_scan_is_whole_and_none_of_it_is_typed(pinyin: ProbeWindow, way: str, keys: list[str]) -> None:
    pinyin.ask("listen", way)
    pinyin.ask("focus", "edit")
    for _ in range(3):
        pinyin.scan(way, *keys)
    seen = pinyin.settled()
    assert seen["scans"] == [CODE if keys is UPPER else CODE.lower()] * 3
    assert seen["damage"] == []


@pytest.mark.parametrize("way", ["prefix", "burst"])
def test_with_pinyin_on_typing_chinese_goes_on_around_a_scan(pinyin: ProbeWindow, way: str) -> None:
    pinyin.ask("listen", way)
    pinyin.ask("focus", "edit")
    pinyin.keys(*"nih", gap_ms=90)
    # By rhythm alone, keys typed just before may be the first part of the code; a second later they are not.
    pinyin.desktop.xdotool("sleep", "0.1" if way == "prefix" else "1.1")
    pinyin.scan(way, *UPPER)
    pinyin.keys(*"ao", "space", gap_ms=90)
    seen = pinyin.settled()
    assert (seen["scans"], seen["value"]) == ([CODE], "你好")

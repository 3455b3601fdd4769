"""Once on a real X server: log-in, a known caller's order, its label, a scan; every key comes from outside by xdotool.

Skipped with the reason where the machine lacks a program: ``apt-get install xvfb xdotool`` on Debian 12.
"""

import ctypes.util
import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from courier_desk.base.paths import DataFolder
from courier_desk.printing.preview import page_picture, read_back
from tests.desk import PASSWORD, SENDER
from tests.fakes_x11 import Desktop, missing
from tests.journeys.program import AGENT, station
from tests.patience import until

pytestmark = pytest.mark.timeout(600)


class Watched:
    """The program on its desktop, and what it said last."""

    def __init__(self, desktop: Desktop, folder: Path) -> None:
        self.desktop = desktop
        self.seen: dict[str, Any] = {}
        self._process = desktop.start_program("-m", "tests.journeys.x11_child", str(folder))
        self._reader = threading.Thread(target=self._read, args=(self._process,))
        self._reader.start()

    def wait(self, **wanted: object) -> None:
        """Until it says so."""
        self.until(lambda: all(self.seen.get(name) == value for name, value in wanted.items()))

    def until(self, condition: Callable[[], bool]) -> None:
        """Until this holds of what it said."""
        until(lambda: condition() or self._process.poll() is not None)
        assert condition(), self.seen

    def focus_window(self) -> None:
        """What a window manager does for a window that has just come."""
        self.until(lambda: bool(self.seen.get("window")))
        self.desktop.xdotool("windowfocus", "--sync", str(self.seen["window"]))
        self.wait(active=True)

    def keys(self, *keys: str) -> None:
        """Keys by their X names."""
        self.desktop.xdotool("key", "--delay", "12", *keys)

    def type(self, text: str) -> None:
        """Letters, digits and signs."""
        self.desktop.xdotool("type", "--delay", "12", text)

    def end(self) -> None:
        """The desktop goes, and the program with it."""
        self.desktop.close()
        self._reader.join()

    def _read(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith(b"{"):
                self.seen = json.loads(line)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    lacking = missing("Xvfb", "xdotool")
    if not ctypes.util.find_library("xcb-cursor"):
        lacking.append("libxcb-cursor0")
    if lacking:
        pytest.skip(f"this machine lacks {', '.join(lacking)}")
    station(tmp_path / "station")
    home = tmp_path / "home"
    home.mkdir()
    program = Watched(Desktop(home), tmp_path / "station")
    yield program
    program.end()


def _log_in(program: Watched) -> None:
    program.focus_window()
    program.wait(platform="xcb", focus="number_edit")
    program.type(AGENT)
    program.keys("Return")
    program.wait(focus="password_edit")
    program.type(PASSWORD)
    program.keys("Return")
    program.wait(step="details_step", focus="details_button")
    program.keys("Return")
    program.wait(page="HomePage")
    program.focus_window()


def _order(program: Watched) -> str:
    program.keys("F2")
    program.wait(page="OrderPage", focus="phone_edit")
    program.type(SENDER.phone)
    program.wait(known=True)
    program.keys("Return")
    program.wait(focus="box_edit")
    program.keys("1", "Return")
    program.wait(focus="same_button")
    program.keys("F7")
    program.wait(paper=True)
    program.keys("Return")
    program.wait(focus="tendered_edit")
    program.keys("5", "0", "Return")
    program.wait(focus="confirm_button")
    program.keys("Return")
    program.until(lambda: bool(program.seen.get("number")))
    return str(program.seen["number"])


def test_an_order_and_its_scan_with_keys_from_outside(watched: Watched, tmp_path: Path) -> None:
    _log_in(watched)
    number = _order(watched)
    folder = DataFolder(tmp_path / "station").paper
    until(lambda: len(list(folder.glob("*.pdf"))) == 2)
    newest = max(folder.glob("*.pdf"))
    assert {code.text for code in read_back(page_picture(newest.read_bytes(), dpi=203))} == {number}
    watched.keys("F8")
    watched.wait(page="ScanPage", accepted=0)
    watched.keys("F9", *[f"shift+{sign.lower()}" if sign.isalpha() else sign for sign in number], "Return")
    watched.wait(accepted=1)

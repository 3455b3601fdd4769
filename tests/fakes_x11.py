"""A desktop of the test's own: an X server without a screen, keys from outside, and an input method for Chinese."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.patience import PATIENCE_S, until

_NOTHING_COMES_S = 4.0
ROOT = Path(__file__).parent.parent
IBUS_MEMORY_CONFIG = Path("/usr/libexec/ibus-memconf")
PINYIN_ENGINE = Path("/usr/libexec/ibus-engine-libpinyin")


def missing(*programs: str) -> list[str]:
    """Which of these programs or files this machine does not have."""
    return [name for name in programs if not (shutil.which(name) or Path(name).exists())]


class DrawnApartError(Exception):
    """This machine had so much else to do that a burst came at the pace of a hand, or a hand's keys came in a burst."""


def in_a_brisk_moment(scene: Callable[[], None]) -> None:
    """Play ``scene``, from its beginning again where the machine has drawn a burst apart; a person would scan again.
    Where that happens each time the test fails, unless the machine has far too much to do: then it is skipped."""
    for _ in range(8):
        try:
            scene()
        except DrawnApartError:
            # So long the keys before may be the first part of a code.
            time.sleep(1.1)
        else:
            return
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > 3 * cores:
        pytest.skip("this machine is too busy to send keys at the pace of a scanner")
    pytest.fail(f"no burst was taken for one, with a load of {load} on {cores} cores")


class Desktop:
    """One X server and what runs on it; ``close`` ends all of it."""

    def __init__(self, home: Path) -> None:
        self._running: list[subprocess.Popen[Any]] = []
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1024x768x24", "-nolisten", "tcp"]
        self._start(command, pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as pipe:
            display = pipe.readline().strip()
        folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "CACHE", "DATA")}
        own = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}
        self.env = {**os.environ, **folders, **own, "LANG": "C.UTF-8", "QT_LOGGING_RULES": "*=false"}
        for name in ("QT_IM_MODULE", "XMODIFIERS", "DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY"):
            self.env.pop(name, None)

    def start_pinyin(self) -> None:
        """ibus with libpinyin as the engine of every window."""
        bus = self._start(["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE)
        assert bus.stdout is not None
        self.env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        self.env["QT_IM_MODULE"] = "ibus"
        self._start(["ibus-daemon", "--panel=disable", f"--config={IBUS_MEMORY_CONFIG}", "--cache=none"])
        until(lambda: self._run("ibus", "address").returncode == 0)
        # The first call starts the engine and may say no before it is there.
        until(lambda: bool(self._run("ibus", "engine", "libpinyin")) and self._engine() == "libpinyin")

    def start_program(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A program of ours, spoken to by its standard input and output."""
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        return self._start([sys.executable, *arguments], cwd=ROOT, **pipes)

    def xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self.env, check=True, timeout=30)

    def close(self) -> None:
        for process in reversed(self._running):
            process.terminate()
            process.wait(PATIENCE_S)
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()

    def _engine(self) -> str:
        return self._run("ibus", "engine").stdout.decode().strip()

    def _run(self, *command: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(command, env=self.env, capture_output=True, check=False, timeout=30)

    def _start(self, command: list[str], **options: Any) -> "subprocess.Popen[Any]":
        settings = {"env": getattr(self, "env", None), "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, **{**settings, **options})
        self._running.append(process)
        return process


class ProbeWindow:
    """The window of tests/ui/keyboard_probe.py on that desktop, with the focus on it."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop
        self._process = desktop.start_program("-m", "tests.ui.keyboard_probe")
        born = self._read()
        assert born["platform"] == "xcb"
        desktop.xdotool("windowfocus", "--sync", str(born["window"]))
        until(lambda: bool(self.ask("look", "")["active"]))

    def ask(self, order: str, argument: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([order, argument]).encode() + b"\n")
        self._process.stdin.flush()
        return self._read()

    def keys(self, *keys: str, gap_ms: int = 5) -> None:
        """Keys by their X names, this far apart; ``shift+c`` as a scanner holds Shift."""
        self.desktop.xdotool("key", "--delay", str(gap_ms), *keys)

    def typed(self, *keys: str, becomes: str) -> None:
        """Keys at the pace of a hand, after which the field holds ``becomes``. Errors: DrawnApartError when they were
        taken for a scanner's, since the machine kept them waiting and then gave them all at once."""
        before = self.ask("look", "")
        self.keys(*keys, gap_ms=90)
        until(lambda: self.ask("look", "")["value"] == becomes or self._answered(before), f"{becomes!r} typed")
        if self._answered(before):
            raise DrawnApartError

    def scan(self, way: str, *keys: str) -> dict[str, Any]:
        """Nothing but one whole code or a call for a rescan may come of it. Errors: DrawnApartError for anything but
        the code, where no prefix key tells the keys of a burst from those of a hand."""
        before = self.ask("look", "")
        self.keys(*(["F9"] if way == "prefix" else []), *keys, "Return")
        # Keys drawn so far apart that none belongs to another bring nothing at all.
        end = time.monotonic() + (PATIENCE_S if way == "prefix" else _NOTHING_COMES_S)
        while not self._answered(before) and time.monotonic() < end:
            time.sleep(0.01)
        seen = self.ask("look", "")
        if len(seen["scans"]) == len(before["scans"]):
            assert way == "burst"
            raise DrawnApartError
        return seen

    def _answered(self, before: dict[str, Any]) -> bool:
        now = self.ask("look", "")
        return len(now["scans"]) > len(before["scans"]) or bool(now["rescans"] > before["rescans"])

    def settled(self, wait_s: float = 0.4) -> dict[str, Any]:
        """What there is to see when all keys have had their time."""
        time.sleep(wait_s)
        return self.ask("look", "")

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the window has gone"
        found: dict[str, Any] = json.loads(line)
        return found

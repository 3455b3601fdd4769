"""Devices at the far end of a pty: plugged in, pulled out, and writing at their own pace."""

import os
import threading
import time
import tty
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from courier_desk.domain.device import DeviceState
from courier_desk.domain.scan import RawScan
from courier_desk.domain.weighing import Weighing
from tests.patience import PATIENCE_S

Thing = TypeVar("Thing")


class PtyPlug:
    """A serial device whose port is ``path``: a link that points to a fresh pty whenever it is plugged in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ends: tuple[int, int] | None = None
        self.plug()

    def plug(self) -> None:
        near, far = os.openpty()
        tty.setraw(far)
        self._ends = near, far
        self.path.symlink_to(os.ttyname(far))

    def pull(self) -> None:
        """Gone in the middle of whatever it was doing; pulling twice is allowed."""
        if self._ends is not None:
            self.path.unlink()
            for end in self._ends:
                os.close(end)
        self._ends = None

    def write(self, data: bytes) -> None:
        assert self._ends is not None
        os.write(self._ends[0], data)

    def read(self) -> bytes:
        assert self._ends is not None
        return os.read(self._ends[0], 256)


class Heard:
    """What the callables of a device were given, with a way to wait for it."""

    def __init__(self) -> None:
        self.scans: list[RawScan] = []
        self.states: list[DeviceState] = []
        self.weighings: list[Weighing] = []
        self._news = threading.Condition()

    def scan(self, scan: RawScan) -> None:
        self._add(self.scans, scan)

    def state(self, state: DeviceState) -> None:
        self._add(self.states, state)

    def weighing(self, weighing: Weighing) -> None:
        self._add(self.weighings, weighing)

    def texts(self, device: str = "") -> list[str]:
        return [scan.text for scan in self.scans if not device or scan.device == device]

    def rescans(self) -> list[str]:
        return [str(state.text) for state in self.states if state.rescan]

    def wait(self, happened: Callable[[], bool]) -> float:
        """Wait until it is so; the seconds it took. Fails when it does not come to be."""
        began = time.monotonic()
        with self._news:
            assert self._news.wait_for(happened, PATIENCE_S), (self.scans[-3:], self.states[-3:], self.weighings[-3:])
        return time.monotonic() - began

    def _add(self, things: list[Thing], thing: Thing) -> None:
        with self._news:
            things.append(thing)
            self._news.notify_all()

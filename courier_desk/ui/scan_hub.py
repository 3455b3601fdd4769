"""Where every scan of every device arrives: understood once, marked as a repeat, and offered to whoever is in front."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import shiboken6
from PySide6.QtCore import QObject, Signal

from courier_desk.domain.scan import Code, RawScan

REPEAT_WINDOW = timedelta(milliseconds=400)
_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Scanned:
    """One scan, understood. ``repeat``: the same code came within the repeat window, most likely one pull of a trigger
    that was read twice."""

    raw: RawScan
    code: Code
    repeat: bool = False


class TakesScans(Protocol):
    """A page or dialog that may take a scan."""

    def handle_scan(self, scan: Scanned) -> bool:
        """True when it was taken."""
        ...


class ScanHub(QObject):
    """Lives in the GUI thread; connect ``Bridge.scanned`` to ``take``.

    Signals:
        offered(Scanned): every scan, before anybody takes it.
        refused(Scanned, bool): nobody took it; the flag says that the desk was locked.
    """

    offered = Signal(object)
    refused = Signal(object, bool)

    def __init__(
        self, parse: Callable[[str], Code], window: timedelta = REPEAT_WINDOW, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parse = parse
        self._window = window
        self._last: dict[str, datetime] = {}
        self._front: Callable[[], TakesScans | None] = _nobody
        self._fallback: Callable[[Scanned], bool] | None = None
        self._owners: list[tuple[QObject, TakesScans]] = []
        self._locked = False

    def set_window_ms(self, milliseconds: int) -> None:
        """Within so many milliseconds the same code counts as a repeat."""
        self._window = timedelta(milliseconds=milliseconds)

    def set_front(self, front: Callable[[], TakesScans | None]) -> None:
        """Who is asked for the page in front."""
        self._front = front

    def set_fallback(self, fallback: Callable[[Scanned], bool]) -> None:
        """Who gets what the page in front does not take: the main window shows the parcel."""
        self._fallback = fallback

    def set_locked(self, locked: bool) -> None:
        """While the desk is locked nobody gets a scan; each is refused loudly."""
        self._locked = locked

    def claim(self, owner: QObject, taker: TakesScans) -> None:
        """A dialog takes all scans until ``release`` or its end."""
        self._owners.append((owner, taker))

    def release(self, owner: QObject) -> None:
        """The dialog is done."""
        self._owners = [entry for entry in self._owners if entry[0] is not owner]

    def take(self, raw: RawScan) -> None:
        """Understand one scan and offer it: to the dialog in front, to the page in front, to the fallback."""
        scan = Scanned(raw, self._parse(raw.text), self._is_repeat(raw))
        self.offered.emit(scan)
        if self._locked or not self._offer(scan):
            self.refused.emit(scan, self._locked)

    def _offer(self, scan: Scanned) -> bool:
        self._owners = [entry for entry in self._owners if shiboken6.isValid(entry[0])]
        if self._owners:
            return self._owners[-1][1].handle_scan(scan)
        page = self._front()
        if page is not None and page.handle_scan(scan):
            return True
        return self._fallback is not None and self._fallback(scan)

    def _is_repeat(self, raw: RawScan) -> bool:
        last = self._last.pop(raw.text, None)
        self._last[raw.text] = raw.at
        if len(self._last) > _REMEMBERED:
            del self._last[next(iter(self._last))]
        return last is not None and abs(raw.at - last) <= self._window


def _nobody() -> TakesScans | None:
    return None

"""The serial ports of this machine: which there are, who uses which, and where a device is that was plugged in anew."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from serial.tools import list_ports


@dataclass(frozen=True, slots=True)
class PortInfo:
    """One port as the system describes it. ``location`` is the USB socket; what is not known is empty or None."""

    path: str
    description: str = ""
    serial_number: str = ""
    vid: int | None = None
    pid: int | None = None
    location: str = ""

    @property
    def identity(self) -> str:
        """``VID:PID``, or empty for a port that is built in."""
        return "" if self.vid is None or self.pid is None else f"{self.vid:04X}:{self.pid:04X}"


def system_ports() -> tuple[PortInfo, ...]:
    """The ports of this machine now; takes milliseconds, so never call it in the GUI thread."""
    return tuple(
        PortInfo(port.device, port.description or "", port.serial_number or "", port.vid, port.pid, port.location or "")
        for port in list_ports.comports()
    )


def same_device(one: PortInfo, other: PortInfo) -> bool:
    """Whether two descriptions may be of one device: by serial number where both have one, else by VID and PID."""
    if one.identity != other.identity:
        return False
    return not (one.serial_number and other.serial_number) or one.serial_number == other.serial_number


class PortBook:
    """The ports last seen and who has taken which. Safe to use from all device threads."""

    def __init__(self, list_now: Callable[[], Sequence[PortInfo]] = system_ports) -> None:
        self._list_now = list_now
        self._lock = threading.Lock()
        self._ports: tuple[PortInfo, ...] = ()
        self._taken: dict[str, str] = {}

    @property
    def ports(self) -> tuple[PortInfo, ...]:
        """The ports as last looked up."""
        return self._ports

    def refresh(self) -> bool:
        """Look again; True when a port has come."""
        ports = tuple(self._list_now())
        come = {port.path for port in ports} - {port.path for port in self._ports}
        self._ports = ports
        return bool(come)

    def describe(self, path: str) -> PortInfo:
        """What is known of the port at ``path``: nothing but the path for a pty, a URL, or a port that is gone."""
        return next((port for port in self._ports if port.path == path), PortInfo(path))

    def take(self, owner: str, path: str, match: str, seen: PortInfo | None) -> str | None:
        """Reserve for ``owner`` the port where its device is now; None when it is nowhere or somebody else's.

        ``seen`` is what was there when it last worked, ``match`` what the settings say of it. A port that is listed
        with another identity is another device that got the old name: it is not taken."""
        with self._lock:
            mine = {port: who for port, who in self._taken.items() if who != owner}
            found = self._find([port for port in self._ports if port.path not in mine], path, match, seen)
            if found is None and path not in mine and self._unlisted(path, seen):
                found = path
            if found is not None:
                self._taken = mine | {found: owner}
            return found

    def release(self, owner: str) -> None:
        """``owner`` no longer uses a port."""
        with self._lock:
            self._taken = {port: who for port, who in self._taken.items() if who != owner}

    def _unlisted(self, path: str, seen: PortInfo | None) -> bool:
        """A URL, a pty or a link is never listed and may be tried; a USB port that is not listed is gone."""
        return bool(path) and self.describe(path) == PortInfo(path) and not (seen and seen.identity)

    def _find(self, free: list[PortInfo], path: str, match: str, seen: PortInfo | None) -> str | None:
        if match:
            fits = [port for port in free if match.upper() in {port.identity, port.serial_number.upper()}]
        elif seen is not None and seen.identity:
            fits = [port for port in free if same_device(port, seen)]
        else:
            fits = [port for port in free if port.path == path]
        certain = [port for port in fits if seen and seen.serial_number and port.serial_number == seen.serial_number]
        at_place = [port for port in fits if seen and seen.location and port.location == seen.location]
        at_path = [port for port in fits if port.path == path]
        # Of several alike none is guessed: a device by the wrong name is worse than one that is missing.
        for choice in (certain, at_place, at_path, fits):
            if len(choice) == 1:
                return choice[0].path
        return None

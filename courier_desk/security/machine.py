"""Which PC this is, as a hash: a link to headquarters is bound to it, so that a copied folder is noticed elsewhere."""

import hashlib
import platform
import sys
import uuid
from functools import cache
from pathlib import Path

_MACHINE_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_WINDOWS_KEY = r"SOFTWARE\Microsoft\Cryptography"
# A made-up MAC address (random at each start) has this bit.
_MADE_UP = 1 << 40


def fingerprint(salt: str) -> str:
    """SHA-256 of the machine's own id and ``salt`` (the installation), in hexadecimal. The id itself goes nowhere."""
    return hashlib.sha256(f"{machine_id()}\n{salt}".encode()).hexdigest()


@cache
def machine_id() -> str:
    """The id that the system gave this machine; where there is none, what comes nearest."""
    found = _of_windows() if sys.platform == "win32" else _of_files(_MACHINE_IDS)
    return found or _of_hardware()


def _of_files(paths: tuple[Path, ...]) -> str:
    for path in paths:
        try:
            found = path.read_text(encoding="ascii", errors="replace").strip()
        except OSError:
            continue
        if found:
            return found
    return ""


def _of_windows() -> str:
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415  there is none elsewhere

        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _WINDOWS_KEY, 0, access) as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return ""
    return ""


def _of_hardware() -> str:
    node = uuid.getnode()
    return platform.node() if node & _MADE_UP else f"{platform.node()} {node:012x}"

"""One process for each data folder: a lock of the system, and a bell by which a second start raises the first window.

The lock ends with its process, also after ``kill -9``. The bell is a loopback socket; its port and a secret stand in
a file beside the lock that only this user can read.
"""

import hmac
import json
import os
import secrets
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.files import write_atomically
from courier_desk.base.logging import get_logger
from courier_desk.base.translation import message

_LOOPBACK = "127.0.0.1"
_PATIENCE_S = 2.0
_ANSWER = b"raised"


class InstanceLock:
    """The lock of one data folder. ``acquire`` first, then ``listen`` when there is a window to raise."""

    def __init__(self, lock_file: Path) -> None:
        self._path = lock_file
        self._bell_file = lock_file.with_suffix(".bell")
        self._descriptor: int | None = None
        self._bell: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()

    def acquire(self) -> bool:
        """True when this process has the folder for itself now. Errors: EnvironmentFault when the disk refuses."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise EnvironmentFault(message("The data folder cannot be written to."), retriable=False) from error
        if not _lock(descriptor):
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def listen(self, on_raise: Callable[[], None]) -> None:
        """Call ``on_raise`` (in a thread of its own) whenever somebody starts the program a second time."""
        secret = secrets.token_hex(16)
        self._bell = socket.create_server((_LOOPBACK, 0))
        port = self._bell.getsockname()[1]
        write_atomically(self._bell_file, json.dumps({"port": port, "secret": secret}).encode())
        self._thread = threading.Thread(
            target=_answer_bell, args=(self._bell, self._stopped, secret.encode(), on_raise), name="bell", daemon=True
        )
        self._thread.start()

    def raise_first(self) -> bool:
        """Ask the process that has the lock to show its window; True when it answered."""
        try:
            bell = json.loads(self._bell_file.read_text(encoding="ascii"))
            with socket.create_connection((_LOOPBACK, int(bell["port"])), _PATIENCE_S) as line:
                line.sendall(str(bell["secret"]).encode() + b"\n")
                return line.recv(len(_ANSWER), socket.MSG_WAITALL) == _ANSWER
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def release(self) -> None:
        """Give the folder back."""
        if self._bell is not None and self._thread is not None:
            self._bell_file.unlink(missing_ok=True)
            self._stopped.set()
            # Closing alone does not wake a thread that waits in accept; a visit does, on every system.
            socket.create_connection(self._bell.getsockname(), _PATIENCE_S).close()
            self._thread.join()
            self._bell.close()
            self._bell = None
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _lock(descriptor: int) -> bool:
    """Take the system's exclusive lock without waiting."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  only there

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415  not on Windows

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _answer_bell(server: socket.socket, stopped: threading.Event, secret: bytes, on_raise: Callable[[], None]) -> None:
    while True:
        line, _address = server.accept()
        with line:
            if stopped.is_set():
                return
            line.settimeout(_PATIENCE_S)
            try:
                if hmac.compare_digest(line.recv(200).rstrip(b"\n"), secret):
                    on_raise()
                    line.sendall(_ANSWER)
            except OSError as error:
                get_logger(__name__).warning("a second start hung up", error=error)

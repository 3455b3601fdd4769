"""A serial line that comes and goes: bytes and silence while it is there, one last word when it is not."""

import errno
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

import serial

from courier_desk.base.translation import Message, message
from courier_desk.devices.device_thread import DeviceThread
from courier_desk.devices.framing import SILENCE_S
from courier_desk.devices.ports import PortBook, PortInfo
from courier_desk.devices.spec import DeviceSpec
from courier_desk.domain.device import DeviceState, Presence

WRITE_TIMEOUT_S = 1.0
REQUEST_EVERY_S = 0.2


def _port_errors() -> tuple[type[Exception], ...]:
    """What pyserial lets through when a port is not there, not ours, or dies: POSIX has one kind more."""
    try:
        import termios  # noqa: PLC0415  not on Windows
    except ImportError:
        return (serial.SerialException, OSError)
    return (serial.SerialException, OSError, termios.error)


PORT_ERRORS = _port_errors()
OPEN_ERRORS: tuple[type[Exception], ...] = (*PORT_ERRORS, ValueError)


class LineUser(Protocol):
    """Who listens to a line, in the thread of the link."""

    def opened(self) -> None:
        """The line is there, for the first time or again."""
        ...

    def received(self, data: bytes) -> None:
        """Bytes have come."""
        ...

    def silence(self) -> None:
        """50 ms passed without a byte."""
        ...

    def lost(self) -> None:
        """The line died; what has come only in part will never be whole."""
        ...


class SerialLink(DeviceThread):
    """Reads one serial device for ``user``; ``request`` is sent five times a second where a device must be asked."""

    def __init__(
        self,
        spec: DeviceSpec,
        book: PortBook,
        user: LineUser,
        on_state: Callable[[DeviceState], None],
        request: bytes = b"",
    ) -> None:
        super().__init__(spec.name, spec.kind, on_state)
        self._spec = spec
        self._book = book
        self._user = user
        self._request = request
        self._seen: PortInfo | None = None
        self._path = spec.port

    def say(self, state: Presence, text: Message, *, rescan: bool = False) -> None:
        """For the user of the line: news of the device beside its coming and going."""
        self._say(state, text, rescan=rescan)

    def _serve(self) -> bool:
        path = self._book.take(self.name, self._path, self._spec.match, self._seen)
        if path is None:
            self._say(Presence.LOST, message("Not connected"))
            return False
        try:
            port = self._open(path)
        except OPEN_ERRORS as error:
            self._book.release(self.name)
            self._say(*_why(path, error))
            return False
        try:
            self._seen, self._path = self._book.describe(path), path
            self._say(Presence.PRESENT, message("Connected at {port}", port=path))
            self._user.opened()
            self._read(port)
        finally:
            # A port that died may fail to close as well; there is nothing left to save in it.
            with suppress(*PORT_ERRORS):
                port.close()
            self._book.release(self.name)
        return True

    def _open(self, path: str) -> serial.Serial:
        spec = self._spec
        return serial.serial_for_url(
            path,
            baudrate=spec.baud,
            bytesize=spec.bytesize,
            parity=spec.parity,
            stopbits=spec.stopbits,
            timeout=SILENCE_S,
            write_timeout=WRITE_TIMEOUT_S,
            exclusive=True,
        )

    def _read(self, port: serial.Serial) -> None:
        """Hand over what comes until the line dies or the thread is to stop."""
        next_request = time.monotonic()
        while not self._stopping.is_set():
            try:
                if self._request and time.monotonic() >= next_request:
                    port.write(self._request)
                    next_request = time.monotonic() + REQUEST_EVERY_S
                data = port.read(port.in_waiting or 1)
            except PORT_ERRORS:
                self._user.lost()
                self._say(Presence.LOST, message("Not connected"))
                # What is listed at the old name from now on may be another device.
                self._book.refresh()
                return
            if data:
                self._user.received(data)
            else:
                self._user.silence()


class LinkedDevice:
    """A device at the end of a link: it begins, ends and wakes with it."""

    _link: SerialLink

    def start(self) -> None:
        """Begin to look for the device; returns at once."""
        self._link.start()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._link.stop()

    def wake(self) -> None:
        """A port has come: try now."""
        self._link.wake()


def _why(path: str, error: Exception) -> tuple[Presence, Message]:
    """Gone, or there and not to be had: taken by another program, no right to it, or no such setting."""
    number = getattr(error, "errno", None)
    if number in {errno.EACCES, errno.EPERM}:
        return Presence.ERROR, message("No right to open {port}", port=path)
    # Windows gives no number, and refuses like this what another program has opened.
    if number in {errno.EBUSY, errno.EWOULDBLOCK} or "PermissionError" in str(error):
        return Presence.ERROR, message("{port} is used by another program", port=path)
    if isinstance(error, ValueError):
        return Presence.ERROR, message("{port} cannot be set as wanted", port=path)
    return Presence.LOST, message("Not connected")

"""A label printer on the network, port 9100: asked before and after each label, so that printed means printed."""

import contextlib
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.translation import message
from courier_desk.printing.printer_status import TSPL_QUERY, ZPL_QUERY, parse_tspl_status, parse_zpl_status
from courier_desk.printing.printers import (
    Condition,
    PrinterLanguage,
    PrinterSpec,
    PrinterStatus,
    Report,
    SendInterrupted,
    Sent,
)

DEFAULT_PORT = 9100
_CHUNK = 32 * 1024
_ADDRESS = re.compile(r"(?:(?P<host>[A-Za-z0-9._-]+)|\[(?P<six>[0-9A-Fa-f:.]+)\])(?::(?P<port>[0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds, for what."""

    connect_s: float = 3.0
    answer_s: float = 2.0
    # No byte taken for so long: the printer stands (its memory is full and it is out of paper, say).
    stall_s: float = 60.0
    # From the last byte until the label is out, while the printer answers and nothing is wrong.
    print_s: float = 30.0
    # While something is wrong and a person puts it right; the label waits in the printer.
    repair_s: float = 900.0
    between_s: float = 0.15
    # A printer that says ready so long after the last byte without ever having said busy may have been faster than us.
    settle_s: float = 1.2


class TcpPrinter:
    """Sends one label, then asks until it is out. With ``spec.answers`` False it sends and believes."""

    def __init__(self, spec: PrinterSpec, patience: Patience | None = None) -> None:
        self._spec = spec
        self._patience = patience or Patience()
        self._ending = threading.Event()
        zpl = spec.language is PrinterLanguage.ZPL
        self._query = ZPL_QUERY if zpl else TSPL_QUERY
        self._parse: Callable[[bytes], PrinterStatus | None] = parse_zpl_status if zpl else parse_tspl_status
        self._asks = spec.answers and spec.language is not PrinterLanguage.PDF

    def send(self, data: bytes, title: str, report: Report | None = None) -> Sent:
        """See PrinterBackend. The title is not sent: what reaches a label printer is a picture and nothing else."""
        with self._connected() as link:
            if self._asks:
                self._expect_able(link)
            self._transmit(link, data)
            return self._follow(link, report) if self._asks else self._let_go(link)

    def status(self) -> PrinterStatus:
        """See PrinterBackend."""
        try:
            with self._connected() as link:
                return self._ask(link) if self._asks else PrinterStatus(Condition.CANNOT_SAY)
        except (EnvironmentFault, OSError):
            return PrinterStatus(Condition.GONE)

    def interrupt(self) -> None:
        """See PrinterBackend."""
        self._ending.set()

    @contextlib.contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        try:
            link = socket.create_connection(parse_address(self._spec.address), timeout=self._patience.connect_s)
        except OSError:
            raise _gone() from None
        with link:
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            yield link

    def _expect_able(self, link: socket.socket) -> None:
        try:
            status = self._ask(link)
        except OSError:
            raise _gone() from None
        if not status.able:
            raise EnvironmentFault(status.text)

    def _ask(self, link: socket.socket) -> PrinterStatus:
        """What the printer says now. Errors: OSError when the connection is gone."""
        deadline = time.monotonic() + self._patience.answer_s
        link.settimeout(self._patience.answer_s)
        link.sendall(self._query)
        answer = b""
        while (left := deadline - time.monotonic()) > 0:
            link.settimeout(left)
            try:
                part = link.recv(1024)
            except TimeoutError:
                break
            if not part:
                raise ConnectionResetError
            answer += part
            status = self._parse(answer)
            if status is not None:
                return status
        return PrinterStatus(Condition.SILENT)

    def _transmit(self, link: socket.socket, data: bytes) -> None:
        link.settimeout(0.25)
        sent = 0
        moved_at = time.monotonic()
        while sent < len(data):
            try:
                sent += link.send(data[sent : sent + _CHUNK])
                moved_at = time.monotonic()
            except TimeoutError:
                if self._ending.is_set() or time.monotonic() - moved_at > self._patience.stall_s:
                    raise _interrupted() from None
            except OSError:
                raise _interrupted() from None

    def _follow(self, link: socket.socket, report: Report | None) -> Sent:
        """Ask until the label is out. A connection that breaks means that the printer may have forgotten the label."""
        patience = self._patience
        started = time.monotonic()
        deadline = started + patience.print_s
        seen_busy = False
        while True:
            try:
                status = self._ask(link)
            except OSError:
                raise _interrupted() from None
            now = time.monotonic()
            if status.condition is Condition.READY:
                if seen_busy or self._spec.language is PrinterLanguage.ZPL:
                    return Sent.PRINTED
                if now - started > patience.settle_s:
                    return Sent.SENT
            elif status.condition is Condition.BUSY:
                seen_busy = True
            else:
                deadline = max(deadline, started + patience.repair_s)
                if report is not None:
                    report(status)
            if now > deadline or self._ending.wait(patience.between_s):
                raise _interrupted()

    def _let_go(self, link: socket.socket) -> Sent:
        """Close in order, so that a printer which refused the label has the chance to say so."""
        try:
            link.shutdown(socket.SHUT_WR)
            link.settimeout(self._patience.answer_s)
            while link.recv(1024):
                pass
        except TimeoutError:
            # It keeps the line open: usual, and no sign of anything.
            return Sent.SENT
        except OSError:
            raise _interrupted() from None
        return Sent.SENT


def parse_address(address: str) -> tuple[str, int]:
    """``host``, ``host:port`` or ``[ipv6]:port``. Errors: EnvironmentFault for anything else."""
    found = _ADDRESS.fullmatch(address.strip())
    port = int(found["port"] or DEFAULT_PORT) if found else 0
    if found is None or not 0 < port < 65536:
        raise EnvironmentFault(
            message("The printer's address {address} is not of the form host:port.", address=address), retriable=False
        )
    return found["host"] or found["six"], port


def _gone() -> EnvironmentFault:
    return EnvironmentFault(PrinterStatus(Condition.GONE).text)


def _interrupted() -> SendInterrupted:
    return SendInterrupted(message("The connection broke while a label was being printed: look whether it came out."))

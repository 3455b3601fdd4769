"""A label printer at the edge: it speaks port 9100 for real, reads ZPL or TSPL strictly and keeps what it printed.

The readers know only what a label of ours may hold; anything else in the stream is an error, so that a text that
became a command cannot hide.
"""

import base64
import binascii
import contextlib
import re
import socket
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from PIL import Image, ImageChops

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.translation import message
from courier_desk.domain.print_job import PrintState, may_become
from courier_desk.services.printing_ports import Job

_ZPL_ORDER = ("^XA", "^PW", "^LL", "^LH", "^LS", "^FO", "^GF", "^FS", "^PQ", "^XZ")
_ZPL_NUMBERS = re.compile(rb"[0-9]+(,[0-9]+)*")
_TSPL_LINES = (
    re.compile(rb"SIZE [0-9]+ mm,[0-9]+ mm"),
    re.compile(rb"GAP [0-9]+ mm,0 mm"),
    re.compile(rb"(DENSITY [0-9]+)|(CLS)"),
)
_BITMAP = re.compile(rb"BITMAP 0,0,([0-9]+),([0-9]+),0,")
_PRINT = b"\r\nPRINT 1,1\r\n"
_OVER = frozenset({PrintState.SENT, PrintState.PRINTED, PrintState.CANCELLED})


class NotALabel(ValueError):
    """The stream holds something that is no label of ours."""


class Incomplete(ValueError):
    """The stream ends in the middle of a label."""


def zpl_tokens(data: bytes) -> tuple[list[tuple[str, bytes]], bytes]:
    """The commands of the first label and what follows it. Errors: NotALabel, Incomplete."""
    tokens: list[tuple[str, bytes]] = []
    rest = data.removeprefix(b"\r\n")
    while True:
        if len(rest) < 3:
            raise Incomplete
        command, rest = rest[:3].decode("latin-1"), rest[3:]
        if command == "^GF":
            value, rest = _graphic(rest)
        else:
            end = min((place for mark in b"^~\r" if (place := rest.find(mark)) >= 0), default=-1)
            if end < 0:
                raise Incomplete
            value, rest = rest[:end], rest[end:]
            if value and not _ZPL_NUMBERS.fullmatch(value):
                raise NotALabel(f"{command} with {value!r}")
        tokens.append((command, value))
        if command == "^XZ":
            return tokens, rest.removeprefix(b"\r\n")


def _graphic(rest: bytes) -> tuple[bytes, bytes]:
    head = re.match(rb"A,([0-9]+),([0-9]+),([0-9]+),", rest)
    if head is None:
        if len(rest) < 30:
            raise Incomplete
        raise NotALabel(f"^GF with {rest[:30]!r}")
    end = head.end() + int(head[1])
    if len(rest) < end:
        raise Incomplete
    return rest[:end], rest[end:]


def read_zpl(data: bytes) -> list[Image.Image]:
    """Every label of a ZPL stream as picture. Errors: NotALabel, Incomplete."""
    pictures = []
    while data.strip():
        tokens, data = zpl_tokens(data)
        if tokens[0][0] == "~SD":
            tokens.pop(0)
        if tuple(command for command, _value in tokens) != _ZPL_ORDER:
            raise NotALabel(str([command for command, _value in tokens]))
        pictures.append(_zpl_picture(dict(tokens)))
    return pictures


def _zpl_picture(values: dict[str, bytes]) -> Image.Image:
    letter, _data_bytes, total, row_bytes, encoded = values["^GF"].split(b",", 4)
    marker, content, check = encoded.rsplit(b":", 2)[-3:] if encoded.count(b":") == 2 else encoded[1:].split(b":")
    if letter != b"A" or marker.strip(b":") != b"Z64" or int(check, 16) != binascii.crc_hqx(content, 0):
        raise NotALabel("the graphic is damaged")
    rows = zlib.decompress(base64.b64decode(content, validate=True))
    if len(rows) != int(total):
        raise NotALabel("the graphic has another size than it says")
    size = (int(row_bytes) * 8, len(rows) // int(row_bytes))
    if size != (int(values["^PW"]), int(values["^LL"])):
        raise NotALabel("the graphic is not as large as the label")
    return ImageChops.invert(Image.frombytes("1", size, rows))


def tspl_label(data: bytes) -> tuple[Image.Image, bytes]:
    """The first label of a TSPL stream as picture, and what follows it. Errors: NotALabel, Incomplete."""
    rest = data
    for _line in range(5):
        found = _BITMAP.match(rest)
        if found:
            row_bytes, height = int(found[1]), int(found[2])
            rows = rest[found.end() : found.end() + row_bytes * height]
            after = rest[found.end() + len(rows) :]
            if len(rows) < row_bytes * height or len(after) < len(_PRINT):
                raise Incomplete
            if not after.startswith(_PRINT):
                raise NotALabel(f"after the bitmap: {after[:20]!r}")
            return Image.frombytes("1", (row_bytes * 8, height), rows), after[len(_PRINT) :]
        line, mark, rest = rest.partition(b"\r\n")
        if not mark:
            raise Incomplete
        if not any(pattern.fullmatch(line) for pattern in _TSPL_LINES):
            raise NotALabel(f"line {line[:40]!r}")
    raise NotALabel("no bitmap")


def read_tspl(data: bytes) -> list[Image.Image]:
    """Every label of a TSPL stream as picture. Errors: NotALabel, Incomplete."""
    pictures = []
    while data:
        picture, data = tspl_label(data)
        pictures.append(picture)
    return pictures


@dataclass
class Troubles:
    """What is wrong with the printer now; may be changed at any time from any thread."""

    paper_out: bool = False
    head_open: bool = False
    paused: bool = False
    silent: bool = False
    # After so many bytes of labels, counted from now, it resets itself and forgets what it has not printed.
    reset_after_bytes: int = -1
    # After so many more labels the roll is empty.
    labels_on_roll: int = -1
    # The roll ends under the next label that comes in.
    ends_under_label: bool = False


class FakePrinter:
    """A label printer on a free port of this machine."""

    def __init__(self, language: str = "zpl", print_s: float = 0.0) -> None:
        self.language = language
        self.troubles = Troubles()
        self.printed: list[Image.Image] = []
        self.errors: list[str] = []
        # Called when a label has come in whole, before it is printed.
        self.on_label: Callable[[], None] = lambda: None
        self._print_s = print_s
        self._waiting: list[Image.Image] = []
        self._busy = False
        self._ready = threading.Condition()
        self._closing = threading.Event()
        self._connections: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._start(self._accept)
        self._start(self._print)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def load_paper(self) -> None:
        """A new roll: what waited in the printer's memory comes out now."""
        with self._ready:
            self.troubles.paper_out = False
            self.troubles.ends_under_label = False
            self.troubles.labels_on_roll = -1
            self._ready.notify_all()

    def put_right(self) -> None:
        """Cover closed, pause ended, speaking again."""
        with self._ready:
            self.troubles = Troubles(paper_out=self.troubles.paper_out, labels_on_roll=self.troubles.labels_on_roll)
            self._ready.notify_all()

    def reset(self) -> None:
        """Power off and on: connections are gone, and so is what waited in memory."""
        with self._ready:
            self._waiting.clear()
            for connection in list(self._connections):
                self._drop(connection)

    def close(self) -> None:
        """Gone from the network."""
        self._closing.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.reset()
        with self._ready:
            self._ready.notify_all()
        for thread in self._threads:
            thread.join(5)

    def _start(self, work: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _peer = self._listener.accept()
            except OSError:
                return
            with self._ready:
                self._connections.add(connection)
            self._start(self._listen, connection)

    def _listen(self, connection: socket.socket) -> None:
        data = b""
        while True:
            try:
                chunk = connection.recv(4096)
            except OSError:
                chunk = b""
            if not chunk:
                # What was cut off leaves nothing behind.
                self._connections.discard(connection)
                connection.close()
                return
            if self._counts_down(len(chunk)):
                self.reset()
                return
            data = self._digest(connection, data + chunk)

    def _counts_down(self, size: int) -> bool:
        with self._ready:
            left = self.troubles.reset_after_bytes
            if left < 0:
                return False
            self.troubles.reset_after_bytes = max(0, left - size)
            if size < left:
                return False
            self.troubles.reset_after_bytes = -1
            return True

    def _drop(self, connection: socket.socket) -> None:
        self._connections.discard(connection)
        with contextlib.suppress(OSError):
            # A reset, not a farewell: what was under way is lost.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            connection.close()

    def _digest(self, connection: socket.socket, data: bytes) -> bytes:
        while data:
            query = b"~HS\r\n" if self.language == "zpl" else b"\x1b!?"
            if data.startswith(query):
                data = data[len(query) :]
                self._answer(connection)
                continue
            if query.startswith(data):
                return data
            try:
                picture, data = self._label(data)
            except Incomplete:
                return data
            except NotALabel as error:
                self.errors.append(str(error))
                return b""
            with self._ready:
                self._waiting.append(picture)
                self.troubles.paper_out |= self.troubles.ends_under_label
                self.on_label()
                self._ready.notify_all()
        return data

    def _label(self, data: bytes) -> tuple[Image.Image, bytes]:
        if self.language == "tspl":
            return tspl_label(data)
        _tokens, rest = zpl_tokens(data)
        return read_zpl(data[: len(data) - len(rest)])[0], rest

    def _answer(self, connection: socket.socket) -> None:
        troubles = self.troubles
        if troubles.silent:
            return
        with self._ready:
            waiting = len(self._waiting) + self._busy
        if self.language == "tspl":
            code = troubles.head_open | troubles.paper_out << 2 | troubles.paused << 4 | bool(waiting) << 5
            answer = bytes([code])
        else:
            lines = (
                f"030,{troubles.paper_out:d},{troubles.paused:d},1200,{waiting:03d},0,0,0,000,0,0,0",
                f"000,0,{troubles.head_open:d},0,0,2,4,0,{waiting:08d},1,000",
                "1234,0",
            )
            answer = b"".join(b"\x02" + line.encode() + b"\x03\r\n" for line in lines)
        with contextlib.suppress(OSError):
            connection.sendall(answer)

    def _can_print(self) -> bool:
        troubles = self.troubles
        return bool(self._waiting) and not (troubles.paper_out or troubles.head_open or troubles.paused)

    def _print(self) -> None:
        while not self._closing.is_set():
            with self._ready:
                if not self._ready.wait_for(lambda: self._can_print() or self._closing.is_set(), timeout=0.2):
                    continue
                if self._closing.is_set():
                    return
                picture = self._waiting.pop(0)
                self._busy = True
            time.sleep(self._print_s)
            with self._ready:
                self.printed.append(picture)
                self._busy = False
                if self.troubles.labels_on_roll > 0:
                    self.troubles.labels_on_roll -= 1
                    self.troubles.paper_out = self.troubles.labels_on_roll == 0


class MemoryQueue:
    """A print queue in memory with the order and the steps of the real one; every step is kept in ``history``."""

    def __init__(self) -> None:
        self._jobs: dict[str, list[Job]] = {}
        self.history: list[tuple[str, PrintState]] = []
        self.texts: dict[str, str] = {}
        self.broken = False
        self._guard = threading.RLock()

    def add(self, printer: str, *jobs: Job) -> None:
        with self._guard:
            for job in jobs:
                self._queue(printer).append(job)

    def next(self, printer: str) -> Job | None:
        with self._guard:
            self._check()
            return next((job for job in self._queue(printer) if job.state not in _OVER), None)

    def mark(self, job_id: str, state: PrintState, text: str) -> None:
        with self._guard:
            self._check()
            printer, place = self._find(job_id)
            job = self._queue(printer)[place]
            if not may_become(job.state, state):
                raise UserError(message("The paper has gone on meanwhile."))
            again = job.again or state is PrintState.UNKNOWN
            self._queue(printer)[place] = replace(job, state=state, again=again)
            self.history.append((job_id, state))
            self.texts[job_id] = text

    def move(self, from_printer: str, to_printer: str) -> int:
        with self._guard:
            movable = {PrintState.WAITING, PrintState.FAILED}
            leaving = [job for job in self._queue(from_printer) if job.state in movable]
            staying = [job for job in self._queue(from_printer) if job.state not in movable]
            self._jobs[from_printer] = staying
            self._queue(to_printer).extend(replace(job, state=PrintState.WAITING) for job in leaving)
            return len(leaving)

    def settle(self, job_id: str, state: PrintState) -> None:
        """What a person decides."""
        self.mark(job_id, state, "")

    def states(self) -> dict[str, PrintState]:
        with self._guard:
            return {job.id: job.state for queue in self._jobs.values() for job in queue}

    def _check(self) -> None:
        if self.broken:
            raise EnvironmentFault(message("The disk is full."))

    def _queue(self, printer: str) -> list[Job]:
        return self._jobs.setdefault(printer, [])

    def _find(self, job_id: str) -> tuple[str, int]:
        for printer in self._jobs:
            for place, job in enumerate(self._queue(printer)):
                if job.id == job_id:
                    return printer, place
        raise KeyError(job_id)

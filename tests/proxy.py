"""The line between a desk and headquarters, as bad as a test wants it: a TCP proxy that knows where a request ends.

``with line_to("127.0.0.1", port) as line:`` and let the desk speak to ``line.url``. What goes wrong with each request
is said by ``line.weather``: a function of the Passing, such as ``Storm(seed)``, ``on_path("/v1/push", fault)`` or
``in_turn(...)``. ``line.down()`` and ``line.up()`` cut the whole line; ``line.bytes_per_s`` makes it narrow. With
``framed=False`` the bytes go through as they are (TLS); then only ``down``, ``up``, ``delay_s`` and ``bytes_per_s``
count.
"""

import asyncio
import contextlib
import itertools
import random
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

_LONGEST_HEAD = 64 * 1024
_PIECE = 4096
_NO_BODY = (204, 304)


class Act(StrEnum):
    """What the line does with one request.

    PASS: nothing. CUT: reset before headquarters hears anything. HALF: headquarters gets half of it, then a reset on
    both sides. LOSE: it goes through, the reply is lost and the connection reset. TORN: half of the reply, then a
    reset. STALL: it goes through and then nothing comes, ever, on a connection that stays open. MUTE: as STALL, but
    nothing goes through. TWICE: headquarters gets it twice, the second reply is given. LATE: it passes, and a copy
    arrives again after some more requests. STRAY: reset for the desk, and it arrives after some more requests, when the
    desk has sent it again. SLOW: the reply comes at ``bytes_per_s``.
    """

    PASS = "pass"
    CUT = "cut"
    HALF = "half"
    LOSE = "lose"
    TORN = "torn"
    STALL = "stall"
    MUTE = "mute"
    TWICE = "twice"
    LATE = "late"
    STRAY = "stray"
    SLOW = "slow"


@dataclass(frozen=True)
class Fault:
    """``delay_s`` before the request goes on; ``after`` requests later for LATE and STRAY; ``bytes_per_s`` for SLOW."""

    act: Act = Act.PASS
    delay_s: float = 0.0
    after: int = 1
    bytes_per_s: int = 50


@dataclass(frozen=True)
class Passing:
    """One request on its way: the ``number``-th of this line, counted from 0."""

    number: int
    method: str
    path: str


Weather = Callable[[Passing], Fault]
FINE = Fault()


def fair(_passing: Passing) -> Fault:
    """Everything passes."""
    return FINE


def on_path(path: str, *faults: Fault) -> Weather:
    """Requests whose path begins with ``path`` get the faults in turn, then pass; all others pass."""
    left = iter(faults)

    def weather(passing: Passing) -> Fault:
        return next(left, FINE) if passing.path.startswith(path) else FINE

    return weather


def in_turn(*faults: Fault) -> Weather:
    """The first requests get the faults in turn, the rest pass."""
    return on_path("", *faults)


class Storm:
    """A fault for about ``share`` of the requests, drawn from ``acts``, always the same for the same seed and order."""

    def __init__(self, seed: int, share: float = 0.3, acts: tuple[Act, ...] = ()) -> None:
        self._dice = random.Random(seed)
        self._share = share
        self._acts = acts or (Act.CUT, Act.HALF, Act.LOSE, Act.TORN, Act.TWICE, Act.LATE, Act.STRAY)
        self._guard = threading.Lock()

    def __call__(self, _passing: Passing) -> Fault:
        with self._guard:
            if self._dice.random() >= self._share:
                return FINE
            return Fault(self._dice.choice(self._acts), self._dice.uniform(0, 0.02), self._dice.randint(1, 3))


@dataclass
class _Copy:
    """A request that headquarters gets (again) once ``due`` requests have gone by."""

    raw: bytes
    due: int


@dataclass
class Line:
    """The running proxy; every member may be used from any thread."""

    host: str
    port: int
    framed: bool = True
    weather: Weather = fair
    bytes_per_s: int = 0
    delay_s: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    listens_at: int = 0
    silent: bool = False
    _up: bool = True
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _copies: list[_Copy] = field(default_factory=list)
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)
    _errands: set["asyncio.Task[None]"] = field(default_factory=set)
    _free_at: float = 0.0
    _loop: asyncio.AbstractEventLoop | None = None

    @property
    def url(self) -> str:
        """What the desk takes for headquarters' address."""
        return f"http://127.0.0.1:{self.listens_at}"

    def down(self, *, silent: bool = False) -> None:
        """Cut every connection; new ones are reset, or (``silent``) accepted and never answered. Returns when done."""
        self._up, self.silent = False, silent
        self._call(self._reset_all())

    def up(self) -> None:
        """Let everything through again; what hung on the silent line is reset."""
        self._up = True
        self._call(self._reset_all())

    def _call(self, work: Coroutine[Any, Any, None]) -> None:
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(work, self._loop).result(5)

    async def _reset_all(self) -> None:
        for writer in list(self._writers):
            _reset(writer)

    # What follows runs in the thread of the line.

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a desk, to its end."""
        self._writers.add(writer)
        upstream: asyncio.StreamWriter | None = None
        try:
            if not self._up:
                if self.silent:
                    await reader.read()
                return _reset(writer)
            from_hq, upstream = await asyncio.open_connection(self.host, self.port)
            self._writers.add(upstream)
            if self.framed:
                await self._exchanges(reader, writer, from_hq, upstream)
            else:
                await self._pump_both(reader, writer, from_hq, upstream)
        except (OSError, asyncio.IncompleteReadError):
            self.counts["broken"] += 1
            _reset(writer)
        except asyncio.CancelledError:
            # The end of the whole line; Python 3.11's streams would complain of a task that says so.
            _reset(writer)
        finally:
            for each in (writer, upstream):
                if each is not None:
                    self._writers.discard(each)
                    each.close()

    async def _exchanges(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        from_hq: asyncio.StreamReader,
        to_hq: asyncio.StreamWriter,
    ) -> None:
        while (request := await _message(reader)) is not None:
            head = request.split(b" ", 2)
            passing = Passing(next(self._numbers), head[0].decode(), head[1].decode("latin-1"))
            fault = self.weather(passing)
            self.counts[fault.act] += 1
            await asyncio.sleep(self.delay_s + fault.delay_s)
            if fault.act in (Act.LATE, Act.STRAY):
                self._copies.append(_Copy(request, passing.number + fault.after))
            self._send_copies(passing.number)
            if fault.act in (Act.CUT, Act.STRAY):
                return _reset(writer)
            if fault.act is Act.MUTE:
                await reader.read()
                return None
            if fault.act is Act.HALF:
                await self._write(to_hq, request[: len(request) // 2])
                _reset(to_hq)
                return _reset(writer)
            reply = await self._ask(from_hq, to_hq, request, times=2 if fault.act is Act.TWICE else 1)
            if not await self._answer(reader, writer, reply, fault):
                return None
        return None

    async def _ask(
        self, from_hq: asyncio.StreamReader, to_hq: asyncio.StreamWriter, request: bytes, times: int
    ) -> bytes:
        reply: bytes | None = None
        for _each in range(times):
            await self._write(to_hq, request)
            reply = await _message(from_hq)
            if reply is None:
                raise ConnectionResetError("headquarters has hung up")
        assert reply is not None
        return reply

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, reply: bytes, fault: Fault
    ) -> bool:
        """Give the desk its reply as the fault wants it; False when the connection is over."""
        if fault.act is Act.STALL:
            await reader.read()
            return False
        if fault.act is Act.LOSE:
            _reset(writer)
            return False
        if fault.act is Act.TORN:
            await self._write(writer, reply[: len(reply) // 2])
            _reset(writer)
            return False
        if fault.act is Act.SLOW:
            for byte in reply:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(1 / fault.bytes_per_s)
            return True
        await self._write(writer, reply)
        return True

    def _send_copies(self, now: int) -> None:
        due = [copy for copy in self._copies if copy.due <= now]
        self._copies = [copy for copy in self._copies if copy.due > now]
        for copy in due:
            errand = asyncio.ensure_future(self._deliver(copy.raw))
            self._errands.add(errand)
            errand.add_done_callback(self._errands.discard)

    async def _deliver(self, request: bytes) -> None:
        """A copy whose reply nobody waits for."""
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            reader, writer = await asyncio.open_connection(self.host, self.port)
            try:
                await self._ask(reader, writer, request, times=1)
                self.counts["copies"] += 1
            finally:
                writer.close()

    async def _write(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        if not self.bytes_per_s:
            writer.write(data)
            return await writer.drain()
        # All connections share the one narrow line.
        for start in range(0, len(data), _PIECE):
            piece = data[start : start + _PIECE]
            now = time.monotonic()
            self._free_at = max(self._free_at, now) + len(piece) / self.bytes_per_s
            await asyncio.sleep(self._free_at - now)
            writer.write(piece)
            await writer.drain()
        return None

    async def _pump_both(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        from_hq: asyncio.StreamReader,
        to_hq: asyncio.StreamWriter,
    ) -> None:
        there = asyncio.ensure_future(self._pump(reader, to_hq))
        back = asyncio.ensure_future(self._pump(from_hq, writer))
        try:
            await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in (there, back):
                each.cancel()
            await asyncio.gather(there, back, return_exceptions=True)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(_PIECE):
            await asyncio.sleep(self.delay_s)
            await self._write(writer, data)


def _reset(writer: asyncio.StreamWriter) -> None:
    """Hang up the hard way: the other side sees a reset, and what is still in the buffers is gone."""
    link = writer.get_extra_info("socket")
    if link is not None and link.fileno() >= 0:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _message(reader: asyncio.StreamReader) -> bytes | None:
    """One whole HTTP message as it came; None when the other side has hung up between two."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return None
    lines = head.decode("latin-1").split("\r\n")
    fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    first = lines[0].split(" ", 2)
    status = int(first[1]) if first[0].startswith("HTTP/") else 0
    if status in _NO_BODY:
        return head
    if "chunked" in fields.get("transfer-encoding", ""):
        return head + await _chunks(reader)
    return head + await reader.readexactly(int(fields.get("content-length", "0")))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while True:
        size_line = await reader.readuntil(b"\r\n")
        chunk = await reader.readexactly(int(size_line.split(b";")[0], 16) + 2)
        body += size_line + chunk
        if len(chunk) == 2:
            return body


@contextlib.contextmanager
def line_to(host: str, port: int, *, weather: Weather = fair, framed: bool = True) -> Iterator[Line]:
    """A line to the server at ``host:port``; everything that is still on its way is dropped at the end."""
    line = Line(host, port, framed, weather)
    started, failed = threading.Event(), list[BaseException]()

    def work() -> None:
        try:
            asyncio.run(_serve(line, started))
        except BaseException as error:  # noqa: BLE001  told where the line is used
            failed.append(error)
            started.set()

    thread = threading.Thread(target=work, name="line", daemon=True)
    thread.start()
    started.wait(5)
    if failed:
        raise failed[0]
    try:
        yield line
    finally:
        assert line._loop is not None
        line._loop.call_soon_threadsafe(_stop, line)
        thread.join(5)
        assert not failed, failed


def _stop(line: Line) -> None:
    for task in asyncio.all_tasks(line._loop):
        if task.get_name() == "line":
            task.cancel()


async def _serve(line: Line, started: threading.Event) -> None:
    line._loop = asyncio.get_running_loop()
    task = asyncio.current_task()
    assert task is not None
    task.set_name("line")
    server = await asyncio.start_server(line.serve, "127.0.0.1", 0, limit=_LONGEST_HEAD)
    line.listens_at = server.sockets[0].getsockname()[1]
    started.set()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.Event().wait()
    server.close()
    others = asyncio.all_tasks() - {task}
    for each in others:
        each.cancel()
    await asyncio.gather(*others, return_exceptions=True)

"""Servers that are not headquarters, or are it on a bad day: a small program for each request, over a real socket."""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import zstandard

DATA = Path(__file__).parent / "data"
MARK = "Courier-HQ: 1"


@dataclass(frozen=True)
class Asked:
    """One request as it came, its body as the sender meant it."""

    head: str
    body: bytes

    @property
    def path(self) -> str:
        return self.head.split(" ", 2)[1]

    def header(self, name: str) -> str:
        lines = [line.partition(":") for line in self.head.split("\r\n")[1:]]
        return next((value.strip() for key, _, value in lines if key.lower() == name.lower()), "")

    @property
    def content(self) -> bytes:
        zipped = self.header("Content-Encoding") == "zstd"
        return zstandard.ZstdDecompressor().decompress(self.body) if zipped else self.body


Answer = Callable[[socket.socket, Asked], None]


@dataclass
class FakeServer:
    """Where it listens, and what it was asked."""

    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    over: threading.Event = field(default_factory=threading.Event)


def reply(status: str, *headers: str, body: bytes = b"", mark: bool = True) -> bytes:
    """A whole reply."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *([MARK] if mark else []), *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def says(status: str, *headers: str, body: bytes = b"", mark: bool = True) -> Answer:
    """Always the same reply."""
    return lambda link, _asked: link.sendall(reply(status, *headers, body=body, mark=mark))


def says_json(body: bytes, status: str = "200 OK", *headers: str) -> Answer:
    """Always the same message of headquarters."""
    return says(status, "Content-Type: application/json", *headers, body=body)


def reset(link: socket.socket) -> None:
    """Hang up the hard way."""
    link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    link.close()


@contextlib.contextmanager
def serve(
    answer: Answer, certificate: str = "", *, shakes_hands: bool = True, greeting: bytes = b""
) -> Iterator[FakeServer]:
    """A server that does ``answer`` with each request, over TLS with a file of data/ if one is named. Without
    ``shakes_hands`` it takes the connection and says nothing but its ``greeting``."""
    server = FakeServer()
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(DATA / certificate)
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    scheme = "https" if certificate else "http"
    server.address = f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
    threads: list[threading.Thread] = []

    def work() -> None:
        while not server.over.is_set():
            with contextlib.suppress(TimeoutError):
                link, _ = listener.accept()
                server.connections += 1
                talk = (_talk, (server, link, context, answer)) if shakes_hands else (_hold, (server, link, greeting))
                threads.append(threading.Thread(target=talk[0], args=talk[1]))
                threads[-1].start()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        thread.join()
        for each in threads:
            each.join()
        listener.close()


def _hold(server: FakeServer, link: socket.socket, greeting: bytes) -> None:
    with contextlib.suppress(OSError), contextlib.closing(link):
        link.sendall(greeting)
        server.over.wait(5)


def _talk(server: FakeServer, link: socket.socket, context: ssl.SSLContext | None, answer: Answer) -> None:
    link.settimeout(5)
    with contextlib.suppress(OSError), contextlib.ExitStack() as undo:
        undo.callback(link.close)
        if context is not None:
            link = undo.enter_context(context.wrap_socket(link, server_side=True))
        while (asked := _request(server, link)) is not None:
            server.asked.append(asked)
            answer(link, asked)


def _request(server: FakeServer, link: socket.socket) -> Asked | None:
    data = b""
    while b"\r\n\r\n" not in data:
        if not (piece := _piece(server, link)):
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    asked = Asked(head.decode("latin-1"), b"")
    length = int(asked.header("Content-Length") or 0)
    while len(body) < length:
        body += _piece(server, link) or b""
    return Asked(asked.head, body)


def _piece(server: FakeServer, link: socket.socket) -> bytes:
    link.settimeout(0.05)
    try:
        while not server.over.is_set():
            with contextlib.suppress(TimeoutError):
                return link.recv(65536)
        return b""
    finally:
        with contextlib.suppress(OSError):
            link.settimeout(5)

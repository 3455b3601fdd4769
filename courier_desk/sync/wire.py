"""One request to headquarters: who answers is checked first, what comes is counted, and another thread can cut it."""

import contextlib
import logging
import socket
import ssl
import threading
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx2
from pydantic import BaseModel, ValidationError

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.translation import message
from courier_desk.protocol.messages import MARK_HEADER, Problem
from courier_desk.sync.inflate import deflated, inflated
from courier_desk.sync.line_faults import fault_of, not_understood, stranger
from courier_desk.sync.ports import Refusal

M = TypeVar("M", bound=BaseModel)

LARGEST_REPLY = 8 * 1024 * 1024
_LARGEST_PROBLEM = 64 * 1024
_LONGEST_RETRY_S = 3600.0
_JSON = "application/json"

# It would note each request, address and all.
logging.getLogger("httpx2").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: to connect; without a single byte; for a whole exchange, however busily it trickles."""

    connect_s: float = 5.0
    silence_s: float = 20.0
    whole_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. ``wait_s``: how long headquarters may think; ``most``: the largest reply."""

    method: str
    path: str
    query: Mapping[str, str | int] | None = None
    body: bytes | None = None
    body_type: str = _JSON
    wait_s: float = 0.0
    most: int = LARGEST_REPLY
    whole_s: float = 0.0


class Wire:
    """The connections of one client, used by one thread at a time. ``cut`` may come from any other."""

    def __init__(
        self,
        address: str,
        headers: Mapping[str, str],
        *,
        ca_file: str = "",
        patience: Patience | None = None,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        self._address = address.rstrip("/")
        parts = urlsplit(self._address)
        self._host = parts.hostname or ""
        self._patience = patience or Patience()
        self._sockets = _Sockets()
        self._closed = threading.Event()
        safe = parts.scheme == "https"
        self._http = httpx2.Client(
            headers={"Accept-Encoding": "zstd", **headers},
            # A context that trusts nobody, where nothing is encrypted: http:// is for this very computer only.
            verify=trust(ca_file) if safe else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            trust_env=safe,
            follow_redirects=False,
            transport=transport,
        )

    def cut(self) -> None:
        """From another thread: end what is under way, begin nothing more."""
        self._closed.set()
        self._sockets.cut(for_good=True)

    def close(self) -> None:
        """Hang up. By the thread that asks, or when it has ended."""
        self._closed.set()
        self._http.close()

    def message(self, ask: Ask, kind: type[M]) -> M:
        """Ask, and read the answer as a message. Errors: Refusal, LineFault."""
        with self._answer(ask) as response:
            if not _is_json(response):
                raise not_understood()
            return _parsed(kind, self._body(response, ask.most))

    def content(self, ask: Ask) -> bytes:
        """Ask, and give the bytes of the answer as they are. Errors: Refusal, LineFault."""
        with self._answer(ask) as response:
            return self._body(response, ask.most)

    @contextlib.contextmanager
    def _answer(self, ask: Ask) -> Iterator[httpx2.Response]:
        """The answer of headquarters itself, and of nobody else; a refusal is raised."""
        whole_s = (ask.whole_s or self._patience.whole_s) + ask.wait_s
        late = threading.Timer(whole_s, self._sockets.cut)
        late.daemon = True
        late.start()
        try:
            self._assert_open()
            with self._http.stream(**self._request(ask)) as response:
                if MARK_HEADER not in response.headers:
                    fault = stranger(response)
                    fault.retry_after_s = _retry_after(response)
                    raise fault
                if response.status_code >= 400:
                    raise self._refusal(response)
                if not response.is_success:
                    raise not_understood()
                yield response
        except (httpx2.HTTPError, httpx2.StreamError) as error:
            self._assert_open()
            raise fault_of(error, self._host) from error
        finally:
            late.cancel()

    def _assert_open(self) -> None:
        if self._closed.is_set():
            raise EnvironmentFault(message("The program is closing."), retriable=False)

    def _request(self, ask: Ask) -> dict[str, Any]:
        given: dict[str, Any] = {"method": ask.method, "url": self._address + ask.path, "params": ask.query}
        patience = self._patience
        silence_s = patience.silence_s + ask.wait_s
        given["timeout"] = httpx2.Timeout(patience.silence_s, connect=patience.connect_s, read=silence_s)
        given["extensions"] = {"trace": self._sockets.follow}
        if ask.body is not None:
            given["content"], encoding = deflated(ask.body)
            given["headers"] = {"Content-Type": ask.body_type}
            if encoding:
                given["headers"]["Content-Encoding"] = encoding
        return given

    def _refusal(self, response: httpx2.Response) -> Refusal:
        if not _is_json(response):
            raise not_understood()
        problem = _parsed(Problem, self._body(response, _LARGEST_PROBLEM))
        return Refusal(problem, response.status_code, _retry_after(response))

    def _body(self, response: httpx2.Response, most: int) -> bytes:
        encoding = response.headers.get("content-encoding", "").strip().lower()
        return inflated(response.iter_raw(), encoding, most)


def trust(ca_file: str) -> ssl.SSLContext:
    """Whom to believe: whoever the system believes, and a company's own authority. Errors: EnvironmentFault."""
    context = httpx2.create_ssl_context()
    if ca_file:
        try:
            context.load_verify_locations(cafile=ca_file)
        except OSError as error:  # ssl.SSLError is one
            text = message("The certificates in {file} cannot be read.", file=ca_file)
            raise EnvironmentFault(text) from error
    return context


def _is_json(response: httpx2.Response) -> bool:
    return bool(response.headers.get("content-type", "").partition(";")[0].strip().lower() == _JSON)


def _parsed(kind: type[M], body: bytes) -> M:
    try:
        return kind.model_validate_json(body)
    except ValidationError:
        # Not chained: it would carry what stood in the answer.
        raise not_understood() from None


def _retry_after(response: httpx2.Response) -> float | None:
    """Seconds, at most an hour; None where nothing sensible is said."""
    said = response.headers.get("retry-after", "").strip()
    try:
        seconds = float(said) if said.isdigit() else _until(parsedate_to_datetime(said))
    except ValueError:
        return None
    return min(max(seconds, 0.0), _LONGEST_RETRY_S)


def _until(moment: datetime) -> float:
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()


class _Sockets:
    """The open sockets of a client. Closing one does not wake a thread that reads from it; shutting it down does."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._ended = False
        self._open: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._newest: socket.socket | None = None
        # While TLS is being agreed, the socket itself is in the hands of the ssl module.
        self._agreeing: socket.socket | None = None

    def follow(self, event: str, info: Mapping[str, Any]) -> None:
        """Hears of each step of each connection (the ``trace`` extension of the HTTP client)."""
        step, end = event.split(".")[-2:]
        with self._guard:
            if step in {"connect_tcp", "start_tls"} and end == "complete":
                self._add(info["return_value"].get_extra_info("socket"))
            if step == "start_tls":
                self._agree(begun=end == "started")

    def cut(self, *, for_good: bool = False) -> None:
        """Shut all down; ``for_good``: and whatever is opened from now on."""
        with self._guard:
            self._ended = self._ended or for_good
            for link in (*self._open, self._agreeing):
                _shut_down(link)

    def _add(self, link: socket.socket | None) -> None:
        if link is not None:
            self._open.add(link)
            self._newest = link
            if self._ended:
                _shut_down(link)

    def _agree(self, *, begun: bool) -> None:
        if begun and self._newest is not None:
            self._agreeing = self._newest.dup()
        elif self._agreeing is not None:
            self._agreeing.close()
            self._agreeing = None


def _shut_down(link: socket.socket | None) -> None:
    # OSError: it is closed already. The method of the plain socket: SSLSocket's own is not for two threads.
    if link is not None:
        with contextlib.suppress(OSError):
            socket.socket.shutdown(link, socket.SHUT_RDWR)

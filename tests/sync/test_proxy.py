"""The proxy does to the line what it is told, or the tests that use it would show nothing."""

import contextlib
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2
import pytest

from tests.patience import PATIENCE_S, until
from tests.proxy import Act, Fault, Line, Passing, Storm, in_turn, line_to, on_path


class _Headquarters(ThreadingHTTPServer):
    """Keeps what it was told, in the order it came."""

    daemon_threads = True
    told: list[str]

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that was cut is nothing to speak of here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert isinstance(self.server, _Headquarters)
        self.server.told.append(body.decode())
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Nothing is written to the terminal."""


@pytest.fixture
def hq() -> Iterator[_Headquarters]:
    server = _Headquarters(("127.0.0.1", 0), _Handler)
    server.told = []
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def line(hq: _Headquarters) -> Iterator[Line]:
    with line_to("127.0.0.1", hq.server_port) as made:
        yield made


@pytest.fixture
def client() -> Iterator[httpx2.Client]:
    with httpx2.Client(timeout=PATIENCE_S, trust_env=False) as made:
        yield made


def _say(client: httpx2.Client, line: Line, text: str, *, answered: bool = True) -> str:
    waits = PATIENCE_S if answered else 1.0
    return client.post(f"{line.url}/say", content=text.encode(), timeout=waits).text


@pytest.mark.parametrize(
    ("act", "heard", "answered"),
    [
        (Act.PASS, ["a", "b"], True),
        (Act.CUT, ["b"], False),
        (Act.HALF, ["b"], False),
        (Act.LOSE, ["a", "b"], False),
        (Act.TORN, ["a", "b"], False),
        (Act.STALL, ["a", "b"], False),
        (Act.MUTE, ["b"], False),
        (Act.TWICE, ["a", "a", "b"], True),
        (Act.LATE, ["a", "a", "b"], True),
        (Act.STRAY, ["a", "b"], False),
        (Act.SLOW, ["a", "b"], True),
    ],
)
def test_what_headquarters_hears_and_the_desk_gets(
    hq: _Headquarters, line: Line, client: httpx2.Client, act: Act, heard: list[str], answered: bool
) -> None:
    line.weather = in_turn(Fault(act, bytes_per_s=2000))

    with contextlib.nullcontext() if answered else pytest.raises(httpx2.TransportError):
        assert _say(client, line, "a", answered=answered) == "a"
    assert _say(client, line, "b") == "b"

    until(lambda: len(hq.told) >= len(heard))
    assert sorted(hq.told) == heard
    assert line.counts[act] >= 1


def test_what_strayed_arrives_after_what_was_sent_later(hq: _Headquarters, line: Line, client: httpx2.Client) -> None:
    line.weather = in_turn(Fault(Act.STRAY, after=2))

    with pytest.raises(httpx2.TransportError):
        _say(client, line, "early", answered=False)
    for text in ("later", "last", "end"):
        _say(client, line, text)

    until(lambda: len(hq.told) >= 4)
    assert sorted(hq.told) == ["early", "end", "last", "later"]
    assert hq.told.index("early") > hq.told.index("later")


@pytest.mark.parametrize("silent", [False, True])
def test_a_line_that_is_down_carries_nothing_until_it_is_up(line: Line, client: httpx2.Client, silent: bool) -> None:
    _say(client, line, "a")
    line.down(silent=silent)
    with pytest.raises(httpx2.TransportError):
        _say(client, line, "b", answered=False)
    line.up()
    assert _say(client, line, "c") == "c"


def test_a_narrow_line_takes_its_time_in_all(line: Line, client: httpx2.Client) -> None:
    line.bytes_per_s = 100_000
    started = time.monotonic()
    _say(client, line, "x" * 10_000)
    assert 0.2 <= time.monotonic() - started < 10


def test_bytes_pass_as_they_are_where_nobody_may_look_inside(hq: _Headquarters, client: httpx2.Client) -> None:
    with line_to("127.0.0.1", hq.server_port, framed=False) as line:
        assert _say(client, line, "x" * 100_000) == "x" * 100_000
        line.down()
        with pytest.raises(httpx2.TransportError):
            _say(client, line, "b", answered=False)


def test_the_same_seed_is_the_same_storm() -> None:
    passing = Passing(0, "GET", "/")
    one, two = Storm(7), Storm(7)
    faults = [one(passing) for _ in range(100)]
    assert faults == [two(passing) for _ in range(100)]
    assert 15 < sum(fault.act is not Act.PASS for fault in faults) < 45


def test_faults_can_be_kept_to_one_path() -> None:
    weather = on_path("/v1/push", Fault(Act.LOSE))
    acts = [weather(Passing(0, "POST", path)).act for path in ("/v1/feed", "/v1/push", "/v1/push")]
    assert acts == [Act.PASS, Act.LOSE, Act.PASS]

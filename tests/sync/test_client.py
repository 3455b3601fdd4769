"""Who answers is headquarters or a fault with clear words, whatever the network does (Z16, Z17, X8)."""

import contextlib
import logging
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import zstandard

from courier_desk.base.errors import EnvironmentFault
from courier_desk.protocol.messages import PushRequest
from courier_desk.sync import inflate
from courier_desk.sync.client import HqClient
from courier_desk.sync.inflate import inflated
from courier_desk.sync.ports import LineFault, Refusal
from courier_desk.sync.wire import Patience
from tests.patience import PATIENCE_S
from tests.sync.fake_server import DATA, MARK, Answer, Asked, FakeServer, reply, reset, says, says_json, serve
from tests.sync.messages import feed_reply, hello, problem, push_reply, push_request

TOKEN = "desk-1.of-the-secret-nobody-may-read"
# For what hangs; everything else has all the time it needs.
QUICK = Patience(connect_s=0.5, silence_s=0.3, whole_s=0.7)
PATIENT = Patience(PATIENCE_S, PATIENCE_S, PATIENCE_S)
JSON = "Content-Type: application/json"
HELLO = hello().model_dump_json().encode()


@contextlib.contextmanager
def _client(server: FakeServer, ca_file: str = "", patience: Patience = PATIENT) -> Iterator[HqClient]:
    client = HqClient(server.address, TOKEN, ca_file=ca_file, patience=patience)
    try:
        yield client
    finally:
        client.close()


def _fault(answer: Answer, certificate: str = "", ca_file: str = "") -> LineFault:
    with serve(answer, certificate) as server, _client(server, ca_file) as client, pytest.raises(LineFault) as raised:
        client.hello(1)
    return raised.value


def _refusal(answer: Answer) -> Refusal:
    with serve(answer) as server, _client(server) as client, pytest.raises(Refusal) as raised:
        client.push(push_request(), 1)
    return raised.value


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (says("302 Found", "Location: http://portal.example/login", mark=False), "portal"),
        (says("200 OK", "Content-Type: text/html; charset=utf-8", body=b"<html>Log in</html>", mark=False), "portal"),
        (says("511 Network Authentication Required", mark=False), "portal"),
        (says("200 OK", JSON, body=HELLO, mark=False), "stranger"),
        (says("404 Not Found", "Content-Type: text/html", mark=False), "stranger"),
        (says("502 Bad Gateway", "Content-Type: text/html", mark=False), "gateway"),
        (says("302 Found", "Location: /elsewhere"), "answer"),
        (says("200 OK", "Content-Type: text/html", body=HELLO), "answer"),
        (says_json(b'{"epoch": "many"}'), "answer"),
        (says_json(HELLO[:-5]), "answer"),
        (says("500 Internal Server Error", "Content-Type: text/plain", body=b"oh"), "answer"),
        (says_json(HELLO, "200 OK", "Content-Encoding: br"), "not zstd"),
        (says_json(b"no frame at all", "200 OK", "Content-Encoding: zstd"), "not zstd"),
    ],
)
def test_what_is_not_headquarters_is_a_fault_with_its_own_words(answer: Answer, kind: str) -> None:
    fault = _fault(answer)
    assert fault.kind == kind
    assert str(fault)
    assert fault.retriable


def test_the_log_in_of_a_network_is_named() -> None:
    fault = _fault(says("200 OK", "Content-Type: text/html", body=b"<html>", mark=False))
    assert str(fault) == "The network asks for its own log-in: open a web browser and log in there."


def test_no_redirect_is_followed_and_no_secret_goes_elsewhere() -> None:
    with serve(says_json(HELLO)) as elsewhere:
        fault = _fault(says("307 Temporary Redirect", f"Location: {elsewhere.address}/v1/hello", mark=False))
    assert fault.kind == "portal"
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    ("certificate", "said"),
    [
        ("self_signed.pem", "cannot prove"),
        ("good.pem", "cannot prove"),  # of an authority that nobody named
        ("other_name.pem", "another name"),
        ("expired.pem", "date of this PC"),
    ],
)
def test_a_wrong_certificate_is_refused_in_clear_words(certificate: str, said: str) -> None:
    ca_file = "" if certificate == "good.pem" else str(DATA / "authority.pem")
    fault = _fault(says_json(HELLO), certificate, ca_file)
    assert fault.kind == "certificate"
    assert said in str(fault)


def test_the_authority_of_a_company_is_believed_where_it_is_named() -> None:
    with serve(says_json(HELLO), "good.pem") as server, _client(server, str(DATA / "authority.pem")) as client:
        assert client.hello(1) == hello()


def test_a_missing_file_of_the_authority_is_said() -> None:
    with pytest.raises(EnvironmentFault, match="cannot be read"):
        HqClient("https://127.0.0.1:1", TOKEN, ca_file=str(DATA / "nowhere.pem"))


def test_plain_words_on_a_port_for_safe_ones_are_a_fault() -> None:
    with serve(says_json(HELLO), shakes_hands=False, greeting=b"HTTP/1.1 400 Bad Request\r\n\r\n") as server:
        client = HqClient(server.address.replace("http:", "https:"), TOKEN, patience=QUICK)
        with contextlib.closing(client), pytest.raises(LineFault) as raised:
            client.hello(1)
    assert raised.value.kind == "tls"


def test_nobody_there_is_no_line(unused_port: int) -> None:
    client = HqClient(f"http://127.0.0.1:{unused_port}", TOKEN, patience=QUICK)
    with contextlib.closing(client), pytest.raises(LineFault) as raised:
        client.hello(1)
    assert raised.value.kind == "no line"


def _hang(link: socket.socket, _asked: Asked | None = None) -> None:
    """Say nothing until the other side has hung up."""
    link.settimeout(PATIENCE_S)
    with contextlib.suppress(OSError):
        while link.recv(1024):
            pass


def _trickle(head: bytes, drop: bytes, every_s: float) -> Answer:
    def answer(link: socket.socket, _asked: Asked) -> None:
        link.sendall(head)
        for _each in range(100):
            time.sleep(every_s)
            link.sendall(drop)

    return answer


def _half(then: Callable[[socket.socket], None]) -> Answer:
    def answer(link: socket.socket, _asked: Asked) -> None:
        whole = reply("200 OK", JSON, body=HELLO)
        link.sendall(whole[: len(whole) - len(HELLO) // 2])
        then(link)

    return answer


@pytest.mark.parametrize(
    ("answer", "kind", "within_s"),
    [
        (_hang, "stalled", 5),
        (_half(_hang), "stalled", 5),
        (_half(reset), "broken", 5),
        (_half(lambda link: link.close()), "broken", 5),
        (lambda link, asked: reset(link), "broken", 5),
        # A byte now and then keeps the stall timer quiet, but not the one for the whole.
        (_trickle(b"HTTP/1.1 200 OK\r\n" + MARK.encode() + b"\r\nX: ", b"x", 0.1), "broken", 5),
        (_trickle(reply("200 OK", JSON, body=HELLO)[: -len(HELLO)], b"x", 0.1), "broken", 5),
    ],
)
def test_a_line_that_hangs_or_breaks_is_a_fault_in_time(answer: Answer, kind: str, within_s: float) -> None:
    with serve(answer) as server, _client(server, patience=QUICK) as client:
        started = time.monotonic()
        with pytest.raises(LineFault) as raised:
            client.hello(1)
        took = time.monotonic() - started
    assert raised.value.kind == kind
    assert took < within_s


def test_a_question_for_news_may_take_longer_than_others() -> None:
    def late(link: socket.socket, _asked: Asked) -> None:
        time.sleep(0.5)
        body = feed_reply().model_dump_json().encode()
        link.sendall(reply("200 OK", JSON, body=body))

    with serve(late) as server, _client(server, patience=QUICK) as client:
        assert client.feed(1, 0, 500, wait_s=PATIENCE_S) == feed_reply()
        with pytest.raises(LineFault):
            client.hello(1)
    assert server.asked[0].path == "/v1/feed?epoch=1&after=0&limit=500&wait=30"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("Retry-After: 7", 7.0),
        ("Retry-After: 0", 0.0),
        ("Retry-After: 99999999", 3600.0),
        ("Retry-After: soon", None),
        ("Retry-After: -5", None),
        ("Retry-After: ²", None),
        ("X-Nothing: 1", None),
    ],
)
@pytest.mark.parametrize(("status", "code"), [("429 Too Many Requests", "busy"), ("503 Service", "unavailable")])
def test_headquarters_says_when_to_come_again(status: str, code: str, header: str, seconds: float | None) -> None:
    raised = _refusal(says_json(problem(code), status, header))
    assert raised.retry_after_s == seconds
    assert raised.passes_by_itself


def test_a_date_to_come_again_is_understood() -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    answer = says_json(problem("busy"), "429 Too Many Requests", f"Retry-After: {at}")
    assert 30 < (_refusal(answer).retry_after_s or 0) <= 60


def test_a_code_of_a_newer_headquarters_is_a_refusal_like_others() -> None:
    raised = _refusal(says_json(problem("moon_is_full"), "418 Teapot"))
    assert raised.problem.code == "moon_is_full"
    assert not raised.passes_by_itself


def _bomb(mega: int) -> bytes:
    """``mega`` MiB of nothing in a few kB."""
    zeroes = bytes(1024 * 1024)
    maker = zstandard.ZstdCompressor(level=1).compressobj()
    return b"".join(maker.compress(zeroes) for _ in range(mega)) + maker.flush()


def test_a_bomb_in_a_reply_is_counted_while_it_is_inflated() -> None:
    bomb = _bomb(512)
    assert len(bomb) < 100_000
    answer = says_json(bomb, "200 OK", "Content-Encoding: zstd")
    started = time.process_time()
    fault = _fault(answer)
    assert fault.kind == "too long"
    assert time.process_time() - started < 1.0


def test_a_bomb_takes_no_memory_to_speak_of() -> None:
    bomb, most = _bomb(256), 4 * 1024 * 1024
    tracemalloc.start()
    with pytest.raises(LineFault):
        inflated([bomb], "zstd", most)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * most


def test_the_count_is_what_stops_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    """Switched off, the tests above would fail."""
    monkeypatch.setattr(inflate, "_counted", lambda pieces, most: b"".join(pieces))
    assert len(inflated([_bomb(16)], "zstd", 1024)) == 16 * 1024 * 1024


def test_a_plain_reply_that_does_not_end_is_counted_too() -> None:
    def endless(link: socket.socket, _asked: Asked) -> None:
        link.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + MARK.encode() + b"\r\n\r\n")
        with contextlib.suppress(OSError):
            while True:
                link.sendall(bytes(65536))

    assert _fault(endless).kind == "too long"


def test_a_window_of_gigabytes_is_refused() -> None:
    settings = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    maker = zstandard.ZstdCompressor(compression_params=settings).compressobj()
    frame = maker.compress(HELLO) + maker.flush()
    assert _fault(says_json(frame, "200 OK", "Content-Encoding: zstd")).kind == "not zstd"


def test_large_bodies_travel_compressed_both_ways_and_small_ones_as_they_are() -> None:
    large = zstandard.ZstdCompressor().compress(push_reply(3).model_dump_json().encode())
    answer = says_json(large, "200 OK", "Content-Encoding: zstd")
    with serve(answer) as server, _client(server) as client:
        assert client.push(push_request(3, "x" * 2000), 1) == push_reply(3)
        client.push(push_request(), 1)
    long, short = server.asked
    assert long.header("Content-Encoding") == "zstd"
    assert len(long.body) < 500
    assert PushRequest.model_validate_json(long.content) == push_request(3, "x" * 2000)
    assert short.header("Content-Encoding") == ""
    assert long.header("Authorization") == f"Bearer {TOKEN}"
    assert server.connections == 1


def test_documents_come_byte_for_byte() -> None:
    content = bytes(range(256)) * 10
    answer = says("200 OK", "Content-Type: application/octet-stream", body=content)
    with serve(answer) as server, _client(server) as client:
        assert client.reference("tariff", 7) == content
        client.put_photograph("0" * 64, content, "image/png")
    assert [each.path for each in server.asked] == ["/v1/references/tariff/7", "/v1/photographs/" + "0" * 64]


@pytest.mark.parametrize("shakes_hands", [True, False])
def test_another_thread_ends_what_hangs_at_once(shakes_hands: bool) -> None:
    patience = Patience(connect_s=5, silence_s=20, whole_s=60)
    certificate = "" if shakes_hands else "good.pem"
    with contextlib.ExitStack() as undo:
        server = undo.enter_context(serve(_hang, certificate, shakes_hands=shakes_hands))
        client = undo.enter_context(_client(server, str(DATA / "authority.pem"), patience))
        timer = threading.Timer(0.1, client.interrupt)
        undo.callback(timer.join)
        timer.start()
        started = time.monotonic()
        with pytest.raises(EnvironmentFault, match="closing"):
            client.hello(1)
        # The silence of the line would have ended it after 20 s.
        assert time.monotonic() - started < 15
        with pytest.raises(EnvironmentFault, match="closing"):
            client.hello(1)


@pytest.mark.logs_freely
def test_nothing_in_the_log_names_the_secret(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serve(says_json(HELLO)) as server, _client(server) as client:
        client.hello(1)
    assert TOKEN not in caplog.text
    assert server.address not in caplog.text

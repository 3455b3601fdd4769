"""More than one process can do: some are told to come again, nobody waits for nothing, nothing fails."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import httpx2
import pytest

from courier_desk.hq.http.limits import Places
from tests.hq.desks import Joined
from tests.hq.http_line import Line, line_over, problem, push_request
from tests.hq_database import fresh_database
from tests.patience import PATIENCE_S, until

DESKS, WAITING = 16, 6


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """One place for batches, and six that may wait for it, as long as this machine takes."""
    monkeypatch.setattr("courier_desk.hq.http.app.Places", partial(Places, patience_s=PATIENCE_S))
    with fresh_database() as dsn, line_over(dsn, tmp_path, pushes_at_once=1) as line:
        line.network.add("HZ001", *(f"HZ001-o{n}" for n in range(DESKS)))
        yield line


def _slow(step: str) -> None:
    if step == "push.locked":
        time.sleep(0.15)


def test_overload_is_said_and_everything_else_goes_on(line: Line) -> None:
    desks = [line.network.join(f"HZ001-o{n}") for n in range(DESKS)]
    go_on = threading.Event()

    def hold(step: str) -> None:
        if step == "push.locked":
            go_on.wait(PATIENCE_S)

    line.network.hq.at = hold
    with ThreadPoolExecutor(DESKS) as pushers:
        replies = [pushers.submit(_push, line, desk) for desk in desks]
        try:
            until(lambda: sum(reply.done() for reply in replies) == DESKS - 1 - WAITING)
            assert line.call(desks[0], "GET", "/v1/hello").status_code == 200
            assert line.call(None, "GET", "/health").json()["batches_waiting"] == WAITING
        finally:
            go_on.set()
    found = Counter(reply.result().status_code for reply in replies)
    assert found == {200: 1 + WAITING, 429: DESKS - 1 - WAITING}
    refused = next(reply.result() for reply in replies if reply.result().status_code == 429)
    assert problem(refused) == (429, "busy")
    assert int(refused.headers["Retry-After"]) > 0
    kept = line.network.count("SELECT count(*) FROM op_log")
    assert kept == found[200]


def test_whoever_was_refused_comes_through_later(line: Line) -> None:
    desks = [line.network.join(f"HZ001-o{n}") for n in range(DESKS)]
    line.network.hq.at = _slow

    def until_taken(desk: Joined) -> int:
        request = push_request(desk, line.operations(desk, 1)).model_dump_json()
        for tries in range(1, 100):
            reply = line.call(desk, "POST", "/v1/push", content=request)
            if reply.status_code == 200:
                return tries
            assert problem(reply) == (429, "busy")
            time.sleep(0.2)
        raise AssertionError("never taken")

    with ThreadPoolExecutor(DESKS) as pushers:
        tries = list(pushers.map(until_taken, desks))
    assert max(tries) > 1
    assert line.network.count("SELECT count(*) FROM op_log") == DESKS


def test_whoever_sends_slowly_holds_no_place(line: Line) -> None:
    """Eight desks begin to send and stop; the only place is free for the one that does not."""
    host, port = line.address.removeprefix("http://").split(":")
    desks = [line.network.join(f"HZ001-o{n}") for n in range(9)]
    with ExitStack() as open_lines:
        for desk in desks[:8]:
            slow = open_lines.enter_context(socket.create_connection((host, int(port)), 5))
            head = f"Host: x\r\nContent-Length: 4000\r\nAuthorization: Bearer {desk.token}\r\n\r\n"
            slow.sendall(b"POST /v1/push HTTP/1.1\r\n" + head.encode() + b"{" * 100)
        time.sleep(0.3)
        assert _push(line, desks[8]).status_code == 200


def test_nobodys_body_is_not_read(line: Line) -> None:
    """The refusal comes before anything of the body was sent."""
    host, port = line.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 5) as stranger:
        stranger.sendall(b"POST /v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n")
        assert stranger.recv(4096).startswith(b"HTTP/1.1 401")


def _push(line: Line, desk: Joined) -> httpx2.Response:
    return line.push(desk, line.operations(desk, 1))

"""The service as processes of its own: memory under bombs, orderly ends, several at once, a database that goes away."""

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import psutil
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from courier_desk.hq.database import open_engine
from tests.hq.bombs import BOMBS, bomb
from tests.hq.desks import Joined, Network, network_over
from tests.hq.http_line import problem, push_request
from tests.hq_database import fresh_database
from tests.hq_service import HqProcess, hq_process
from tests.patience import PATIENCE_S, until
from tests.ports import free_port

MOST_GROWTH = 32 * 1024 * 1024
PHONE, NAME = "13800138000", "李晓梅"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hq")


@pytest.fixture(scope="module")
def dsn() -> Iterator[str]:
    with fresh_database() as dsn:
        yield dsn


@pytest.fixture(scope="module")
def network(dsn: str, folder: Path) -> Iterator[Network]:
    """The same network as the processes serve, for what tests do behind their back."""
    engine = open_engine(dsn, connections=3)
    made = network_over(engine, folder)
    # The processes clear away what is old by the clock of this machine.
    made.clock.moment = datetime.now(UTC)
    yield made
    engine.dispose()


@pytest.fixture(scope="module")
def hq(dsn: str, folder: Path) -> Iterator[HqProcess]:
    """One process; starting it takes longer than most of what is tried on it."""
    with hq_process(dsn, folder, free_port(), wrong_codes_a_minute=1000) as hq:
        yield hq


def client_of(hq: HqProcess, desk: Joined) -> httpx2.Client:
    headers = {"Authorization": f"Bearer {desk.token}"}
    return httpx2.Client(base_url=hq.address, headers=headers, trust_env=False, timeout=30)


def memory_of(hq: HqProcess) -> int:
    return int(psutil.Process(hq.process.pid).memory_info().rss)


def bombard(network: Network, hq: HqProcess, bodies: int) -> int:
    """Send bombs, four at a time, to every call that takes a body; returns by how much the process grew at most."""
    desk = network.join("HZ001-1")
    paths = ("/v1/push", "/v1/push", "/v1/push", "/v1/numbers", "/v1/renew", "/v1/enrol", "/v1/proofs")
    with client_of(hq, desk) as client:
        client.get("/v1/hello")
        client.post("/v1/push", content=push_request(desk, ["{}"] * 500).model_dump_json())
        before, most, done = memory_of(hq), 0, threading.Event()

        def watch() -> None:
            nonlocal most
            while not done.wait(0.005):
                most = max(most, memory_of(hq))

        def throw(number: int) -> tuple[int, str]:
            content = bomb(BOMBS[number % len(BOMBS)], seed=number)
            path = paths[number % len(paths)]
            return problem(client.post(path, content=content, headers={"Content-Encoding": "zstd"}))

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            with ThreadPoolExecutor(4) as throwers:
                replies = set(throwers.map(throw, range(bodies)))
        finally:
            done.set()
            watcher.join()
    assert replies <= {(413, "too_large"), (400, "bad_message"), (429, "busy")}
    assert (413, "too_large") in replies
    return most - before


def test_bombs_are_refused_and_take_no_memory(hq: HqProcess, network: Network) -> None:
    assert bombard(network, hq, 20) < MOST_GROWTH


@pytest.mark.soak
def test_bombs_are_refused_and_take_no_memory_long(hq: HqProcess, network: Network) -> None:
    assert bombard(network, hq, 1000) < MOST_GROWTH


def test_a_body_that_never_ends_is_cut_off(hq: HqProcess, network: Network) -> None:
    """No length in front, chunk after chunk: counted, whatever was promised."""

    def endless() -> Iterator[bytes]:
        for _ in range(1000):
            yield b"x" * 64 * 1024

    with client_of(hq, network.join("HZ001-1")) as client:
        before = memory_of(hq)
        try:
            assert problem(client.post("/v1/push", content=endless())) == (413, "too_large")
        except httpx2.WriteError:
            assert client.get("/v1/hello").status_code == 200
        assert memory_of(hq) - before < MOST_GROWTH


@pytest.mark.skipif(os.name == "nt", reason="processes of uvicorn are restarted by signals of POSIX")
def test_several_processes_share_the_work_and_replace_one_that_dies(
    dsn: str, folder: Path, unused_port: int, network: Network
) -> None:
    desk = network.join("HZ001-1")
    with hq_process(dsn, folder, unused_port, processes=2) as hq, client_of(hq, desk) as client:
        workers = [child for child in psutil.Process(hq.process.pid).children() if "spawn_main" in str(child.cmdline())]
        assert len(workers) == 2
        for n in range(1, 4):
            with ThreadPoolExecutor(1) as waiter:
                waiting = waiter.submit(client.get, f"/v1/feed?epoch=1&after={n - 1}&wait=20")
                time.sleep(0.1)
                network.cause(desk.identity)
                assert [item["n"] for item in waiting.result().json()["items"]] == [n]
        workers[0].kill()
        until(lambda: _served(hq, desk))
        assert network.count("SELECT count(*) FROM feed_item") == 3


def _served(hq: HqProcess, desk: Joined) -> bool:
    try:
        with client_of(hq, desk) as client:
            return all(client.get("/v1/hello").status_code == 200 for _ in range(5))
    except httpx2.TransportError:
        return False


def test_a_database_that_goes_away_is_503_and_comes_back(dsn: str, hq: HqProcess, network: Network) -> None:
    desk = network.join("HZ001-1")
    with client_of(hq, desk) as client:
        assert client.get("/v1/hello").status_code == 200
        with _without_database(dsn):
            for path in ("/v1/hello", "/v1/references", "/v1/feed?epoch=1&after=0"):
                reply = client.get(path)
                assert problem(reply) == (503, "unavailable")
                assert int(reply.headers["Retry-After"]) > 0
            body = push_request(desk, ["{}"]).model_dump_json()
            assert problem(client.post("/v1/push", content=body)) == (503, "unavailable")
            health = client.get("/health")
            assert (health.status_code, health.json()["database"]) == (503, False)
        until(lambda: client.get("/health").status_code == 200)
        assert client.get("/v1/hello").status_code == 200


class _without_database:  # noqa: N801 - reads as what it does
    """The database of ``dsn`` takes no connections and has none."""

    def __init__(self, dsn: str) -> None:
        self._name = conninfo_to_dict(dsn)["dbname"]
        self._server = make_conninfo(dsn, dbname="postgres")

    def __enter__(self) -> None:
        self._say(f"ALTER DATABASE {self._name} ALLOW_CONNECTIONS false")
        self._say(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self._name}'")

    def __exit__(self, *_: object) -> None:
        self._say(f"ALTER DATABASE {self._name} ALLOW_CONNECTIONS true")

    def _say(self, statement: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement.encode())


def test_the_log_is_lines_of_json_without_anybodys_data(hq: HqProcess, network: Network) -> None:
    desk = network.join("HZ001-1")
    secret = desk.reply.secret
    with client_of(hq, desk) as client:
        body = {"phone": PHONE, "name": NAME, "token": desk.token}
        client.post("/v1/push", content=push_request(desk, [json.dumps(body, ensure_ascii=False)]).model_dump_json())
        client.get(f"/v1/history?mark={PHONE}")
        client.get(f"/v1/references/{PHONE}/1")
        client.get(f"/v1/{NAME}/{PHONE}?name={NAME}")
        client.get("/v1/hello", headers={"Authorization": f"Bearer {desk.token}x", "User-Agent": PHONE})
        client.post("/v1/enrol", json={"code": "ABCDEFGHJKMN", "machine": "ab" * 32, "program": PHONE})
    until(lambda: "/v1/enrol" in hq.log.read_text().splitlines()[-1])
    lines = [json.loads(line) for line in hq.log.read_text(encoding="utf-8").splitlines()]
    told = [line for line in lines if line["event"] == "request"]
    assert {line["route"] for line in told} >= {"/v1/push", "/v1/hello", "/v1/enrol", "-"}
    assert {line["refusal"] for line in told} >= {"not_known", "code_refused", "bad_message"}
    assert {line["desk"] for line in told} >= {desk.reply.desk_id, None}
    assert [leak for leak in (PHONE, NAME, secret, "ABCDEFGHJKMN", "ab" * 32) if leak in hq.log.read_text()] == []


def test_an_end_is_orderly(hq: HqProcess, network: Network) -> None:
    """Whoever waits for news is answered, and the process is gone soon. Ends the one that the others were tried on."""
    with client_of(hq, network.join("HZ001-2")) as client:
        client.get("/v1/hello")
        with ThreadPoolExecutor(1) as waiter:
            waiting = waiter.submit(client.get, "/v1/feed?epoch=1&after=0&wait=25")
            time.sleep(1.0)
            began = time.monotonic()
            hq.process.send_signal(signal.SIGTERM)
            assert waiting.result().json()["items"] == []
        assert hq.process.wait(PATIENCE_S) in {0, -signal.SIGTERM}
        # Those that wait would have waited for 25 s.
        assert time.monotonic() - began < 15

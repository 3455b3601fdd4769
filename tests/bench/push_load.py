"""The desks of a bench, as a process of its own: some send what was prepared, some read their feeds meanwhile.

It is plain sockets and as little work as can be, since it runs on the cores of what is measured.
"""

import http.client
import json
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import psutil
import zstandard

from tests.bench.busy_network import Batch

# Batches under way at once; of the readers each has one request under way.
SENDERS, READERS = 4, 1
_PATIENCE_S = 120
_PAUSE_S = 0.05


@dataclass
class Load:
    """What came of one run. ``seconds``: of each push. ``read``: how many items, ``cpu_s``: of this process."""

    seconds: list[float] = field(default_factory=list)
    elapsed_s: float = 0.0
    read: int = 0
    busy: int = 0
    cpu_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``retry_after_s``: how long to wait, where that is said."""

    status: int
    retry_after_s: float
    said: Any


class PlainLine:
    """One connection that stays open."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)

    def push(self, batch: Batch) -> Answer:
        """Send a batch once."""
        more = {"Content-Encoding": "zstd", "Content-Type": "application/json"}
        return self.ask("POST", "/v1/push", batch.token, batch.body, more)

    def ask(
        self, method: str, path: str, token: str, body: bytes | None = None, more: Mapping[str, str] | None = None
    ) -> Answer:
        """One request, whatever it costs in time."""
        headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "zstd", **(more or {})}
        self._line.request(method, path, body, headers)
        reply = self._line.getresponse()
        content = reply.read()
        if reply.headers.get("Content-Encoding") == "zstd":
            content = zstandard.ZstdDecompressor().decompressobj().decompress(content)
        return Answer(reply.status, float(reply.headers.get("Retry-After", "0")), json.loads(content))

    def close(self) -> None:
        """Hang up."""
        self._line.close()


def taken_whole(answer: Answer) -> bool:
    """True when every operation took its effect."""
    outcomes = {verdict["outcome"] for verdict in answer.said.get("verdicts", ())}
    return answer.status == 200 and outcomes == {"applied"}


def _send(port: int, batches: Sequence[Batch], load: Load) -> None:
    line = PlainLine(port)
    for batch in batches:
        while True:
            began = time.perf_counter()
            answer = line.push(batch)
            if answer.status != 429:
                break
            load.busy += 1
            time.sleep(_PAUSE_S)
        load.seconds.append(time.perf_counter() - began)
        assert taken_whole(answer), str(answer)[:500]


def _read(port: int, positions: dict[str, int], load: Load, over: threading.Event) -> None:
    """Round by round what is new, as long as there are senders; nothing is passed over."""
    line = PlainLine(port)
    while not over.is_set():
        before = load.read
        for token, after in positions.items():
            answer = line.ask("GET", f"/v1/feed?epoch=1&after={after}", token)
            assert answer.status == 200, str(answer)[:500]
            numbers = [item["n"] for item in answer.said["items"]]
            assert numbers == list(range(after + 1, after + 1 + len(numbers))), f"a hole after {after}"
            positions[token] = after + len(numbers)
            load.read += len(numbers)
        if load.read == before:
            over.wait(_PAUSE_S)


def drive(port: int, wishes: Connection) -> None:
    """Do each run that is asked for: (batches by round) in, a Load out; None ends it."""
    positions: dict[str, int] = {}
    while (rounds := wishes.recv()) is not None:
        for batch in rounds[0]:
            positions.setdefault(batch.token, 0)
        try:
            wishes.send(_run(port, rounds, positions))
        except Exception as error:  # noqa: BLE001  told where it was asked for
            wishes.send(error)


def _run(port: int, rounds: Sequence[Sequence[Batch]], positions: dict[str, int]) -> Load:
    load, over, failed = Load(), threading.Event(), list[BaseException]()

    def guarded(work: Any, *given: Any) -> threading.Thread:
        def run() -> None:
            try:
                work(port, *given)
            except BaseException as error:  # noqa: BLE001  told when all have ended
                failed.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    lots: dict[int, list[Batch]] = defaultdict(list)
    places = {token: place for place, token in enumerate(positions)}
    for batch in (batch for batches in rounds for batch in batches):
        lots[places[batch.token] % SENDERS].append(batch)
    cpu, began = psutil.Process().cpu_times(), time.perf_counter()
    senders = [guarded(_send, lot, load) for lot in lots.values()]
    tokens = list(positions)
    mine = [{token: positions[token] for token in tokens[reader::READERS]} for reader in range(READERS)]
    readers = [guarded(_read, each, load, over) for each in mine]
    for thread in senders:
        thread.join()
    load.elapsed_s = time.perf_counter() - began
    over.set()
    for thread in readers:
        thread.join()
    for each in mine:
        positions.update(each)
    now = psutil.Process().cpu_times()
    load.cpu_s = now.user + now.system - cpu.user - cpu.system
    if failed:
        raise failed[0]
    return load


class Driver:
    """The process, as the bench uses it."""

    def __init__(self, wishes: Connection) -> None:
        self._wishes = wishes

    def run(self, rounds: Sequence[Sequence[Batch]]) -> Load:
        """Send ``rounds``. Errors: what went wrong there."""
        self._wishes.send(rounds)
        found = self._wishes.recv()
        if isinstance(found, Exception):
            raise found
        assert isinstance(found, Load)
        return found


@contextmanager
def driver(port: int) -> Iterator[Driver]:
    """A process that sends to ``port`` of this machine."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=drive, args=(port, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Driver(ours)
    finally:
        ours.send(None)
        process.join(_PATIENCE_S)

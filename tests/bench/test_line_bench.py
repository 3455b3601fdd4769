"""A desk that comes back after days without a line: how fast it empties its outbox, and what the counter feels of it.

Headquarters is a process of its own on the same cores, as PostgreSQL is. ``COURIER_DESK_BENCH_OPERATIONS`` is the size
of a run; 14 days of a busy desk are 253,000 operations.
"""

import gc
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import pytest

from courier_desk.base import lanes
from courier_desk.base.lanes import Priority
from courier_desk.hq.database import open_engine
from courier_desk.hq.demo import load_demo
from courier_desk.services.sync_state import SyncWord
from courier_desk.sync.loop import Rhythm
from tests.bench.figures import RUNS, Figure, percentile, report
from tests.desk import TestDesk
from tests.hq_database import fresh_database
from tests.hq_service import hq_process
from tests.live_desk import emit_scans, join_desk, start_talking

pytestmark = [pytest.mark.bench, pytest.mark.logs_freely, pytest.mark.timeout(900)]

OPERATIONS = int(os.environ.get("COURIER_DESK_BENCH_OPERATIONS", "20000"))
# 14 days in two minutes.
LEAST_A_SECOND = 253_000 / 120
BEAT_S = 0.005


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    with ExitStack() as stack:
        dsn = stack.enter_context(fresh_database())
        engine = open_engine(dsn)
        demo = load_demo(engine, datetime.now(UTC))
        engine.dispose()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        hq = stack.enter_context(hq_process(dsn, tmp_path, port))
        joined = join_desk(tmp_path / "desk", hq.address, demo.codes["HZ001-1"])
        stack.callback(joined.close)
        yield joined


class _Lane:
    """Seconds of each job of the database lane."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.jobs: list[float] = []
        fulfil = lanes._fulfil

        def timed(*given: object) -> float:
            self.jobs.append(fulfil(*given))  # type: ignore[arg-type]
            return self.jobs[-1]

        monkeypatch.setattr(lanes, "_fulfil", timed)


class _Counter:
    """Somebody at the counter: every 5 ms a scan's worth of an urgent job, and how late its answer is."""

    def __init__(self, desk: TestDesk) -> None:
        self.answers: list[float] = []
        self.late: list[float] = []
        self._desk, self._over = desk, threading.Event()
        self._thread = threading.Thread(target=self._work)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _work(self) -> None:
        due = time.perf_counter()
        while not self._over.is_set():
            due += BEAT_S
            time.sleep(max(0.0, due - time.perf_counter()))
            started = time.perf_counter()
            self.late.append(started - due)
            self._desk.app.db.submit(lambda: None, Priority.URGENT).result()
            self.answers.append(time.perf_counter() - started)
            due = max(due, time.perf_counter() - BEAT_S)


def test_an_outbox_of_days_is_emptied_in_minutes_and_the_counter_works_on(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates, longest, answers, late = [], [], [], []
    for _run in range(RUNS):
        emit_scans(desk, OPERATIONS, 500)
        gc.collect()
        gc.freeze()
        lane = _Lane(monkeypatch)
        started = time.perf_counter()
        heard = start_talking(desk, Rhythm())
        with _Counter(desk) as counter:
            while desk.app.sync.state.word is not SyncWord.IDLE:
                time.sleep(0.02)
        rates.append(OPERATIONS / (time.perf_counter() - started))
        desk.app.sync.stop()
        monkeypatch.undo()
        assert heard.defects == []
        longest.append(percentile(lane.jobs, 0.999) * 1000)
        answers.append(percentile(counter.answers, 0.99) * 1000)
        late.append(percentile(counter.late, 0.99) * 1000)
    report(
        Figure("operations sent", "a second", tuple(rates), LEAST_A_SECOND, least=True),
        Figure("longest job of the lane meanwhile (p99.9)", "ms", tuple(longest), 25),
        Figure("an urgent job meanwhile (p99)", "ms", tuple(answers), 25),
        Figure("a beat of another thread is late (p99)", "ms", tuple(late), 16),
    )

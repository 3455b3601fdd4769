"""A desk that comes back after days without a line: how fast it empties its outbox, and what the counter feels of it.

Headquarters is a process of its own on the same cores, as PostgreSQL is. ``COURIER_DESK_BENCH_OPERATIONS`` is the size
of a run of scans; ``COURIER_DESK_BENCH_PAST`` how many orders, with ten scans each, bags and lists, wait at once.
"""

import gc
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Self

import psycopg
import pytest

from courier_desk.base import lanes
from courier_desk.base.lanes import Priority
from courier_desk.hq.database import open_engine
from courier_desk.hq.demo import load_demo
from courier_desk.services.sync_state import SyncWord
from courier_desk.sync.loop import Rhythm
from tests.bench.figures import RUNS, Figure, percentile, report
from tests.bench.past import Past
from tests.bench.station import Size
from tests.desk import TestDesk
from tests.hq_database import fresh_database
from tests.hq_service import free_port, hq_process
from tests.live_desk import emit_scans, join_desk, start_talking

pytestmark = [pytest.mark.bench, pytest.mark.logs_freely, pytest.mark.timeout(900)]

OPERATIONS = int(os.environ.get("COURIER_DESK_BENCH_OPERATIONS", "20000"))
# What a busy desk does in 14 days, the scans into bags included, and how long it may take to send.
ORDERS, SCANS_EACH, MOST_S = int(os.environ.get("COURIER_DESK_BENCH_PAST", "23000")), 10, 120.0
LEAST_A_SECOND = 253_000 / MOST_S
_FIRST_NUMBER = 500_000_000_000
_NUMBERS = """
INSERT INTO number_range (station_id, desk_id, incarnation, prefix, serials, request_id, leased_at)
VALUES ('HZ001', 'HZ001-1', 1, 'CD', int8range(%s, %s), 'bench', now())
"""
BEAT_S = 0.005


@pytest.fixture
def dsn() -> Iterator[str]:
    with fresh_database() as dsn:
        yield dsn


@pytest.fixture
def desk(dsn: str, tmp_path: Path) -> Iterator[TestDesk]:
    with ExitStack() as stack:
        engine = open_engine(dsn)
        demo = load_demo(engine, datetime.now(UTC))
        engine.dispose()
        hq = stack.enter_context(hq_process(dsn, tmp_path, free_port()))
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


def _work(desk: TestDesk, dsn: str) -> int:
    """Fourteen days of orders and scans into the outbox; how many operations."""
    with psycopg.connect(dsn) as connection:
        connection.execute(_NUMBERS.encode(), (_FIRST_NUMBER, _FIRST_NUMBER + 2 * ORDERS))
    past = Past("HZ001", "HZ001-1", desk.agent.operator_id, datetime.now(UTC), Size(ORDERS, SCANS_EACH),
                prefix="CD", first_number=_FIRST_NUMBER)  # fmt: skip
    texts = past.texts()

    def emit() -> int:
        batch = [json.loads(text) for text in islice(texts, 500)]
        with desk.app.desk.store.write(desk.agent) as work:
            for each in batch:
                work.emit(each["kind"], each["entity_id"], each["body"])
            work.commit()
        return len(batch)

    whole = 0
    while count := desk.on_db(emit):
        whole += count
    return whole


def test_fourteen_days_of_orders_and_scans_are_sent_in_two_minutes(desk: TestDesk, dsn: str) -> None:
    operations = _work(desk, dsn)
    gc.collect()
    gc.freeze()
    started = time.perf_counter()
    heard = start_talking(desk, Rhythm())
    with _Counter(desk) as counter:
        while desk.app.sync.state.word is not SyncWord.IDLE:
            time.sleep(0.02)
    seconds = time.perf_counter() - started
    desk.app.sync.stop()
    with psycopg.connect(dsn) as connection:
        counted = connection.execute(
            "SELECT (SELECT seq FROM cursor WHERE desk_id = 'HZ001-1'), (SELECT count(*) FROM op_log),"
            " (SELECT count(*) FROM waybill), (SELECT count(*) FROM parked)"
        ).fetchone()
    assert heard.defects == []
    assert counted is not None
    assert counted[1:] == (counted[0], ORDERS, 0)
    assert counted[0] >= operations
    sys.stdout.write(f"\n{operations} operations of {ORDERS} orders")
    report(
        Figure("fourteen days sent", "s", (seconds,), MOST_S),
        Figure("operations sent", "a second", (operations / seconds,), LEAST_A_SECOND, least=True),
        Figure("an urgent job meanwhile (p99)", "ms", (percentile(counter.answers, 0.99) * 1000,), 25),
    )

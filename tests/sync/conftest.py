"""A real headquarters with its sample network, over HTTP, on a PostgreSQL of the test's own."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from courier_desk.hq.demo import load_demo
from courier_desk.hq.network import make_code
from tests.desk import TestDesk
from tests.hq_database import fresh_database
from tests.hq_service import RunningHq, running_hq
from tests.live_desk import join_desk
from tests.proxy import Line, line_to


@dataclass
class SampleNetwork:
    """Headquarters, a line to it that a test can spoil, and desks that join through it."""

    hq: RunningHq
    line: Line
    codes: dict[str, str]
    folder: Path
    undo: ExitStack = field(default_factory=ExitStack)

    def join(self, desk_id: str, code: str = "", folder: str = "") -> TestDesk:
        """A desk that has joined; it is closed with the test."""
        desk = join_desk(self.folder / (folder or desk_id), self.line.url, code or self.codes[desk_id])
        self.undo.callback(desk.close)
        return desk

    def new_code(self, desk_id: str) -> str:
        """Another one-time code."""
        station_id = desk_id.partition("-")[0]
        return make_code(self.hq.headquarters.engine, station_id, desk_id, "test", datetime.now(UTC))

    def rows(self, statement: str, **values: Any) -> list[Any]:
        """What headquarters' database holds."""
        with self.hq.headquarters.engine.connect() as connection:
            return list(connection.execute(sa.text(statement), values))

    def logged(self, desk_id: str) -> list[int]:
        """The seqs that headquarters has of a desk, in their order."""
        found = self.rows("SELECT seq FROM op_log WHERE desk_id = :desk ORDER BY incarnation, seq", desk=desk_id)
        return [row.seq for row in found]


@pytest.fixture
def network(tmp_path: Path) -> Iterator[SampleNetwork]:
    """Stations in Hangzhou (desks HZ001-1 and HZ001-2) and Beijing (BJ001-1)."""
    with ExitStack() as stack:
        dsn = stack.enter_context(fresh_database())
        hq = stack.enter_context(running_hq(dsn, tmp_path))
        demo = load_demo(hq.headquarters.engine, datetime.now(UTC))
        line = stack.enter_context(line_to("127.0.0.1", int(hq.address.rpartition(":")[2])))
        made = SampleNetwork(hq, line, dict(demo.codes), tmp_path)
        stack.enter_context(made.undo)
        yield made

"""Two desks of different stations and headquarters, each a process of its own, over a line that is cut meanwhile."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from courier_desk.hq.database import open_engine
from courier_desk.hq.demo import load_demo
from tests.hq_database import fresh_database
from tests.hq_service import ROOT, free_port, hq_process
from tests.patience import until
from tests.proxy import Line, line_to

pytestmark = pytest.mark.logs_freely
LEFT = ["entered", "collected", "loaded", "dispatched"]
WHOLE = [*LEFT, "arrived", "signed"]
SEEN_S = 2.0


@dataclass
class Station:
    """The process of one station's desk."""

    process: subprocess.Popen[str]

    def do(self, act: str, *given: str) -> Any:
        """See ``station_child.Acts``."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([act, *given]) + "\n")
        self.process.stdin.flush()
        return self.said()

    def said(self) -> Any:
        """What it says next."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the station has ended"
        return json.loads(line)


@dataclass
class World:
    """The line of both stations, and the stations."""

    line: Line
    hangzhou: Station
    beijing: Station

    def cut(self) -> None:
        """Both notice it."""
        self.line.down()
        for station in (self.hangzhou, self.beijing):
            until(lambda: station.do("word") == "offline")  # noqa: B023

    def mend(self) -> float:
        """When the line was back."""
        self.line.up()
        back = time.monotonic()
        for station in (self.hangzhou, self.beijing):
            station.do("retry")
        return back


@contextmanager
def _station(folder: Path, address: str, code: str) -> Iterator[Station]:
    command = [sys.executable, "-m", "tests.sync.station_child", str(folder), address, code]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Station(process)
    finally:
        process.communicate(timeout=20)
    assert process.returncode == 0


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with ExitStack() as stack:
        dsn = stack.enter_context(fresh_database())
        engine = open_engine(dsn, connections=1)
        codes = load_demo(engine, datetime.now(UTC)).codes
        engine.dispose()
        port = free_port()
        stack.enter_context(hq_process(dsn, tmp_path, port))
        line = stack.enter_context(line_to("127.0.0.1", port))
        stations = [
            stack.enter_context(_station(tmp_path / desk, line.url, codes[desk])) for desk in ("HZ001-1", "BJ001-1")
        ]
        for station in stations:
            station.said()
        for station in stations:
            until(lambda: station.do("ready"))  # noqa: B023
        yield World(line, *stations)



def test_a_parcel_s_life_is_seen_at_both_stations_as_soon_as_the_line_is_back(world: World) -> None:
    # The best of three: what a machine with much else to do adds is not the line's.
    for _each in range(3):
        in_beijing_s, in_hangzhou_s = _one_life(world)
        sys.stdout.write(f"seen in Beijing after {in_beijing_s:.2f} s, in Hangzhou after {in_hangzhou_s:.2f} s\n")
        if max(in_beijing_s, in_hangzhou_s) <= SEEN_S:
            return
    raise AssertionError("seen too late each time")


def _one_life(world: World) -> tuple[float, float]:
    """How many seconds after the line was back each half of a parcel's life was seen at the other station."""
    world.cut()
    number = world.hangzhou.do("send_away")
    assert world.hangzhou.do("life", number) == LEFT
    assert world.beijing.do("life", number) == []
    back = world.mend()
    until(lambda: world.beijing.do("life", number) == LEFT)
    in_beijing_s = time.monotonic() - back

    world.cut()
    assert world.beijing.do("scan", number, "arrived") == "accepted"
    assert world.beijing.do("scan", number, "signed") == "accepted"
    assert world.beijing.do("life", number) == WHOLE
    assert world.hangzhou.do("life", number) == LEFT
    back = world.mend()
    until(lambda: world.hangzhou.do("life", number) == WHOLE)
    return in_beijing_s, time.monotonic() - back

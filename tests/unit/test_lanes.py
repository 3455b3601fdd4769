"""The lanes: order, errors, closing, and children that die, hang or outlive their parent."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path

import pytest

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.lanes import DbLane, Priority, WorkLane
from tests.patience import PATIENCE_S, until


def held_lane() -> tuple[DbLane, threading.Event]:
    """A lane whose thread is busy until the event is set, so that jobs pile up behind it."""
    lane, gate, started = DbLane(), threading.Event(), threading.Event()

    def hold() -> None:
        started.set()
        gate.wait(PATIENCE_S)

    lane.submit(hold, Priority.URGENT)
    assert started.wait(PATIENCE_S)
    return lane, gate


def test_urgent_jobs_overtake_reads_and_bulk_and_keep_their_order_among_themselves() -> None:
    lane, gate = held_lane()
    done: list[str] = []
    futures = [
        lane.submit(lambda name=name: done.append(name), priority)  # type: ignore[misc]
        for name, priority in [
            ("bulk", Priority.BULK),
            ("read 1", Priority.READ),
            ("scan 1", Priority.URGENT),
            ("read 2", Priority.READ),
            ("scan 2", Priority.URGENT),
        ]
    ]
    gate.set()
    for future in futures:
        future.result(PATIENCE_S)
    lane.close()
    assert done == ["scan 1", "scan 2", "read 1", "read 2", "bulk"]


def test_the_lane_is_one_thread_named_db_and_survives_a_failing_job() -> None:
    lane = DbLane()

    def fail() -> None:
        raise ValueError("broken")

    failed: Future[None] = lane.submit(fail)
    with pytest.raises(ValueError, match="broken"):
        failed.result(PATIENCE_S)
    assert lane.submit(lambda: threading.current_thread().name).result(PATIENCE_S) == "db"
    lane.close()


def test_close_finishes_urgent_jobs_cancels_others_and_refuses_new_ones() -> None:
    lane, gate = held_lane()
    urgent = lane.submit(lambda: "saved", Priority.URGENT)
    read = lane.submit(lambda: "read")

    def go_on_once_it_closes() -> None:
        until(lambda: lane._closed)
        gate.set()

    threading.Thread(target=go_on_once_it_closes).start()
    lane.close()
    assert urgent.result(0) == "saved"
    with pytest.raises(CancelledError):
        read.result(0)
    with pytest.raises(EnvironmentFault):
        lane.submit(lambda: None)


def test_a_cancelled_job_is_not_run_and_slow_jobs_are_counted() -> None:
    lane, gate = held_lane()
    ran: list[int] = []
    waiting = lane.submit(lambda: ran.append(1))
    assert waiting.cancel()
    slow = lane.submit(lambda: time.sleep(0.04))
    gate.set()
    slow.result(PATIENCE_S)
    lane.submit(lambda: None).result(PATIENCE_S)
    lane.close()
    assert ran == []
    assert lane.statistics.jobs == 3
    assert lane.statistics.slow >= 1
    assert lane.statistics.longest_s >= 0.04


def _refuse(text: str) -> None:
    raise EnvironmentFault.__mro__[1](text)


def _eat_memory() -> int:
    return len(bytearray(3 * 1024**3))


@pytest.fixture(scope="module")
def work() -> Iterator[WorkLane]:
    lane = WorkLane()
    yield lane
    lane.close()


def test_a_child_gives_results_and_errors_back(work: WorkLane) -> None:
    assert work.submit(pow, 2, 10).result(PATIENCE_S) == 1024
    with pytest.raises(Exception, match="no such thing"):
        work.submit(_refuse, "no such thing").result(PATIENCE_S)
    assert work.submit(os.getpid).result(PATIENCE_S) != os.getpid()


def test_a_child_that_dies_or_hangs_takes_only_its_own_job_with_it(work: WorkLane) -> None:
    hung = work.submit(time.sleep, 60, limit_s=0.3)
    other = work.submit(pow, 3, 2)
    assert other.result(PATIENCE_S) == 9
    with pytest.raises(EnvironmentFault):
        hung.result(PATIENCE_S)
    with pytest.raises(EnvironmentFault):
        work.submit(os._exit, 3).result(PATIENCE_S)
    assert [work.submit(pow, 2, n).result(PATIENCE_S) for n in range(4)] == [1, 2, 4, 8]


@pytest.mark.skipif(sys.platform == "win32", reason="it is a class of priority there, not a number")
def test_children_step_back_behind_the_screen(work: WorkLane) -> None:
    assert work.submit(os.nice, 0).result(PATIENCE_S) == min(19, os.nice(0) + 10)


@pytest.mark.skipif(sys.platform == "win32", reason="address space limits are not known there")
def test_a_child_that_wants_too_much_memory_is_refused(work: WorkLane) -> None:
    with pytest.raises(EnvironmentFault):
        work.submit(_eat_memory).result(PATIENCE_S)
    work.close()


_PARENT = """
import os, sys, time
from courier_desk.base.lanes import WorkLane
if __name__ == "__main__":
    work = WorkLane()
    sys.stdout.write(str(work.submit(os.getpid).result(30)) + chr(10))
    sys.stdout.flush()
    time.sleep(60)
"""


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at /proc")
def test_children_end_when_the_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(_PARENT, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    until(lambda: not Path(f"/proc/{child}/exe").exists())

"""Windows that nobody holds any more are taken apart in the GUI thread, whoever allocates."""

import gc
import threading
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from courier_desk.base.lanes import DbLane
from courier_desk.ui.collector import Collector, collect_what_is_due
from courier_desk.ui.tasks import DB, TaskRunner
from tests.patience import PATIENCE_S

ENOUGH = 20_000


class _Held(QWidget):
    """A widget that holds itself."""

    def __init__(self, ended_in: list[str]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: ended_in.append(threading.current_thread().name))


@pytest.fixture
def lane() -> Iterator[DbLane]:
    lane = DbLane()
    yield lane
    lane.close()


def _litter() -> None:
    """What a busy lane does: objects that only the collector can find."""
    for _each in range(ENOUGH):
        itself: list[object] = []
        itself.append(itself)


def test_a_busy_lane_leaves_widgets_alone(qtbot: QtBot, lane: DbLane) -> None:
    ended_in, program = list[str](), QObject()
    Collector(program)
    _Held(ended_in)
    lane.run(_litter)
    assert ended_in == []
    qtbot.waitUntil(lambda: bool(ended_in))
    assert ended_in == [threading.current_thread().name]


def test_nothing_due_is_nothing_done(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    monkeypatch.setattr(gc, "collect", done.append)
    for counts, expected in (((0, 0, 0), []), ((701, 3, 3), [0]), ((701, 11, 3), [1]), ((0, 11, 11), [2])):
        done.clear()
        monkeypatch.setattr(gc, "get_count", lambda counts=counts: counts)
        monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
        collect_what_is_due()
        assert done == expected


def test_a_lane_is_never_the_last_to_hold_a_window(qtbot: QtBot, lane: DbLane) -> None:
    """The lane still has its job in hand when the GUI thread has already delivered and forgotten."""
    ended_in, begin, end = list[str](), threading.Event(), threading.Event()
    runner = TaskRunner(lane, ThreadPoolExecutor(1), ThreadPoolExecutor(1))  # type: ignore[arg-type]
    owner = QWidget()
    weakref.finalize(owner, lambda: ended_in.append(threading.current_thread().name))
    task = runner.run(DB, lambda: begin.wait(PATIENCE_S), owner, lambda _got: None, lambda _error: None)
    assert task.future is not None
    task.future.add_done_callback(lambda _done: end.wait(PATIENCE_S))
    del task, owner
    begin.set()
    qtbot.waitUntil(lambda: not runner.busy)
    end.set()
    lane.run(lambda: None)
    assert ended_in == [threading.current_thread().name]

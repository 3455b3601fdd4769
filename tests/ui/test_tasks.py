"""A task brings its result back to a living widget in the GUI thread, and to nobody else."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from courier_desk.base.lanes import DbLane, Priority
from courier_desk.ui.tasks import DB, TaskRunner
from tests.patience import PATIENCE_S


class _NoWork:
    def submit(self, fn: Callable[..., object], *args: object) -> object:
        raise AssertionError("not used here")


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    lane = DbLane()
    yield TaskRunner(lane, _NoWork(), _NoWork())  # type: ignore[arg-type]
    lane.close()


def test_the_result_arrives_in_the_gui_thread(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, got = QObject(), list[object]()
    runner.run(
        DB,
        lambda: threading.current_thread().name,
        owner,
        lambda name: got.append((name, QThread.currentThread())),
        got.append,
    )
    qtbot.waitUntil(lambda: bool(got))
    assert got == [("db", owner.thread())]


def test_an_error_arrives_as_an_error(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, ok, failed = QObject(), list[object](), list[Exception]()
    runner.run(DB, lambda: 1 // 0, owner, ok.append, failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], ZeroDivisionError)
    assert ok == []


def test_a_widget_that_is_gone_is_told_nothing(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, got, gate = QObject(), list[object](), threading.Event()
    runner.run(DB, lambda: gate.wait(PATIENCE_S), owner, got.append, got.append)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert got == []


def test_a_cancelled_task_is_never_heard_of_again(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, got, gate = QObject(), list[object](), threading.Event()
    first = runner.run(DB, lambda: gate.wait(PATIENCE_S), owner, got.append, got.append)
    waiting = runner.run(DB, lambda: 2, owner, got.append, got.append)
    first.cancel()
    waiting.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert got == []


def test_an_urgent_task_goes_before_a_page_read(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, order, gate = QObject(), list[object](), threading.Event()
    runner.run(DB, lambda: gate.wait(PATIENCE_S), owner, lambda _done: None, order.append)
    runner.run(DB, lambda: "read", owner, order.append, order.append, Priority.READ)
    runner.run(DB, lambda: "scan", owner, order.append, order.append, Priority.URGENT)
    gate.set()
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["scan", "read"]


def test_busy_is_said_once_for_many_tasks(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, said, gate = QObject(), list[object](), threading.Event()
    runner.busy_changed.connect(said.append)
    runner.run(DB, partial(gate.wait, PATIENCE_S), owner, lambda _done: None, said.append)
    for number in range(5):
        runner.run(DB, partial(int, number), owner, lambda _done: None, said.append)
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert said == [True, False]


def test_no_callback_comes_before_the_call_returns(qtbot: QtBot, runner: TaskRunner) -> None:
    class Ready:
        def submit(self, fn: Callable[[], int], priority: Priority = Priority.READ) -> "Future[int]":
            future: Future[int] = Future()
            future.set_result(fn())
            return future

    owner, got = QObject(), list[int]()
    quick = TaskRunner(Ready(), _NoWork(), _NoWork())  # type: ignore[arg-type]
    quick.run(DB, lambda: 1, owner, got.append, lambda _error: None)
    assert got == []
    qtbot.waitUntil(lambda: got == [1])

"""Runs a function on a lane and brings the result, or the error, back to a living widget in the GUI thread."""

import itertools
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from courier_desk.base.lanes import Priority

T = TypeVar("T")
OnOk = Callable[[Any], object]
OnError = Callable[[Exception], object]

DB = "db"
WORK = "work"
ASIDE = "aside"


class SubmitsByPriority(Protocol):
    """The database lane, as far as it is used here."""

    def submit(self, fn: Callable[[], T], priority: Priority = ...) -> "Future[T]": ...


class Submits(Protocol):
    """The lane of child processes, as far as it is used here."""

    def submit(self, fn: Callable[..., T], *args: Any) -> "Future[T]": ...


@dataclass(slots=True)
class Task:
    """One run under way. ``cancel`` makes sure that neither callback is called any more."""

    owner: QObject
    on_ok: OnOk
    on_error: OnError
    future: "Future[Any] | None" = None
    cancelled: bool = False

    def cancel(self) -> None:
        """Forget the task; what already runs on the lane runs to its end there."""
        self.cancelled = True
        if self.future is not None:
            self.future.cancel()


class TaskRunner(QObject):
    """Lives in the GUI thread. Results of owners that no longer exist are dropped.

    Signals:
        busy_changed(bool): something is under way, or nothing any more.
    """

    busy_changed = Signal(bool)
    _finished = Signal(int)

    def __init__(self, db: SubmitsByPriority, work: Submits, aside: Executor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._db = db
        self._work = work
        self._aside = aside
        self._numbers = itertools.count()
        self._under_way: dict[int, Task] = {}
        self._runs: Mapping[str, Callable[[Callable[[], Any], Priority], Future[Any]]] = {
            DB: self._on_db,
            WORK: self._on_work,
            ASIDE: self._on_aside,
        }
        # Queued even for what is done already: no callback may run before ``run`` has returned.
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: str,
        fn: Callable[[], Any],
        owner: QObject,
        on_ok: OnOk,
        on_error: OnError,
        priority: Priority = Priority.READ,
    ) -> Task:
        """Run ``fn`` on ``lane`` (DB, WORK or ASIDE; for WORK it must be picklable, such as a functools.partial; ASIDE
        checks passwords).

        Exactly one of ``on_ok(result)`` and ``on_error(error)`` is called, in the GUI thread, if ``owner`` still lives
        and the task was not cancelled. Priority counts on DB only. Errors: KeyError for a lane that is none.
        """
        task = Task(owner, on_ok, on_error)
        future = self._runs[lane](fn, priority)
        task.future = future
        number = next(self._numbers)
        self._under_way[number] = task
        if len(self._under_way) == 1:
            self.busy_changed.emit(True)
        # The lane is given a number, not the task: were it the last to let go of a window, it would take it apart.
        future.add_done_callback(lambda _done: self._hand_over(number))
        return task

    @property
    def busy(self) -> bool:
        """True while anything is under way."""
        return bool(self._under_way)

    def _on_db(self, fn: Callable[[], Any], priority: Priority) -> "Future[Any]":
        return self._db.submit(fn, priority)

    def _on_aside(self, fn: Callable[[], Any], _priority: Priority) -> "Future[Any]":
        return self._aside.submit(fn)

    def _on_work(self, fn: Callable[[], Any], _priority: Priority) -> "Future[Any]":
        return self._work.submit(fn)

    def _hand_over(self, number: int) -> None:
        """In the thread of the lane: the signal carries the number over, unless the program has gone meanwhile."""
        if shiboken6.isValid(self):
            self._finished.emit(number)

    def _on_finished(self, number: int) -> None:
        task = self._under_way.pop(number)
        try:
            self._deliver(task)
        finally:
            if not self._under_way:
                self.busy_changed.emit(False)

    def _deliver(self, task: Task) -> None:
        future = task.future
        if future is None or task.cancelled or not shiboken6.isValid(task.owner):
            return
        try:
            error = future.exception()
        except CancelledError:
            return
        if error is None:
            task.on_ok(future.result())
        elif isinstance(error, Exception):
            task.on_error(error)
        else:
            raise error

"""Worker lanes: one thread that owns the database, two child processes for heavy work. Free of Qt.

What only the child processes need is imported with the first of them: the log-in page waits for this module.
"""
# ruff: noqa: PLC0415

import faulthandler
import heapq
import itertools
import os
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.translation import message

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

T = TypeVar("T")

DB_THREAD = "db"
SLOW_S = 0.025
WORKERS = 2
_NICE, _BELOW_NORMAL = 10, 0x4000
WORK_LIMIT_S = 120.0
WORK_MEMORY_BYTES = 2 * 1024**3


class Priority(IntEnum):
    """Who goes first on the database lane; within one priority the order of arrival holds."""

    URGENT = 0
    READ = 1
    BULK = 2


@dataclass(frozen=True, slots=True)
class LaneStatistics:
    """What the lane has done so far; ``slow`` counts jobs above SLOW_S."""

    jobs: int = 0
    slow: int = 0
    busy_s: float = 0.0
    longest_s: float = 0.0

    def with_job(self, seconds: float) -> "LaneStatistics":
        """The statistics after one more job."""
        return replace(
            self,
            jobs=self.jobs + 1,
            slow=self.slow + (seconds > SLOW_S),
            busy_s=self.busy_s + seconds,
            longest_s=max(self.longest_s, seconds),
        )


_Job = tuple[int, int, Callable[[], Any], "Future[Any]"]


class DbLane:
    """One thread and a priority queue: every write to the database and most reads."""

    def __init__(self) -> None:
        self._jobs: list[_Job] = []
        self._order = itertools.count()
        self._ready = threading.Condition()
        self._closed = False
        self._statistics = LaneStatistics()
        self._thread = threading.Thread(target=self._work, name=DB_THREAD, daemon=True)
        self._thread.start()

    @property
    def statistics(self) -> LaneStatistics:
        """Counts since the start."""
        return self._statistics

    def run(self, fn: Callable[[], T]) -> T:
        """Run ``fn`` urgently and wait for its result; on the lane itself, at once."""
        return self._wait(fn, Priority.URGENT)

    def run_in_bulk(self, fn: Callable[[], T]) -> T:
        """The same for one piece of bulk work: behind everything that people wait for."""
        return self._wait(fn, Priority.BULK)

    def _wait(self, fn: Callable[[], T], priority: Priority) -> T:
        if threading.current_thread() is self._thread:
            return fn()
        return self.submit(fn, priority).result()

    def submit(self, fn: Callable[[], T], priority: Priority = Priority.READ) -> "Future[T]":
        """Run ``fn`` on the lane; what it raises is in the future. Errors: EnvironmentFault after ``close``."""
        future: Future[T] = Future()
        with self._ready:
            if self._closed:
                raise EnvironmentFault(message("The program is closing."), retriable=False)
            heapq.heappush(self._jobs, (priority, next(self._order), fn, future))
            self._ready.notify()
        return future

    def close(self) -> None:
        """Finish the running job and the urgent ones, cancel the rest, end the thread."""
        with self._ready:
            self._closed = True
            dropped = [job for job in self._jobs if job[0] != Priority.URGENT]
            self._jobs = [job for job in self._jobs if job[0] == Priority.URGENT]
            heapq.heapify(self._jobs)
            self._ready.notify()
        for *_rest, future in dropped:
            future.cancel()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _next(self) -> _Job | None:
        with self._ready:
            while not self._jobs and not self._closed:
                self._ready.wait()
            return heapq.heappop(self._jobs) if self._jobs else None

    def _work(self) -> None:
        while (job := self._next()) is not None:
            _priority, _place, fn, future = job
            del job
            if future.set_running_or_notify_cancel():
                self._statistics = self._statistics.with_job(_fulfil(fn, future))
            # Nothing of a finished job may stay alive while the lane waits for the next one.
            del fn, future


def _fulfil(fn: Callable[[], Any], future: "Future[Any]") -> float:
    """Put what ``fn`` gives or raises into ``future``; returns the seconds it took."""
    started = time.perf_counter()
    try:
        result = fn()
    except BaseException as error:  # noqa: BLE001  the future carries it to whoever asked
        seconds = time.perf_counter() - started
        future.set_exception(error)
        return seconds
    seconds = time.perf_counter() - started
    future.set_result(result)
    return seconds


class WorkLane:
    """Two spawned child processes for rendering, workbooks and backup checks: plain data in and out.

    Each child has a feeding thread of its own, so that a child that dies takes only its own job with it.
    """

    def __init__(self, memory_bytes: int = WORK_MEMORY_BYTES) -> None:
        self._memory_bytes = memory_bytes
        self._local = threading.local()
        self._children: set[ProcessPoolExecutor] = set()
        self._guard = threading.Lock()
        self._feeders = ThreadPoolExecutor(WORKERS, thread_name_prefix="work")

    def submit(self, fn: Callable[..., T], *args: Any, limit_s: float = WORK_LIMIT_S) -> "Future[T]":
        """Run ``fn(*args)`` in a child. Errors (in the future): what it raised; EnvironmentFault when it
        took longer than ``limit_s`` seconds, ran out of memory or died."""
        return self._feeders.submit(self._feed, fn, args, limit_s)

    def close(self) -> None:
        """Cancel what waits, finish what runs, end the children."""
        self._feeders.shutdown(wait=True, cancel_futures=True)
        for child in list(self._children):
            child.shutdown(wait=True, cancel_futures=True)
        self._children.clear()

    def _feed(self, fn: Callable[..., T], args: tuple[Any, ...], limit_s: float) -> T:
        child = self._child()
        try:
            return child.submit(_run_limited, fn, args, limit_s).result()
        except MemoryError:
            raise _work_failed() from None
        except BrokenExecutor:
            self._forget(child)
            raise _work_failed() from None

    def _child(self) -> "ProcessPoolExecutor":
        child: "ProcessPoolExecutor | None" = getattr(self._local, "child", None)  # noqa: UP037  imported below
        if child is None:
            import multiprocessing
            from concurrent.futures import ProcessPoolExecutor

            child = ProcessPoolExecutor(
                1, multiprocessing.get_context("spawn"), initializer=_start_child, initargs=(self._memory_bytes,)
            )
            self._local.child = child
            with self._guard:
                self._children.add(child)
        return child

    def _forget(self, child: "ProcessPoolExecutor") -> None:
        self._local.child = None
        with self._guard:
            self._children.discard(child)
        child.shutdown(wait=False, cancel_futures=True)


def _work_failed() -> EnvironmentFault:
    return EnvironmentFault(message("A background job took too long or too much memory and was stopped."))


def _start_child(memory_bytes: int) -> None:
    """In the child: it steps back behind the screen, has a memory limit where the system knows one, and ends when the
    parent has gone."""
    import multiprocessing

    _step_back()
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), name="parent", daemon=True).start()


def _step_back() -> None:
    # On two cores, labels being drawn took the turn of scans and keys.
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        os.nice(_NICE)


def _end_with(sentinel: int) -> None:
    import multiprocessing.connection

    # A killed parent cannot say good-bye, and the pool's own queue never notices.
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def _run_limited(fn: Callable[..., T], args: tuple[Any, ...], limit_s: float) -> T:
    # The watchdog of faulthandler is a C thread: it ends the process even when Python itself hangs.
    with Path(os.devnull).open("w", encoding="ascii") as nowhere:
        faulthandler.dump_traceback_later(limit_s, exit=True, file=nowhere)
        try:
            return fn(*args)
        finally:
            faulthandler.cancel_dump_traceback_later()

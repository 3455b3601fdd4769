"""The database lane of a simulated desk: everything at once, in the one thread there is."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import current_thread
from typing import TypeVar

from courier_desk.base.lanes import DB_THREAD, DbLane, LaneStatistics, Priority

T = TypeVar("T")


class InlineLane(DbLane):
    """Runs what it is given before it returns."""

    def __init__(self) -> None:
        self._statistics = LaneStatistics()

    def run(self, fn: Callable[[], T]) -> T:
        return fn()

    def run_in_bulk(self, fn: Callable[[], T]) -> T:
        return fn()

    def submit(self, fn: Callable[[], T], priority: Priority = Priority.READ) -> "Future[T]":
        future: Future[T] = Future()
        try:
            future.set_result(fn())
        except Exception as error:  # noqa: BLE001  the future carries it to whoever asked
            future.set_exception(error)
        return future

    def close(self) -> None:
        """There is no thread to end."""


@contextmanager
def this_thread_is_the_lane() -> Iterator[None]:
    """The store is written on its lane only; here that is whoever runs the simulation."""
    thread = current_thread()
    former, thread.name = thread.name, DB_THREAD
    try:
        yield
    finally:
        thread.name = former

"""Asks the database while one types: only the last question counts, and never more rows than a screen can use."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from courier_desk.base.lanes import Priority
from courier_desk.services.find import MOST_ROWS, FindSpec
from courier_desk.services.rows import OrderRow
from courier_desk.ui.tasks import DB, Task
from courier_desk.ui.ui_context import UiContext

TYPING_MS = 60


@dataclass(frozen=True, slots=True)
class Found:
    """One page of an answer. ``more``: there are others behind it; nobody counts how many."""

    spec: FindSpec
    rows: tuple[OrderRow, ...]
    more: bool


class FindSearch(QObject):
    """Lives in the GUI thread.

    Signals:
        found(Found): the first page of a new answer.
        added(Found): the next page of the same answer.
        failed(Exception): the question could not be answered.
    """

    found = Signal(object)
    added = Signal(object)
    failed = Signal(object)

    def __init__(self, ctx: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._wanted = FindSpec()
        self._shown = 0
        self._more = False
        self._task: Task | None = None
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._ask)

    def ask(self, spec: FindSpec, *, at_once: bool = False) -> None:
        """Another question; while one types it waits for the next key."""
        self._wanted = spec
        self._drop()
        if at_once:
            self._typing.stop()
            self._ask()
        else:
            self._typing.start()

    def ask_more(self) -> None:
        """The next page, if there is one and none is under way."""
        if self._more and self._task is None and not self._typing.isActive():
            self._run(replace(self._wanted, offset=self._shown), self._on_added)

    @property
    def settled(self) -> bool:
        """True when the answer shown is that to the last question."""
        return self._task is None and not self._typing.isActive()

    def _ask(self) -> None:
        self._drop()
        self._run(self._wanted, self._on_found)

    def _run(self, spec: FindSpec, then: Callable[[list[OrderRow]], None]) -> None:
        asked = replace(spec, limit=MOST_ROWS + 1)
        look = partial(self._ctx.services.find.orders, self._ctx.actor, asked)
        self._task = self._ctx.tasks.run(DB, look, self, then, self._on_error, Priority.READ)

    def _drop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _on_found(self, rows: list[OrderRow]) -> None:
        self._shown = 0
        self.found.emit(self._page(rows))

    def _on_added(self, rows: list[OrderRow]) -> None:
        self.added.emit(self._page(rows))

    def _page(self, rows: list[OrderRow]) -> Found:
        self._task = None
        page = tuple(rows[:MOST_ROWS])
        self._shown += len(page)
        self._more = len(rows) > MOST_ROWS
        return Found(self._wanted, page, self._more)

    def _on_error(self, error: Exception) -> None:
        self._task = None
        self._more = False
        self.failed.emit(error)

"""Asks the database at each key: one question at a time, only the last counts, no more rows than a screen can use."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from courier_desk.base.lanes import Priority
from courier_desk.services.find import FindSpec
from courier_desk.services.rows import OrderRow
from courier_desk.ui.pages.find_stretches import Stretches
from courier_desk.ui.tasks import DB, Task
from courier_desk.ui.ui_context import UiContext

# Three times what the largest screen shows; scrolling brings the next ones.
MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Found:
    """One page of an answer. ``more``: there are others behind it; nobody counts how many. What other stations took
    stands before the first page of our own."""

    spec: FindSpec
    rows: tuple[OrderRow, ...]
    more: bool


class FindSearch(QObject):
    """Lives in the GUI thread.

    Signals:
        found(Found): the first page of a new answer.
        added(Found): the next page of the same answer.
        failed(Exception): the question could not be answered.
        looking_on(): the newest stretch had too little; older ones are looked through.
    """

    found = Signal(object)
    added = Signal(object)
    failed = Signal(object)
    looking_on = Signal()

    def __init__(self, ctx: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._wanted = FindSpec()
        self._shown = 0
        self._more = False
        self._task: Task | None = None
        self._overtaken = False

    def ask(self, spec: FindSpec, *, at_once: bool = False) -> None:
        """Another question, answered at once; one typed while another is under way is asked when that one is over, so
        that they never pile up before the scans."""
        self._wanted = spec
        if at_once or self._task is None:
            self._ask()
        else:
            self._overtaken = True

    def ask_more(self) -> None:
        """The next page, if there is one and none is under way."""
        if self._more and self.settled:
            self._run(self._wanted, self._shown)

    @property
    def settled(self) -> bool:
        """True when the answer shown is that to the last question."""
        return self._task is None and not self._overtaken

    def _ask(self) -> None:
        self._drop()
        self._overtaken = False
        self._shown = 0
        self._run(self._wanted, 0)

    def _run(self, spec: FindSpec, offset: int) -> None:
        find, actor = self._ctx.services.find, self._ctx.actor
        if spec.wide:
            self._on_lane(partial(find.newest_row, actor), partial(self._begin, spec, offset))
        else:
            asked = replace(spec, offset=offset, limit=MOST_ROWS + 1)
            if offset or spec != FindSpec(text=spec.text, sort=spec.sort) or not spec.text:
                self._on_lane(partial(find.orders, actor, asked), self._take_page)
            else:
                self._on_lane(partial(self._read_first, asked), self._take_first)

    def _read_first(self, asked: FindSpec) -> tuple[list[OrderRow], list[OrderRow]]:
        """On the db lane: what others took, and our own."""
        services, actor = self._ctx.services, self._ctx.actor
        return services.inbound.find(actor, asked.text), services.find.orders(actor, asked)

    def _take_first(self, read: tuple[list[OrderRow], list[OrderRow]]) -> None:
        self._take_page(read[1], read[0])

    def _begin(self, spec: FindSpec, offset: int, newest_row: int) -> None:
        self._stretch(Stretches(spec, newest_row, offset + MOST_ROWS + 1))

    def _stretch(self, stretches: Stretches) -> None:
        if stretches.over:
            self._take_page(stretches.rows[self._shown :])
        else:
            look = partial(self._ctx.services.find.orders, self._ctx.actor, stretches.next())
            self._on_lane(look, partial(self._on_stretch, stretches))

    def _on_stretch(self, stretches: Stretches, rows: list[OrderRow]) -> None:
        if self._overtaken:
            self._ask()
            return
        stretches.take(rows)
        self.looking_on.emit()
        self._stretch(stretches)

    def _on_lane(self, look: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self._task = self._ctx.tasks.run(DB, look, self, then, self._on_error, Priority.READ)

    def _drop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _take_page(self, rows: Sequence[OrderRow], others: Sequence[OrderRow] = ()) -> None:
        if self._overtaken:
            self._ask()
            return
        self._task = None
        page, first = tuple(rows[:MOST_ROWS]), self._shown == 0
        self._shown += len(page)
        self._more = len(rows) > MOST_ROWS
        found = Found(self._wanted, (*others, *page), self._more)
        (self.found if first else self.added).emit(found)

    def _on_error(self, error: Exception) -> None:
        self._task = None
        self._more = False
        if self._overtaken:
            self._ask()
        else:
            self.failed.emit(error)

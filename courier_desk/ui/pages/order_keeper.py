"""Keeps a half-filled order within a second, and takes it away once it is accepted or empty."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from courier_desk.base.ids import new_id
from courier_desk.base.lanes import Priority
from courier_desk.ui.tasks import DB, Task
from courier_desk.ui.ui_context import UiContext

PAGE = "order"
_WAIT_MS = 350

Body = Callable[[], dict[str, Any] | None]


class OrderKeeper(QObject):
    """``body`` gives what is on the form, None when nothing is worth keeping.

    Signals:
        found(object): the draft that was asked for: its body, or None when it is no longer there.
        failed(object): keeping or reading went wrong.
    """

    found = Signal(object)
    failed = Signal(object)

    def __init__(self, ctx: UiContext, parent: QObject, body: Body, title: Callable[[], str]) -> None:
        super().__init__(parent)
        self._ctx, self._body, self._title = ctx, body, title
        self.draft_id = new_id()
        self._kept = False
        self._task: Task | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.keep)

    @property
    def kept(self) -> bool:
        """True when the draft is, or soon will be, in the database."""
        return self._kept or self._timer.isActive()

    def touch(self) -> None:
        """Something changed. The clock is not set back by further keys, so that a second is never passed."""
        if not self._timer.isActive():
            self._timer.start()

    def keep(self) -> None:
        """Keep what is on the form now."""
        self._timer.stop()
        if not self._ctx.session.somebody:
            return
        body, drafts, actor = self._body(), self._ctx.services.drafts, self._ctx.actor
        if body is not None:
            self._kept = True
            self._run(partial(drafts.keep, actor, self.draft_id, PAGE, self._title(), body))
        elif self._kept:
            self._kept = False
            self._run(partial(drafts.drop, actor, self.draft_id))

    def keep_now(self) -> None:
        """Keep at once what still waits for its moment."""
        if self._timer.isActive():
            self.keep()

    def hold(self) -> None:
        """The order is on its way to be accepted: nothing may bring its draft back behind it."""
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()

    def begin(self) -> None:
        """A new order has a new draft."""
        self.hold()
        self.draft_id = new_id()
        self._kept = False

    def bring_back(self, draft_id: str) -> None:
        """Look for a draft of this person; ``found`` follows."""
        self.hold()
        self.draft_id = draft_id
        drafts, actor = self._ctx.services.drafts, self._ctx.actor
        self._ctx.tasks.run(DB, partial(drafts.mine, actor), self, self._on_drafts, self.failed.emit)

    def _run(self, job: Callable[[], None]) -> None:
        self._task = self._ctx.tasks.run(DB, job, self, self._on_kept, self.failed.emit, Priority.READ)

    def _on_kept(self, _nothing: None) -> None:
        self._task = None

    def _on_drafts(self, drafts: list[tuple[str, str, dict[str, Any]]]) -> None:
        body = next((body for key, page, body in drafts if key == self.draft_id and page == PAGE), None)
        self._kept = body is not None
        self.found.emit(body)

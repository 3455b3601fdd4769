"""The price follows each key stroke: a short wait, one question at a time to the db lane, stale answers dropped."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from courier_desk.domain.order import OrderDraft
from courier_desk.ui.pages.order_work import Standing, stand
from courier_desk.ui.tasks import DB, Task
from courier_desk.ui.ui_context import UiContext

WAIT_MS = 30


class OrderAppraiser(QObject):
    """Signals:
    appraised(Standing): how the order stands now.
    failed(object): the question went wrong.
    """

    appraised = Signal(object)
    failed = Signal(object)

    def __init__(self, ctx: UiContext, parent: QObject, draft: Callable[[], OrderDraft]) -> None:
        super().__init__(parent)
        self._ctx, self._draft = ctx, draft
        self._task: Task | None = None
        self.latest: Standing | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.ask)

    def touch(self) -> None:
        """Something changed. Under steady typing an answer still comes every WAIT_MS."""
        if not self._timer.isActive():
            self._timer.start()

    def hold(self) -> None:
        """No answer is wanted any more."""
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()

    def ask(self) -> None:
        """Ask now."""
        self.hold()
        job = partial(stand, self._ctx, self._draft())
        self._task = self._ctx.tasks.run(DB, job, self, self._on_standing, self.failed.emit)

    def _on_standing(self, standing: Standing) -> None:
        self.latest = standing
        self.appraised.emit(standing)

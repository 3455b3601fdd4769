"""Confirms an order, once: while one try is under way no key starts another."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from courier_desk.base.lanes import Priority
from courier_desk.ui.pages.order_work import Outcome, ToConfirm, confirm
from courier_desk.ui.tasks import DB
from courier_desk.ui.ui_context import UiContext


class OrderConfirmer(QObject):
    """Signals:
    busy_changed(bool): a try is under way, or over.
    settled(Outcome): accepted, or why not.
    failed(object): the lane or the surroundings did not do their part; nothing was saved.
    """

    busy_changed = Signal(bool)
    settled = Signal(object)
    failed = Signal(object)

    def __init__(self, ctx: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._busy = False

    @property
    def busy(self) -> bool:
        """True while a try is under way."""
        return self._busy

    def confirm(self, order: ToConfirm) -> None:
        """Try it; does nothing while another try is under way."""
        if self._busy:
            return
        self._set_busy(True)
        job = partial(confirm, self._ctx, self._ctx.actor, order)
        self._ctx.tasks.run(DB, job, self, self._on_outcome, self._on_error, Priority.URGENT)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)

    def _on_outcome(self, outcome: Outcome) -> None:
        self._set_busy(False)
        self.settled.emit(outcome)

    def _on_error(self, error: Exception) -> None:
        self._set_busy(False)
        self.failed.emit(error)

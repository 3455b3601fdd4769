"""What a person decides about papers: print again, it came out, not wanted, one more copy."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from courier_desk.base.lanes import Priority
from courier_desk.base.translation import message
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.paper import PaperKind
from courier_desk.domain.print_job import PrintState
from courier_desk.services.approvals import ApprovalRequest
from courier_desk.services.print_queue import QueueResult
from courier_desk.services.rows import PrintJobRow
from courier_desk.ui.dialogs.approval import ask_approval
from courier_desk.ui.dialogs.question import ask
from courier_desk.ui.dialogs.reason import ask_reason
from courier_desk.ui.figures import number_text
from courier_desk.ui.page import Page

COPY_REASONS = (
    message("The paper is torn or dirty"),
    message("The print cannot be read"),
    message("The paper was lost"),
    message("It came out on the wrong roll"),
    message("A second copy is wanted"),
)


class QueueActs(QObject):
    """Each act is one use case; what it changed is published."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page, self._ctx = page, page.ctx

    def toggle_button(self) -> QPushButton:
        """A button that stays pressed."""
        button = QPushButton(self._page)
        button.setCheckable(True)
        return button

    def settle(self, rows: Sequence[PrintJobRow], state: PrintState) -> None:
        """Bring the papers to ``state``; giving up paper asks first, for it cannot be taken back."""
        if state is not PrintState.CANCELLED:
            self._settle(rows, state)
            return
        first = number_text(rows[0].title)
        title = message("Is this paper not wanted any more?")
        text = message("{number} will not be printed.", number=first)
        if len(rows) > 1:
            title = message("Are these papers not wanted any more?")
            text = message("{n} papers will not be printed.", n=len(rows))
        yes = message("Not wanted")
        ask(self._page, title, text, yes, partial(self._settle, tuple(rows), state), dangerous=True)

    def reprint(self, row: PrintJobRow) -> None:
        """The same paper once more, with a reason and a mark."""
        text = message("{number} comes out again with the same number and a mark.", number=number_text(row.title))
        take = partial(self._on_reason, row)
        ask_reason(self._page, message("Why is the paper printed again?"), text, COPY_REASONS, take)

    def _settle(self, rows: Sequence[PrintJobRow], state: PrintState) -> None:
        queue, actor = self._ctx.services.print_queue, self._ctx.actor
        use_cases = {
            PrintState.WAITING: queue.again,
            PrintState.PRINTED: queue.came_out,
            PrintState.CANCELLED: queue.cancel,
        }
        for row in sorted(rows, key=_seq):
            self._page.run(partial(use_cases[state], actor, row.job_id), self._on_done, priority=Priority.URGENT)

    def _on_done(self, result: QueueResult) -> None:
        self._ctx.changes.publish(result.changes)

    def _on_reason(self, row: PrintJobRow, reason: str) -> None:
        request = partial(self._ctx.services.approvals.request, RequestKind.REPRINT, row.subject, reason)
        self._page.run(request, partial(self._ask, row), priority=Priority.URGENT)

    def _ask(self, row: PrintJobRow, request: ApprovalRequest) -> None:
        take = partial(self._on_approved, row, request)
        ask_approval(self._page, self._ctx, request, take, number_text(row.title))

    def _on_approved(self, row: PrintJobRow, request: ApprovalRequest, approval_id: str) -> None:
        reprint = self._ctx.services.print_queue.reprint
        act = partial(reprint, self._ctx.actor, PaperKind(row.kind), request, approval_id)
        self._page.run(act, self._on_done, priority=Priority.URGENT)


def _seq(row: PrintJobRow) -> int:
    return row.seq

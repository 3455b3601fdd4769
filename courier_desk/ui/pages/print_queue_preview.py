"""The picture of the chosen paper: read on the db lane, drawn by a child process, shown if it is still chosen."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.translation import _
from courier_desk.services.rows import PrintJobRow
from courier_desk.ui.figures import number_text
from courier_desk.ui.tasks import DB, WORK, Task
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.paper_view import PaperView

_WAIT_MS = 120


class PaperPreview(QObject):
    """Lives in the GUI thread; draws only where one rests, not what one passes with the arrow keys.

    Signals:
        turned(): another page, or another paper, is shown now.
    """

    turned = Signal()

    def __init__(self, ctx: UiContext, view: PaperView, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._view = ctx, view
        self._row: PrintJobRow | None = None
        self._page, self._pages = 0, 1
        self._shown: tuple[str, int, int] | None = None
        self._task: Task | None = None
        self._rest = QTimer(self, interval=_WAIT_MS, singleShot=True)
        self._rest.timeout.connect(self._look)

    def show(self, row: PrintJobRow | None) -> None:
        """Show this paper, None for none."""
        before, self._row = self._row, row
        if row is None:
            self._drop()
            self._shown = None
            self._view.show_hint(_("Choose a paper to see it."))
        elif before is None or before.job_id != row.job_id:
            self._page, self._pages = 0, 1
            self.turned.emit()
            self._rest.start()
        elif self._shown is not None and self._shown[2] != row.copy:
            self._rest.start()

    def turn(self) -> None:
        """The next page, after the last one the first."""
        if self._row is not None and self._pages > 1:
            self._page = (self._page + 1) % self._pages
            self._look()

    @property
    def pages(self) -> tuple[int, int]:
        """Which page of how many is shown, from 1."""
        return self._page + 1, self._pages

    def _look(self) -> None:
        row = self._row
        if row is None:
            return
        self._drop()
        if self._shown is None or self._shown[0] != row.job_id:
            self._view.show_hint(_("Drawing …"))
        work = partial(self._prepare, row.job_id, self._page)
        self._task = self._ctx.tasks.run(DB, work, self, self._draw, self._on_error)

    def _prepare(self, job_id: str, page: int) -> Callable[[], Any]:
        """On the db lane."""
        return self._ctx.app.hardware.paper.preview(job_id, page)

    def _draw(self, work: Callable[[], Any]) -> None:
        self._task = self._ctx.tasks.run(WORK, work, self, self._on_drawn, self._on_error)

    def _on_drawn(self, preview: Any) -> None:
        self._task = None
        if self._row is not None:
            self._pages = preview.pages
            self._shown = (self._row.job_id, self._page, self._row.copy)
            self._view.show_picture(preview.png, number_text(self._row.title))
            self.turned.emit()

    def _on_error(self, error: Exception) -> None:
        self._task = None
        self._shown = None
        if isinstance(error, UserError | EnvironmentFault):
            self._view.show_hint(str(error))
        else:
            self._view.show_hint(_("This paper cannot be shown."))
            self._ctx.notifier.error(error)

    def _drop(self) -> None:
        self._rest.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

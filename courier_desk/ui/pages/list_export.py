"""A list as a workbook: fetched in pieces beside the work of the day, written by a child process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from courier_desk.base.lanes import Priority
from courier_desk.base.translation import _, message
from courier_desk.ui.tasks import DB, WORK, Task
from courier_desk.ui.ui_context import UiContext

MOST_EXPORTED = 10_000
Cell = str | int | Decimal | datetime


@dataclass(frozen=True, slots=True)
class ExportJob:
    """What goes into the workbook. ``fetch`` gives the next rows behind those fetched already, fewer than ``piece`` at
    the end, and ``record`` logs how many went out; both run on the db lane. ``money`` names the columns of amounts."""

    question: str
    stem: str
    title: str
    heads: Sequence[str]
    cells: Callable[[Any], Sequence[Cell]]
    fetch: Callable[[Sequence[Any]], Sequence[Any]]
    record: Callable[[int], None]
    piece: int
    notes: tuple[str, ...] = ()
    money: frozenset[int] = frozenset()


class ListExport(QObject):
    """One export at a time; it can be stopped at any moment and then leaves nothing behind.

    Signals:
        progressed(int): so many rows are fetched.
        ended(): it is done, stopped or failed.
        failed(Exception): why it ended early.
    """

    progressed = Signal(int)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, ctx: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx, self._page = ctx, parent
        self._rows: list[Any] = []
        self._path = Path()
        self._task: Task | None = None

    @property
    def running(self) -> bool:
        """True from the choice of the file until the end."""
        return self._task is not None

    def ask_file(self, job: ExportJob) -> QFileDialog:
        """Ask where to; the export begins when the person has chosen."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        zone = ZoneInfo(self._ctx.services.station.zone)
        stamp = self._ctx.app.clock.now().astimezone(zone).strftime("%Y%m%d-%H%M")
        dialog = QFileDialog(self._page.window(), job.question, folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_("Excel workbook (*.xlsx)"))
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile("-".join((job.stem, f"{stamp}.xlsx")))
        dialog.fileSelected.connect(partial(self.begin, job))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def begin(self, job: ExportJob, path: str) -> None:
        """Fetch all that fits, then write it to ``path``."""
        if self.running:
            return
        self._path = Path(path)
        self._rows = []
        self._fetch(job)

    def stop(self) -> None:
        """Forget it; nothing is written unless the writing had begun."""
        if self._task is not None:
            self._task.cancel()
            self._end()

    def _run(self, fn: Callable[[], Any], on_ok: Callable[[Any], object], lane: str = DB) -> None:
        self._task = self._ctx.tasks.run(lane, fn, self, on_ok, self._on_error, Priority.BULK)

    def _fetch(self, job: ExportJob) -> None:
        self._run(partial(job.fetch, tuple(self._rows)), partial(self._on_rows, job))

    def _on_rows(self, job: ExportJob, rows: Sequence[Any]) -> None:
        self._rows += rows
        self.progressed.emit(len(self._rows))
        if len(rows) >= job.piece and len(self._rows) < MOST_EXPORTED:
            self._fetch(job)
        elif not self._rows:
            self._end()
            self._ctx.notifier.say(message("There is nothing to write: no file was made."))
        else:
            self._run(partial(job.record, len(self._rows)), partial(self._on_recorded, job))

    def _on_recorded(self, job: ExportJob, _nothing: None) -> None:
        notes = list(job.notes)
        if len(self._rows) >= MOST_EXPORTED:
            notes.append(_("Only the first {n} rows are in this file.").format(n=MOST_EXPORTED))
        cells = tuple(tuple(job.cells(row)) for row in self._rows)
        write = partial(
            self._ctx.app.save_list, self._path, job.title, tuple(job.heads), cells, tuple(notes), job.money
        )
        self._run(write, self._on_written, WORK)

    def _on_written(self, _nothing: None) -> None:
        count, path = len(self._rows), self._path
        self._end()
        self._ctx.notifier.done(message("{n} rows are in {file}.", n=count, file=path.name))

    def _on_error(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._task = None
        self._rows = []
        self.ended.emit()

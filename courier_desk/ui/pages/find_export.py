"""What was found as a workbook: fetched page by page beside the work of the day, written by a child process.

Names and telephones stay masked; whoever needs them unmasked asks for an approval of its own.
"""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from courier_desk.base.lanes import Priority
from courier_desk.base.translation import _, message
from courier_desk.services.find import MOST_ROWS, FindSpec
from courier_desk.services.rows import OrderRow
from courier_desk.ui.pages.find_columns import EXPORT_HEADS, MONEY_COLUMNS, OrderWords
from courier_desk.ui.tasks import DB, WORK, Task
from courier_desk.ui.ui_context import UiContext

MOST_EXPORTED = 10_000


class FindExport(QObject):
    """One export at a time; it can be stopped at any moment and then leaves nothing behind.

    Signals:
        progressed(int): so many rows are fetched.
        ended(): it is done, stopped or failed.
        failed(Exception): why it ended early.
    """

    progressed = Signal(int)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, ctx: UiContext, words: OrderWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx, self._words, self._page = ctx, words, parent
        self._spec = FindSpec()
        self._rows: list[OrderRow] = []
        self._path = Path()
        self._task: Task | None = None

    @property
    def running(self) -> bool:
        """True from the choice of the file until the end."""
        return self._task is not None

    def ask_file(self, spec: FindSpec) -> QFileDialog:
        """Ask where to; the export of ``spec`` begins when the person has chosen."""
        self._spec = spec
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        stamp = self._ctx.app.clock.now().astimezone(self._words.zone).strftime("%Y%m%d-%H%M")
        dialog = QFileDialog(self._page.window(), _("Export what was found"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_("Excel workbook (*.xlsx)"))
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile("-".join((_("Orders"), f"{stamp}.xlsx")))
        dialog.fileSelected.connect(self.begin)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def begin(self, path: str) -> None:
        """Fetch all that fits, then write it to ``path``."""
        if self.running:
            return
        self._path = Path(path)
        self._rows = []
        self._fetch()

    def stop(self) -> None:
        """Forget it; nothing is written unless the writing had begun."""
        if self._task is not None:
            self._task.cancel()
            self._end()

    def _fetch(self) -> None:
        spec = replace(self._spec, offset=len(self._rows), limit=MOST_ROWS)
        find = partial(self._ctx.services.find.orders, self._ctx.actor, spec)
        self._task = self._ctx.tasks.run(DB, find, self, self._on_rows, self._on_error, Priority.BULK)

    def _on_rows(self, rows: list[OrderRow]) -> None:
        self._rows += rows
        self.progressed.emit(len(self._rows))
        if len(rows) == MOST_ROWS and len(self._rows) < MOST_EXPORTED:
            self._fetch()
            return
        record = partial(self._ctx.services.find.record_export, self._ctx.actor, len(self._rows))
        self._task = self._ctx.tasks.run(DB, record, self, self._on_recorded, self._on_error, Priority.BULK)

    def _on_recorded(self, _nothing: None) -> None:
        title = _("Orders found, {station}").format(station=self._ctx.services.station.name)
        notes = [_("Names and telephones are masked.")]
        if len(self._rows) >= MOST_EXPORTED:
            notes.append(_("Only the first {n} rows are in this file.").format(n=MOST_EXPORTED))
        write = partial(
            self._ctx.app.save_list,
            self._path,
            title,
            tuple(str(head) for head in EXPORT_HEADS),
            tuple(self._words.cells(row) for row in self._rows),
            tuple(notes),
            MONEY_COLUMNS,
        )
        self._task = self._ctx.tasks.run(WORK, write, self, self._on_written, self._on_error)

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

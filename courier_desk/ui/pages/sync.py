"""Headquarters: what waits, whether the record is whole, backups, and a file for whoever looks for a fault."""

from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from courier_desk.base.changes import Change
from courier_desk.base.diagnostics import write_bundle
from courier_desk.base.translation import _, message
from courier_desk.domain.paper import StationKind
from courier_desk.domain.user import Action
from courier_desk.services.care import BackupState, OutboxView
from courier_desk.ui.generated.ui_sync_page import Ui_SyncPage
from courier_desk.ui.page import Page
from courier_desk.ui.pages.sync_words import CHAIN_WORDS, age, columns, kind_word, moment, size
from courier_desk.ui.table_model import RowTableModel
from courier_desk.ui.tasks import WORK
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.data_table import TablePanel
from courier_desk.ui.widgets.fact_list import Fact
from courier_desk.ui.widgets.tally import Figure

_FEW_NUMBERS = 200


class SyncPage(Page):
    """Looks again whenever it comes to the front and when something was saved while it is there."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.ui = Ui_SyncPage()
        self.ui.setupUi(self)
        self._zone = ZoneInfo(ctx.services.station.zone)
        self._outbox: OutboxView | None = None
        self._backups: BackupState | None = None
        self._broken: tuple[str, ...] | None = None
        self._verifying, self._backing_up = False, False
        self._target = Path()
        self.table = TablePanel(RowTableModel(columns(self._zone), lambda row: str(row.seq)), "sync.latest", self)
        self.ui.latest_column.addWidget(self.table)
        self._connect()
        self.retranslate()

    def activate(self) -> None:
        self._look()
        first = self.table.table if self.table.table.isVisible() else self.ui.verify_button
        first.setFocus()

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        keys = self.ctx.keys
        self.ui.latest_title.setText(_("The latest operations"))
        self.ui.kinds_title.setText(_("Waiting, by kind"))
        self.ui.record_title.setText(_("The record"))
        self.ui.backup_title.setText(_("Backups"))
        self.ui.verify_button.setText(keys.hint(_("Check the record"), "sync.verify"))
        self.ui.back_up_button.setText(keys.hint(_("Back up now"), "sync.back_up"))
        self.ui.diagnose_button.setText(keys.hint(_("Diagnostics file …"), "sync.diagnose"))
        if self.ctx.services.station.kind is StationKind.LIVE:
            self.ui.line_note.setText(_("No line to headquarters yet: everything is kept here, in its order."))
        else:
            self.ui.line_note.setText(_("This station never contacts headquarters; what waits only shows how it is."))
        self._show()

    def _connect(self) -> None:
        ui, keys = self.ui, self.ctx.keys
        acts = (
            ("sync.verify", ui.verify_button, self.verify),
            ("sync.back_up", ui.back_up_button, self.back_up),
            ("sync.diagnose", ui.diagnose_button, self.ask_file),
        )
        for act, button, slot in acts:
            keys.bind(act, self, slot)
            button.clicked.connect(slot)
        may = self.ctx.session.may(Action.DIAGNOSE)
        for button in (ui.back_up_button, ui.diagnose_button):
            button.setVisible(may)
        keys.changed.connect(self.retranslate)
        self.table.set_empty_texts(_empty)
        self.ctx.changes.listen({"order", "scan", "bag", "manifest", "print_job"}, self, self._on_changed)

    def verify(self) -> None:
        """Check both chains from their beginning, in a child process."""
        if not self._verifying:
            self._verifying = True
            self._show()
            self.run(self.ctx.app.desk.verification, self._on_verification)

    def back_up(self) -> None:
        """Make a verified backup now, in a child process."""
        if not self._backing_up and self.ctx.session.may(Action.DIAGNOSE):
            self._backing_up = True
            self._show()
            self.run(self.ctx.app.desk.backup_job, self._on_backup_job)

    def ask_file(self) -> QFileDialog | None:
        """Ask where the diagnostics file goes."""
        if not self.ctx.session.may(Action.DIAGNOSE):
            return None
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        stamp = self.ctx.app.clock.now().astimezone(self._zone).strftime("%Y%m%d-%H%M")
        dialog = QFileDialog(self.window(), _("Where the diagnostics file goes"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_("Packed file (*.zip)"))
        dialog.setDefaultSuffix("zip")
        dialog.selectFile(f"courier-desk-{stamp}.zip")
        dialog.fileSelected.connect(self.write_diagnostics)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def write_diagnostics(self, path: str) -> None:
        """Write log, settings, versions and states to ``path``, scrubbed; the log says who did."""
        self._target = Path(path)
        self.run(self._facts, self._on_facts)

    def _facts(self) -> dict[str, object]:
        """On the db lane."""
        self.ctx.services.care.note(self.ctx.actor, "diagnostics.written", {"file": self._target.name})
        return self.ctx.app.desk.facts()

    def _on_facts(self, facts: dict[str, object]) -> None:
        self.run(partial(write_bundle, self._target, self.ctx.app.folder, facts), self._on_written, lane=WORK)

    def _on_written(self, path: Path) -> None:
        self.ctx.notifier.done(message("The diagnostics are in {file}.", file=path.name))

    def _on_verification(self, job: partial[tuple[str, ...]]) -> None:
        self.run(job, self._on_verified, lane=WORK, on_error=self._on_verify_failed)

    def _on_verified(self, broken: tuple[str, ...]) -> None:
        self._verifying, self._broken = False, broken
        self._show()

    def _on_verify_failed(self, error: Exception) -> None:
        self._verifying = False
        self._show()
        self.ctx.notifier.error(error, self)

    def _on_backup_job(self, job: partial[object]) -> None:
        self.run(job, self._on_backed_up, lane=WORK, on_error=self._on_backup_failed)

    def _on_backed_up(self, _report: object) -> None:
        self._backing_up = False
        note = partial(self.ctx.services.care.note, self.ctx.actor, "backup.made", {"by_hand": True})
        self.run(note, self._on_noted)

    def _on_backup_failed(self, error: Exception) -> None:
        self._backing_up = False
        self._show()
        self.ctx.notifier.error(error, self)

    def _on_noted(self, _nothing: None) -> None:
        self.ctx.notifier.done(message("A backup was made and checked."))
        self._look()

    def _on_changed(self, _changes: tuple[Change, ...]) -> None:
        if self.isVisible():
            self._look()

    def _look(self) -> None:
        self.run(self._read, self._on_read)

    def _read(self) -> tuple[OutboxView, BackupState]:
        """On the db lane."""
        return self.ctx.services.care.outbox(), self.ctx.services.care.backups()

    def _on_read(self, found: tuple[OutboxView, BackupState]) -> None:
        self._outbox, self._backups = found
        self.table.set_rows(found[0].latest)
        self._show()

    def _show(self) -> None:
        outbox, backups = self._outbox, self._backups
        self.ui.verify_button.setEnabled(not self._verifying)
        self.ui.back_up_button.setEnabled(not self._backing_up)
        self._show_record()
        if outbox is None or backups is None:
            return
        now = self.ctx.app.clock.now()
        oldest = age(now - outbox.oldest_at) if outbox.oldest_at else "–"
        few = outbox.numbers_left < _FEW_NUMBERS
        self.ui.tally_strip.show_figures(
            (
                Figure(str(outbox.waiting), _("waiting"), "cloud-arrow-up", "info"),
                Figure(oldest, _("since the oldest"), "clock"),
                Figure(str(outbox.numbers_left), _("numbers left"), "hash-straight", "warn" if few else "text"),
                Figure(str(backups.count), _("backups"), "archive", "text" if backups.count else "warn"),
            )
        )
        self.ui.kinds_facts.show_facts([Fact(kind_word(kind), str(n)) for kind, n in outbox.by_kind.items()])
        self._show_backups(backups)

    def _show_record(self) -> None:
        chip, note = self.ui.record_chip, self.ui.record_note
        if self._verifying:
            chip.set(_("Checking …"), "info", "hourglass")
            note.setText(_("All is looked at from the beginning."))
        elif self._broken is None:
            chip.set(_("Not checked yet"), "muted", "circle-dashed")
            note.setText(_("The check finds what was changed or removed."))
        elif self._broken:
            names = ", ".join(str(CHAIN_WORDS[name]) for name in self._broken)
            chip.set(_("Broken"), "bad", "x-circle")
            note.setText(_("Changed from outside: {what}. Tell headquarters before going on.").format(what=names))
        else:
            chip.set(_("Whole"), "good", "check-circle")
            note.setText(_("Operations and log of acts are as they were written."))

    def _show_backups(self, backups: BackupState) -> None:
        chip, note = self.ui.backup_chip, self.ui.backup_note
        if self._backing_up:
            chip.set(_("Being made …"), "info", "hourglass")
        elif backups.newest_at is None:
            chip.set(_("None yet"), "warn", "warning")
        else:
            chip.set(moment(backups.newest_at, self._zone), "good", "check-circle")
        if backups.count:
            kept = _("{n} kept, {size} together; each was opened and counted.")
            note.setText(kept.format(n=backups.count, size=size(backups.size)))
        else:
            note.setText(_("One a day when the desk is idle; seven are kept."))


def _empty() -> tuple[str, str, str]:
    return _("Nothing yet"), _("Orders, scans, bags and lists appear here in the moment they are saved."), ""

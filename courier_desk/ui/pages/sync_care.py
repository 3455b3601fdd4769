"""The record, the backups and the diagnostics file, on the page of headquarters; all heavy work in a child process."""

from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog

from courier_desk.base.diagnostics import write_bundle
from courier_desk.base.translation import _, message
from courier_desk.domain.user import Action
from courier_desk.services.care import BackupState
from courier_desk.ui.generated.ui_sync_page import Ui_SyncPage
from courier_desk.ui.page import Page
from courier_desk.ui.pages.sync_words import CHAIN_WORDS, moment, size
from courier_desk.ui.tasks import WORK


class SyncCare(QObject):
    """Signals:
    backed_up(): there is one more backup.
    """

    backed_up = Signal()

    def __init__(self, page: Page, ui: Ui_SyncPage, zone: ZoneInfo) -> None:
        super().__init__(page)
        self._page, self._ctx, self._ui, self._zone = page, page.ctx, ui, zone
        self._backups: BackupState | None = None
        self._broken: tuple[str, ...] | None = None
        self._verifying, self._backing_up = False, False
        self._target = Path()
        may = self._ctx.session.may(Action.DIAGNOSE)
        for button in (ui.back_up_button, ui.diagnose_button):
            button.setVisible(may)

    def verify(self) -> None:
        """Check both chains from their beginning, in a child process."""
        if not self._verifying:
            self._verifying = True
            self.show()
            self._page.run(self._ctx.app.desk.verification, self._on_verification)

    def back_up(self) -> None:
        """Make a verified backup now, in a child process."""
        if not self._backing_up and self._ctx.session.may(Action.DIAGNOSE):
            self._backing_up = True
            self.show()
            self._page.run(self._ctx.app.desk.backup_job, self._on_backup_job)

    def ask_file(self) -> QFileDialog | None:
        """Ask where the diagnostics file goes."""
        if not self._ctx.session.may(Action.DIAGNOSE):
            return None
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        stamp = self._ctx.app.clock.now().astimezone(self._zone).strftime("%Y%m%d-%H%M")
        dialog = QFileDialog(self._page.window(), _("Where the diagnostics file goes"), folder)
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
        self._page.run(self._facts, self._on_facts)

    def show_backups(self, backups: BackupState) -> None:
        """There are these now."""
        self._backups = backups
        self.show()

    def show(self) -> None:
        """Say how record and backups stand."""
        self._ui.verify_button.setEnabled(not self._verifying)
        self._ui.back_up_button.setEnabled(not self._backing_up)
        self._show_record()
        if self._backups is not None:
            self._show_backups(self._backups)

    def _facts(self) -> dict[str, object]:
        """On the db lane."""
        self._ctx.services.care.note(self._ctx.actor, "diagnostics.written", {"file": self._target.name})
        return self._ctx.app.desk.facts()

    def _on_facts(self, facts: dict[str, object]) -> None:
        self._page.run(partial(write_bundle, self._target, self._ctx.app.folder, facts), self._on_written, lane=WORK)

    def _on_written(self, path: Path) -> None:
        self._ctx.notifier.done(message("The diagnostics are in {file}.", file=path.name))

    def _on_verification(self, job: partial[tuple[str, ...]]) -> None:
        self._page.run(job, self._on_verified, lane=WORK, on_error=self._on_verify_failed)

    def _on_verified(self, broken: tuple[str, ...]) -> None:
        self._verifying, self._broken = False, broken
        self.show()

    def _on_verify_failed(self, error: Exception) -> None:
        self._verifying = False
        self.show()
        self._ctx.notifier.error(error, self._page)

    def _on_backup_job(self, job: partial[object]) -> None:
        self._page.run(job, self._on_backed_up, lane=WORK, on_error=self._on_backup_failed)

    def _on_backed_up(self, _report: object) -> None:
        self._backing_up = False
        note = partial(self._ctx.services.care.note, self._ctx.actor, "backup.made", {"by_hand": True})
        self._page.run(note, self._on_noted)

    def _on_backup_failed(self, error: Exception) -> None:
        self._backing_up = False
        self.show()
        self._ctx.notifier.error(error, self._page)

    def _on_noted(self, _nothing: None) -> None:
        self._ctx.notifier.done(message("A backup was made and checked."))
        self.backed_up.emit()

    def _show_record(self) -> None:
        chip, note = self._ui.record_chip, self._ui.record_note
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
        chip, note = self._ui.backup_chip, self._ui.backup_note
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

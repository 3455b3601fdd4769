"""What is done with a handover list beside loading: export, printing again, supplement, unloading, sealing a bag."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from courier_desk.base.lanes import Priority
from courier_desk.base.translation import _, message
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.bag import Bag
from courier_desk.domain.manifest import Manifest
from courier_desk.domain.paper import HandoverPaper, PaperKind
from courier_desk.domain.scan import Operation, RawScan
from courier_desk.services.approvals import ApprovalRequest
from courier_desk.services.handovers import HandoverResult
from courier_desk.services.print_queue import QueueResult
from courier_desk.services.scans import ScanCommand
from courier_desk.ui.dialogs.approval import ask_approval
from courier_desk.ui.dialogs.reason import ask_reason
from courier_desk.ui.dialogs.seal_bag import seal_bag
from courier_desk.ui.figures import number_text
from courier_desk.ui.floor_words import KEYED_DEVICE, Said
from courier_desk.ui.page import Page
from courier_desk.ui.pages.handover_tables import REASONS_REPRINT, REASONS_UNLOAD, Thing
from courier_desk.ui.pages.scan_line import ScanEntry
from courier_desk.ui.tasks import WORK


class ListActs(QObject):
    """Belongs to the page of one list.

    Signals:
        said(Said): for the large panel.
        sealed(ScanEntry): the bag of this scan was sealed.
    """

    said = Signal(object)
    sealed = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page, self._ctx = page, page.ctx
        self._request: ApprovalRequest | None = None
        self.file_dialog: QFileDialog | None = None

    def export(self, manifest: Manifest) -> None:
        """Ask where the workbook goes."""
        dialog = QFileDialog(self._page, _("Save the list as a workbook"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_("Excel workbook") + " (*.xlsx)")
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(f"{manifest.number}.xlsx")
        dialog.fileSelected.connect(partial(self._on_file, manifest.id))
        dialog.finished.connect(dialog.deleteLater)
        self.file_dialog = dialog
        dialog.open()

    def print_again(self, manifest: Manifest) -> None:
        """The closed list once more, with a reason."""
        text = message("The same list is printed again; nothing on it changes.")
        on_reason = partial(self._on_print_reason, manifest)
        ask_reason(self._page, message("Why is the list printed again?"), text, REASONS_REPRINT, on_reason)

    def supplement(self, manifest: Manifest) -> None:
        """A new list that adds to a closed one."""
        more = partial(self._ctx.services.handovers.supplement, self._ctx.actor, manifest.id)
        self._page.run(more, self._on_supplement, priority=Priority.URGENT)

    def unload(self, manifest: Manifest, thing: Thing) -> None:
        """Off the list again, with a reason."""
        text = message("{number} stays in the station; the scan and this one are both kept.",
                       number=number_text(thing.number))  # fmt: skip
        on_reason = partial(self._on_unload_reason, manifest, thing)
        ask_reason(self._page, message("Why is it taken off the list?"), text, REASONS_UNLOAD, on_reason)

    def seal_first(self, entry: ScanEntry) -> None:
        """Seal the bag that was scanned open."""
        by_tag = partial(self._ctx.services.bags.by_tag, self._ctx.actor, entry.code.number)
        self._page.run(by_tag, partial(self._on_bag, entry), priority=Priority.URGENT)

    def _on_bag(self, entry: ScanEntry, bag: Bag | None) -> None:
        if bag is not None:
            seal_bag(self._page, self._ctx, bag.id, partial(self._on_sealed, entry))

    def _on_sealed(self, entry: ScanEntry, _bag: object) -> None:
        self.sealed.emit(entry)

    def _on_file(self, manifest_id: str, path: str) -> None:
        self._page.run(partial(self._paper, manifest_id), partial(self._on_paper, Path(path)))

    def _paper(self, manifest_id: str) -> HandoverPaper:
        """On the db lane."""
        services = self._ctx.services
        services.handovers.note_export(self._ctx.actor, manifest_id)
        return services.papers.handover(manifest_id)

    def _on_paper(self, path: Path, paper: HandoverPaper) -> None:
        language = self._ctx.app.settings.current.paper_language
        save = partial(self._ctx.app.save_handover_xlsx, path, paper, language)
        self._page.run(save, self._on_written, lane=WORK)

    def _on_written(self, path: Path) -> None:
        self._ctx.notifier.done(message("Saved: {path}", path=path))

    def _on_print_reason(self, manifest: Manifest, reason: str) -> None:
        self._request = self._ctx.services.approvals.request(RequestKind.REPRINT, manifest.id, reason)
        ask_approval(self._page, self._ctx, self._request, self._on_print_approved, number_text(manifest.number))

    def _on_print_approved(self, approval_id: str) -> None:
        if self._request is not None:
            queue, kind = self._ctx.services.print_queue, PaperKind.HANDOVER_LIST
            again = partial(queue.reprint, self._ctx.actor, kind, self._request, approval_id)
            self._page.run(again, self._on_printed, priority=Priority.URGENT)

    def _on_printed(self, result: QueueResult) -> None:
        self._ctx.changes.publish(result.changes)
        self._ctx.notifier.done(message("The list is in the print queue."))

    def _on_supplement(self, result: HandoverResult) -> None:
        self._ctx.changes.publish(result.changes)
        self._ctx.navigator.open("handover_list", manifest=result.manifest.id)

    def _on_unload_reason(self, manifest: Manifest, thing: Thing, reason: str) -> None:
        raw = RawScan(thing.number, KEYED_DEVICE, self._ctx.app.clock.now(), keyed=True)
        command = ScanCommand(raw, Operation.UNLOADED, reason=reason)
        take_off = partial(self._ctx.services.handovers.unload, self._ctx.actor, manifest.id, thing.number, command)
        self._page.run(take_off, partial(self._on_unloaded, thing), priority=Priority.URGENT)

    def _on_unloaded(self, thing: Thing, result: HandoverResult) -> None:
        self._ctx.changes.publish(result.changes)
        text = _("Put it back to what waits for the line.")
        self.said.emit(Said("info", _("Taken off"), number_text(thing.number), place=thing.destination, next_step=text))

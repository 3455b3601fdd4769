"""Printers set up from the print queue: the dialog, the settings, and paper that a vanished printer leaves behind."""

from functools import partial

from PySide6.QtCore import QObject

from courier_desk.base.settings import PrinterSetting, Settings
from courier_desk.base.translation import message
from courier_desk.domain.paper import PaperKind
from courier_desk.domain.user import Action
from courier_desk.services.print_queue import QueueResult
from courier_desk.ui.dialogs.printer import PrinterDialog, PrinterForm, edit_printer
from courier_desk.ui.figures import BUILT_IN_PRINTER, printer_title
from courier_desk.ui.page import Page
from courier_desk.ui.pages.print_queue_settings import (
    PrinterChoice,
    moves,
    papers_of,
    taken_names,
    with_printer,
    without_printer,
)
from courier_desk.ui.pages.print_queue_words import printers_of


class QueuePrinters(QObject):
    """Everything is saved as soon as the dialog is left with Save."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page, self._ctx = page, page.ctx

    def add(self) -> PrinterDialog | None:
        """Set up one more printer."""
        settings = self._ctx.preferences.settings
        if not self._may():
            return None
        fresh = PrinterSetting("", "tcp", "", "zpl", settings.label_dpi, settings.label_size)
        first = not settings.printers
        papers = frozenset({PaperKind.LABEL.value, PaperKind.BAG_TAG.value}) if first else frozenset()
        form = PrinterForm(fresh, papers, spare=False, new=True, taken=taken_names(settings, ""))
        return edit_printer(self._page, self._ctx, form, partial(self._on_saved, ""), _nothing)

    def edit(self, name: str) -> PrinterDialog | None:
        """Set up this printer. The folder that is there where no printer is becomes one of its own."""
        settings = self._ctx.preferences.settings
        known = printers_of(settings, str(self._ctx.app.folder.paper))
        found = next((printer for printer in known if printer.name == name), None)
        if found is None or not self._may():
            return None
        built_in = name == BUILT_IN_PRINTER
        shown = found
        if built_in:
            shown = PrinterSetting(
                printer_title(name), found.kind, found.address, found.language, found.dpi, found.size
            )
        spare = settings.spare_printer == name
        form = PrinterForm(shown, papers_of(settings, name), spare, built_in, taken_names(settings, name))
        on_removed = partial(self._on_removed, name)
        return edit_printer(self._page, self._ctx, form, partial(self._on_saved, name), on_removed)

    def _may(self) -> bool:
        return self._ctx.session.may(Action.SETTINGS_CHANGE)

    def _on_saved(self, was: str, setting: PrinterSetting, papers: frozenset[str], spare: bool) -> None:
        before = self._ctx.preferences.settings
        after = with_printer(before, PrinterChoice(setting, was, papers, spare))
        self._use(before, after, {was: setting.name})

    def _on_removed(self, name: str) -> None:
        before = self._ctx.preferences.settings
        self._use(before, without_printer(before, name), {})

    def _use(self, before: Settings, after: Settings, renamed: dict[str, str]) -> None:
        then = partial(self._on_kept, moves(before, after, renamed))
        self._ctx.preferences.change(
            then,
            printers=after.printers,
            paper_printers=after.paper_printers,
            spare_printer=after.spare_printer,
        )

    def _on_kept(self, leaving: tuple[tuple[str, str], ...]) -> None:
        self._ctx.notifier.done(message("The printers are saved."))
        move = self._ctx.services.print_queue.move_all
        for source, target in leaving:
            self._page.run(partial(move, self._ctx.actor, source, target), self._on_moved)

    def _on_moved(self, result: QueueResult) -> None:
        self._ctx.changes.publish(result.changes)


def _nothing() -> None:
    """A new printer cannot be taken away."""

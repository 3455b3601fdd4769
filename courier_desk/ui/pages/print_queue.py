"""The print queue: every paper with its state, every printer with its own; nothing lost, nothing twice (mission C4)."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton

from courier_desk.base.changes import Change
from courier_desk.base.translation import _
from courier_desk.domain.print_job import PrintState, may_become
from courier_desk.domain.user import Action
from courier_desk.services.rows import PrintJobRow
from courier_desk.ui.figures import number_text
from courier_desk.ui.generated.ui_print_queue_page import Ui_PrintQueuePage
from courier_desk.ui.other_printer import OtherPrinter
from courier_desk.ui.page import Page
from courier_desk.ui.pages.print_queue_acts import QueueActs
from courier_desk.ui.pages.print_queue_preview import PaperPreview
from courier_desk.ui.pages.print_queue_printers import QueuePrinters
from courier_desk.ui.pages.print_queue_words import (
    HELD,
    RUNNING,
    UNFINISHED,
    QueueWords,
    Standing,
    copy_text,
    faces,
    job_columns,
    paper_word,
    printers_of,
)
from courier_desk.ui.status_signs import print_word
from courier_desk.ui.table_model import RowTableModel
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.data_table import TablePanel

_AGAIN_MS = 100
Read = tuple[list[PrintJobRow], list[PrintJobRow], Mapping[str, str]]


class PrintQueuePage(Page):
    """Follows the printers live."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.ui = Ui_PrintQueuePage()
        self.ui.setupUi(self)
        self.words = QueueWords(ZoneInfo(ctx.services.station.zone))
        self.model = RowTableModel(job_columns(self.words), lambda row: row.job_id)
        self.table = TablePanel(self.model, "print_queue", self)
        self.acts = QueueActs(self)
        self.printers = QueuePrinters(self)
        self.other = OtherPrinter(ctx, self)
        self.preview = PaperPreview(ctx, self.ui.paper_view, self)
        self._standings: dict[str, Standing] = {}
        self._waiting: Counter[str] = Counter()
        self._unfinished_only = False
        self._again = QTimer(self, interval=_AGAIN_MS, singleShot=True)
        self._again.timeout.connect(self._look)
        self._lay_out()
        self._connect()
        self._read_standings()
        self.retranslate()
        self.preview.show(None)
        self._look()

    def activate(self) -> None:
        self._look()
        self.table.table.setFocus()

    def open_with(self, arguments: Mapping[str, str]) -> None:
        self.table.filter_edit.setText(number_text(arguments.get("text", "")))

    def snapshot(self) -> dict[str, Any]:
        return {"unfinished": self._unfinished_only}

    def restore(self, state: Mapping[str, Any]) -> None:
        if bool(state.get("unfinished")) != self._unfinished_only:
            self._on_unfinished()

    def retranslate(self) -> None:
        ui, hint = self.ui, self.ctx.keys.hint
        ui.retranslateUi(self)
        ui.preview_title.setText(_("Preview"))
        self._show_page()
        ui.other_button.setText(hint(_("To the other printer"), "other_printer"))
        ui.edit_button.setText(hint(_("Set up"), "queue.edit"))
        ui.add_button.setText(hint(_("Add a printer"), "queue.add"))
        ui.again_button.setText(hint(_("Try again"), "queue.again"))
        ui.came_out_button.setText(hint(_("It came out"), "queue.came_out"))
        ui.cancel_button.setText(hint(_("Not wanted"), "queue.cancel"))
        ui.reprint_button.setText(hint(_("One more copy"), "print"))
        self.unfinished_button.setText(hint(_("Only what is not out"), "queue.unfinished"))
        self.model.retranslate()
        self._show_printers()
        self._on_chosen(self.table.table.current_row())

    def _lay_out(self) -> None:
        self.ui.table_column.addWidget(self.table)
        self.unfinished_button = self.acts.toggle_button()
        self.table.actions_row.addWidget(self.unfinished_button)
        self.table.empty.set_icon("printer")
        self.table.set_empty_texts(self._empty_texts)

    def _connect(self) -> None:
        ui, ctx = self.ui, self.ctx
        buttons: dict[str, tuple[QPushButton, Callable[[], object]]] = {
            "queue.stop": (ui.stop_button, self._on_stop),
            "queue.again": (ui.again_button, partial(self._settle, PrintState.WAITING)),
            "queue.came_out": (ui.came_out_button, partial(self._settle, PrintState.PRINTED)),
            "queue.cancel": (ui.cancel_button, partial(self._settle, PrintState.CANCELLED)),
            "print": (ui.reprint_button, self._on_reprint),
            "queue.edit": (ui.edit_button, self._on_edit),
            "queue.add": (ui.add_button, self.printers.add),
            "queue.unfinished": (self.unfinished_button, self._on_unfinished),
        }
        for act, (button, slot) in buttons.items():
            button.clicked.connect(partial(_without_arguments, slot))
            ctx.keys.bind(act, self, slot)
        ui.other_button.clicked.connect(self.other.move)
        ctx.keys.bind("filter", self, self.table.filter_edit.setFocus)
        ctx.keys.bind("refresh", self, self._look)
        ctx.keys.bind("queue.next_page", self, self.preview.turn)
        ctx.keys.changed.connect(self.retranslate)
        ctx.preferences.changed.connect(self._on_preferences)
        ctx.changes.listen({"print_job", "order"}, self, self._on_changed)
        ctx.bridge.print_job_changed.connect(self._on_print_job)
        ctx.bridge.queue_changed.connect(self._on_queue)
        self.table.table.row_chosen.connect(self._on_chosen)
        self.preview.turned.connect(self._show_page)
        ui.printers_strip.chosen.connect(self._on_printer_chosen)
        ui.printers_strip.opened.connect(self.printers.edit)

    def _look(self) -> None:
        self.run(self._read, self._on_read)

    def _read(self) -> Read:
        """On the db lane."""
        services, actor = self.ctx.services, self.ctx.actor
        unfinished = services.find.print_jobs(actor, unfinished_only=True)
        rows = unfinished if self._unfinished_only else services.find.print_jobs(actor)
        return rows, unfinished, {person.id: person.name for person in services.reference.people()}

    def _on_read(self, read: Read) -> None:
        rows, unfinished, self.words.people = read
        self._waiting = Counter(row.printer for row in unfinished)
        self.table.set_rows(rows)
        self.table.table.choose_first()
        self._show_printers()
        self._on_chosen(self.table.table.current_row())

    def _on_changed(self, _changes: tuple[Change, ...]) -> None:
        self._on_print_job("")

    def _on_print_job(self, _job: str) -> None:
        if self.isVisible() and not self._again.isActive():
            self._again.start()

    def _on_queue(self, status: Any) -> None:
        self._standings[status.printer] = Standing(status.state.value, status.text)
        self._show_printers()

    def _on_preferences(self) -> None:
        self._show_printers()

    def _on_printer_chosen(self, _name: str) -> None:
        self._show_stop()

    def _read_standings(self) -> None:
        for status in self.ctx.app.hardware.queues:
            self._standings[status.printer] = Standing(status.state.value, status.text)

    def _show_printers(self) -> None:
        settings = self.ctx.preferences.settings
        printers = printers_of(settings, str(self.ctx.app.folder.paper))
        self.ui.printers_strip.show_printers(faces(printers, settings, self._standings, self._waiting))
        steers, sets = self.ctx.session.may(Action.PRINT_QUEUE_STEER), self.ctx.session.may(Action.SETTINGS_CHANGE)
        self.ui.other_button.setEnabled(steers and len(printers) > 1)
        self.ui.add_button.setEnabled(sets)
        self.ui.edit_button.setEnabled(sets)
        self._show_stop()

    def _show_stop(self) -> None:
        standing = self._standings.get(self.ui.printers_strip.current, Standing())
        words = {RUNNING: _("Stop the printer"), HELD: _("Go on")}
        self.ui.stop_button.setText(self.ctx.keys.hint(words.get(standing.state, _("Start the printer")), "queue.stop"))
        self.ui.stop_button.setEnabled(self.ctx.session.may(Action.PRINT_QUEUE_STEER))

    def _on_stop(self) -> None:
        name = self.ui.printers_strip.current
        if name not in self._standings or not self.ui.stop_button.isEnabled():
            return
        spooler = self.ctx.app.hardware.spooler
        if self._standings.get(name, Standing()).state == RUNNING:
            spooler.stop(name)
        else:
            spooler.resume(name)

    def _on_chosen(self, row: PrintJobRow | None) -> None:
        self.preview.show(row)
        chosen = self.table.table.chosen_rows() if row is not None else ()
        steers = self.ctx.session.may(Action.PRINT_QUEUE_STEER)
        for button, state in (
            (self.ui.again_button, PrintState.WAITING),
            (self.ui.came_out_button, PrintState.PRINTED),
            (self.ui.cancel_button, PrintState.CANCELLED),
        ):
            button.setEnabled(steers and any(_can(each, state) for each in chosen))
        over = row is not None and PrintState(row.state) in (PrintState.PRINTED, PrintState.SENT)
        self.ui.reprint_button.setEnabled(over and self.ctx.session.may(Action.LABEL_REPRINT))
        self.ui.preview_note.setText(_about(row) if row is not None else "")

    def _show_page(self) -> None:
        page, pages = self.preview.pages
        words = _("Page {n} of {pages}").format(n=page, pages=pages)
        self.ui.preview_title.set_note(self.ctx.keys.hint(words, "queue.next_page") if pages > 1 else "")

    def _settle(self, state: PrintState) -> None:
        """The chosen papers become ``state``, as far as they can."""
        rows = [row for row in self.table.table.chosen_rows() if _can(row, state)]
        if rows and self.ctx.session.may(Action.PRINT_QUEUE_STEER):
            self.acts.settle(rows, state)

    def _on_reprint(self) -> None:
        row = self.table.table.current_row()
        if isinstance(row, PrintJobRow) and self.ui.reprint_button.isEnabled():
            self.acts.reprint(row)

    def _on_edit(self) -> None:
        if self.ui.edit_button.isEnabled():
            self.printers.edit(self.ui.printers_strip.current)

    def _on_unfinished(self) -> None:
        self._unfinished_only = not self._unfinished_only
        self.unfinished_button.setChecked(self._unfinished_only)
        self._look()

    def _empty_texts(self) -> tuple[str, str, str]:
        if self._unfinished_only:
            return _("Everything is out"), _("No paper waits for a printer or for you."), ""
        return _("No paper yet"), _("Labels, bag tags and lists stand here as soon as they are asked for."), ""


def _can(row: PrintJobRow, state: PrintState) -> bool:
    """True when a person may bring this paper to ``state``; what a printer says of itself is left to the printer."""
    now = PrintState(row.state)
    return now in UNFINISHED and now is not PrintState.SENDING and may_become(now, state)


def _about(row: PrintJobRow) -> str:
    parts = [f"{paper_word(row.kind)} {number_text(row.title)}", print_word(row.state), copy_text(row), row.error]
    return "\n".join(part for part in parts if part)


def _without_arguments(slot: Callable[[], object], *_arguments: object) -> None:
    slot()

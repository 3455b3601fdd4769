"""The lists of the page of headquarters as workbooks: what was refused and what waits whole, the others as shown."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from courier_desk.base.translation import Message, _, message, plural
from courier_desk.domain.user import Action
from courier_desk.services.care import OperationRow
from courier_desk.services.exchange_state import RefusedRow
from courier_desk.ui.page import Page
from courier_desk.ui.pages.list_export import Cell, ExportJob, ListExport
from courier_desk.ui.pages.sync_reasons import refused_state, what_to_do, why_refused
from courier_desk.ui.pages.sync_words import kind_word
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.data_table import TablePanel

# One piece is fetched in a few milliseconds, so that scans pass between two of them.
PIECE = 200
_REFUSED_HEADS = (
    message("State"),
    message("About"),
    message("What"),
    message("When"),
    message("Why"),
    message("What to do"),
    message("Headquarters says"),
    message("No."),
    message("Operation"),
)
_WAITING_HEADS = (message("No."), message("When"), message("What"), message("About"))
_TITLES: Mapping[str, Message] = {
    "refused": message("Refused by headquarters"),
    "waiting": message("Waiting for headquarters"),
    "aside": message("Kept aside"),
    "proofs": message("Days compared"),
    "references": message("Reference data"),
}


class SyncExport(QObject):
    """Gives each list its button and one key; one file at a time, which the same button stops.

    ``panels`` are the lists by their parts, ``shown`` says which part is. Where it has no list of its own, and beside
    the latest operations, it is what waits."""

    def __init__(self, page: Page, panels: Mapping[str, TablePanel], shown: Callable[[], str], zone: ZoneInfo) -> None:
        super().__init__(page)
        self._ctx, self._panels, self._shown, self._zone = page.ctx, panels, shown, zone
        self.export = ListExport(page.ctx, page)
        self._buttons: dict[str, QPushButton] = {}
        for part, panel in panels.items():
            self._buttons[part] = button = QPushButton(panel)
            button.setEnabled(page.ctx.session.may(Action.LIST_EXPORT))
            button.clicked.connect(self.ask)
            panel.actions_row.addWidget(button)
        page.ctx.keys.bind("export", page, self.ask)
        self.export.progressed.connect(self._on_progress)
        self.export.ended.connect(self.retranslate)
        self.export.failed.connect(partial(page.ctx.notifier.error, place=page))

    def ask(self) -> None:
        """Ask where the list that is shown goes; while one is being fetched, stop that."""
        if self.export.running:
            self.export.stop()
        elif not self._ctx.session.may(Action.LIST_EXPORT):
            self._ctx.notifier.say(message("Your role does not allow this function."), "warn")
        else:
            self.export.ask_file(self._job(self._shown()))

    def retranslate(self) -> None:
        """The language or a key changed, or an export ended."""
        for part, button in self._buttons.items():
            text = _("Export what waits") if part == "latest" else _("Export to Excel")
            button.setText(self._ctx.keys.hint(text, "export"))

    def _job(self, part: str) -> ExportJob:
        if part == "refused":
            return refused(self._ctx, self._zone)
        if part in ("overview", "latest"):
            return waiting(self._ctx, self._zone)
        return as_shown(self._ctx, part, self._panels[part])

    def _on_progress(self, count: int) -> None:
        fetched = plural("{n} row fetched", "{n} rows fetched", count)
        for button in self._buttons.values():
            button.setText("  ·  ".join((_("Stop"), fetched)))


def refused(ctx: UiContext, zone: ZoneInfo) -> ExportJob:
    """Everything headquarters refused, why and what to do; settled ones too."""

    def fetch(fetched: Sequence[RefusedRow]) -> Sequence[RefusedRow]:
        return ctx.services.care.refused(fetched[-1] if fetched else None, PIECE)

    def cells(row: RefusedRow) -> tuple[Cell, ...]:
        at = row.refused_at.astimezone(zone).replace(tzinfo=None)
        told = (refused_state(row), row.number, kind_word(row.kind), at, why_refused(row), what_to_do(row), row.text)
        return (*told, row.seq, row.op_id)

    return ExportJob(**_named(ctx, "refused"), heads=_words(_REFUSED_HEADS), cells=cells, fetch=fetch, piece=PIECE)


def waiting(ctx: UiContext, zone: ZoneInfo) -> ExportJob:
    """Everything that waits, the oldest first."""

    def fetch(fetched: Sequence[OperationRow]) -> Sequence[OperationRow]:
        return ctx.services.care.waiting(fetched[-1] if fetched else None, PIECE)

    def cells(row: OperationRow) -> tuple[Cell, ...]:
        return row.seq, row.at.astimezone(zone).replace(tzinfo=None), kind_word(row.kind), row.number

    return ExportJob(**_named(ctx, "waiting"), heads=_words(_WAITING_HEADS), cells=cells, fetch=fetch, piece=PIECE)


def as_shown(ctx: UiContext, part: str, panel: TablePanel) -> ExportJob:
    """The rows of a list as they stand on the screen, filtered and sorted."""
    model = panel.table.rows_model
    rows = model.rows
    heads = _words([column.title for column in model.columns])
    return ExportJob(
        **_named(ctx, part), heads=heads, cells=model.texts, fetch=lambda _fetched: rows, piece=len(rows) + 1
    )


def _named(ctx: UiContext, what: str) -> dict[str, Any]:
    name = str(_TITLES[what])
    return {
        "question": _("Export the list"),
        "stem": name,
        "title": "  ·  ".join((name, str(ctx.services.station.name))),
        "record": partial(ctx.services.care.note_export, ctx.actor, what),
    }


def _words(heads: Sequence[Message]) -> tuple[str, ...]:
    return tuple(str(head) for head in heads)

"""Handover (出港交接): the lines of the evening with what waits for them, and the lists of the last days."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent

from courier_desk.base.changes import Change
from courier_desk.base.lanes import Priority
from courier_desk.base.translation import _, message, plural
from courier_desk.domain.cut_off import Urgency, urgency
from courier_desk.domain.manifest import ManifestState
from courier_desk.domain.scan import CodeKind
from courier_desk.services.floor import PAST_DAYS, LineRow
from courier_desk.services.handovers import HandoverResult
from courier_desk.services.rows import ManifestRow
from courier_desk.ui.generated.ui_handovers_page import Ui_HandoversPage
from courier_desk.ui.page import Page
from courier_desk.ui.pages.handover_tables import line_table, past_table
from courier_desk.ui.scan_hub import Scanned
from courier_desk.ui.theme import set_tone
from courier_desk.ui.tokens import ROW_HEIGHT
from courier_desk.ui.ui_context import UiContext

_LOOK_AGAIN_MS = 30_000
_LEAST_LINES, _ROOM_FOR_LINES = 5, 560
_MOST_LINES = 9  # so many lines of an evening without scrolling in the smallest window


class HandoversPage(Page):
    """Enter on a line loads it: its open list goes on, or a new one begins. Enter on a list shows it."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.ui = Ui_HandoversPage()
        self.ui.setupUi(self)
        self.lines = line_table(self)
        self.past = past_table(ZoneInfo(ctx.services.station.zone), ctx.app.clock.now, self)
        self.ui.lines_column.addWidget(self.lines)
        self.ui.past_column.addWidget(self.past)
        self._rows: tuple[LineRow, ...] = ()
        self._wanted = ""
        self._opening = False
        self._timer = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._connect()
        self.retranslate()

    def activate(self) -> None:
        self._timer.start()
        self._look()
        self.lines.setFocus()

    def deactivate(self) -> None:
        self._timer.stop()

    def open_with(self, arguments: Mapping[str, str]) -> None:
        if "number" in arguments:
            self._go_to(arguments["number"])
        if "line" in arguments:
            self.lines.choose(arguments["line"])

    def handle_scan(self, scan: Scanned) -> bool:
        if scan.code.kind is not CodeKind.LIST:
            return False
        self._go_to(scan.code.number)
        return True

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        keys = self.ctx.keys
        self.ui.load_button.setText(_("Load this line") + "  " + _("Enter"))
        self.ui.look_button.setText(_("Look at it") + "  " + _("Enter"))
        self.ui.supplement_button.setText(keys.hint(_("Supplement"), "handover.supplement"))
        self.ui.past_title.setText(keys.hint(_("Lists of the last days"), "handover.past"))
        self.past.set_empty_texts(_nothing_yet)
        self._show_note()

    def _connect(self) -> None:
        keys, ui = self.ctx.keys, self.ui
        keys.changed.connect(self.retranslate)
        keys.bind("handover.supplement", self, self._on_supplement)
        keys.bind("handover.past", self, self._on_past)
        keys.bind("refresh", self, self._look)
        keys.bind("filter", self, self.past.filter_edit.setFocus)
        self._timer.timeout.connect(self._look)
        self.lines.row_activated.connect(self._on_line)
        self.past.table.row_activated.connect(self._on_list)
        self.past.table.row_chosen.connect(self._on_list_chosen)
        ui.load_button.clicked.connect(self._on_load)
        ui.look_button.clicked.connect(self._on_look)
        ui.supplement_button.clicked.connect(self._on_supplement)
        self.ctx.changes.listen({"manifest", "bag"}, self, self._on_changed)

    def _look(self) -> None:
        self.run(self._read, self._on_read)

    def _read(self) -> tuple[tuple[LineRow, ...], list[ManifestRow]]:
        """On the db lane."""
        services, actor, today = self.ctx.services, self.ctx.actor, self.ctx.app.desk.today()
        past = services.find.manifests(actor, today - timedelta(days=PAST_DAYS))
        return services.floor.lines(actor, today), past

    def _on_read(self, found: tuple[tuple[LineRow, ...], Sequence[ManifestRow]]) -> None:
        self._rows, past = found
        self.lines.rows_model.set_rows(self._rows)
        self._fit_lines()
        if self.lines.current_row() is None:
            busy = next((row for row in self._rows if row.waiting.pieces), None)
            self.lines.choose(busy.code if busy else "")
            self.lines.choose_first()
        self.past.set_rows(past)
        self._show_note()
        self._on_list_chosen(self.past.table.current_row())
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self._go_to(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_lines()

    def _fit_lines(self) -> None:
        """As high as its rows, so that the rest of the page belongs to the lists."""
        head, rows = ROW_HEIGHT + 4, max(1, len(self._rows))
        # Messages over the tabs take room away for a while: then the lines scroll rather than the page breaks.
        least = _MOST_LINES if self.height() >= _ROOM_FOR_LINES else _LEAST_LINES
        self.lines.setMinimumHeight(head + min(rows, least) * ROW_HEIGHT)
        self.lines.setMaximumHeight(head + rows * ROW_HEIGHT)

    def _show_note(self) -> None:
        urgent = [row for row in self._rows if row.waiting.pieces and urgency(row.left_minutes) is not Urgency.CALM]
        late = [row for row in urgent if urgency(row.left_minutes) is Urgency.LATE]
        set_tone(self.ui.lines_note, "bad" if late else "warn" if urgent else "muted")
        if late:
            said = plural("{n} line is late and parcels wait", "{n} lines are late and parcels wait", len(late))
        elif urgent:
            said = plural(
                "{n} line has half an hour left or less", "{n} lines have half an hour left or less", len(urgent)
            )
        else:
            said = _("What stands in the station for tonight's lines")
        self.ui.lines_note.setText(said)

    def _go_to(self, number: str) -> None:
        """The list with this number, scanned or asked for."""
        rows = [row for row in self.past.table.rows_model.rows if row.number == number]
        if rows:
            self.ctx.navigator.open("handover_list", manifest=rows[0].manifest_id)
        elif self._rows:
            self.ctx.notifier.say(message("There is no list with this number in the last days."), "warn")
        else:
            self._wanted = number

    def _on_line(self, row: object) -> None:
        if not isinstance(row, LineRow) or self._opening:
            return
        if row.open_id:
            self.ctx.navigator.open("handover_list", manifest=row.open_id)
            return
        self._opening = True
        begin = partial(self.ctx.services.handovers.open, self.ctx.actor, row.code, row.plate, row.driver)
        self.run(begin, self._on_opened, priority=Priority.URGENT, on_error=self._on_open_failed)

    def _on_opened(self, result: HandoverResult) -> None:
        self._opening = False
        self.ctx.changes.publish(result.changes)
        self.ctx.navigator.open("handover_list", manifest=result.manifest.id)

    def _on_open_failed(self, error: Exception) -> None:
        self._opening = False
        self.ctx.notifier.error(error, self)

    def _on_list(self, row: object) -> None:
        if isinstance(row, ManifestRow):
            self.ctx.navigator.open("handover_list", manifest=row.manifest_id)

    def _on_list_chosen(self, row: object) -> None:
        self.ui.look_button.setEnabled(isinstance(row, ManifestRow))
        self.ui.supplement_button.setEnabled(isinstance(row, ManifestRow) and row.state == ManifestState.CLOSED)

    def _on_load(self) -> None:
        self._on_line(self.lines.current_row())

    def _on_look(self) -> None:
        self._on_list(self.past.table.current_row())

    def _on_past(self) -> None:
        self.past.table.setFocus()
        self.past.table.choose_first()

    def _on_supplement(self) -> None:
        row = self.past.table.current_row()
        if isinstance(row, ManifestRow):
            more = partial(self.ctx.services.handovers.supplement, self.ctx.actor, row.manifest_id)
            self.run(more, self._on_opened, priority=Priority.URGENT)

    def _on_changed(self, _changes: tuple[Change, ...]) -> None:
        if self.isVisible():
            self._look()


def _nothing_yet() -> tuple[str, str, str]:
    return _("No list in the last days"), _("Choose a line above and press Enter to begin its list."), ""

"""Headquarters: how the line is, what waits, what was refused and why; the record, backups, and a file for whoever
looks for a fault. A station that never joins sees only what would wait."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from courier_desk.base.changes import Change
from courier_desk.base.translation import _, message
from courier_desk.domain.paper import StationKind
from courier_desk.services.exchange_state import Standing
from courier_desk.services.sync_state import SyncState, SyncWord
from courier_desk.ui.dialogs.new_code import ask_new_code
from courier_desk.ui.fonts import text_font
from courier_desk.ui.generated.ui_sync_page import Ui_SyncPage
from courier_desk.ui.page import Page
from courier_desk.ui.pages.sync_care import SyncCare
from courier_desk.ui.pages.sync_export import SyncExport
from courier_desk.ui.pages.sync_line import SyncFound, figures, needs_code, show_code_card, show_line
from courier_desk.ui.pages.sync_reasons import refused_facts, trouble_text
from courier_desk.ui.pages.sync_tables import kept_table, latest_table, proof_table, reference_table, refused_table
from courier_desk.ui.pages.sync_words import age, kind_word
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.data_table import TablePanel
from courier_desk.ui.widgets.fact_list import Fact, FactList
from courier_desk.ui.widgets.tally import Figure

OVERVIEW, REFUSED, ASIDE, PROOFS, REFERENCES, LATEST = PARTS = (
    "overview",
    "refused",
    "aside",
    "proofs",
    "references",
    "latest",
)
_FEW_NUMBERS = 200
# What people do is shown at once; while two weeks are sent, looking must not take the database from the scans.
_AGAIN_MS = 120
_SENDING_MS = 1000
_DETAIL_ROWS = 4
_LOW_PAGE = 530
_KINDS = ("order", "scan", "bag", "manifest", "print_job", "sync", "refused_operation", "reference", "history")


class SyncPage(Page):
    """Looks again whenever it comes to the front, when something was saved or came in, and when the line changes."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.ui = Ui_SyncPage()
        self.ui.setupUi(self)
        self._zone = ZoneInfo(ctx.services.station.zone)
        self._state = ctx.bridge.sync_state or SyncState(SyncWord.NOT_JOINED)
        self._found: SyncFound | None = None
        self._part = OVERVIEW
        self._asks_code = False
        self.care = SyncCare(self, self.ui, self._zone)
        self._make_tables()
        self.exports = SyncExport(self, self._panels, lambda: self._part, self._zone)
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._look)
        self._connect()
        self.retranslate()
        self.show_part(OVERVIEW)

    def activate(self) -> None:
        if self._live and self.ctx.app.sync.state.word is not SyncWord.NOT_JOINED:
            self._state = self.ctx.app.sync.state
        self._look()
        self._focus()

    def open_with(self, arguments: Mapping[str, str]) -> None:
        """``part`` one of PARTS; with ``code`` the new code is asked for at once."""
        self._asks_code = self._live and "code" in arguments
        if self._live and arguments.get("part") in PARTS:
            self.show_part(arguments["part"])

    def snapshot(self) -> dict[str, Any]:
        return {"part": self._part}

    def restore(self, state: Mapping[str, Any]) -> None:
        self.open_with({"part": str(state.get("part"))})

    def show_part(self, part: str) -> None:
        """Show one of PARTS."""
        self._part = part
        self.ui.parts_stack.setCurrentIndex(PARTS.index(part))
        for each, button in self._part_buttons.items():
            button.setChecked(each == part)
        self._focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def retranslate(self) -> None:
        ui, hint = self.ui, self.ctx.keys.hint
        ui.retranslateUi(self)
        ui.latest_title.setText(_("The latest operations"))
        ui.line_title.setText(_("The line"))
        ui.kinds_title.setText(_("Waiting, by kind"))
        ui.record_title.setText(_("The record"))
        ui.backup_title.setText(_("Backups"))
        ui.verify_button.setText(hint(_("Check the record"), "sync.verify"))
        ui.back_up_button.setText(hint(_("Back up now"), "sync.back_up"))
        ui.diagnose_button.setText(hint(_("Diagnostics file …"), "sync.diagnose"))
        ui.send_button.setText(hint(_("Send now"), "sync.send"))
        ui.code_button.setText(hint(_("Enter a new code …"), "sync.code"))
        self.exports.retranslate()
        self._show()

    @property
    def _live(self) -> bool:
        return self.ctx.services.station.kind is StationKind.LIVE

    def _make_tables(self) -> None:
        ui, zone = self.ui, self._zone
        self.table = latest_table(zone, self)
        self._panels: dict[str, TablePanel] = {
            REFUSED: refused_table(zone, self),
            ASIDE: kept_table(zone, self),
            PROOFS: proof_table(zone, self),
            REFERENCES: reference_table(zone, self),
            LATEST: self.table,
        }
        self.refused_facts = FactList(self)
        self.refused_facts.keep_one_column(_DETAIL_ROWS)
        self._part_buttons: dict[str, QPushButton] = {part: getattr(ui, f"{part}_button") for part in PARTS}
        for part in PARTS[1:]:
            step = QWidget(self) if part == LATEST and not self._live else self._panels[part]
            ui.parts_stack.addWidget(step)
        if not self._live:
            ui.latest_column.addWidget(self.table)
        column = self._panels[REFUSED].layout()
        if column is not None:
            column.addWidget(self.refused_facts)
        for widget in (ui.line_chip, ui.send_button, ui.parts_part, ui.line_card):
            widget.setVisible(self._live)
        ui.latest_card.setVisible(not self._live)
        ui.code_card.hide()

    def _connect(self) -> None:
        ui, keys = self.ui, self.ctx.keys
        acts: list[tuple[str, QPushButton, Callable[[], object]]] = [
            ("sync.verify", ui.verify_button, self.care.verify),
            ("sync.back_up", ui.back_up_button, self.care.back_up),
            ("sync.diagnose", ui.diagnose_button, self.care.ask_file),
            ("sync.send", ui.send_button, self.send_now),
            ("sync.code", ui.code_button, self.enter_code),
        ]
        acts += [(f"sync.{part}", self._part_buttons[part], partial(self._on_part, part)) for part in PARTS]
        for act, button, slot in acts:
            keys.bind(act, self, slot)
            button.clicked.connect(slot)
        keys.bind("refresh", self, self._look)
        keys.changed.connect(self.retranslate)
        self.care.backed_up.connect(self._look)
        self._panels[REFUSED].table.row_chosen.connect(self._on_refused_row)
        self.ctx.changes.listen(_KINDS, self, self._on_changed)
        self.ctx.bridge.sync_changed.connect(self._on_state)

    def send_now(self) -> None:
        """Do not wait for the next try."""
        if self._live:
            self.ctx.app.sync.retry()
            self.ctx.notifier.say(message("Headquarters is being asked …"))

    def enter_code(self) -> None:
        """Ask for a new one-time code, where the desk needs one."""
        if self._found is not None and needs_code(self._found, self._state):
            link = self._found.standing.link
            ask_new_code(self, self.ctx, trouble_text(link.reason) if link else "", self._on_entered)

    def _on_entered(self) -> None:
        self.ctx.notifier.done(message("This desk is in step with headquarters again."))
        self._look()

    def _on_part(self, part: str) -> None:
        if self._live:
            self.show_part(part)

    def _focus(self) -> None:
        shown = self._panels.get(self._part)
        if self._part == OVERVIEW and not self._live:
            shown = self.table
        if shown is not None and shown.table.isVisibleTo(self):
            shown.table.setFocus()
        elif self._live:
            self._part_buttons[self._part].setFocus()
        else:
            self.ui.verify_button.setFocus()

    def _on_changed(self, changes: tuple[Change, ...]) -> None:
        self._look_in(_SENDING_MS if all(change.kind == "sync" for change in changes) else _AGAIN_MS)

    def _on_state(self, state: SyncState) -> None:
        self._state = state
        self._show()
        self._look_in(_SENDING_MS)

    def _look_in(self, milliseconds: int) -> None:
        if self.isVisible() and not (self._again.isActive() and self._again.remainingTime() <= milliseconds):
            self._again.start(milliseconds)

    def _look(self) -> None:
        self.run(self._read, self._on_read)

    def _read(self) -> SyncFound:
        """On the db lane."""
        services = self.ctx.services
        care = services.care
        standing = services.exchange.standing() if self._live else Standing(None)
        return SyncFound(care.outbox(), care.backups(), standing, care.headquarters())

    def _on_read(self, found: SyncFound) -> None:
        self._found = found
        rows: tuple[tuple[str, Sequence[Any]], ...] = (
            (REFUSED, found.standing.refused),
            (ASIDE, found.lists.kept),
            (PROOFS, found.lists.proofs),
            (REFERENCES, found.lists.references),
            (LATEST, found.outbox.latest),
        )
        for part, shown in rows:
            self._panels[part].set_rows(shown)
            self._panels[part].table.choose_first()
        self.care.show_backups(found.backups)
        self._show()
        if self._asks_code:
            self._asks_code = False
            self.enter_code()

    def _show(self) -> None:
        self.care.show()
        self._name_parts()
        if not self._live:
            self.ui.line_note.setText(_("This station never contacts headquarters; what waits only shows how it is."))
        found = self._found
        if found is None:
            return
        facts = [Fact(kind_word(kind), str(n)) for kind, n in found.outbox.by_kind.items()]
        self.ui.kinds_facts.show_facts(facts)
        if self._live:
            self._show_live(found)
        else:
            self._show_alone(found)

    def _show_live(self, found: SyncFound) -> None:
        ui = self.ui
        ui.tally_strip.show_figures(figures(found, self.ctx.app.clock.now()))
        show_line(ui, found, self._state, self._zone)
        self._on_refused_row(self._panels[REFUSED].table.current_row())
        code = needs_code(found, self._state)
        ui.code_card.setVisible(code)
        # Where room is short the line comes first.
        low = self.height() < _LOW_PAGE
        ui.line_text.setFont(text_font() if low else text_font(points=12))
        ui.kinds_card.setVisible(not code and not low)
        ui.side_part.setVisible(not (code and low))
        ui.tally_strip.setVisible(not (code and low))
        if code:
            show_code_card(ui, found)

    def _show_alone(self, found: SyncFound) -> None:
        outbox, backups = found.outbox, found.backups
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

    def _name_parts(self) -> None:
        found = self._found
        refused, kept = (found.open_refused, found.kept) if found else (0, 0)
        titles = {
            OVERVIEW: _("Overview"),
            REFUSED: _("Refused"),
            ASIDE: _("Kept aside"),
            PROOFS: _("Days"),
            REFERENCES: _("Reference data"),
            LATEST: _("Latest"),
        }
        for part, title in titles.items():
            count = {REFUSED: refused, ASIDE: kept}.get(part, 0)
            named = f"{title} {count}" if count else title
            self._part_buttons[part].setText(self.ctx.keys.hint(named, f"sync.{part}"))

    def _on_refused_row(self, row: Any) -> None:
        self.refused_facts.show_facts(refused_facts(row) if row is not None else ())

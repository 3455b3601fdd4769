"""One handover list (交接清单): what should go at the left, what is loaded at the right; a scan moves it over."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer

from courier_desk.base.changes import Change
from courier_desk.base.translation import _, message
from courier_desk.domain.manifest import Manifest, ManifestState, seal_digest
from courier_desk.domain.scan import Code, CodeKind, Operation, Outcome, RawScan
from courier_desk.domain.user import Actor
from courier_desk.services.floor import LineRow
from courier_desk.services.scans import ScanCommand
from courier_desk.ui.dialogs.close_list import close_list
from courier_desk.ui.figures import number_text
from courier_desk.ui.floor_words import Said
from courier_desk.ui.generated.ui_handover_list_page import Ui_HandoverListPage
from courier_desk.ui.page import Page
from courier_desk.ui.pages.handover_acts import ListActs
from courier_desk.ui.pages.handover_face import ListState, show_state
from courier_desk.ui.pages.handover_tables import Thing, expected_things, loaded_things, thing_table
from courier_desk.ui.pages.scan_line import ScanEntry, ScanLine
from courier_desk.ui.pages.scan_next import NextAct
from courier_desk.ui.pages.scan_teller import ResultTeller
from courier_desk.ui.scan_hub import Scanned
from courier_desk.ui.ui_context import UiContext

_LOOK_AFTER_MS = 200
_MINUTE_MS = 30_000


class HandoverListPage(Page):
    """One tab for each list."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.ui = Ui_HandoverListPage()
        self.ui.setupUi(self)
        self._manifest_id = ""
        self._state: ListState | None = None
        self._place, self._last_text = 0, ""
        self.line = ScanLine(ctx, self)
        self.expected = thing_table("handover.expected", self)
        self.loaded = thing_table("handover.loaded", self)
        self.ui.expected_column.addWidget(self.expected)
        self.ui.loaded_column.addWidget(self.loaded)
        self._next = NextAct(self, "handover_list", self.ui.next_button, self.ui.manual_button)
        self._teller = ResultTeller(ctx, self.ui.result_panel, self._next)
        self._acts = ListActs(self)
        self._look_timer = QTimer(self, singleShot=True, interval=_LOOK_AFTER_MS)
        self._minute_timer = QTimer(self, interval=_MINUTE_MS)
        self._connect()
        self.retranslate()

    @property
    def manifest(self) -> Manifest | None:
        """The list as last seen."""
        return self._state.view.manifest if self._state else None

    def activate(self) -> None:
        self._minute_timer.start()
        self.loaded.setFocus()
        self.look()

    def deactivate(self) -> None:
        self._minute_timer.stop()
        self._look_timer.stop()

    def open_with(self, arguments: Mapping[str, str]) -> None:
        if arguments.get("manifest", self._manifest_id) != self._manifest_id:
            self._manifest_id, self._state = arguments["manifest"], None
            self.look()

    def shows(self, arguments: Mapping[str, str]) -> bool:
        return bool(self._manifest_id) and arguments.get("manifest") == self._manifest_id

    def snapshot(self) -> dict[str, Any]:
        return {"manifest": self._manifest_id}

    def restore(self, state: Mapping[str, Any]) -> None:
        self.open_with({"manifest": str(state.get("manifest", ""))})

    def tab_title(self) -> str:
        return f"{self.manifest.line} {self.manifest.number[-6:]}" if self.manifest else ""

    def can_close(self) -> bool:
        if self.line.waiting:
            self.ctx.notifier.say(message("{n} scans are not saved yet.", n=self.line.waiting), "warn")
        return not self.line.waiting

    def handle_scan(self, scan: Scanned) -> bool:
        if scan.repeat and scan.raw.text == self._last_text:
            return True  # one pull of the trigger read twice: it was answered a moment ago
        self._last_text = scan.raw.text
        self.take(scan.raw, scan.code)
        return True

    def take(self, raw: RawScan, code: Code) -> None:
        """A bag or parcel goes onto the list."""
        if code.kind is CodeKind.LIST:
            self.ctx.navigator.open("handover", number=code.number)
        elif not self._manifest_id or (self.manifest is not None and self.manifest.state is ManifestState.CLOSED):
            self._teller.refuse(Said("bad", _("List is closed"), next_step=_("Make a supplement for what still goes.")))
        elif code.kind is CodeKind.SEAL:
            self._teller.refuse(Said("warn", _("This is a seal"), code.number, next_step=_("Scan the tag of the bag.")))
        else:
            self._place += 1
            entry = ScanEntry(self._place, raw, code, Operation.LOADED)
            command = ScanCommand(raw, Operation.LOADED)
            load = partial(self.ctx.services.handovers.load, self.ctx.actor, self._manifest_id, command)
            self.line.send(entry, load)
            self.set_dirty(True)

    def look(self) -> None:
        """Read the list and its line anew."""
        if self._manifest_id:
            self.run(partial(self._read, self.ctx.actor, self._manifest_id), self._on_read)

    def _look_at_list(self) -> None:
        """After a scan the line is still the same; leave the database to the next scan."""
        if self._manifest_id:
            line = self._state.line if self._state else None
            self.run(partial(self._read_list, self.ctx.actor, self._manifest_id, line), self._on_read)

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        keys = self.ctx.keys
        self._next.retranslate()
        self.ui.export_button.setText(keys.hint(_("Excel"), "export"))
        self.ui.print_button.setText(keys.hint(_("Print again"), "print"))
        self.ui.supplement_button.setText(keys.hint(_("Supplement"), "handover_list.supplement"))
        self.ui.close_button.setText(keys.hint(_("Close the list"), "confirm"))
        self.ui.unload_button.setText(keys.hint(_("Unload"), "handover_list.unload"))
        show_state(self.ui, self._state)
        self._teller.again(self._waiting())

    def _connect(self) -> None:
        keys, ui, acts = self.ctx.keys, self.ui, self._acts
        keys.changed.connect(self.retranslate)
        for act, button, slot in (
            ("export", ui.export_button, self._on_export),
            ("print", ui.print_button, self._on_print),
            ("handover_list.supplement", ui.supplement_button, self._on_supplement),
            ("confirm", ui.close_button, self.close_list),
            ("handover_list.unload", ui.unload_button, self._on_unload),
        ):
            keys.bind(act, self, slot)
            button.clicked.connect(slot)
        keys.bind("refresh", self, self.look)
        self._look_timer.timeout.connect(self._look_at_list)
        self._minute_timer.timeout.connect(self.look)
        self.line.answered.connect(self._on_answered)
        self.line.held_changed.connect(self._teller.held)
        self._next.typed.connect(self.take)
        self._next.seal_asked.connect(acts.seal_first)
        acts.sealed.connect(self._on_sealed)
        acts.said.connect(self._teller.say)
        self.ctx.changes.listen({"manifest", "bag", "parcel"}, self, self._on_changed)

    def _read(self, actor: Actor, manifest_id: str) -> ListState:
        """On the db lane."""
        state = self._read_list(actor, manifest_id, None)
        lines = self.ctx.services.floor.lines(actor, self.ctx.app.desk.today())
        return replace(state, line=next((row for row in lines if row.code == state.view.manifest.line), None))

    def _read_list(self, actor: Actor, manifest_id: str, line: LineRow | None) -> ListState:
        """On the db lane."""
        view = self.ctx.services.handovers.view(actor, manifest_id)
        digest = view.manifest.digest
        return ListState(view, line, not digest or seal_digest(view.manifest) == digest)

    def _on_read(self, state: ListState) -> None:
        if state.view.manifest.id == self._manifest_id:
            first = self._state is None
            self._state = state
            self.expected.rows_model.set_rows(expected_things(state.view))
            self.loaded.rows_model.set_rows(loaded_things(state.view))
            show_state(self.ui, self._state)
            if first:
                self.title_changed.emit()
                self._teller.again(self._waiting())

    def close_list(self) -> None:
        """Ask for plate, driver and the word on the difference."""
        state = self._state
        if state is not None and state.view.manifest.state is ManifestState.OPEN:
            plate = state.view.manifest.plate or (state.line.plate if state.line else "")
            driver = state.view.manifest.driver or (state.line.driver if state.line else "")
            close_list(self, self.ctx, state.view, plate, driver, self._on_closed)

    def _on_closed(self, manifest: object) -> None:
        if isinstance(manifest, Manifest):
            self.ctx.sounds.play(Outcome.ACCEPTED)
            text = _("The list is in the print queue; both sides sign it.")
            self._teller.say(Said("good", _("Closed"), number_text(manifest.number), "", "", manifest.plate, text))
            self.look()

    def _on_answered(self, entry: ScanEntry) -> None:
        self._teller.answer(entry)
        self.set_dirty(bool(self.line.waiting))
        if entry.result is not None:
            self.ctx.changes.publish(entry.result.changes)

    def _on_sealed(self, entry: ScanEntry) -> None:
        """The bag that was not sealed is now: it goes onto the list at once."""
        self.take(RawScan(entry.raw.text, entry.raw.device, self.ctx.app.clock.now(), entry.raw.keyed), entry.code)

    def _on_changed(self, _changes: tuple[Change, ...]) -> None:
        if self.isVisible() and not self._look_timer.isActive():
            self._look_timer.start()

    def _on_export(self) -> None:
        if self.manifest is not None:
            self._acts.export(self.manifest)

    def _on_print(self) -> None:
        if self.manifest is not None and self.manifest.state is ManifestState.CLOSED:
            self._acts.print_again(self.manifest)

    def _on_supplement(self) -> None:
        if self.manifest is not None and self.manifest.state is ManifestState.CLOSED:
            self._acts.supplement(self.manifest)

    def _on_unload(self) -> None:
        thing = self.loaded.current_row()
        if self.manifest is not None and self.manifest.state is ManifestState.OPEN:
            if isinstance(thing, Thing):
                self._acts.unload(self.manifest, thing)
            else:
                self.ctx.notifier.say(message("Choose at the right what is taken off the list."), "info")

    def _waiting(self) -> Said:
        """What stands there until the first scan comes."""
        if self.manifest is not None and self.manifest.state is ManifestState.CLOSED:
            return Said("muted", _("Closed"), detail=_("This list changes only by a supplement."))
        return Said("muted", _("Loading"), detail=_("Scan the tags of bags and the numbers of loose parcels."))

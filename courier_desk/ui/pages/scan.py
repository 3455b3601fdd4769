"""The scan station: every scan answered at once by colour, one large word and a sound; nothing is silently dropped."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent

from courier_desk.base.changes import Change
from courier_desk.base.translation import _, message
from courier_desk.domain.scan import Code, CodeKind, Operation, Outcome, RawScan
from courier_desk.services.floor import Expected
from courier_desk.services.rows import BagRow
from courier_desk.services.scans import ScanCommand, ScanResult
from courier_desk.ui.figures import number_text
from courier_desk.ui.floor_words import Said
from courier_desk.ui.generated.ui_scan_page import Ui_ScanPage
from courier_desk.ui.page import Page
from courier_desk.ui.pages.scan_bag import BagChoice
from courier_desk.ui.pages.scan_bag_acts import BagActs
from courier_desk.ui.pages.scan_later import LaterCount
from courier_desk.ui.pages.scan_line import ScanEntry, ScanLine, Tally
from courier_desk.ui.pages.scan_next import NextAct
from courier_desk.ui.pages.scan_recent import RecentScans, device_words
from courier_desk.ui.pages.scan_teller import ResultTeller
from courier_desk.ui.pages.scan_words import OPERATIONS, figures, operation_word, waiting_said
from courier_desk.ui.scan_hub import Scanned
from courier_desk.ui.ui_context import UiContext

_LOOK_AFTER_MS = 150
_COMMANDS = {operation.value.upper(): operation for operation in OPERATIONS}


class ScanPage(Page):
    """What a scan does is chosen by key or by a scanned command; the bag by its tag."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.ui = Ui_ScanPage()
        self.ui.setupUi(self)
        self._zone = ZoneInfo(ctx.services.station.zone)
        self._operation = Operation.COLLECTED
        self._tallies = {operation: Tally() for operation in OPERATIONS}
        self._expected: Expected | None = None
        self._place, self._last_text = 0, ""
        self._undecided: deque[tuple[RawScan, Code]] = deque()
        self._asked_for_bag: ScanEntry | None = None
        self.line = ScanLine(ctx, self)
        self.bags = BagChoice(self.ui, self)
        self._bag_acts = BagActs(self, self.bags)
        self.recent = RecentScans("scan.recent", self._zone, self)
        self.ui.recent_stack.addWidget(self.recent)
        self._next = NextAct(self, "scan", self.ui.next_button, self.ui.manual_button)
        self._teller = ResultTeller(ctx, self.ui.result_panel, self._next, self._right_bag)
        self._later = LaterCount(self, self.ui.later_button)
        self._look_timer = QTimer(self, singleShot=True, interval=_LOOK_AFTER_MS)
        self._operation_buttons = {one: getattr(self.ui, f"{one.value}_button") for one in OPERATIONS}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._connect()
        self.retranslate()
        self._show_operation()

    @property
    def operation(self) -> Operation:
        """What a scan does now."""
        return self._operation

    @property
    def tally(self) -> Tally:
        """What was counted for this operation since the page was opened."""
        return self._tallies[self._operation]

    def activate(self) -> None:
        self.setFocus()
        self._look()
        self._later.look()

    def deactivate(self) -> None:
        self._look_timer.stop()

    def can_close(self) -> bool:
        waiting = self.line.waiting + len(self._undecided)
        if waiting:
            self.ctx.notifier.say(message("{n} scans are not saved yet.", n=waiting), "warn")
        return not waiting

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self._next.retranslate()
        self._later.retranslate()
        for operation, button in self._operation_buttons.items():
            button.setText(self.ctx.keys.hint(operation_word(operation), f"scan.{operation.value}"))
        self.ui.new_bag_button.setText(self.ctx.keys.hint(_("New bag"), "scan.new_bag"))
        self.ui.seal_button.setText(self.ctx.keys.hint(_("Seal it"), "scan.seal"))
        self.ui.bag_label.setText(self.ctx.keys.hint(_("Bag"), "scan.choose_bag"))
        self.ui.recent_empty.set_icon("barcode")
        self.ui.recent_empty.set_texts(
            _("Nothing scanned yet"), _("Scan a parcel with any scanner; where the focus is does not matter.")
        )
        self.bags.show()
        self._show_tally()
        self._teller.again(waiting_said(self._operation))

    def snapshot(self) -> dict[str, Any]:
        return {"operation": self._operation.value, "bag": self.bags.bag_id}

    def restore(self, state: Mapping[str, Any]) -> None:
        if state.get("operation") in set(OPERATIONS):
            self.set_operation(Operation(state["operation"]))
        self.bags.choose(str(state.get("bag", "")))

    def handle_scan(self, scan: Scanned) -> bool:
        if scan.repeat and scan.raw.text == self._last_text:
            # One pull of the trigger read twice, with nothing in between: it was answered a moment ago.
            self.tally.repeats += 1
            self._show_tally()
        else:
            self._last_text = scan.raw.text
            self.take(scan.raw, scan.code)
        return True

    def take(self, raw: RawScan, code: Code) -> None:
        """One scan, after all that came before it: a bag that is being looked up decides over those behind it."""
        if self._bag_acts.looking_up:
            self._undecided.append((raw, code))
        elif code.kind is CodeKind.COMMAND:
            self._obey(code)
        elif code.kind is CodeKind.BAG:
            self.set_operation(Operation.BAGGED)
            self._bag_acts.choose(code.number)
        elif code.kind is CodeKind.SEAL:
            self._bag_acts.seal(code.number)
        elif code.kind is CodeKind.LIST:
            self.ctx.navigator.open("handover", number=code.number)
        else:
            self.record(raw, code)

    def record(self, raw: RawScan, code: Code, reason: str = "") -> None:
        """Keep a scan for the operation and the bag of this moment."""
        self._place += 1
        bag_id = self.bags.bag_id if self._operation is Operation.BAGGED else ""
        entry = ScanEntry(self._place, raw, code, self._operation, bag_id, reason)
        self.recent.add(entry)
        self.ui.recent_stack.setCurrentWidget(self.recent)
        command = ScanCommand(raw, entry.operation, bag_id or None, reason)
        self.line.send(entry, partial(self.ctx.services.scans.record, self.ctx.actor, command))
        self.set_dirty(True)

    def set_operation(self, operation: Operation) -> None:
        """From now on a scan does this."""
        if operation is not self._operation:
            self._operation, self._last_text = operation, ""
            self._expected = None
            self._show_operation()
            self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if plain and event.text().isalnum():
            self._next.type_number(event.text())
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        keys = self.ctx.keys
        keys.changed.connect(self.retranslate)
        for operation, button in self._operation_buttons.items():
            switch = partial(self.set_operation, operation)
            keys.bind(f"scan.{operation.value}", self, switch)
            button.clicked.connect(switch)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        keys.bind("scan.new_bag", self, self.open_bag)
        keys.bind("scan.seal", self, self._on_seal)
        keys.bind("scan.choose_bag", self, self._on_choose_bag)
        self.ui.new_bag_button.clicked.connect(self.open_bag)
        self.ui.seal_button.clicked.connect(self._on_seal)
        self.bags.changed.connect(self._look)
        self._bag_acts.said.connect(self._teller.say)
        self._bag_acts.opened.connect(self._on_bag_opened)
        self._bag_acts.decided.connect(self._decide)
        self._next.move_asked.connect(self._on_move_asked)
        self._next.new_bag_asked.connect(self.open_bag)
        self._next.typed.connect(self.take)
        self.line.answered.connect(self._on_answered)
        self.line.held_changed.connect(self._teller.held)
        self._look_timer.timeout.connect(self._look)
        self.recent.row_activated.connect(self._next.show_life_of)
        self.ctx.changes.listen({"bag", "order"}, self, self._on_changed)

    def _obey(self, code: Code) -> None:
        """A command that was scanned from the card on the wall."""
        if code.number in _COMMANDS:
            self.set_operation(_COMMANDS[code.number])
            self._teller.say(replace(waiting_said(self._operation), tone="info"))
        elif code.number == "SEAL":
            self._on_seal()
        elif code.number == "NEW-BAG":
            self.open_bag()
        else:
            self._teller.refuse(Said("bad", _("Unknown command"), code.text[:60]))

    def open_bag(self) -> None:
        """Ask where a new bag goes; a parcel that waits for one suggests it, and goes in first."""
        shown = self._teller.shown
        result = shown.result if shown else None
        waits = result is not None and result.outcome is Outcome.NO_BAG_OPEN
        self._asked_for_bag = shown if waits else None
        self._bag_acts.open(result.where if result and waits else "")

    def _on_seal(self) -> None:
        self._bag_acts.seal()

    def _on_bag_opened(self) -> None:
        waiting, self._asked_for_bag = self._asked_for_bag, None
        self._operation, self._last_text = Operation.BAGGED, ""
        self._show_buttons()
        if waiting is not None:
            self.record(replace(waiting.raw, at=self.ctx.app.clock.now()), waiting.code)

    def _on_move_asked(self, entry: ScanEntry) -> None:
        self.record(entry.raw, entry.code, entry.reason)

    def _decide(self) -> None:
        """The bag is known: whatever was scanned behind its tag goes on, in its order."""
        while self._undecided and not self._bag_acts.looking_up:
            self.take(*self._undecided.popleft())

    def _on_choose_bag(self) -> None:
        if self.ui.bag_card.isVisible() and self.ui.bag_combo.isEnabled():
            self.ui.bag_combo.setFocus()
            self.ui.bag_combo.showPopup()

    def _on_answered(self, entry: ScanEntry) -> None:
        self.recent.answer(entry)
        if entry.result is not None:
            self._tallies[entry.operation].count(entry.result.outcome)
            if entry.result.outcome is Outcome.UNKNOWN_NUMBER:
                self._later.look()
        self._teller.answer(entry)
        self.ui.device_chip.set(device_words(entry.raw), "muted", "keyboard" if entry.raw.keyed else "barcode")
        self._show_tally()
        self.set_dirty(bool(self.line.waiting))
        if entry.result is not None:
            self.ctx.changes.publish(entry.result.changes)

    def _on_changed(self, _changes: tuple[Change, ...]) -> None:
        if self.isVisible() and not self._look_timer.isActive():
            self._look_timer.start()

    def _look(self) -> None:
        self.run(partial(self._read, self._operation, self.bags.bag_id), self._on_read)

    def _read(self, operation: Operation, bag_id: str) -> tuple[Operation, Sequence[BagRow], Expected | None]:
        """On the db lane."""
        services, actor = self.ctx.services, self.ctx.actor
        rows = services.find.bags(actor, open_only=True)
        today = self.ctx.app.desk.today()
        return operation, rows, services.floor.expected(actor, operation, bag_id, today)

    def _on_read(self, found: tuple[Operation, Sequence[BagRow], Expected | None]) -> None:
        operation, rows, expected = found
        self.bags.set_rows(rows)
        if operation is self._operation:
            self._expected = expected
            self._show_tally()

    def _show_operation(self) -> None:
        self._show_buttons()
        self._teller.say(waiting_said(self._operation))
        self._show_tally()

    def _show_buttons(self) -> None:
        for operation, button in self._operation_buttons.items():
            chosen = operation is self._operation
            button.setChecked(chosen)
            button.setProperty("tone", "primary" if chosen else "")
            button.update()
        self.ui.bag_card.setVisible(self._operation is Operation.BAGGED)

    def _show_tally(self) -> None:
        self.ui.tally_strip.show_figures(figures(self.tally, self._expected))

    def _right_bag(self, result: ScanResult) -> str:
        """The open bag that a parcel belongs into."""
        row = self.bags.for_destination(result.where) if result.outcome is Outcome.WRONG_BAG else None
        return _("Its open bag: {tag}").format(tag=number_text(row.tag)) if row else ""

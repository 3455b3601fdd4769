"""The next step after a doubtful scan, on one key; and a number typed by hand."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from courier_desk.base.translation import Message, _, message
from courier_desk.domain.scan import Code, CodeKind, Operation, Outcome, RawScan
from courier_desk.ui.dialogs.manual_entry import ManualEntry, ask_number
from courier_desk.ui.dialogs.reason import ask_reason
from courier_desk.ui.floor_words import KEYED_DEVICE, STEP_WORDS, STEPS, NextStep
from courier_desk.ui.page import Page
from courier_desk.ui.pages.scan_line import ScanEntry

MOVE_REASONS = (
    message("The right bag is full"),
    message("It goes another way today"),
    message("It was put into the wrong bag"),
    message("The address was corrected"),
)
_MOVE_TEXTS: Mapping[Outcome, Message] = {
    Outcome.WRONG_BAG: message("This bag goes elsewhere. Why does the parcel go into it all the same?"),
    Outcome.IN_OTHER_BAG: message("The parcel was scanned into another bag. Why is it moved?"),
}


class NextAct(QObject):
    """Belongs to a page that scans; ``scope`` is its key in the registry. Its acts are ``<scope>.next_step`` and
    ``<scope>.type``.

    Signals:
        move_asked(ScanEntry): record it again, with the reason it carries now.
        new_bag_asked(ScanEntry): it waits for a bag.
        seal_asked(ScanEntry): the bag that was scanned is to be sealed.
        typed(RawScan, Code): a number typed twice.
    """

    move_asked = Signal(object)
    new_bag_asked = Signal(object)
    seal_asked = Signal(object)
    typed = Signal(object, object)

    def __init__(self, page: Page, scope: str, next_button: QPushButton, manual_button: QPushButton) -> None:
        super().__init__(page)
        self._page, self._ctx, self._scope = page, page.ctx, scope
        self._next, self._manual = next_button, manual_button
        self._entry: ScanEntry | None = None
        self._step = NextStep.NONE
        next_button.setProperty("tone", "primary")
        next_button.clicked.connect(self.go)
        manual_button.clicked.connect(self._on_type)
        self._ctx.keys.bind(f"{scope}.next_step", page, self.go)
        self._ctx.keys.bind(f"{scope}.type", page, self._on_type)
        self.clear()

    @property
    def step(self) -> NextStep:
        """What the key does now."""
        return self._step

    def offer(self, entry: ScanEntry) -> None:
        """The next step for this result."""
        self._entry = entry
        self._step = _step_for(entry)
        self.retranslate()

    def clear(self) -> None:
        """Nothing to be done."""
        self._entry, self._step = None, NextStep.NONE
        self.retranslate()

    def retranslate(self) -> None:
        """The language or a key changed."""
        self._next.setVisible(self._step is not NextStep.NONE)
        self._next.setText(self._ctx.keys.hint(str(STEP_WORDS[self._step]), f"{self._scope}.next_step"))
        self._manual.setText(self._ctx.keys.hint(_("Type a number"), f"{self._scope}.type"))

    def go(self) -> None:
        """Do it."""
        entry = self._entry
        if entry is None:
            return
        if self._step is NextStep.LIFE:
            self.show_life_of(entry)
        elif self._step is NextStep.ENTER:
            self._ctx.navigator.open("order", fresh=True)
        elif self._step is NextStep.MOVE and entry.result is not None:
            text = _MOVE_TEXTS[entry.result.outcome]
            ask_reason(self._page, STEP_WORDS[self._step], text, MOVE_REASONS, partial(self._on_reason, entry))
        elif self._step is NextStep.NEW_BAG:
            self.new_bag_asked.emit(entry)
        elif self._step is NextStep.SEAL:
            self.seal_asked.emit(entry)
        elif self._step is NextStep.TYPE:
            self._on_type()

    def show_life_of(self, entry: ScanEntry) -> None:
        """Everything that happened to the parcel; what is no parcel of ours has no life here."""
        if entry.code.kind is CodeKind.WAYBILL:
            self._ctx.navigator.open("parcel", number=entry.code.number)

    def type_number(self, begun: str) -> ManualEntry:
        """Type a number that cannot be scanned; ``begun`` was typed already."""
        return ask_number(self._page, self._ctx.services.scans.understand, self._on_typed, begun)

    def _on_type(self) -> None:
        self.type_number("")

    def _on_typed(self, text: str) -> None:
        code: Code = self._ctx.services.scans.understand(text)
        self.typed.emit(RawScan(text, KEYED_DEVICE, self._ctx.app.clock.now(), keyed=True), code)

    def _on_reason(self, entry: ScanEntry, reason: str) -> None:
        raw = replace(entry.raw, at=self._ctx.app.clock.now())
        self.move_asked.emit(replace(entry, raw=raw, reason=reason, result=None))


def _step_for(entry: ScanEntry) -> NextStep:
    step = STEPS.get(entry.result.outcome, NextStep.NONE) if entry.result else NextStep.NONE
    if step is NextStep.MOVE and entry.operation is Operation.LOADED:
        return NextStep.LIFE
    # A bag has no life on the page of parcels, and no order.
    if entry.code.kind is CodeKind.BAG and step in (NextStep.LIFE, NextStep.ENTER):
        return NextStep.NONE
    return step

"""The line to headquarters in the status strip: one word and one number, the numbers in stock, and a banner where the
desk needs a code. Being off line is shown and holds nobody up."""

from PySide6.QtCore import QObject

from courier_desk.base.translation import message
from courier_desk.services.exchange_state import LinkState, Standing
from courier_desk.services.sync_state import SyncState, SyncWord
from courier_desk.ui.navigation import Request
from courier_desk.ui.reminders import Reminder, Reminders
from courier_desk.ui.status_bar import Status, StatusStrip
from courier_desk.ui.sync_signs import clock_fault, line_sign
from courier_desk.ui.ui_context import UiContext

_CODE = message(
    "Headquarters takes nothing from this desk any more: it needs a new one-time code. Work goes on meanwhile."
)


class LineKeeper(QObject):
    """Lives in the GUI thread, for a desk of real work."""

    def __init__(self, ctx: UiContext, strip: StatusStrip, reminders: Reminders) -> None:
        super().__init__(strip)
        self._ctx, self._strip, self._reminders = ctx, strip, reminders
        self._state = ctx.bridge.sync_state or SyncState(SyncWord.NOT_JOINED)
        self._refused = 0
        self._needs_code = False
        self._called = False
        ctx.bridge.sync_changed.connect(self._on_state)

    def begin(self) -> None:
        """Somebody has logged in: what was put away comes back."""
        self._called = False
        now = self._ctx.app.sync.state
        # Until the line has begun there is only what was said before.
        self._on_state(now if now.word is not SyncWord.NOT_JOINED else self._state)

    def show_standing(self, standing: Standing) -> None:
        """What the database knows."""
        self._refused = sum(not row.settled_how for row in standing.refused)
        self._needs_code = standing.link is not None and standing.link.state is LinkState.NEEDS_CODE
        self._show_stock(standing)
        self._remind()
        self._show()

    def _on_state(self, state: SyncState) -> None:
        self._state = state
        self._show()

    def _show(self) -> None:
        sign = line_sign(self._state, self._refused)
        clock = clock_fault(self._state)
        tip = self._state.fault or clock or sign.meaning
        tone = "warn" if clock is not None and sign.tone == "muted" else sign.tone
        self._strip.show_status("sync", Status(sign.word, sign.icon, tone, tip))
        self._call(needed=self._needs_code or self._state.word is SyncWord.NEEDS_CODE)

    def _call(self, *, needed: bool) -> None:
        if needed and not self._called:
            self._ctx.notifier.call(_CODE, self._open_code, message("Enter a new code …"))
        elif not needed and self._called:
            self._ctx.notifier.over(_CODE)
        self._called = needed

    def _open_code(self) -> None:
        self._called = False
        self._ctx.navigator.open("sync", code="ask")

    def _show_stock(self, standing: Standing) -> None:
        left, days = standing.numbers_left, standing.numbers_days
        tone = "bad" if left == 0 else "warn" if standing.numbers_low else "muted"
        tip = message("Enough for {n} busy days; headquarters sends more by itself.", n=days)
        self._strip.show_status("stock", Status(message("{n} numbers", n=left), "hash-straight", tone, tip))
        if tone == "muted":
            self._reminders.drop("stock")
        else:
            said = message("Only {n} waybill numbers are left at this desk.", n=left)
            self._reminders.put("stock", Reminder(said, tone, Request("sync")))

    def _remind(self) -> None:
        if self._refused:
            said = message("Headquarters could not apply {n} operations: see why.", n=self._refused)
            self._reminders.put("refused", Reminder(said, "bad", Request("sync", {"part": "refused"})))
        else:
            self._reminders.drop("refused")

"""Keeps the arrangement of tabs, per person, and brings it back after a restart."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from courier_desk.base.errors import UserError
from courier_desk.base.lanes import Priority
from courier_desk.domain.user import Action
from courier_desk.ui.tabs import DeskTabs
from courier_desk.ui.tasks import DB
from courier_desk.ui.ui_context import UiContext

PAGE = "tabs"
_WAIT_MS = 800


class TabKeeper(QObject):
    """Lives in the GUI thread.

    Signals:
        restored(int): so many tabs came back.
    """

    restored = Signal(int)

    def __init__(self, ctx: UiContext, tabs: DeskTabs) -> None:
        super().__init__(tabs)
        self._ctx, self._tabs = ctx, tabs
        self._ready = False
        self._kept: dict[str, Any] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.keep)
        tabs.arrangement_changed.connect(self._on_changed)

    def bring_back(self) -> None:
        """Look for the tabs of whoever has logged in. Those who keep no drafts begin afresh."""
        self._ready = False
        if self._ctx.session.may(Action.ORDER_ACCEPT):
            look = partial(self._ctx.services.drafts.mine, self._ctx.actor)
            self._ctx.tasks.run(DB, look, self, self._on_found, self._on_not_found, Priority.URGENT)
        else:
            self._end(0)

    def keep(self) -> None:
        """Keep the tabs as they are now, if anything changed."""
        self._timer.stop()
        if not (self._ready and self._ctx.session.may(Action.ORDER_ACCEPT)):
            return
        now = self._tabs.arrangement()
        if now == self._kept:
            return
        self._kept = now
        actor = self._ctx.actor
        keep = partial(self._ctx.services.drafts.keep, actor, f"{PAGE}:{actor.operator_id}", PAGE, "", now)
        self._ctx.tasks.run(DB, keep, self, self._on_kept, self._ctx.notifier.error, Priority.BULK)

    def stop(self) -> None:
        """The person leaves: keep a last time, then nothing more."""
        self.keep()
        self._ready = False
        self._timer.stop()

    def _on_changed(self) -> None:
        if self._ready:
            self._timer.start()

    def _on_found(self, drafts: list[tuple[str, str, dict[str, Any]]]) -> None:
        bodies = [body for _key, page, body in drafts if page == PAGE]
        self._kept = bodies[-1] if bodies else {}
        self._end(self._tabs.restore(self._kept) if self._kept else 0)

    def _on_not_found(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._ctx.notifier.error(error)
        self._end(0)

    def _end(self, restored: int) -> None:
        self._ready = True
        self.restored.emit(restored)

    def _on_kept(self, _nothing: None) -> None:
        """The tabs are safe."""

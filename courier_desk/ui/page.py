"""What every page is: a form and its wiring, shown in a tab, opened by name."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.lanes import Priority
from courier_desk.ui.scan_hub import Scanned
from courier_desk.ui.tasks import DB, Task
from courier_desk.ui.ui_context import UiContext


class Page(QWidget):
    """Base of all pages. Everything here may be overridden; nothing here blocks.

    Signals:
        dirty_changed(bool): there is unsaved work, or no more.
        title_changed(): ``tab_title`` says something else now.
        close_requested(): the page has done its work and wants to go.
    """

    dirty_changed = Signal(bool)
    title_changed = Signal()
    close_requested = Signal()

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._dirty = False

    def activate(self) -> None:
        """The page comes to the front: look again at what may have changed; set the focus."""

    def deactivate(self) -> None:
        """The page leaves the front."""

    def open_with(self, arguments: Mapping[str, str]) -> None:
        """Somebody navigated here with ``arguments``."""

    def shows(self, arguments: Mapping[str, str]) -> bool:
        """For a page with several tabs: True when this one already shows what ``arguments`` ask for."""
        return False

    def can_close(self) -> bool:
        """False keeps the tab; then the page itself must have said why. Drafts live, so hardly any page says no."""
        return True

    def handle_scan(self, scan: Scanned) -> bool:
        """True when the page takes the scan."""
        return False

    def snapshot(self) -> dict[str, Any]:
        """What brings the tab back after a restart: plain JSON values, no personal data (drafts keep those)."""
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Come back as ``snapshot`` said."""

    def retranslate(self) -> None:
        """The language changed: set every text anew, usually by the form's ``retranslateUi``."""

    def tab_title(self) -> str:
        """The title of the tab; empty for the one in the registry."""
        return ""

    def show_user_error(self, error: UserError) -> bool:
        """Show ``error`` beside the field it names; False sends it to the message bar."""
        return False

    @property
    def dirty(self) -> bool:
        """True while there is unsaved work; the tab carries a dot."""
        return self._dirty

    def set_dirty(self, dirty: bool) -> None:
        """Say that there is unsaved work, or none."""
        if dirty != self._dirty:
            self._dirty = dirty
            self.dirty_changed.emit(dirty)

    def run(
        self,
        fn: Callable[[], Any],
        on_ok: Callable[[Any], object],
        *,
        lane: str = DB,
        priority: Priority = Priority.READ,
        on_error: Callable[[Exception], object] | None = None,
    ) -> Task:
        """Run ``fn`` on a lane; errors go where their family belongs, a fault of the surroundings with a retry."""

        def failed(error: Exception) -> None:
            if on_error is not None and not isinstance(error, EnvironmentFault):
                on_error(error)
            else:
                self.ctx.notifier.error(error, self, retry)

        def retry() -> None:
            self.run(fn, on_ok, lane=lane, priority=priority, on_error=on_error)

        return self.ctx.tasks.run(lane, fn, self, on_ok, failed, priority)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

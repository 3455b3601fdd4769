"""What wants to be thought of: shown by the bell, counted on it, each leads to where it can be done."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from courier_desk.base.translation import Message
from courier_desk.ui.navigation import Request


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to do. ``request`` says where."""

    text: Message
    tone: str
    request: Request | None = None


class Reminders(QObject):
    """Lives in the GUI thread.

    Signals:
        changed(): there are others now.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open: dict[str, Reminder] = {}

    @property
    def open(self) -> tuple[Reminder, ...]:
        """All that wait, oldest first."""
        return tuple(self._open.values())

    def put(self, key: str, reminder: Reminder) -> None:
        """Remind of ``key``, or say it otherwise."""
        if self._open.get(key) != reminder:
            self._open[key] = reminder
            self.changed.emit()

    def drop(self, key: str) -> None:
        """``key`` is done."""
        if self._open.pop(key, None) is not None:
            self.changed.emit()

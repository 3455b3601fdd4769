"""Scans on their way into the database: in the order of arrival, none lost, whatever the database is doing."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.lanes import Priority
from courier_desk.base.translation import Message, message
from courier_desk.domain.scan import Code, Operation, Outcome, RawScan
from courier_desk.services.scans import ScanResult
from courier_desk.ui.tasks import DB
from courier_desk.ui.ui_context import UiContext

Record = Callable[[], ScanResult]
_FAILED = message("Not kept: a fault of the program. Scan it again.")


@dataclass(frozen=True, slots=True)
class ScanEntry:
    """One scan as the page holds it: what it was meant to do when it came, and what became of it. ``problem`` says why
    it was not kept; without ``result`` and ``problem`` it is under way."""

    place: int
    raw: RawScan
    code: Code
    operation: Operation
    bag_id: str = ""
    reason: str = ""
    result: ScanResult | None = None
    problem: Message | None = None


@dataclass(slots=True)
class Tally:
    """What was counted since the page was opened."""

    accepted: int = 0
    repeats: int = 0
    doubtful: int = 0

    def count(self, outcome: Outcome) -> None:
        """One more result."""
        if outcome is Outcome.ACCEPTED:
            self.accepted += 1
        elif outcome is Outcome.REPEAT:
            self.repeats += 1
        else:
            self.doubtful += 1


class ScanLine(QObject):
    """Hands scans to the database lane, urgent, one after the other. When the surroundings fail, what was not saved
    waits here in its order until the person tries again.

    Signals:
        answered(ScanEntry): kept, or refused with its problem.
        held_changed(int): so many scans wait for another try.
    """

    answered = Signal(object)
    held_changed = Signal(int)

    def __init__(self, ctx: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._held: deque[tuple[ScanEntry, Record]] = deque()
        self._under_way = 0

    @property
    def waiting(self) -> int:
        """Scans that are not saved yet."""
        return len(self._held) + self._under_way

    def send(self, entry: ScanEntry, record: Record) -> None:
        """Save one scan by ``record``, after all that came before it."""
        if self._held:
            self._hold(entry, record)
        else:
            self._submit(entry, record)

    def try_again(self) -> None:
        """Save what is held, in its order."""
        held, self._held = self._held, deque()
        self.held_changed.emit(0)
        for entry, record in held:
            self._submit(entry, record)

    def _submit(self, entry: ScanEntry, record: Record) -> None:
        self._under_way += 1
        ok, failed = partial(self._on_kept, entry), partial(self._on_failed, entry, record)
        self._ctx.tasks.run(DB, record, self, ok, failed, Priority.URGENT)

    def _hold(self, entry: ScanEntry, record: Record) -> None:
        # Several may fail at once: they come back in their order, and what is held stays sorted by it.
        later = [one for one in self._held if one[0].place > entry.place]
        earlier = [one for one in self._held if one[0].place < entry.place]
        self._held = deque([*earlier, (entry, record), *later])
        self.held_changed.emit(len(self._held))

    def _on_kept(self, entry: ScanEntry, result: ScanResult) -> None:
        self._under_way -= 1
        self.answered.emit(replace(entry, result=result))

    def _on_failed(self, entry: ScanEntry, record: Record, error: Exception) -> None:
        self._under_way -= 1
        if isinstance(error, EnvironmentFault):
            self._hold(entry, record)
            self._ctx.notifier.fault(error, self.try_again)
            return
        if not isinstance(error, UserError):
            self._ctx.notifier.defect(error)
        problem = error.message if isinstance(error, UserError) else _FAILED
        self.answered.emit(replace(entry, problem=problem))

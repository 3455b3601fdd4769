"""Who wants to know that something changed: pages listen by kind and decide themselves whether to look again."""

from collections.abc import Callable, Iterable

import shiboken6
from PySide6.QtCore import QObject, Signal

from courier_desk.base.changes import Change

Changes = tuple[Change, ...]


class ChangeBus(QObject):
    """Lives in the GUI thread. Listeners are dropped with their owners.

    Signals:
        published(Changes): everything that was published, for whoever wants all of it.
    """

    published = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listeners: list[tuple[frozenset[str], QObject, Callable[[Changes], None]]] = []

    def listen(self, kinds: Iterable[str], owner: QObject, slot: Callable[[Changes], None]) -> None:
        """Call ``slot`` with the changes of ``kinds`` (order, parcel, bag ...) as long as ``owner`` lives."""
        self._listeners.append((frozenset(kinds), owner, slot))

    def publish(self, changes: Iterable[Change]) -> None:
        """Tell everybody concerned, at once, in the GUI thread."""
        told = tuple(changes)
        if not told:
            return
        self._listeners = [entry for entry in self._listeners if shiboken6.isValid(entry[1])]
        for kinds, owner, slot in tuple(self._listeners):
            mine = tuple(change for change in told if change.kind in kinds)
            if mine and shiboken6.isValid(owner):
                slot(mine)
        self.published.emit(told)

"""How pages reach each other: by name and plain arguments, never by class."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Request:
    """Open the page ``page`` (its key in the registry) with ``arguments``. ``fresh``: in a tab of its own even where
    one is open already, if the page allows several."""

    page: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    fresh: bool = False


class Navigator(QObject):
    """Lives in the GUI thread; the main window listens.

    Signals:
        requested(Request): somebody wants to go somewhere.
    """

    requested = Signal(object)

    def open(self, page: str, *, fresh: bool = False, **arguments: str) -> None:
        """Go to ``page``; ``arguments`` reach its ``open_with``."""
        self.requested.emit(Request(page, arguments, fresh))

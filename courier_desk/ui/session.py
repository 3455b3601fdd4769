"""Who is at the desk now, as the screen knows it; the services check it again."""

from PySide6.QtCore import QObject, Signal

from courier_desk.domain.user import Action, Actor, may


class Session(QObject):
    """Lives in the GUI thread.

    Signals:
        changed(): somebody logged in or out.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actor: Actor | None = None

    @property
    def actor(self) -> Actor:
        """The person at the desk. Errors: LookupError when nobody is logged in, which no page can meet."""
        if self._actor is None:
            raise LookupError("nobody is logged in")
        return self._actor

    @property
    def somebody(self) -> bool:
        """True while a person is logged in."""
        return self._actor is not None

    def open(self, actor: Actor) -> None:
        """The person is in."""
        self._actor = actor
        self.changed.emit()

    def close(self) -> None:
        """Nobody is at the desk."""
        self._actor = None
        self.changed.emit()

    def may(self, action: Action | None) -> bool:
        """True when the person's role has the right; an act that needs none (None) is open to all."""
        return self._actor is not None and (action is None or may(self._actor.role, action))

"""What a page may use, in one frozen object with typed fields."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from courier_desk.domain.user import Actor
from courier_desk.ui.bridge import Bridge
from courier_desk.ui.change_bus import ChangeBus
from courier_desk.ui.keys import Keys
from courier_desk.ui.navigation import Navigator
from courier_desk.ui.notify import Notifier
from courier_desk.ui.preferences import Preferences
from courier_desk.ui.scan_hub import ScanHub
from courier_desk.ui.session import Session
from courier_desk.ui.sound_port import PlaysSounds, Silence
from courier_desk.ui.tasks import TaskRunner

if TYPE_CHECKING:  # bootstrap lies above and hands the object down; its name is needed here, the module is not
    from courier_desk.bootstrap import AppContext
    from courier_desk.services.assembly import Services

# The same type by a name of this floor, for whoever hands the object on.
App: TypeAlias = "AppContext"


@dataclass(frozen=True, slots=True)
class UiContext:
    """``app`` has the services, settings and clock; the rest is what the screen itself offers."""

    app: "AppContext"
    session: Session
    tasks: TaskRunner
    bridge: Bridge
    notifier: Notifier
    changes: ChangeBus
    keys: Keys
    scans: ScanHub
    navigator: Navigator
    preferences: Preferences
    sounds: PlaysSounds = field(default_factory=Silence)

    @property
    def services(self) -> "Services":
        """The use cases; call their methods on the db lane only."""
        return self.app.services

    @property
    def actor(self) -> Actor:
        """The person at the desk."""
        return self.session.actor

"""A floor page on a real station: real services on the database lane, the real scan hub, sounds only written down."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from courier_desk.domain.scan import Operation, RawScan
from courier_desk.domain.user import Role
from courier_desk.services.scans import ScanCommand, ScanResult
from courier_desk.ui.bridge import Bridge
from courier_desk.ui.change_bus import ChangeBus
from courier_desk.ui.keys import Keys
from courier_desk.ui.language import Language
from courier_desk.ui.navigation import Navigator, Request
from courier_desk.ui.notify import Notifier
from courier_desk.ui.page import Page
from courier_desk.ui.page_registry import all_acts
from courier_desk.ui.preferences import Preferences
from courier_desk.ui.scan_hub import ScanHub, TakesScans
from courier_desk.ui.session import Session
from courier_desk.ui.tasks import TaskRunner
from courier_desk.ui.theme import Theme
from courier_desk.ui.ui_context import UiContext
from tests.desk import TestDesk, desk_in
from tests.patience import PATIENCE_MS

T = TypeVar("T", bound=QWidget)
P = TypeVar("P", bound=Page)


@dataclass(slots=True)
class Heard:
    """The sounds that were asked for."""

    names: list[str] = field(default_factory=list)

    def play(self, name: str) -> None:
        self.names.append(str(name))


@dataclass(slots=True)
class Floor:
    """A station, what the screen offers to pages, and what happened: sounds, requests, defects, lines of the bar."""

    desk: TestDesk
    ctx: UiContext
    heard: Heard
    requests: list[Request] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    defects: list[BaseException] = field(default_factory=list)
    front: TakesScans | None = None

    def show(self, page: P) -> P:
        """Bring a page to the front as the main window does."""
        page.resize(1060, 590)
        page.show()
        self.front = page
        page.activateWindow()
        page.activate()
        return page

    def press(self, page: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key stroke on a page that is in front."""
        page.activateWindow()
        assert QTest.qWaitForWindowActive(page, PATIENCE_MS)
        QTest.keyClick(page, key, held)

    def scan(self, text: str, device: str = "Gun 1") -> None:
        """A device delivers a code."""
        self.ctx.bridge.scanned.emit(RawScan(text, device, datetime.now(UTC)))

    def record(self, text: str, operation: Operation, bag_id: str | None = None) -> ScanResult:
        """A scan without the screen."""
        command = ScanCommand(RawScan(text, "other", datetime.now(UTC)), operation, bag_id)
        return self.desk.on_db(lambda: self.desk.services.scans.record(self.desk.agent, command))

    def collected(self) -> str:
        """A parcel that was collected."""
        number = self.desk.accept().number
        self.record(number, Operation.COLLECTED)
        return number


@contextmanager
def floor_in(folder: Path) -> Iterator[Floor]:
    """A floor that is closed at the end."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    with desk_in(folder) as desk:
        desk.on_db(desk.services.reference.people)
        root = QObject()
        defects: list[BaseException] = []
        tasks = TaskRunner(desk.app.db, desk.app.work, desk.app.aside, root)
        notifier = Notifier(defects.append, root)
        notifier.attach()
        theme, keys, session = Theme(application), Keys(all_acts(), root), Session(root)
        hub, bridge, heard = ScanHub(desk.services.scans.understand, parent=root), Bridge(root), Heard()
        preferences = Preferences(desk.app.settings, theme, Language(application), keys, tasks, notifier)
        ctx = UiContext(
            desk.app, session, tasks, bridge, notifier, ChangeBus(root), keys, hub, Navigator(root), preferences, heard
        )
        session.open(desk.actors[Role.AGENT])
        floor = Floor(desk, ctx, heard, defects=defects)
        hub.set_front(lambda: floor.front)
        bridge.scanned.connect(hub.take)
        ctx.navigator.requested.connect(floor.requests.append)
        notifier.bar_requested.connect(lambda notice: floor.said.append(str(notice.text)))
        yield floor
        for window in QApplication.topLevelWidgets():
            window.close()
            window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def dialog(kind: type[T]) -> T:
    """The open dialog of this kind. Errors: AssertionError when there is none."""
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    assert found, f"no {kind.__name__} is open"
    assert QTest.qWaitForWindowActive(found[-1], PATIENCE_MS)
    return found[-1]


def open_dialogs() -> list[QDialog]:
    """All that are open."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def waits(floor: Floor, condition: Callable[[], bool]) -> Callable[[], None]:
    """For ``qtbot.waitUntil``: no defect meanwhile, and the condition."""

    def check() -> None:
        assert not floor.defects, floor.defects
        assert condition()

    return check

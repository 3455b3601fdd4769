"""What the tests of the screen share: a dressed application, and a context over a real station."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from courier_desk.base import translation
from courier_desk.domain.scan import Code, CodeKind, RawScan
from courier_desk.domain.user import Role
from courier_desk.ui.bridge import Bridge
from courier_desk.ui.change_bus import ChangeBus
from courier_desk.ui.keys import KeyAct, Keys
from courier_desk.ui.language import Language
from courier_desk.ui.main_window import MainWindow
from courier_desk.ui.navigation import Navigator
from courier_desk.ui.notify import Notifier
from courier_desk.ui.page_registry import PAGES, PageSpec, all_acts
from courier_desk.ui.preferences import Preferences
from courier_desk.ui.scan_hub import ScanHub
from courier_desk.ui.session import Session
from courier_desk.ui.shell import dress
from courier_desk.ui.tasks import TaskRunner
from courier_desk.ui.theme import Theme
from courier_desk.ui.ui_context import UiContext
from tests.desk import TestDesk

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@cache
def _dressed() -> tuple[Theme, Language]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return dress(app, "light", translation.ENGLISH)


def dressed() -> tuple[Theme, Language]:
    """The look and the language of the one application, as every test finds them: light and English."""
    theme, language = _dressed()
    if translation.language() != translation.ENGLISH:
        language.use(translation.ENGLISH)
    if theme.scheme != "light":
        theme.set_scheme("light")
    return theme, language


@dataclass(slots=True)
class UiKit:
    """One person before the screen of a real station. ``reports`` are the defects that went to the log."""

    desk: TestDesk
    ctx: UiContext
    theme: Theme
    language: Language
    reports: list[BaseException] = field(default_factory=list)

    def window(self, pages: Sequence[PageSpec] = PAGES) -> MainWindow:
        """The main window with the person logged in."""
        self.ctx.keys.declare(KeyAct(spec.act, spec.title, spec.shortcut) for spec in pages)
        window = MainWindow(self.ctx, pages)
        window.resize(1280, 720)
        window.log_in()
        window.show()
        return window

    def scan(self, text: str) -> None:
        """A scanner delivers ``text``."""
        self.ctx.bridge.scanned.emit(RawScan(text, "test scanner", NOW))


def make_kit(desk: TestDesk, role: Role = Role.AGENT) -> UiKit:
    """A kit for the person of ``role``."""
    theme, language = dressed()
    reports: list[BaseException] = []
    notifier = Notifier(reports.append)
    tasks = TaskRunner(desk.app.db, desk.app.work, desk.app.aside)
    keys, bridge, session = Keys(all_acts()), Bridge(), Session()
    scans = ScanHub(desk.services.scans.understand)
    bridge.scanned.connect(scans.take)
    session.open(desk.actors[role])
    ctx = UiContext(
        app=desk.app,
        session=session,
        tasks=tasks,
        bridge=bridge,
        notifier=notifier,
        changes=ChangeBus(),
        keys=keys,
        scans=scans,
        navigator=Navigator(),
        preferences=Preferences(desk.app.settings, theme, language, keys, tasks, notifier),
    )
    return UiKit(desk, ctx, theme, language, reports)


def plain_code(text: str) -> Code:
    """A parser for tests that need no trade: everything is a waybill."""
    return Code(CodeKind.WAYBILL, text, number=text)


def commit(widget: QWidget, text: str) -> None:
    """Put ``text`` into ``widget`` as an input method does; QTest types ASCII only."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)

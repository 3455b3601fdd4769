"""The whole program on a station of the test's own, started, closed and started again in this process."""

import gc
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication

from courier_desk.app import Desk
from courier_desk.base import translation
from courier_desk.base.paths import DataFolder
from courier_desk.bootstrap import build
from courier_desk.domain.user import Role
from courier_desk.services.orders import Accepted
from courier_desk.ui.main_window import MainWindow
from courier_desk.ui.notify import Defect
from courier_desk.ui.page import Page
from courier_desk.ui.ui_context import UiContext
from tests.desk import PASSWORD, TestDesk, desk_in, ordinary_draft
from tests.journeys.hand import ENTER, Hand, alarms, rest, until

P = TypeVar("P", bound=Page)
T = TypeVar("T")
AGENT = "1001"


class Program:
    """A running desk and the hand before it."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self.folder = folder
        self.hand = Hand()
        self.desk = Desk(application, build(DataFolder(folder)))
        # Closing the window would end the event loop of the tests.
        self.desk.shell.finished.disconnect()
        alarms.clear()
        self.desk.shell.notifier.attach()
        self.desk.shell.notifier.defect_met.connect(self._on_defect)
        self.desk.start()
        until(self.desk.shell.login.isActiveWindow, "the log-in page is there")

    @property
    def ui(self) -> UiContext:
        """What pages get."""
        until(lambda: self.desk.shell.ui, "the station is open")
        assert self.desk.shell.ui is not None
        return self.desk.shell.ui

    @property
    def window(self) -> MainWindow:
        """The main window."""
        until(lambda: self.desk.shell.window, "the main window is there")
        assert self.desk.shell.window is not None
        return self.desk.shell.window

    def log_in(self, password: str = PASSWORD, number: str = AGENT) -> None:
        """By keys: number, password, own details."""
        ui = self.desk.shell.login.ui
        self.hand.type(number)
        self.hand.press(ENTER)
        self.hand.type(password)
        self.hand.press(ENTER)
        until(lambda: ui.steps.currentWidget() is ui.details_step, "the details are asked")
        self.enter()

    def enter(self) -> None:
        """Enter on the details, and into the window."""
        self.hand.press(ENTER)
        until(lambda: self.desk.shell.window is not None and self.window.isActiveWindow(), "the main window shows")
        until(lambda: self.window.tabs.front is not None, "a page is in front")
        self.settle()

    def front(self, kind: type[P]) -> P:
        """The page in front, once it is one of this kind."""
        until(lambda: isinstance(self.window.tabs.front, kind), f"{kind.__name__} is in front")
        page = self.window.tabs.front
        assert isinstance(page, kind)
        return page

    def settle(self) -> None:
        """Until nothing is under way and the short clocks of the pages have run out."""
        until(lambda: not self.ui.tasks.busy, "nothing is under way")
        rest(45)
        until(lambda: not self.ui.tasks.busy, "nothing is under way")

    def on_db(self, fn: Callable[[], T]) -> T:
        """Look into the station behind the screen."""
        return self.desk.context.db.submit(fn).result(30)

    def close(self) -> None:
        """The orderly end."""
        window = self.desk.shell.window
        if window is not None:
            window.close()
            rest(20)
        self.desk.shell.login.close()
        self.desk.close()
        if window is not None:
            window.deleteLater()
        self.desk.shell.login.deleteLater()
        self.desk.deleteLater()
        rest(0)
        assert alarms == []

    def _on_defect(self, defect: Defect) -> None:
        alarms.append(defect.report)


@contextmanager
def running(application: QApplication, folder: Path) -> Iterator[Program]:
    """The program on the station in ``folder``; leaves this process as it was."""
    hook = sys.excepthook
    program = Program(application, folder)
    try:
        yield program
    finally:
        try:
            program.close()
        finally:
            sys.excepthook = hook
            gc.unfreeze()
            program.desk.shell._language.use(translation.ENGLISH)
            program.desk.shell._theme.set_scheme("light")


def station(folder: Path, language: str = "en", customers: int = 1, *, first_log_in: bool = False) -> list[Accepted]:
    """A sample station whose agent knows one customer by ``customers`` orders; in this language. With
    ``first_log_in`` the agent has a first password only."""
    with desk_in(folder) as desk:
        settings = desk.app.settings
        settings.change(replace(settings.current, language=language, theme="light"))
        if first_log_in:
            desk.on_db(lambda: _forget(desk))
        return [desk.accept(ordinary_draft()) for _ in range(customers)]


def _forget(desk: TestDesk) -> None:
    with desk.app.desk.store.write(None) as work:
        state = work.people.login_state(desk.actors[Role.AGENT].operator_id)
        assert state is not None
        work.people.save_login_state(replace(state, must_change=True, question="", answer_hash=""))
        work.commit()


def copy_of(folder: Path, target: Path) -> Path:
    """The same station again."""
    shutil.copytree(folder, target)
    return target

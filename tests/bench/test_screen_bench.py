"""The screen: log-in page painted <= 2 x a bare window, a page opened <= 150 ms, theme and language <= 300 ms."""

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from courier_desk.base.translation import CHINESE, ENGLISH
from courier_desk.ui.main_window import MainWindow
from courier_desk.ui.navigation import Request
from courier_desk.ui.page_registry import PAGES
from tests.bench.figures import Figure, repeated, report
from tests.desk import desk_in
from tests.ui.kit import UiKit, make_kit

pytestmark = pytest.mark.bench

ROOT = Path(__file__).resolve().parents[2]

_BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget
app = QApplication(sys.argv[:1])
class Bare(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, self.painted)
    def painted(self):
        print(time.time())
        app.quit()
window = Bare()
window.resize(1280, 800)
QLabel("Log in", window)
window.show()
app.exec()
"""

_OURS = """
import os, sys, time
from pathlib import Path
from courier_desk.app import Desk, make_application
from courier_desk.base.paths import DataFolder
from courier_desk.bootstrap import build
context = build(DataFolder(Path(sys.argv[1])))
desk = Desk(make_application(), context)
def painted():
    print(time.time(), flush=True)
    os._exit(0)
desk.shell.login.first_painted.disconnect()
desk.shell.login.first_painted.connect(painted)
desk.start()
desk.shell.parent().exec()
"""


def _until_painted_ms(program: str, folder: Path) -> float:
    """From the start of the process to its first whole frame."""
    begun = time.time()
    command = [sys.executable, "-c", program, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=50)
    return (float(done.stdout.split()[-1]) - begun) * 1000


def test_log_in_page(tmp_path: Path) -> None:
    for program in (_BARE, _OURS):
        _until_painted_ms(program, tmp_path)
    bare = repeated(lambda: _until_painted_ms(_BARE, tmp_path))
    ours = repeated(lambda: _until_painted_ms(_OURS, tmp_path))
    report(Figure("log-in page painted", "ms", ours, floor=bare, ratio_target=2))


def _painted_ms(act: Callable[[], object]) -> float:
    """Until what ``act`` changed has been painted."""
    begun = time.perf_counter()
    act()
    for _turn in range(3):
        QApplication.processEvents()
    return (time.perf_counter() - begun) * 1000


def _opened(window: MainWindow, kit: UiKit, qtbot: QtBot) -> dict[str, float]:
    took = {}
    for spec in PAGES:
        if spec.listed and kit.ctx.session.may(spec.right):
            took[spec.key] = _painted_ms(partial(window.open_page, Request(spec.key, fresh=True)))
            qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
    return took


def test_pages_themes_and_languages(qtbot: QtBot, tmp_path: Path) -> None:
    with desk_in(tmp_path / "station") as desk:
        for _order in range(20):
            desk.accept()
        kit = make_kit(desk)
        window = kit.window()
        qtbot.addWidget(window)
        qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
        _opened(window, kit, qtbot)
        rounds = []
        for _round in range(5):
            window.tabs.close_all()
            rounds.append(_opened(window, kit, qtbot))
        slowest = tuple(max(each.values()) for each in rounds)
        themes = tuple(_painted_ms(partial(kit.theme.set_scheme, scheme)) for scheme in ("dark", "light") * 3)
        words = tuple(_painted_ms(partial(kit.language.use, name)) for name in (CHINESE, ENGLISH) * 3)
        kit.theme.set_scheme("light")
        window.log_out()
        qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
        report(
            Figure(f"slowest page opened ({max(rounds[-1], key=rounds[-1].__getitem__)})", "ms", slowest, target=150),
            Figure("theme changed, all pages open", "ms", themes, target=300),
            Figure("language changed, all pages open", "ms", words, target=300),
        )

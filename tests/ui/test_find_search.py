"""Finding while one types: at once, one question at a time, only the last counts; and no frame for a dot that goes."""

import threading
from typing import Any

from PySide6.QtCore import QEvent, QObject
from pytestqt.qtbot import QtBot

from courier_desk.services.find import FindSpec
from courier_desk.ui.navigation import Request
from courier_desk.ui.pages.find_search import FindSearch, Found
from tests.patience import PATIENCE_S
from tests.ui.kit import UiKit


def test_keys_that_overtake_a_question_become_one_more_question(kit: UiKit, qtbot: QtBot, monkeypatch: Any) -> None:
    asked, gate = list[str](), threading.Event()
    find = kit.ctx.services.find
    orders = type(find).orders

    def slow(self: Any, actor: Any, spec: FindSpec) -> Any:
        asked.append(spec.text)
        gate.wait(PATIENCE_S)
        return orders(self, actor, spec)

    monkeypatch.setattr(type(find), "orders", slow)
    owner = QObject()
    search, answers = FindSearch(kit.ctx, owner), list[Found]()
    search.found.connect(answers.append)
    for text in ("1", "13", "138", "1380"):
        search.ask(FindSpec(text=text))
    assert not search.settled
    gate.set()
    qtbot.waitUntil(lambda: search.settled)
    assert asked == ["1", "1380"]
    assert [each.spec.text for each in answers] == ["1380"]


class _Frames(QObject):
    """Counts the frames of a widget."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_a_dot_that_goes_at_once_costs_no_frame_and_one_that_stays_is_painted(kit: UiKit, qtbot: QtBot) -> None:
    window = kit.window()
    qtbot.addWidget(window)
    page = window.open_page(Request("scan"))
    assert page is not None
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
    qtbot.wait(150)
    frames = _Frames()
    window.tabs.tabBar().installEventFilter(frames)
    page.set_dirty(True)
    page.set_dirty(False)
    qtbot.wait(150)
    assert frames.count == 0
    page.set_dirty(True)
    qtbot.waitUntil(lambda: frames.count > 0)
    page.set_dirty(False)
    qtbot.wait(100)
    window.log_out()
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)

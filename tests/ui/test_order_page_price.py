"""The price follows each key stroke; a stale answer never overtakes a fresh one."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from courier_desk.base import translation
from tests.patience import PATIENCE_S
from tests.ui.order_screen import ENTER, Screen, known_draft, screen_on


@pytest.fixture
def screen(qapp: QApplication, tmp_path: Path) -> Iterator[Screen]:
    with screen_on(tmp_path / "station", known_draft()) as made:
        made.call()
        made.press(ENTER)
        made.type("1")
        made.press(ENTER)
        yield made


def _total(screen: Screen) -> str:
    return screen.page.ui.payment.ui.total_figure.figure


def test_each_key_changes_the_price(screen: Screen) -> None:
    screen.field("pieces").setFocus()
    screen.field("pieces").clear()
    totals = []
    for key in "12.5":
        screen.type(key)
        totals.append(_total(screen))
    assert totals == ["¥11.00", "¥38.50", "¥38.50", "¥41.00"]


def test_the_lines_say_what_the_price_is_made_of(screen: Screen) -> None:
    screen.field("declared_value").setFocus()
    screen.type("2000")
    lines = dict(screen.page.ui.payment.ui.price_lines.lines)
    assert lines["First 1 kg"] == "11.00"
    assert len(lines) == 3
    assert sum(float(amount) for amount in lines.values()) == float(_total(screen).removeprefix("¥"))
    screen.kit.language.use(translation.CHINESE)
    screen.wait(lambda: "首重 1 千克" in dict(screen.page.ui.payment.ui.price_lines.lines))


def test_the_change_to_give_follows_the_cash(screen: Screen) -> None:
    screen.field("tendered").setFocus()
    screen.type("50")
    total_fen = int(_total(screen).removeprefix("¥").replace(".", ""))
    given = screen.page.ui.payment.ui.change_figure.figure
    assert given == f"¥{(5000 - total_fen) / 100:.2f}"
    screen.press(Qt.Key.Key_Backspace)
    assert screen.page.ui.payment.ui.change_figure.figure == ""


def test_a_promise_stands_beneath_the_price(screen: Screen) -> None:
    assert screen.page.ui.payment.ui.promise_note.text().startswith("There by ")


def test_without_a_weight_there_is_no_price(screen: Screen) -> None:
    screen.field("pieces").clear()
    screen.settle()
    assert _total(screen) == ""
    assert screen.page.ui.payment.ui.price_lines.lines == ()


def test_fast_typing_asks_at_most_once_in_a_while_and_shows_the_last_word(screen: Screen) -> None:
    asked = []
    real = screen.ctx.services.pricing.appraise

    def counted(draft: object) -> object:
        asked.append(draft)
        return real(draft)  # type: ignore[arg-type]  # passed through

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screen.ctx.services.pricing, "appraise", counted)
        screen.field("pieces").setFocus()
        screen.field("pieces").clear()
        QTest.keyClicks(screen.field("pieces"), "12345678")
        for _key in range(7):
            QTest.keyClick(screen.field("pieces"), Qt.Key.Key_Backspace)
        screen.settle()
    assert len(asked) <= 4
    assert _total(screen) == "¥11.00"


def test_a_stale_answer_is_dropped(screen: Screen) -> None:
    """While one question waits behind slow work, the next one takes its place."""
    go_on = threading.Event()
    gate = screen.desk.app.db.submit(lambda: go_on.wait(PATIENCE_S))
    screen.field("pieces").setText("5")
    screen.page.appraiser.ask()
    screen.field("pieces").setText("1")
    screen.page.appraiser.ask()
    go_on.set()
    gate.result(PATIENCE_S)
    seen: list[str] = []
    screen.page.appraiser.appraised.connect(lambda _standing: seen.append(_total(screen)))
    screen.settle()
    assert seen == ["¥11.00"]

"""A half-filled order is kept within a second, comes back as it was, and goes when it is accepted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from courier_desk.ui.navigation import Request
from tests.desk import ID_NUMBER
from tests.ui.order_screen import ALT, CONTROL, ENTER, Screen, known_draft, screen_on

F7 = Qt.Key.Key_F7


@pytest.fixture
def screen(qapp: QApplication, tmp_path: Path) -> Iterator[Screen]:
    with screen_on(tmp_path / "station", known_draft()) as made:
        yield made


def _kept(screen: Screen) -> list[str]:
    return [key for key, _page, _body in screen.drafts()]


def test_what_is_typed_is_kept_within_a_second_while_one_goes_on_typing(screen: Screen) -> None:
    for character in "1390000":
        screen.type(character)
        QTest.qWait(120)
    (_key, page, body), *others = screen.drafts()
    assert others == []
    assert page == "order"
    assert str(body["form"]["sender"]["phone"]).startswith("139")


def test_a_half_filled_form_comes_back_in_another_page(screen: Screen) -> None:
    screen.call()
    screen.press(Qt.Key.Key_1, ALT)
    screen.field("recipient_name").setText("欧阳")
    screen.field("recipient_area").setText("朝阳")
    screen.field("pieces").setText("3.")
    screen.field("tendered").setText("5x")
    screen.press(Qt.Key.Key_P, ALT)
    before, visit, state = screen.page.form.state(), screen.page.caller.visit_id, screen.page.snapshot()
    screen.settle()

    again = screen.open_page()
    again.restore(state)
    screen.settle()

    assert again.form.state() == before
    assert again.caller.visit_id == visit
    assert again.caller.customer is not None
    assert again.dirty


def test_the_number_of_a_paper_and_its_proof_are_in_no_draft(screen: Screen) -> None:
    screen.type("13900000001")
    screen.field("identity").setFocus()
    screen.type(ID_NUMBER[:17])
    screen.page.keeper.keep()
    screen.type(ID_NUMBER[17:])
    screen.press(ENTER)
    screen.page.keeper.keep()
    screen.settle()
    assert screen.has_paper()
    assert len(screen.drafts()) == 1
    assert ID_NUMBER[:10] not in str(screen.drafts())
    assert ID_NUMBER not in str(screen.page.snapshot())


def test_the_paper_of_a_visit_counts_after_a_restart(screen: Screen) -> None:
    _accept(screen)
    screen.press(Qt.Key.Key_S, ALT)
    screen.type("1")
    screen.press(ENTER)
    state = screen.page.snapshot()
    screen.settle()

    again = screen.open_page()
    again.restore(state)
    screen.settle()
    assert screen.has_paper()


def test_accepting_takes_the_draft_away_and_nothing_brings_it_back(screen: Screen) -> None:
    screen.call()
    screen.page.keeper.keep()
    screen.settle()
    assert len(_kept(screen)) == 1
    screen.press(ENTER)
    screen.type("1")
    screen.press(ENTER)
    screen.press(F7)
    screen.page.keeper.touch()
    screen.press(ENTER, CONTROL)
    QTest.qWait(500)
    screen.settle()
    assert screen.page.accepted is not None
    assert _kept(screen) == []
    assert not screen.page.dirty


def test_an_emptied_form_keeps_nothing(screen: Screen) -> None:
    screen.type("139")
    screen.page.keeper.keep()
    screen.settle()
    assert len(_kept(screen)) == 1
    screen.field("sender_phone").clear()
    screen.page.keeper.keep()
    screen.settle()
    assert _kept(screen) == []


def test_a_closed_tab_keeps_its_draft_and_offers_it_again(screen: Screen) -> None:
    asked: list[Request] = []
    screen.ctx.navigator.requested.connect(asked.append)
    screen.type("13900000001")
    assert screen.page.can_close()
    screen.settle()
    undo = screen.notices[-1].act
    assert undo is not None
    undo()
    assert asked[0].page == "order"

    again = screen.open_page()
    again.open_with(asked[0].arguments)
    screen.settle()
    assert screen.field("sender_phone").text() == "13900000001"
    assert again.shows(asked[0].arguments)


def test_a_draft_that_is_gone_leaves_an_empty_form_of_its_own(screen: Screen) -> None:
    screen.page.restore({"draft": "no such"})
    screen.settle()
    assert screen.page.form.is_empty
    assert screen.page.snapshot() != {"draft": "no such"}
    assert screen.notices == []


def test_tabs_that_were_kept_before_the_first_key_bring_the_form_back_all_the_same(screen: Screen) -> None:
    """A crash may come before the tabs are kept again; the draft itself is there within a second."""
    early = screen.page.snapshot()
    screen.type("13900000001")
    screen.page.keeper.keep()
    screen.settle()

    again = screen.open_page()
    again.restore(early)
    screen.settle()
    assert screen.field("sender_phone").text() == "13900000001"


def test_a_restored_form_is_not_filled_with_habits_again(screen: Screen) -> None:
    screen.call()
    screen.page.ui.goods.clear()
    state = screen.page.snapshot()
    screen.settle()
    again = screen.open_page()
    again.restore(state)
    screen.settle()
    assert again.ui.goods.is_empty


def _accept(screen: Screen) -> None:
    screen.call()
    screen.press(ENTER)
    screen.type("1")
    screen.press(ENTER)
    screen.press(F7)
    screen.press(ENTER, CONTROL)
    assert screen.page.accepted is not None

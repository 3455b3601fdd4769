"""What is wrong stands beside its field: not while one types, all of it when confirming is tried; nothing is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from courier_desk.base import translation
from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.quantities import amount_text
from courier_desk.base.translation import message
from courier_desk.services.orders import Accepted
from tests.ui.order_screen import ALT, CONTROL, ENTER, TAB, Screen, known_draft, screen_on

F7 = Qt.Key.Key_F7


@pytest.fixture
def screen(qapp: QApplication, tmp_path: Path) -> Iterator[Screen]:
    with screen_on(tmp_path / "station", known_draft()) as made:
        yield made


def _fill(screen: Screen) -> None:
    screen.call()
    screen.press(ENTER)
    screen.type("1")
    screen.press(ENTER)
    screen.press(F7)


def test_nothing_is_said_while_a_field_is_typed_and_something_once_it_is_left(screen: Screen) -> None:
    screen.type("1381234")
    assert screen.said() == {}
    screen.press(TAB)
    assert screen.said() == {"sender_phone": "This is no telephone number: 1381234"}


def test_what_is_said_goes_as_one_types(screen: Screen) -> None:
    screen.type("1381234")
    screen.press(TAB)
    screen.field("sender_phone").setFocus()
    screen.type("5")
    assert "sender_phone" not in screen.said()


def test_confirming_too_early_says_everything_and_goes_to_the_first(screen: Screen) -> None:
    screen.press(ENTER, CONTROL)
    said = screen.said()
    parties = {f"{who}_{name}" for who in ("sender", "recipient") for name in ("phone", "name", "area", "detail")}
    assert set(said) == parties | {"pieces", "goods", "identity", "inspected"}
    assert screen.focus is screen.field("sender_phone")
    assert screen.page.accepted is None


def test_what_is_said_follows_the_language(screen: Screen) -> None:
    screen.press(ENTER, CONTROL)
    screen.kit.language.use(translation.CHINESE)
    screen.settle()
    screen.wait(lambda: screen.page.ui.sender.ui.phone_label.text() == "电话")
    assert screen.said()["sender_name"] == "缺少姓名。"


def test_forbidden_goods_stop_the_order_and_say_the_rule(screen: Screen) -> None:
    _fill(screen)
    screen.field("goods").setText("打火机")
    screen.press(F7)
    screen.press(ENTER, CONTROL)
    assert screen.page.accepted is None
    assert "打火机" in screen.said()["goods"]
    assert [finding.tone for finding in screen.page.ui.inspection.ui.findings.findings] == ["bad"]
    assert screen.field("recipient_name").text() == known_draft().recipient.name


def test_restricted_goods_need_one_more_word(screen: Screen) -> None:
    _fill(screen)
    screen.field("goods").setText("锂电池")
    screen.settle()
    screen.press(F7)
    screen.press(ENTER, CONTROL)
    assert screen.said()["inspected"] == "Confirm that the conditions for restricted articles are met."
    assert screen.focus is screen.page.ui.inspection.ui.restricted_box
    screen.press(Qt.Key.Key_Space)
    screen.press(ENTER, CONTROL)
    assert screen.page.accepted is not None


def test_a_wrong_paper_is_refused_beside_its_field_and_never_kept(screen: Screen) -> None:
    screen.field("identity").setFocus()
    screen.type("110101202311012177")
    screen.press(ENTER)
    assert screen.said()["identity"] == "The check digit of this ID number is wrong: compare it with the card."
    QTest.qWait(500)
    screen.settle()
    assert "110101202311012177" not in str(screen.drafts())


def test_cash_that_does_not_cover_the_price_stops_the_order(screen: Screen) -> None:
    _fill(screen)
    screen.field("tendered").setFocus()
    screen.type("1")
    screen.press(ENTER, CONTROL)
    said = screen.said()["tendered"]
    screen.field("tendered").selectAll()
    screen.type("100")
    screen.press(ENTER, CONTROL)
    missing = amount_text(screen.accepted.total_fen - 100)
    assert said == f"The cash given does not cover the price: {missing} is missing."
    assert screen.accepted.change_fen == 10000 - screen.accepted.total_fen


def test_a_mark_that_the_service_lacks_is_said_beside_the_marks(screen: Screen) -> None:
    _fill(screen)
    screen.press(Qt.Key.Key_3, ALT)
    screen.press(ENTER, CONTROL)
    assert screen.said() == {"marks": "Standard does not offer this handling."}


def test_an_error_of_the_service_stands_beside_the_field_it_names(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(screen)

    def refuse(*_given: object) -> Accepted:
        raise UserError(message("The name is missing."), field="recipient_name")

    monkeypatch.setattr(screen.ctx.services.orders, "accept", refuse)
    before = screen.page.form.state()
    screen.press(ENTER, CONTROL)
    assert screen.said() == {"recipient_name": "The name is missing."}
    assert screen.focus is screen.field("recipient_name")
    assert screen.page.form.state() == before


def test_a_full_disk_leaves_everything_as_it_was_and_a_second_try_works(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(screen)

    def fail(*_given: object) -> Accepted:
        raise EnvironmentFault(message("The program is closing."))

    with monkeypatch.context() as patched:
        patched.setattr(screen.ctx.services.orders, "accept", fail)
        screen.press(ENTER, CONTROL)
    assert screen.orders() == 1
    retry = screen.notices[-1].act
    assert retry is not None
    retry()
    screen.settle()
    assert screen.accepted.number
    assert screen.orders() == 2


def test_an_area_that_is_typed_and_not_chosen_is_not_taken_for_one(screen: Screen) -> None:
    screen.field("recipient_area").setFocus()
    screen.type("朝阳区")
    screen.field("recipient_detail").setFocus()
    assert screen.said()["recipient_area"] == "Province, city or district is missing."
    screen.field("recipient_area").setFocus()
    screen.field("recipient_area").selectAll()
    screen.type("北京朝阳区")
    screen.field("recipient_detail").setFocus()
    assert "recipient_area" not in screen.said()
    assert screen.page.ui.recipient.party.address.division == "110105"


def test_the_doubts_of_an_address_never_stop_an_order(screen: Screen) -> None:
    _fill(screen)
    screen.field("recipient_detail").setText("虹漕路")
    screen.field("recipient_detail").setFocus()
    screen.press(TAB)
    assert screen.said() == {"recipient_detail": "There is no house number. Ask for number and room."}
    screen.press(ENTER, CONTROL)
    assert screen.page.accepted is not None


def test_a_sender_who_does_not_pay_gives_no_cash(screen: Screen) -> None:
    _fill(screen)
    screen.page.ui.payment.ui.payer_combo.setFocus()
    screen.press(Qt.Key.Key_Down)
    screen.press(ENTER, CONTROL)
    assert screen.accepted.change_fen == 0
    assert not screen.page.ui.payment.ui.tendered_part.isVisibleTo(screen.page)


def test_unknown_service_names_of_old_habits_are_said(screen: Screen) -> None:
    """A habit from an older price list: the field says so, the clerk chooses another."""
    screen.page.form.set_state({"service": "gone"})
    screen.press(ENTER, CONTROL)
    assert screen.said()["service"] == "The price list has no service “gone”."


def test_size_and_weight_are_blamed_where_they_lack(screen: Screen) -> None:
    _fill(screen)
    first, length, *_others = screen.page.ui.pieces.fields()
    length.setText("30")
    first.clear()
    screen.press(ENTER, CONTROL)
    assert "The weight is missing." in screen.said()["pieces"]
    wrong = [bool(field.property("wrong")) for field in screen.page.ui.pieces.fields()]
    assert wrong == [True, False, True, True]

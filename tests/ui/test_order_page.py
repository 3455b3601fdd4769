"""An order by keys alone: from the telephone number to the label in the queue."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from courier_desk.base import translation
from courier_desk.domain.order import HandlingMark
from courier_desk.domain.weighing import Weighing
from tests.desk import ID_NUMBER, TestDesk
from tests.ui.order_screen import ALT, CONTROL, ENTER, ESCAPE, OTHER_RECIPIENT, Screen, known_draft, screen_on

F6, F7 = Qt.Key.Key_F6, Qt.Key.Key_F7


@pytest.fixture
def screen(qapp: QApplication, tmp_path: Path) -> Iterator[Screen]:
    """A station that knows one customer, who sent to two recipients."""
    first = known_draft()
    with screen_on(tmp_path / "station", first, replace(first, recipient=OTHER_RECIPIENT)) as made:
        yield made


def _waiting_labels(desk: TestDesk, numbers: tuple[str, ...]) -> list[str]:
    def look() -> list[str]:
        with desk.app.desk.store.read() as work:
            jobs = [work.print_jobs.copies_of("label", number) for number in numbers]
        return [number for number, copies in zip(numbers, jobs, strict=True) if copies]

    return desk.on_db(look)


@pytest.mark.parametrize("language", [translation.ENGLISH, translation.CHINESE])
def test_a_known_customer_needs_few_strokes_until_the_label_is_in_the_queue(screen: Screen, language: str) -> None:
    screen.kit.language.use(language)
    screen.call()

    screen.press(ENTER)
    screen.type("2")
    screen.press(ENTER)
    screen.press(F7)
    screen.press(ENTER, CONTROL)

    assert screen.strokes == 5
    assert _waiting_labels(screen.desk, screen.accepted.parcel_numbers) == list(screen.accepted.parcel_numbers)
    assert screen.orders() == 3


def test_the_number_alone_brings_everything_the_customer_usually_sends(screen: Screen) -> None:
    screen.call()
    ui, usual = screen.page.ui, known_draft()

    assert ui.sender.party == replace(usual.sender)
    assert ui.goods.lines() == usual.goods
    assert ui.pieces.pieces()[0].weight_g == usual.pieces[0].weight_g
    assert [party.name for party in ui.recipient.ui.box_edit.parties] == ["王小姐", "欧阳娜娜"]


def test_typing_filters_the_past_recipients_and_enter_takes_the_first(screen: Screen) -> None:
    screen.call()
    screen.press(ENTER)
    screen.type("欧")
    screen.press(ENTER)
    assert screen.page.ui.recipient.party == known_draft().recipient


def test_arrows_choose_a_past_recipient(screen: Screen) -> None:
    screen.call()
    screen.press(ENTER)
    screen.press(Qt.Key.Key_Down)
    screen.press(ENTER)
    assert screen.page.ui.recipient.party.name == "王小姐"


def test_a_new_customer_by_keys_alone(screen: Screen) -> None:
    """Each Enter goes to the next field that needs something; the last one asks, one more confirms."""
    steps = [
        "0571-88886666",
        "陈先生",
        "hzyh",
        "文一西路969号2幢301室",
        "",
        "13900001111",
        "张三",
        "shxh",
        "虹漕路461号5楼",
    ]
    for text in steps:
        screen.type(text)
        screen.press(ENTER)
    screen.type("2.5")
    screen.press(ENTER)
    screen.type("棉质衬衫")
    screen.press(ENTER)
    screen.type(ID_NUMBER)
    screen.press(ENTER)
    screen.press(F7)
    screen.press(ENTER)
    screen.type("50")
    screen.press(ENTER)

    assert screen.said() == {}
    assert screen.focus is screen.page.ui.payment.ui.confirm_button
    assert screen.page.accepted is None
    screen.press(ENTER)
    assert screen.accepted.change_fen == 5000 - screen.accepted.total_fen
    sent = screen.page.form.draft(None, "")
    assert sent.sender.address.district == "余杭区"
    assert sent.recipient.address.district == "徐汇区"


def test_enter_passes_what_is_filled_and_escape_goes_back_without_losing_anything(screen: Screen) -> None:
    screen.type("13900009999")
    screen.press(ENTER)
    screen.type("陈先生")
    screen.press(ENTER)
    assert screen.focus is screen.field("sender_area")

    screen.press(ESCAPE)
    screen.press(ESCAPE)
    assert screen.focus is screen.field("sender_phone")
    assert screen.field("sender_name").text() == "陈先生"
    screen.press(ENTER)
    assert screen.focus is screen.field("sender_area")


def test_confirming_twice_makes_one_order(screen: Screen) -> None:
    screen.call()
    screen.press(ENTER)
    screen.type("1")
    screen.press(ENTER)
    screen.press(F7)
    page = screen.page
    page.chain.confirmed.emit()
    page.chain.confirmed.emit()
    page.ui.payment.ui.confirm_button.click()
    screen.settle()

    assert page.accepted is not None
    screen.press(ENTER, CONTROL)
    assert screen.orders() == 3


def test_the_next_parcel_of_the_same_sender_needs_no_paper_again(screen: Screen) -> None:
    screen.call()
    screen.press(ENTER)
    screen.type("1")
    screen.press(ENTER)
    screen.press(F7)
    screen.press(ENTER, CONTROL)
    visit = screen.page.caller.visit_id
    first = screen.accepted.number

    screen.press(Qt.Key.Key_S, ALT)
    assert screen.page.ui.inspection.proof is not None
    assert screen.page.ui.recipient.is_empty
    assert screen.page.ui.sender.party == known_draft().sender
    screen.type("2")
    screen.press(ENTER)
    screen.type("0.8")
    screen.press(F7)
    screen.press(ENTER, CONTROL)

    assert screen.accepted.number != first
    assert screen.page.caller.visit_id == visit
    assert screen.orders() == 4


def test_a_new_order_begins_another_visit_with_an_empty_form(screen: Screen) -> None:
    screen.call()
    screen.press(ENTER)
    screen.type("1")
    screen.press(ENTER)
    screen.press(F7)
    screen.press(ENTER, CONTROL)
    visit = screen.page.caller.visit_id

    screen.press(ENTER)

    assert screen.page.accepted is None
    assert screen.page.form.is_empty
    assert screen.page.ui.inspection.proof is None
    assert screen.page.caller.visit_id != visit
    assert screen.focus is screen.field("sender_phone")
    assert screen.said() == {}


def test_another_number_forgets_the_paper_and_what_the_first_one_brought(screen: Screen) -> None:
    screen.call()
    screen.press(F7)
    visit = screen.page.caller.visit_id
    assert screen.has_paper()

    screen.field("sender_phone").selectAll()
    screen.type("13700007777")

    assert not screen.has_paper()
    assert screen.page.caller.visit_id != visit
    assert screen.field("sender_name").text() == ""
    assert screen.page.ui.goods.is_empty


def test_each_mark_has_one_key(screen: Screen) -> None:
    for number in range(1, 5):
        screen.press(Qt.Key(int(Qt.Key.Key_0) + number), ALT)
    assert screen.page.form.draft(None, "").marks == frozenset(HandlingMark)
    screen.press(Qt.Key.Key_1, ALT)
    assert HandlingMark.FRAGILE not in screen.page.form.draft(None, "").marks


def test_one_key_takes_a_certain_weight_from_the_scale_once(screen: Screen) -> None:
    def weigh(weight_g: int, *, accepted: bool) -> None:
        at = datetime(2026, 11, 22, tzinfo=UTC)
        screen.ctx.bridge.weighed.emit(Weighing(weight_g, True, "kg", "", at, accepted))

    weigh(900, accepted=False)
    screen.press(F6)
    assert screen.page.ui.pieces.pieces()[0].weight_g == 0
    weigh(1250, accepted=True)
    screen.press(F6)
    screen.press(Qt.Key.Key_P, ALT)
    screen.press(F6)
    weigh(3100, accepted=True)
    screen.press(F6)
    assert [piece.weight_g for piece in screen.page.ui.pieces.pieces()] == [1250, 3100]


def test_several_pieces_get_a_label_each(screen: Screen) -> None:
    screen.call()
    screen.press(ENTER)
    screen.type("1")
    screen.press(ENTER)
    screen.press(Qt.Key.Key_P, ALT)
    screen.type("3.2")
    screen.press(Qt.Key.Key_P, ALT)
    screen.press(Qt.Key.Key_Delete, ALT)
    screen.press(F7)
    screen.press(ENTER, CONTROL)

    assert [number[-3:] for number in screen.accepted.parcel_numbers] == ["-01", "-02"]
    assert len(screen.accepted.print_job_ids) == 2


def test_other_goods_must_be_looked_at_again(screen: Screen) -> None:
    screen.call()
    screen.press(F7)
    assert screen.page.ui.inspection.ui.inspected_box.isChecked()
    screen.field("goods").setFocus()
    screen.type("和袜子")
    assert not screen.page.ui.inspection.ui.inspected_box.isChecked()


def test_a_paper_that_was_typed_and_not_left_yet_is_checked_with_the_confirmation(screen: Screen) -> None:
    screen.call()
    screen.press(ENTER)
    screen.type("1")
    screen.press(ENTER)
    screen.press(F7)
    screen.press(Qt.Key.Key_O, ALT)
    screen.type(ID_NUMBER)
    screen.press(ENTER, CONTROL)
    assert screen.accepted.number
    assert ID_NUMBER not in screen.field("identity").text()


def test_nothing_can_be_changed_once_the_order_is_accepted(screen: Screen) -> None:
    screen.call()
    screen.press(ENTER)
    screen.type("1")
    screen.press(ENTER)
    screen.press(F7)
    screen.press(ENTER, CONTROL)
    before = screen.page.form.state()
    for key, held in ((Qt.Key.Key_1, ALT), (Qt.Key.Key_P, ALT), (Qt.Key.Key_G, ALT), (F7, Qt.KeyboardModifier(0))):
        screen.press(key, held)
    assert screen.page.form.state() == before

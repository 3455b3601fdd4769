"""Addresses on the order form: pasted in any shape, chosen by Chinese, pinyin or initials, doubtful parts marked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from courier_desk.ui.tokens import LIGHT
from tests.ui.order_screen import CONTROL, ENTER, TAB, Screen, known_draft, screen_on

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def screen(qapp: QApplication, tmp_path: Path) -> Iterator[Screen]:
    with screen_on(tmp_path / "station", known_draft()) as made:
        yield made


def _paste_recipient(screen: Screen, text: str) -> None:
    screen.field("recipient_phone").setFocus()
    _paste(screen, text)


def _paste(screen: Screen, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    screen.press(Qt.Key.Key_V, CONTROL | SHIFT)


def test_one_key_reads_the_clipboard_into_the_recipient(screen: Screen) -> None:
    _paste_recipient(screen, "张三，13900001111，浙江省杭州市余杭区五常街道文一西路969号3幢502室 311121")
    party = screen.page.ui.recipient.party
    assert (party.name, party.phone) == ("张三", "13900001111")
    assert (party.address.district, party.address.street) == ("余杭区", "五常街道")
    assert party.address.detail == "文一西路969号3幢502室"
    assert party.address.postcode == "311121"
    assert not any(name.startswith("recipient") for name in screen.said())


def test_lines_with_labels_and_a_virtual_number_are_read(screen: Screen) -> None:
    _paste_recipient(screen, "收货人: 欧阳娜娜\n手机号: 17012345678-1234\n地址: 上海市徐汇区虹漕路461号58号楼5楼")
    party = screen.page.ui.recipient.party
    assert party.name == "欧阳娜娜"
    assert party.phone == "17012345678-1234"
    assert party.address.city == "上海市"


def test_what_is_doubtful_is_marked_in_amber_with_words_and_choices(screen: Screen) -> None:
    _paste_recipient(screen, "王小姐 13711112222 朝阳区北苑路28号1201室")
    said = screen.page.faults.said()
    assert "朝阳区" in said["recipient_area"]
    assert "北京市朝阳区" in said["recipient_area"]
    assert LIGHT.warn in _colours(screen.page.ui.recipient.ui.area_error)
    assert screen.focus is screen.field("recipient_area")
    assert screen.page.ui.recipient.ui.area_edit.open

    screen.press(Qt.Key.Key_Down)
    screen.press(ENTER)
    assert screen.page.ui.recipient.party.address.city == "长春市"
    assert "recipient_area" not in screen.page.faults.said()


def _colours(label: QWidget) -> set[str]:
    picture = label.grab().toImage()
    return {picture.pixelColor(x, y).name() for x in range(16) for y in range(picture.height())}


@pytest.mark.parametrize("typed", ["余杭", "yuhang", "hzyh", "杭州yh"])
def test_an_area_is_found_by_chinese_pinyin_and_initials(screen: Screen, typed: str) -> None:
    screen.field("recipient_area").setFocus()
    screen.type(typed)
    screen.press(ENTER)
    assert screen.page.ui.recipient.party.address.division == "330110"
    assert screen.field("recipient_area").text() == "浙江省杭州市余杭区"
    assert screen.focus is not screen.field("recipient_area")


def test_typing_over_a_chosen_area_takes_it_back(screen: Screen) -> None:
    screen.field("recipient_area").setFocus()
    screen.type("yuhang")
    screen.press(ENTER)
    screen.field("recipient_area").setFocus()
    screen.press(Qt.Key.Key_Backspace)
    assert screen.page.ui.recipient.party.address.division == ""


def test_text_in_the_box_that_is_no_past_recipient_is_read(screen: Screen) -> None:
    screen.call()
    screen.press(ENTER)
    screen.type("赵六 13600001234 北京市海淀区中关村大街1号")
    screen.press(ENTER)
    party = screen.page.ui.recipient.party
    assert (party.name, party.phone, party.address.district) == ("赵六", "13600001234", "海淀区")


def test_a_telephone_number_in_the_box_finds_the_past_recipient(screen: Screen) -> None:
    screen.call()
    screen.press(ENTER)
    screen.type("13987654321")
    screen.press(ENTER)
    assert screen.page.ui.recipient.party == known_draft().recipient


def test_the_recipients_number_fills_a_past_recipient(screen: Screen) -> None:
    screen.call()
    screen.field("recipient_phone").setFocus()
    screen.type("13987654321")
    assert screen.page.ui.recipient.party == known_draft().recipient


def test_reading_a_text_that_lacks_parts_keeps_what_stands_there(screen: Screen) -> None:
    screen.field("recipient_name").setText("老王")
    _paste_recipient(screen, "上海市徐汇区虹漕路461号58号楼5楼")
    assert screen.field("recipient_name").text() == "老王"
    assert screen.page.ui.recipient.party.address.district == "徐汇区"


def test_the_sender_can_be_pasted_too(screen: Screen) -> None:
    screen.field("sender_name").setFocus()
    _paste(screen, "张三 13900001111 北京市海淀区中关村大街1号")
    assert screen.field("sender_name").text() == "张三"
    assert screen.page.ui.recipient.is_empty


def test_the_company_opens_by_one_key_and_comes_back_with_the_party(screen: Screen) -> None:
    screen.press(TAB)
    screen.press(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    assert screen.focus is screen.field("recipient_company") or screen.focus is screen.field("sender_company")
    screen.type("示例公司")
    assert "示例公司" in str(screen.page.form.state())

"""Parcels of other stations on the screen: found and marked, opened by number and scan, with nothing to change."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from courier_desk.base.changes import Change
from courier_desk.base.translation import CHINESE
from courier_desk.domain.scan import Operation
from courier_desk.domain.user import Role
from courier_desk.ui.dialogs.reason import ReasonDialog
from courier_desk.ui.main_window_find import finder
from courier_desk.ui.navigation import Request
from courier_desk.ui.pages.find import FindPage
from courier_desk.ui.pages.parcel import ParcelPage
from courier_desk.ui.pages.scan import ScanPage
from tests.desk import RECIPIENT, ordinary_draft
from tests.joined import JoinedDesk, joined_in, other_station
from tests.ui.desk_window import ALT, CTRL, ENTER, DeskWindow
from tests.ui.kit import make_kit

SECRETS = ("李晓梅", "欧阳娜娜", "13812345678", "13987654321", "502室", "58号楼5楼")
FROM, PLACE = "HZ001", "杭州余杭站"


@pytest.fixture
def joined(tmp_path: Path) -> Iterator[JoinedDesk]:
    with joined_in(tmp_path / "desk") as made:
        yield made


@pytest.fixture
def waybill(joined: JoinedDesk, tmp_path: Path) -> str:
    """Two pieces that another station took and sent off."""
    with other_station(tmp_path / "other") as other:
        number = joined.tell_order(other.take(ordinary_draft(pieces=2))[1])
    joined.tell_event(number, "dispatched", FROM, PLACE, number=f"{number}-01")
    return number


@pytest.fixture
def window(joined: JoinedDesk, waybill: str, qtbot: QtBot) -> Iterator[DeskWindow]:
    made = DeskWindow(qtbot, make_kit(joined.desk, Role.SUPERVISOR))
    yield made
    made.close()
    assert made.kit.reports == []


def _shown(page: ParcelPage) -> str:
    return " ".join((*page.ui.sender_card.texts, *page.ui.recipient_card.texts))


def test_it_is_found_by_keys_marked_and_opened(window: DeskWindow, waybill: str, joined: JoinedDesk) -> None:
    own = joined.desk.accept()
    window.press(Qt.Key.Key_F3)
    page = window.front(FindPage)
    window.type(RECIPIENT.phone)
    window.wait(lambda: page.search.settled)
    window.settle()
    assert [row.number for row in page.model.rows] == [waybill, own.number]
    first, second = (page.model.texts(row) for row in page.model.rows)
    assert (first[-1], second[-1]) == (f"at {FROM}", joined.desk.agent.name)
    columns = {column.key: column for column in page.model.columns}
    icons = [columns["number"].icon(row) for row in page.model.rows if columns["number"].icon]
    assert icons == ["arrow-square-in", ""]
    assert not any(secret in text for text in first for secret in SECRETS)
    window.press(Qt.Key.Key_F, CTRL)
    page.ui.text_edit.clear()
    window.type(waybill.lower())
    window.press(ENTER)
    opened = window.front(ParcelPage)
    window.wait(lambda: opened.ui.number_label.text().replace(" ", "") == waybill)


def test_its_page_shows_life_and_origin_and_offers_no_act(window: DeskWindow, waybill: str) -> None:
    window.kit.scan(waybill)
    page = window.front(ParcelPage)
    window.wait(lambda: page.ui.number_label.text().replace(" ", "") == waybill)
    assert page.ui.origin_chip.isVisible()
    assert page.ui.origin_chip.accessibleName() == f"Taken at {FROM}"
    assert page.model.rowCount() == 2
    entries = page.ui.life_list.entries()
    assert {entry.title for entry in entries} == {"Order taken", "Dispatched"}
    assert any(PLACE in entry.note for entry in entries)
    for button in (page.ui.reprint_button, page.ui.refund_button, page.ui.void_button):
        assert not button.isVisible()
    for key, held in ((Qt.Key.Key_P, CTRL), (Qt.Key.Key_R, ALT), (Qt.Key.Key_Delete, CTRL)):
        window.press(key, held)
        assert window.window.tabs.front is page
    assert not any(secret in _shown(page) for secret in SECRETS)
    window.kit.language.use(CHINESE)
    window.wait(lambda: page.ui.origin_chip.accessibleName() == f"{FROM} 收寄")


def test_stations_stand_by_name_and_code_in_the_language_in_use(
    window: DeskWindow, waybill: str, joined: JoinedDesk
) -> None:
    joined.tell_event(waybill, "arrived", "SH003", "上海静安站", number=f"{waybill}-01")
    names = {FROM: ("<b>杭州</b>余杭", "<b>Hangzhou</b> Yuhang"), "SH003": ("上海静安" * 20, "Jing'an " * 20)}
    joined.name_stations(names)
    find = window.open(FindPage, "find", text=waybill)
    window.wait(lambda: any(waybill == row.number for row in find.model.rows) and bool(find.words.stations))
    assert find.model.texts(find.model.rows[0])[-1] == f"at <b>Hangzhou</b> Yuhang ({FROM})"
    page = window.open(ParcelPage, "parcel", number=waybill)
    window.wait(lambda: page.ui.origin_chip.accessibleName() == f"Taken at <b>Hangzhou</b> Yuhang ({FROM})")
    notes = [entry.note for entry in page.ui.life_list.entries()]
    assert any(f"<b>Hangzhou</b> Yuhang ({FROM})" in note for note in notes)
    assert any(("Jing'an " * 20)[:39] + "… (SH003)" in note for note in notes)
    window.kit.language.use(CHINESE)
    window.wait(lambda: page.ui.origin_chip.accessibleName() == f"<b>杭州</b>余杭 ({FROM}) 收寄")
    assert any("静安上海静安上海" in entry.note for entry in page.ui.life_list.entries())
    scan = window.open(ScanPage, "scan")
    window.press(Qt.Key.Key_4, ALT)
    window.kit.scan(f"{waybill}-02")
    window.wait(lambda: f"<b>杭州</b>余杭 ({FROM})" in scan.ui.result_panel.accessibleName())
    window.settle()


def test_one_looks_behind_its_mask_with_a_reason_only(window: DeskWindow, waybill: str) -> None:
    page = window.open(ParcelPage, "parcel", number=waybill)
    window.press(Qt.Key.Key_L, ALT)
    window.dialog(ReasonDialog)
    window.press(Qt.Key.Key_2)
    window.wait(lambda: page.curtain.open)
    assert RECIPIENT.phone in _shown(page)
    window.press(Qt.Key.Key_L, ALT)
    assert RECIPIENT.phone not in _shown(page)


def test_news_of_it_come_by_themselves(window: DeskWindow, waybill: str, joined: JoinedDesk) -> None:
    page = window.open(ParcelPage, "parcel", number=f"{waybill}-02")
    before = len(page.ui.life_list.entries())
    joined.tell_event(waybill, "signed", "SH003", "上海静安站", number=f"{waybill}-02")
    window.ctx.changes.publish((Change("inbound", waybill),))
    window.wait(lambda: len(page.ui.life_list.entries()) == before + 1)
    assert any("上海静安站" in entry.note for entry in page.ui.life_list.entries())


def test_a_scan_of_its_arrival_is_green_and_says_where_it_comes_from(window: DeskWindow, waybill: str) -> None:
    page = window.open(ScanPage, "scan")
    window.press(Qt.Key.Key_4, ALT)
    assert page.operation is Operation.ARRIVED
    window.kit.scan(f"{waybill}-01")
    window.wait(lambda: page.ui.result_panel.tone == "good")
    assert f"Taken at {FROM}" in page.ui.result_panel.accessibleName()
    window.settle()


def test_an_own_parcel_keeps_its_acts_and_no_origin(window: DeskWindow, joined: JoinedDesk) -> None:
    page = window.open(ParcelPage, "parcel", number=joined.desk.accept().number)
    window.wait(lambda: page.model.rowCount() == 1)
    assert page.ui.origin_chip.isHidden()
    assert page.ui.void_button.isVisible()


def test_the_palette_finds_it_too(window: DeskWindow, waybill: str) -> None:
    found = window.desk.on_db(lambda: finder(window.ctx)(waybill))
    assert [(each.value, each.icon) for each in found] == [(Request("parcel", {"number": waybill}), "arrow-square-in")]

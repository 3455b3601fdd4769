"""Finding by keys on a real station: any scrap, any filter; masked; what was typed last is what is shown."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from courier_desk.base.translation import CHINESE
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.order import PayWay, Piece
from courier_desk.services.find import FindSpec
from courier_desk.ui.pages import find_export, find_search
from courier_desk.ui.pages.find import FindPage
from courier_desk.ui.pages.find_search import Found
from courier_desk.ui.pages.parcel import ParcelPage
from tests.desk import PASSWORD, RECIPIENT, TestDesk, ordinary_draft
from tests.ui.desk_window import ALT, CTRL, DOWN, ENTER, ESCAPE, DeskWindow, desk_window

OTHER = replace(
    RECIPIENT,
    name="王小姐",
    phone="13711112222",
    address=replace(RECIPIENT.address, detail="示例路88号"),
)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[DeskWindow]:
    with desk_window(qtbot, tmp_path / "station") as made:
        yield made


def _take(desk: TestDesk, count: int) -> list[str]:
    inspection = desk.inspect()
    drafts = [
        replace(
            ordinary_draft(), recipient=OTHER, pieces=(Piece(1000 * (n + 1)),), pay_way=PayWay.QR, tendered_fen=None
        )
        for n in range(count)
    ]
    accept = desk.services.orders.accept
    return [desk.on_db(partial(accept, desk.agent, draft, inspection)).number for draft in drafts]


def _void(desk: TestDesk, order_id: str) -> None:
    def act() -> None:
        request = desk.services.cancelling.ask(desk.agent, RequestKind.VOID, order_id, "Entered twice")
        approval = desk.services.approvals.give(desk.agent, request, desk.agent.number, PASSWORD)
        desk.services.cancelling.void(desk.agent, request, approval)

    desk.on_db(act)


def _numbers(page: FindPage) -> list[str]:
    return [row.number for row in page.model.rows]


def _ask(desk: DeskWindow, page: FindPage, text: str) -> list[str]:
    desk.press(Qt.Key.Key_F, CTRL)
    page.ui.text_edit.clear()
    desk.type(text)
    desk.wait(lambda: page.search.settled)
    desk.settle()
    return _numbers(page)


def test_an_order_is_found_by_any_scrap_and_shown_masked(desk: DeskWindow) -> None:
    number = desk.desk.accept().number
    _take(desk.desk, 2)
    desk.press(Qt.Key.Key_F3)
    page = desk.front(FindPage)
    desk.wait(lambda: len(_numbers(page)) == 3)
    for scrap in (number, number[-5:], "139876", "阳娜", "虹漕路", "461号", "欧阳娜娜 虹漕"):
        assert _ask(desk, page, scrap) == [number], scrap
    assert len(_ask(desk, page, "衬衫")) == 3
    shown = " ".join(" ".join(page.model.texts(row)) for row in page.model.rows)
    for secret in ("欧阳娜娜", "13987654321", "李晓梅", "13812345678", "虹漕路"):
        assert secret not in shown
    assert "139****4321" in shown


def test_enter_opens_the_parcel_even_before_the_answer_is_there(desk: DeskWindow) -> None:
    number = desk.desk.accept().number
    _take(desk.desk, 3)
    desk.press(Qt.Key.Key_F3)
    page = desk.front(FindPage)
    desk.settle()
    page.ui.text_edit.setText("欧阳娜娜")
    desk.press(ENTER)
    parcel = desk.front(ParcelPage)
    desk.wait(lambda: parcel.ui.number_label.text().replace(" ", "") == number)


def test_arrows_lead_into_the_list_and_back(desk: DeskWindow) -> None:
    numbers = _take(desk.desk, 3)
    desk.press(Qt.Key.Key_F3)
    page = desk.front(FindPage)
    desk.wait(lambda: len(_numbers(page)) == 3)
    desk.press(DOWN)
    assert page.table.table.hasFocus()
    desk.press(DOWN)
    assert [row.number for row in page.table.table.chosen_rows()] == [numbers[-2]]
    desk.press(Qt.Key.Key_W, ALT)
    assert QGuiApplication.clipboard().text() == numbers[-2]
    desk.press(Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Up)
    assert page.ui.text_edit.hasFocus()
    desk.press(DOWN)
    desk.press(ESCAPE)
    assert page.ui.text_edit.hasFocus()
    desk.press(DOWN)
    desk.press(DOWN)
    desk.press(ENTER)
    assert numbers[-2] == desk.front(ParcelPage).ui.number_label.text().replace(" ", "")


def test_only_the_last_question_is_answered(desk: DeskWindow) -> None:
    """While the database is busy three questions are typed; one answer comes, and it is that to the last."""
    number = desk.desk.accept().number
    page = desk.open(FindPage, "find")
    answers: list[Found] = []
    page.search.found.connect(answers.append)
    gate = threading.Event()
    desk.desk.app.db.submit(partial(gate.wait, 10))
    for text in ("138", "zzz", "欧阳"):
        page.search.ask(FindSpec(text=text), at_once=True)
    assert answers == []
    gate.set()
    desk.settle()
    assert [answer.spec.text for answer in answers] == ["欧阳"]
    assert _numbers(page) == [number]


def test_filters_go_together_and_are_forgotten_by_one_key(desk: DeskWindow) -> None:
    first = desk.desk.accept()
    numbers = _take(desk.desk, 2)
    _void(desk.desk, first.order_id)
    page = desk.open(FindPage, "find")
    desk.wait(lambda: len(_numbers(page)) == 3)
    page.ui.void_combo.setCurrentIndex(page.ui.void_combo.findData("yes"))
    desk.settle()
    assert _numbers(page) == [first.number]
    page.ui.void_combo.setCurrentIndex(page.ui.void_combo.findData("no"))
    page.ui.destination_edit.setText("徐汇")
    page.ui.status_combo.setCurrentIndex(page.ui.status_combo.findData("INFO"))
    page.ui.service_combo.setCurrentIndex(page.ui.service_combo.findData("standard"))
    page.ui.operator_combo.setCurrentIndex(page.ui.operator_combo.findData(desk.desk.agent.name))
    page.ui.since_edit.setText("-1")
    desk.wait(lambda: page.search.settled)
    desk.settle()
    assert _numbers(page) == numbers[::-1]
    page.ui.until_edit.setText("-1")
    desk.wait(lambda: page.search.settled and _numbers(page) == [])
    desk.press(Qt.Key.Key_C, ALT)
    assert not page.filters.narrowed
    desk.wait(lambda: len(_numbers(page)) == 3)


def test_a_wrong_day_is_said_beside_its_field_and_what_was_found_stays(desk: DeskWindow) -> None:
    number = desk.desk.accept().number
    page = desk.open(FindPage, "find")
    desk.wait(lambda: _numbers(page) == [number])
    page.ui.since_edit.setText("13-45")
    assert page.ui.since_error.message is not None
    assert page.ui.since_edit.property("wrong")
    page.ui.since_edit.setText("today")
    page.ui.until_edit.setText("-3")
    desk.wait(lambda: page.ui.since_error.message is not None)
    assert page.ui.since_error.message is not None
    assert page.ui.since_error.message.text == "The first day is after the last."
    assert _numbers(page) == [number]


def test_rows_come_page_by_page_without_counting(desk: DeskWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find_search, "MOST_ROWS", 5)
    numbers = _take(desk.desk, 12)
    page = desk.open(FindPage, "find")
    desk.wait(lambda: len(_numbers(page)) == 5)
    assert page.ui.count_note.text() == "5 shown, there are more"
    desk.press(Qt.Key.Key_M, ALT)
    desk.wait(lambda: len(_numbers(page)) == 10)
    desk.press(Qt.Key.Key_M, ALT)
    desk.wait(lambda: len(_numbers(page)) == 12)
    assert _numbers(page) == numbers[::-1]
    assert page.ui.count_note.text() == "12 orders"
    assert page.ui.more_button.isHidden()


def test_a_head_sorts_in_the_query_and_the_box_follows(desk: DeskWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find_search, "MOST_ROWS", 3)
    numbers = _take(desk.desk, 5)
    page = desk.open(FindPage, "find")
    head = page.table.table.horizontalHeader()
    place = [column.key for column in page.model.columns].index("weight")
    head.setSortIndicator(place, Qt.SortOrder.AscendingOrder)
    desk.settle()
    assert _numbers(page) == numbers[:3]
    assert page.ui.sort_combo.currentData() == "weight_up"
    page.ui.sort_combo.setCurrentIndex(page.ui.sort_combo.findData("weight"))
    desk.settle()
    assert _numbers(page) == numbers[:1:-1]
    assert head.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder


def test_what_was_found_goes_into_a_workbook_masked(
    desk: DeskWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_export, "MOST_ROWS", 2)
    numbers = _take(desk.desk, 5)
    page = desk.open(FindPage, "find")
    desk.wait(lambda: len(_numbers(page)) == 5)
    desk.press(Qt.Key.Key_E, CTRL)
    file = tmp_path / "found.xlsx"
    dialog = desk.dialog(QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    desk.wait(lambda: file.exists() and not page.export.running)
    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[3:8]] == numbers[::-1]
    text = str(rows)
    assert "王**" in text
    assert "王小姐" not in text
    assert "13711112222" not in text
    assert desk.said()[-1] == "5 rows are in found.xlsx."


def test_an_export_that_is_stopped_leaves_nothing(desk: DeskWindow, tmp_path: Path) -> None:
    _take(desk.desk, 2)
    page = desk.open(FindPage, "find")
    file = tmp_path / "found.xlsx"
    gate = threading.Event()
    desk.desk.app.db.submit(partial(gate.wait, 10))
    page.export.begin(find_export.found_orders(page.ctx, page.words, page.filters.spec()), str(file))
    assert page.export.running
    page.export.stop()
    gate.set()
    desk.settle()
    assert page.ui.export_button.isVisible()
    assert not file.exists()


def test_nothing_found_says_how_to_go_on_and_a_new_station_how_to_begin(desk: DeskWindow) -> None:
    page = desk.open(FindPage, "find")
    texts = page._empty_texts()
    assert texts[0] == "No order yet"
    assert texts[2] == "New order"
    assert _ask(desk, page, "zz") == []
    assert "three" in page._empty_texts()[1]
    desk.desk.accept()
    assert _ask(desk, page, "zzzz") == []
    assert page.table.empty.isVisible()


def test_a_new_order_appears_by_itself_and_language_changes_in_place(desk: DeskWindow) -> None:
    page = desk.open(FindPage, "find")
    accepted = desk.desk.accept()
    desk.ctx.changes.publish(accepted.changes)
    desk.wait(lambda: _numbers(page) == [accepted.number])
    desk.kit.language.use(CHINESE)
    desk.settle()
    assert page.ui.title_label.text() == "查找"
    assert page.model.headerData(2, Qt.Orientation.Horizontal) == "状态"
    assert page.ui.status_combo.itemText(0) == "不限"


def test_filters_come_back_after_a_restart_but_no_name_is_kept(desk: DeskWindow) -> None:
    page = desk.open(FindPage, "find", text="欧阳娜娜")
    assert page.ui.text_edit.text() == "欧阳娜娜"
    page.ui.status_combo.setCurrentIndex(page.ui.status_combo.findData("PICK"))
    page.ui.since_edit.setText("2026-11-01")
    kept = page.snapshot()
    assert "欧阳" not in str(kept)
    again = FindPage(desk.ctx)
    desk.bot.addWidget(again)
    again.restore(kept)
    desk.settle()
    assert again.filters.spec().status == "PICK"
    assert again.filters.spec().since == page.filters.spec().since


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '"" OR "',
        "*",
        "😀😀😀",
        "a\x00bc",
        "\u202eabc",
        "' ; --",
        "<b>x</b>",
        "%%%",
        "欧 阳",
        "１３９８７６",
        "x" * 500,
    ],
)
def test_odd_texts_are_questions_like_any_other(desk: DeskWindow, text: str) -> None:
    number = desk.desk.accept().number
    page = desk.open(FindPage, "find")
    desk.wait(lambda: _numbers(page) == [number])
    page.ui.text_edit.setText(text)
    page.ui.destination_edit.setText("")
    desk.settle()
    wanted = [number] if text in ("欧 阳", "１３９８７６") else []
    assert _numbers(page) == wanted
    page.ui.text_edit.clear()
    page.ui.destination_edit.setText(text)
    desk.settle()
    assert desk.said() == []

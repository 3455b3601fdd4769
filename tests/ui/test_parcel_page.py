"""The parcel's page by keys on a real station: masked, its whole life, each act with its reason and approval."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from courier_desk.base.settings import PrinterSetting
from courier_desk.base.translation import CHINESE
from courier_desk.domain.order import PayWay, Piece
from courier_desk.domain.print_job import PrintState
from courier_desk.domain.scan import Operation, RawScan
from courier_desk.domain.user import Role
from courier_desk.printing.preview import page_picture, read_back
from courier_desk.services.rows import ParcelRow
from courier_desk.services.scans import ScanCommand
from courier_desk.ui.dialogs.amount import AmountDialog
from courier_desk.ui.dialogs.reason import ReasonDialog
from courier_desk.ui.pages.find import FindPage
from courier_desk.ui.pages.parcel import ParcelPage
from tests.desk import ordinary_draft
from tests.ui.desk_window import ALT, CTRL, ENTER, DeskWindow, desk_window

SECRETS = ("李晓梅", "欧阳娜娜", "13812345678", "13987654321", "502室", "58号楼5楼")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[DeskWindow]:
    with desk_window(qtbot, tmp_path / "station") as made:
        yield made


def _scan(desk: DeskWindow, number: str, operation: Operation, *, keyed: bool = False) -> None:
    raw = RawScan(number, "keyed" if keyed else "Counter 1", datetime.now(UTC), keyed)
    record = partial(desk.desk.services.scans.record, desk.desk.agent, ScanCommand(raw, operation))
    desk.ctx.changes.publish(desk.desk.on_db(record).changes)
    desk.settle()


def _shown(page: ParcelPage) -> str:
    return " ".join((*page.ui.sender_card.texts, *page.ui.recipient_card.texts))


def _piece(page: ParcelPage) -> str:
    row = page.pieces.current_row()
    return row.number if isinstance(row, ParcelRow) else ""


def _titles(page: ParcelPage) -> list[str]:
    return [entry.title for entry in page.ui.life_list.entries()]


def _audit(desk: DeskWindow, action: str) -> list[str]:
    """The entities that the log names for this action."""

    def read() -> list[str]:
        with desk.desk.app.desk.store.read() as work:
            found = work.connection.exec_driver_sql("SELECT entity_id FROM audit WHERE action = ?", (action,))
            return [row[0] for row in found]

    return desk.desk.on_db(read)


def test_a_parcel_is_opened_by_number_piece_id_and_scan(desk: DeskWindow) -> None:
    first, second = desk.desk.accept(), desk.desk.accept(ordinary_draft(pieces=2))
    page = desk.open(ParcelPage, "parcel", number=second.parcel_numbers[1])
    assert page.ui.number_label.text().replace(" ", "") == second.number
    assert page.model.rowCount() == 2
    assert _piece(page) == second.parcel_numbers[1]
    assert page.tab_title() == page.ui.number_label.text()
    assert desk.open(ParcelPage, "parcel", order=second.order_id) is page
    tabs = desk.window.tabs.count()
    desk.kit.scan(first.number)
    desk.wait(lambda: page.ui.number_label.text().replace(" ", "") == first.number)
    desk.kit.scan(second.parcel_numbers[1])
    desk.wait(lambda: page.ui.number_label.text().replace(" ", "") == second.number)
    assert _piece(page) == second.parcel_numbers[1]
    assert desk.window.tabs.count() == tabs


def test_an_unknown_number_says_so_and_leads_on(desk: DeskWindow) -> None:
    page = desk.open(ParcelPage, "parcel", number="XS0000000000007")
    assert page.ui.stack.currentWidget() is page.ui.empty_step
    page.ui.empty_state.button.click()
    assert desk.front(FindPage).ui.text_edit.text() == "XS0000000000007"


def test_names_are_masked_until_somebody_says_why_and_again_after_a_while(desk: DeskWindow) -> None:
    accepted = desk.desk.accept()
    page = desk.open(ParcelPage, "parcel", number=accepted.number)
    assert not any(secret in _shown(page) for secret in SECRETS)
    desk.press(Qt.Key.Key_L, ALT)
    desk.dialog(ReasonDialog)
    desk.press(Qt.Key.Key_2)
    desk.wait(lambda: page.curtain.open)
    assert all(secret in _shown(page) for secret in SECRETS)
    assert _audit(desk, "personal.looked") == [accepted.order_id]
    assert page.curtain._seconds > 0
    page.curtain._seconds = 1
    desk.wait(lambda: not page.curtain.open)
    assert not any(secret in _shown(page) for secret in SECRETS)


def test_the_mask_comes_back_when_one_leaves_the_page_or_presses_the_key(desk: DeskWindow) -> None:
    page = desk.open(ParcelPage, "parcel", number=desk.desk.accept().number)
    for leave in (partial(desk.press, Qt.Key.Key_L, ALT), partial(desk.press, Qt.Key.Key_F3)):
        desk.press(Qt.Key.Key_L, ALT)
        desk.dialog(ReasonDialog)
        desk.press(Qt.Key.Key_1)
        desk.wait(lambda: page.curtain.open)
        leave()
        assert not page.curtain.open


def test_its_life_follows_every_scan_and_flags_what_was_out_of_order(desk: DeskWindow) -> None:
    accepted = desk.desk.accept()
    page = desk.open(ParcelPage, "parcel", number=accepted.number)
    assert _titles(page) == ["Order taken"]
    _scan(desk, accepted.number, Operation.COLLECTED)
    desk.wait(lambda: _titles(page) == ["Collected", "Order taken"])
    collected = page.ui.life_list.entries()[0]
    assert "Counter 1" in collected.note
    assert desk.desk.agent.name in collected.note
    _scan(desk, accepted.number, Operation.COLLECTED, keyed=True)
    desk.wait(lambda: len(_titles(page)) == 3)
    repeated = page.ui.life_list.entries()[0]
    assert (repeated.tone, repeated.flag, repeated.icon) == ("warn", "Scanned before", "warning")
    assert "typed by hand" in repeated.note
    assert page.ui.status_chip.accessibleName() == "Collected"


def test_a_label_is_printed_again_with_reason_approval_and_mark(desk: DeskWindow, tmp_path: Path) -> None:
    folder = tmp_path / "paper"
    desk.start_printing(PrinterSetting("Folder A", "folder", str(folder)))
    accepted = desk.desk.accept()
    desk.ctx.changes.publish(accepted.changes)
    page = desk.open(ParcelPage, "parcel", number=accepted.number)
    desk.wait_for_state(accepted.print_job_ids[0], PrintState.PRINTED)
    desk.press(Qt.Key.Key_P, CTRL)
    desk.dialog(ReasonDialog)
    desk.press(Qt.Key.Key_1)
    desk.confirm_with_password()
    again = desk.jobs()[0]
    assert (again.copy, again.reason, again.title) == (1, "The label is torn or dirty", accepted.number)
    desk.wait_for_state(again.job_id, PrintState.PRINTED)
    papers = sorted(folder.glob("*.pdf"))
    codes = [{code.text for code in read_back(page_picture(paper.read_bytes(), dpi=203))} for paper in papers]
    assert codes == [{accepted.number}, {accepted.number}]
    desk.wait(lambda: "Label out again" in _titles(page))
    assert _titles(page) == ["Label out again", "Label out", "Order taken"]


def test_making_void_cancels_the_labels_that_wait_and_gives_the_money_back(desk: DeskWindow) -> None:
    accepted = desk.desk.accept()
    page = desk.open(ParcelPage, "parcel", number=accepted.number)
    desk.press(Qt.Key.Key_Delete, CTRL)
    desk.dialog(ReasonDialog)
    desk.press(Qt.Key.Key_2)
    desk.confirm_with_password()
    desk.wait(lambda: page.ui.status_chip.accessibleName() == "Void")
    assert [job.state for job in desk.jobs()] == [PrintState.CANCELLED]
    assert not page.ui.void_button.isEnabled()
    assert not page.ui.reprint_button.isEnabled()
    assert any(text.startswith("Give back ¥") for text in desk.said())
    assert set(_titles(page)) == {"Made void", "Money given back", "Order taken"}


def test_a_refund_beyond_ones_own_limit_needs_a_second_person(desk: DeskWindow) -> None:
    draft = replace(ordinary_draft(), pieces=(Piece(28_000, 600, 500, 450),) * 2, pay_way=PayWay.QR, tendered_fen=None)
    accepted = desk.desk.accept(draft)
    assert accepted.total_fen > 6000
    page = desk.open(ParcelPage, "parcel", number=accepted.number)
    desk.press(Qt.Key.Key_R, ALT)
    amount = desk.dialog(AmountDialog)
    amount.ui.amount_edit.setText("99999")
    desk.press(ENTER)
    assert amount.ui.amount_error.message is not None
    amount.ui.amount_edit.selectAll()
    desk.type("60.5")
    desk.press(ENTER)
    desk.dialog(ReasonDialog)
    desk.press(Qt.Key.Key_1)
    desk.confirm_with_password(desk.desk.actors[Role.SENIOR_AGENT].number)
    desk.wait(lambda: any("60.50" in fact.value for fact in page.ui.facts_list.facts))
    assert "Money given back" in _titles(page)
    assert page.ui.refund_button.isEnabled()


def test_what_is_already_in_a_bag_is_not_made_void(desk: DeskWindow) -> None:
    accepted = desk.desk.accept()
    _scan(desk, accepted.number, Operation.COLLECTED)
    services, agent = desk.desk.services, desk.desk.agent
    route = desk.desk.on_db(lambda: services.find.order(agent, accepted.order_id)).order.route
    bag = desk.desk.on_db(lambda: services.bags.open(agent, route.package_centre, route.line)).bag
    raw = RawScan(accepted.number, "Counter 1", datetime.now(UTC))
    desk.desk.on_db(lambda: services.scans.record(agent, ScanCommand(raw, Operation.BAGGED, bag.id)))
    page = desk.open(ParcelPage, "parcel", number=accepted.number)
    desk.press(Qt.Key.Key_Delete, CTRL)
    desk.dialog(ReasonDialog)
    desk.press(Qt.Key.Key_1)
    assert desk.said()[-1] == "A piece is in a bag or on its way; take it back first."
    assert page.ui.status_chip.accessibleName() == "Sorting"


def test_it_is_said_in_chinese_at_once_and_comes_back_after_a_restart(desk: DeskWindow) -> None:
    accepted = desk.desk.accept()
    page = desk.open(ParcelPage, "parcel", number=accepted.number)
    desk.kit.language.use(CHINESE)
    desk.settle()
    assert _titles(page) == ["已接单"]
    assert page.ui.status_chip.accessibleName() == "已下单"
    kept = page.snapshot()
    assert kept == {"number": accepted.number}
    again = ParcelPage(desk.ctx)
    desk.bot.addWidget(again)
    again.restore(kept)
    desk.settle()
    assert again.ui.number_label.text() == page.ui.number_label.text()

"""Bags by keys: opened, sealed, opened again with a second person's word, tag printed again; content and life."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from courier_desk.domain.bag import Bag
from courier_desk.domain.own_number import make
from courier_desk.domain.scan import Operation
from courier_desk.domain.user import Role
from courier_desk.ui.dialogs.approval import ApprovalDialog
from courier_desk.ui.dialogs.open_bag import OpenBag
from courier_desk.ui.dialogs.reason import ReasonDialog
from courier_desk.ui.dialogs.seal_bag import SealBag
from courier_desk.ui.pages.bags import BagsPage
from tests.desk import PASSWORD
from tests.ui.floor import Floor, dialog, floor_in, waits
from tests.ui.kit import UiKit

Until = Callable[[Callable[[], bool]], None]
_ALT, _CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def floor(tmp_path: Path, qtbot: QtBot) -> Iterator[Floor]:
    with floor_in(tmp_path / "station") as found:
        yield found


@pytest.fixture
def until(qtbot: QtBot, floor: Floor) -> Until:
    return lambda condition: qtbot.waitUntil(waits(floor, condition))


def _bag(floor: Floor, pieces: int, seal: str = "") -> Bag:
    bags, agent = floor.desk.services.bags, floor.desk.agent
    bag = floor.desk.on_db(lambda: bags.open(agent, "上海集散中心", "HZ-SH")).bag
    for _piece in range(pieces):
        floor.record(floor.collected(), Operation.BAGGED, bag.id)
    if seal:
        return floor.desk.on_db(lambda: bags.seal(agent, bag.id, seal, pieces)).bag
    return bag


def _state(floor: Floor, bag: Bag) -> Bag:
    found = floor.desk.on_db(lambda: floor.desk.services.bags.by_tag(floor.desk.agent, bag.tag))
    assert found is not None
    return found


def test_an_empty_page_says_how_to_make_the_first_bag_and_alt_n_makes_it(floor: Floor, until: Until) -> None:
    page = floor.show(BagsPage(floor.ctx))
    assert page.panel.empty.button.text() == "New bag"
    floor.press(page, Qt.Key.Key_N, _ALT)
    opening = dialog(OpenBag)
    until(lambda: opening.ui.centres_list.count() > 0)
    QTest.keyClicks(opening.ui.destination_edit, "HZ-WEST")
    assert all("HZ-WEST" in row.note for row in opening.ui.centres_list.rows())
    QTest.keyClick(opening.ui.destination_edit, Qt.Key.Key_Down)
    chosen = opening.ui.centres_list.current()
    assert chosen is not None
    QTest.keyClick(opening.ui.destination_edit, Qt.Key.Key_Return)
    until(lambda: page.panel.table.rows_model.rowCount() == 1)
    assert page.panel.table.rows_model.row(0).destination == chosen.title
    until(lambda: page.ui.facts_label.text().startswith(chosen.title))


def test_a_centre_that_the_table_does_not_know_is_said_beside_the_filter(floor: Floor, until: Until) -> None:
    page = floor.show(BagsPage(floor.ctx))
    floor.press(page, Qt.Key.Key_N, _ALT)
    opening = dialog(OpenBag)
    until(lambda: opening.ui.centres_list.count() > 0)
    QTest.keyClicks(opening.ui.destination_edit, "Atlantis")
    assert opening.ui.destination_error.message is not None
    QTest.keyClick(opening.ui.destination_edit, Qt.Key.Key_Return)
    assert opening.isVisible()


def test_a_bag_is_sealed_by_keys_and_a_wrong_count_stays_beside_its_field(floor: Floor, until: Until) -> None:
    bag = _bag(floor, 2)
    page = floor.show(BagsPage(floor.ctx))
    until(lambda: page.content.rows_model.rowCount() == 2)
    floor.press(page, Qt.Key.Key_S, _ALT)
    sealing = dialog(SealBag)
    sealing.ui.counted_edit.setText("３")
    QTest.keyClick(sealing.ui.counted_edit, Qt.Key.Key_Return)
    QTest.keyClicks(sealing.ui.seal_edit, "SEAL0042")
    QTest.keyClick(sealing.ui.seal_edit, Qt.Key.Key_Return)
    until(lambda: sealing.ui.counted_error.message is not None)
    assert "Counted 3, scanned 2" in str(sealing.ui.counted_error.message)
    sealing.ui.counted_edit.setText("2")
    QTest.keyClick(sealing.ui.seal_edit, Qt.Key.Key_Return, _CTRL)
    until(lambda: _state(floor, bag).state == "sealed")
    until(lambda: "SEAL0042" in page.ui.facts_label.text())


def test_a_sealed_bag_is_opened_again_only_with_a_second_persons_word(floor: Floor, until: Until) -> None:
    bag = _bag(floor, 1, "SEAL0001")
    page = floor.show(BagsPage(floor.ctx))
    until(page.ui.unseal_button.isVisible)
    floor.press(page, Qt.Key.Key_O, _ALT)
    QTest.keyClick(dialog(ReasonDialog).ui.reasons_list, Qt.Key.Key_2)
    asking = dialog(ApprovalDialog)
    assert bag.id not in asking.ui.what_label.text()
    for number, ok in ((floor.desk.agent.number, False), (floor.desk.actors[Role.SENIOR_AGENT].number, True)):
        asking.ui.number_edit.setText(number)
        asking.ui.password_edit.setText(PASSWORD)
        QTest.keyClick(asking.ui.password_edit, Qt.Key.Key_Return)
        if not ok:
            until(lambda: asking.ui.number_error.message is not None)
            assert _state(floor, bag).state == "sealed"
    until(lambda: _state(floor, bag).state == "open")
    floor.press(page, Qt.Key.Key_2, _ALT)
    until(lambda: [row.kind for row in page.life.rows_model.rows][-1:] == ["bag.unsealed"])
    assert page.life.rows_model.rows[-1].remark == "A parcel has to be taken out"


def test_a_tag_is_printed_again_with_reason_and_mark(floor: Floor, until: Until) -> None:
    bag = _bag(floor, 0)
    page = floor.show(BagsPage(floor.ctx))
    until(page.ui.bag_card.isEnabled)
    floor.press(page, Qt.Key.Key_P, _CTRL)
    QTest.keyClick(dialog(ReasonDialog).ui.reasons_list, Qt.Key.Key_1)
    asking = dialog(ApprovalDialog)
    QTest.keyClicks(asking.ui.password_edit, PASSWORD)
    QTest.keyClick(asking.ui.password_edit, Qt.Key.Key_Return)

    def printed() -> bool:
        jobs = floor.desk.on_db(lambda: floor.desk.services.find.print_jobs(floor.desk.agent))
        return [(job.copy, job.reason) for job in jobs if job.subject == bag.id][:1] == [(1, "The tag is damaged")]

    until(printed)


def test_a_scanned_tag_chooses_its_bag_whatever_is_filtered(floor: Floor, until: Until) -> None:
    first, _second = _bag(floor, 1, "SEAL0005"), _bag(floor, 0)
    page = floor.show(BagsPage(floor.ctx))
    until(lambda: page.panel.table.rows_model.rowCount() == 2)
    page.ui.handed_over_button.click()
    assert page.panel.table.rows_model.rowCount() == 0
    floor.scan(first.tag)
    until(lambda: "SEAL0005" in page.ui.facts_label.text())
    current = page.panel.table.current_row()
    assert current is not None
    assert current.bag_id == first.id
    floor.scan("BAG" + make("XS", 4242))
    until(lambda: any("no bag with this tag" in said for said in floor.said))


def test_a_tag_scanned_where_nobody_takes_it_opens_its_bag(kit: UiKit, qtbot: QtBot) -> None:
    bags = kit.desk.services.bags
    bag = kit.desk.on_db(lambda: bags.open(kit.ctx.actor, "上海集散中心", "HZ-SH")).bag
    window = kit.window()
    qtbot.waitUntil(lambda: window.tabs.front is not None)
    kit.scan(bag.tag)
    page = window.tabs.front
    assert isinstance(page, BagsPage)
    qtbot.waitUntil(lambda: page.ui.tag_label.text().endswith(bag.tag[-1]))
    window.log_out()
    window.close()
    window.deleteLater()

"""The scan station by keys and scans: each doubtful case has its own signal, nothing is lost, all is read back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.translation import CHINESE, message, set_language
from courier_desk.domain.own_number import make
from courier_desk.domain.scan import Operation, Outcome
from courier_desk.services import scans
from courier_desk.ui.dialogs.manual_entry import ManualEntry
from courier_desk.ui.dialogs.open_bag import OpenBag
from courier_desk.ui.dialogs.reason import ReasonDialog
from courier_desk.ui.dialogs.seal_bag import SealBag
from courier_desk.ui.dialogs.without_order import WithoutOrder
from courier_desk.ui.figures import number_text
from courier_desk.ui.pages.scan import ScanPage
from tests.desk import ordinary_draft
from tests.ui.floor import Floor, dialog, floor_in, open_dialogs, waits

Until = Callable[[Callable[[], bool]], None]
_ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def floor(tmp_path: Path, qtbot: QtBot) -> Iterator[Floor]:
    with floor_in(tmp_path / "station") as found:
        yield found


@pytest.fixture
def until(qtbot: QtBot, floor: Floor) -> Until:
    return lambda condition: qtbot.waitUntil(waits(floor, condition))


def _answered(page: ScanPage, count: int) -> Callable[[], bool]:
    return lambda: sum(1 for row in page.recent.rows_model.rows if row.result or row.problem) == count


def test_a_parcel_is_collected_bagged_and_sealed_by_scans_and_keys(floor: Floor, qtbot: QtBot, until: Until) -> None:
    number = floor.desk.accept().number
    page = floor.show(ScanPage(floor.ctx))
    floor.scan(number)
    assert page.recent.rows_model.rows[0].result is None, "the row is there before the answer"
    until(_answered(page, 1))
    assert (page.ui.result_panel.tone, page.ui.result_panel.word) == ("good", "Accepted")
    assert page.ui.result_panel.place == "上海集散中心"
    floor.press(page, Qt.Key.Key_2, _ALT)
    assert page.operation is Operation.BAGGED
    floor.scan(number)
    until(_answered(page, 2))
    assert page.ui.result_panel.word == "No open bag"
    floor.press(page, Qt.Key.Key_F7)
    opening = dialog(OpenBag)
    until(lambda: opening.ui.centres_list.count() > 0)
    current = opening.ui.centres_list.current()
    assert current is not None
    assert current.title == "上海集散中心", "the parcel suggests the destination"
    QTest.keyClick(opening.ui.destination_edit, Qt.Key.Key_Return)
    until(_answered(page, 3))
    assert page.ui.result_panel.tone == "good", "the parcel that asked for the bag went in by itself"
    bag_id = page.bags.bag_id
    floor.press(page, Qt.Key.Key_S, _ALT)
    sealing = dialog(SealBag)
    until(lambda: sealing._inside is not None)
    floor.scan(number)
    assert sealing.ui.counted_edit.text() == "1", "scanning counts again"
    floor.scan("SEAL00017")
    assert sealing.ui.seal_edit.text() == "SEAL00017"
    QTest.keyClick(sealing.ui.seal_edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until(lambda: page.ui.result_panel.word == "Sealed")
    view = floor.desk.on_db(lambda: floor.desk.services.floor.bag(floor.desk.agent, bag_id))
    assert (view.bag.state, view.bag.seal, view.bag.pieces) == ("sealed", "SEAL00017", 1)
    assert [parcel.number for parcel in view.parcels] == [number]
    assert not page.bags.bag_id
    jobs = floor.desk.on_db(lambda: floor.desk.services.find.print_jobs(floor.desk.agent))
    assert [job.kind for job in jobs if job.subject == bag_id] == ["bag_tag", "bag_tag"]


def test_each_doubtful_scan_has_its_own_word_sound_and_next_step(floor: Floor, until: Until) -> None:
    desk = floor.desk
    known, void = floor.collected(), desk.accept().number
    several = desk.accept(ordinary_draft(pieces=2)).number
    desk.on_db(lambda: _make_void(floor, void))
    page = floor.show(ScanPage(floor.ctx))
    cases = (
        (known, Outcome.REPEAT, "warn", "Scanned before"),
        (make("XS", 999_999_999_999), Outcome.UNKNOWN_NUMBER, "warn", "No such order"),
        ("SF1385628716739", Outcome.OTHER_CARRIER, "warn", "Not our number"),
        (void, Outcome.VOID_LABEL, "bad", "Label is void"),
        (several, Outcome.WHICH_PIECE, "warn", "Several pieces"),
        ("XS0000000000019", Outcome.UNREADABLE, "bad", "Not readable"),
    )
    words = []
    for place, (text, outcome, tone, word) in enumerate(cases, start=1):
        floor.scan(text)
        until(_answered(page, place))
        assert (page.ui.result_panel.tone, page.ui.result_panel.word) == (tone, word)
        assert floor.heard.names[-1] == outcome.value
        assert page.ui.next_button.isVisible()
        words.append((page.ui.next_button.text(), page.ui.result_panel.next_step))
    assert len(set(words)) == len(cases)
    assert (page.tally.accepted, page.tally.repeats, page.tally.doubtful) == (0, 1, 5)
    assert _kept(floor)[-6:] == [outcome.value for _text, outcome, _tone, _word in cases]


def test_out_of_order_says_which_step_is_missing(floor: Floor, until: Until) -> None:
    number = floor.desk.accept().number
    page = floor.show(ScanPage(floor.ctx))
    floor.press(page, Qt.Key.Key_3, _ALT)
    floor.scan(number)
    until(_answered(page, 1))
    panel = page.ui.result_panel
    assert (panel.tone, panel.word) == ("warn", "Out of order")
    assert panel.next_step == "It has not been collected yet. The scan was kept and marked."
    set_language(CHINESE)
    page.retranslate()
    assert panel.next_step == "该件尚未收件。扫描已保留并做标记。"


def test_a_wrong_bag_says_which_is_right_and_takes_the_parcel_only_with_a_reason(
    floor: Floor, qtbot: QtBot, until: Until
) -> None:
    number = floor.collected()
    bags, agent = floor.desk.services.bags, floor.desk.agent
    right = floor.desk.on_db(lambda: bags.open(agent, "上海集散中心", "HZ-SH")).bag
    wrong = floor.desk.on_db(lambda: bags.open(agent, "北京集散中心", "HZ-NORTH")).bag
    page = floor.show(ScanPage(floor.ctx))
    floor.scan(wrong.tag)
    floor.scan(number)
    until(_answered(page, 1))
    panel = page.ui.result_panel
    assert (panel.tone, panel.word, panel.place) == ("bad", "Wrong bag", "上海集散中心")
    assert right.tag[-1] in panel.accessibleName()
    floor.press(page, Qt.Key.Key_F7)
    QTest.keyClick(dialog(ReasonDialog).ui.reasons_list, Qt.Key.Key_1)
    until(_answered(page, 2))
    assert page.ui.result_panel.tone == "good"
    kept = floor.desk.on_db(lambda: bags.by_tag(floor.desk.agent, wrong.tag))
    assert kept is not None
    assert kept.pieces == 1
    floor.scan(right.tag)
    floor.scan(number)
    until(_answered(page, 3))
    assert (panel.word, panel.place) == ("In another bag", number_text(wrong.tag))


def test_a_tag_decides_over_the_scans_behind_it_even_while_it_is_looked_up(floor: Floor, until: Until) -> None:
    first, second = floor.collected(), floor.collected()
    page = floor.show(ScanPage(floor.ctx))
    bag = floor.desk.on_db(lambda: floor.desk.services.bags.open(floor.desk.agent, "上海集散中心", "HZ-SH")).bag
    for text in (bag.tag, first, second):
        floor.scan(text)
    until(_answered(page, 2))
    assert [row.bag_id for row in page.recent.rows_model.rows] == [bag.id, bag.id]
    assert page.tally.accepted == 2
    until(lambda: page.ui.bag_pieces.figure == "2")
    assert page.ui.tally_strip.figures[-1].text == "2 / 2"


def test_a_tag_that_is_unknown_or_of_a_sealed_bag_is_refused_aloud(floor: Floor, until: Until) -> None:
    page = floor.show(ScanPage(floor.ctx))
    floor.scan("BAG" + make("XS", 777))
    until(lambda: page.ui.result_panel.word == "No such bag")
    number = floor.collected()
    bags, agent = floor.desk.services.bags, floor.desk.agent
    bag = floor.desk.on_db(lambda: bags.open(agent, "上海集散中心", "HZ-SH")).bag
    floor.record(number, Operation.BAGGED, bag.id)
    floor.desk.on_db(lambda: bags.seal(agent, bag.id, "SEAL9", 1))
    floor.scan(bag.tag)
    until(lambda: page.ui.result_panel.word == "Sealed")
    assert page.ui.result_panel.tone == "bad"
    assert not page.bags.bag_id


def test_a_number_typed_twice_is_kept_as_keyed(floor: Floor, qtbot: QtBot, until: Until) -> None:
    number = floor.desk.accept().number
    page = floor.show(ScanPage(floor.ctx))
    QTest.keyClick(page, Qt.Key.Key_X)
    typing = dialog(ManualEntry)
    assert typing.ui.number_edit.text() == "x"
    typing.ui.number_edit.setText("")
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    QTest.keyClicks(typing.ui.number_edit, wrong)
    QTest.keyClick(typing.ui.number_edit, Qt.Key.Key_Return)
    assert "check digit" in str(typing.ui.number_error.message)
    typing.ui.number_edit.clear()
    QTest.keyClicks(typing.ui.number_edit, number)
    QTest.keyClick(typing.ui.number_edit, Qt.Key.Key_Return)
    QTest.keyClicks(typing.ui.again_edit, number[:-2])
    QTest.keyClick(typing.ui.again_edit, Qt.Key.Key_Return)
    assert "not the same" in str(typing.ui.again_error.message)
    typing.ui.again_edit.clear()
    QTest.keyClicks(typing.ui.again_edit, number)
    QTest.keyClick(typing.ui.again_edit, Qt.Key.Key_Return)
    until(_answered(page, 1))
    assert page.recent.rows_model.rows[0].raw.keyed
    with floor.desk.app.desk.store.read() as look:
        assert look.connection.exec_driver_sql("SELECT keyed FROM scan_event").scalar() == 1


def test_two_hundred_scans_at_fifty_a_second_are_all_kept_in_order(floor: Floor, qtbot: QtBot, until: Until) -> None:
    numbers = [make("XS", 500_000 + place) for place in range(200)]
    page = floor.show(ScanPage(floor.ctx))
    for number in numbers:
        floor.scan(number, "Gun 1" if number[-2] in "02468" else "Gun 2")
        qtbot.wait(16)
    until(lambda: page.tally.doubtful == 200)
    with floor.desk.app.desk.store.read() as look:
        rows = look.connection.exec_driver_sql("SELECT number FROM scan_event ORDER BY row").scalars().all()
    assert list(rows) == numbers
    assert not page.dirty


def test_scans_that_could_not_be_saved_wait_in_order_and_are_saved_on_another_try(
    floor: Floor, qtbot: QtBot, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [make("XS", 600_000 + place) for place in range(4)]
    page = floor.show(ScanPage(floor.ctx))
    held: list[int] = []
    page.line.held_changed.connect(held.append)
    kept = scans.keep

    def full(*_arguments: object, **_named: object) -> None:
        raise EnvironmentFault(message("The disk is full."))

    monkeypatch.setattr(scans, "keep", full)
    for number in numbers:
        floor.scan(number)
    until(lambda: held[-1:] == [4])
    assert (page.ui.result_panel.word, page.line.waiting) == ("Not saved", 4)
    assert page.dirty
    assert not page.can_close()
    monkeypatch.setattr(scans, "keep", kept)
    floor.scan(make("XS", 700_000))
    page.line.try_again()
    until(lambda: page.line.waiting == 0)
    with floor.desk.app.desk.store.read() as look:
        rows = look.connection.exec_driver_sql("SELECT number FROM scan_event ORDER BY row").scalars().all()
    assert list(rows) == [*numbers, make("XS", 700_000)]


def test_a_parcel_without_an_order_stays_on_a_list_until_its_order_is_entered(floor: Floor, until: Until) -> None:
    number = make("XS", 800_000)
    page = floor.show(ScanPage(floor.ctx))
    assert not page.ui.later_button.isVisible()
    floor.scan(number)
    until(page.ui.later_button.isVisible)
    again = floor.show(ScanPage(floor.ctx))
    until(again.ui.later_button.isVisible)
    floor.press(again, Qt.Key.Key_E, _ALT)
    later = dialog(WithoutOrder)
    assert [row.number for row in later.panel.table.rows_model.rows] == [number]
    QTest.keyClick(later.panel.table, Qt.Key.Key_Return)
    assert (floor.requests[-1].page, floor.requests[-1].fresh) == ("order", True)
    assert QApplication.clipboard().text() == number


def test_a_tag_that_cannot_be_looked_up_keeps_what_was_scanned_behind_it(
    floor: Floor, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = floor.collected()
    page = floor.show(ScanPage(floor.ctx))
    bag = floor.desk.on_db(lambda: floor.desk.services.bags.open(floor.desk.agent, "上海集散中心", "HZ-SH")).bag
    retries: list[Callable[[], object]] = []
    floor.ctx.notifier.banner_requested.connect(lambda notice: retries.append(notice.act))
    by_tag = type(floor.desk.services.bags).by_tag

    def broken(*_arguments: object) -> None:
        raise EnvironmentFault(message("The disk is gone."))

    monkeypatch.setattr(type(floor.desk.services.bags), "by_tag", broken)
    floor.scan(bag.tag)
    floor.scan(number)
    until(lambda: bool(retries))
    assert not page.can_close()
    monkeypatch.setattr(type(floor.desk.services.bags), "by_tag", by_tag)
    retries[0]()
    until(_answered(page, 1))
    assert page.recent.rows_model.rows[0].bag_id == bag.id
    assert page.tally.accepted == 1


def test_a_scanned_command_switches_the_operation(floor: Floor, until: Until) -> None:
    page = floor.show(ScanPage(floor.ctx))
    floor.scan("CMD:SIGNED")
    assert page.operation is Operation.SIGNED
    floor.scan("CMD:NONSENSE")
    assert page.ui.result_panel.tone == "bad"
    assert page.operation is Operation.SIGNED


def test_one_pull_read_twice_is_one_scan(floor: Floor, until: Until) -> None:
    number = floor.desk.accept().number
    page = floor.show(ScanPage(floor.ctx))
    floor.scan(number)
    floor.scan(number)
    until(_answered(page, 1))
    assert page.ui.result_panel.tone == "good"
    assert page.tally.repeats == 1
    assert _kept(floor) == ["accepted"]


def test_the_page_comes_back_with_its_operation_and_speaks_chinese(floor: Floor, until: Until) -> None:
    page = floor.show(ScanPage(floor.ctx))
    page.set_operation(Operation.ARRIVED)
    state = page.snapshot()
    other = floor.show(ScanPage(floor.ctx))
    other.restore(state)
    assert other.operation is Operation.ARRIVED
    set_language(CHINESE)
    other.retranslate()
    assert other.ui.result_panel.word == "到件"
    assert "键" not in other.ui.arrived_button.text()
    assert not open_dialogs()


def _make_void(floor: Floor, number: str) -> None:
    with floor.desk.app.desk.store.write(None) as work:
        order = work.orders.by_number(number)
        assert order is not None
        work.orders.void(order.id, "test")
        work.emit("order.voided", order.id, {})
        work.commit()


def _kept(floor: Floor) -> list[str]:
    with floor.desk.app.desk.store.read() as look:
        found = look.connection.exec_driver_sql("SELECT outcome FROM scan_event ORDER BY row").scalars().all()
    return [str(outcome) for outcome in found]

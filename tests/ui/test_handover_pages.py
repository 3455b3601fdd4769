"""Handover by keys and scans: a line loaded, differences confirmed, closed, printed, exported, supplemented."""

import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from courier_desk.domain.bag import Bag
from courier_desk.domain.manifest import ManifestState, seal_digest
from courier_desk.domain.own_number import make
from courier_desk.domain.scan import Operation
from courier_desk.services.handovers import HandoverView
from courier_desk.ui.dialogs.close_list import CloseList
from courier_desk.ui.dialogs.reason import ReasonDialog
from courier_desk.ui.dialogs.seal_bag import SealBag
from courier_desk.ui.figures import number_text
from courier_desk.ui.pages.handover_list import HandoverListPage
from courier_desk.ui.pages.handovers import HandoversPage
from tests.ui.floor import Floor, dialog, floor_in, waits

Until = Callable[[Callable[[], bool]], None]
_ALT, _CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_LINE = "HZ-SH"


@pytest.fixture
def floor(tmp_path: Path, qtbot: QtBot) -> Iterator[Floor]:
    with floor_in(tmp_path / "station") as found:
        yield found


@pytest.fixture
def until(qtbot: QtBot, floor: Floor) -> Until:
    return lambda condition: qtbot.waitUntil(waits(floor, condition))


def _bag(floor: Floor, pieces: int, seal: str = "", line: str = _LINE, centre: str = "上海集散中心") -> Bag:
    bags, agent = floor.desk.services.bags, floor.desk.agent
    bag = floor.desk.on_db(lambda: bags.open(agent, centre, line)).bag
    for _piece in range(pieces):
        floor.record(floor.collected(), Operation.BAGGED, bag.id)
    if seal:
        return floor.desk.on_db(lambda: bags.seal(agent, bag.id, seal, pieces)).bag
    return bag


def _begin(floor: Floor) -> HandoverListPage:
    handover = floor.desk.on_db(lambda: floor.desk.services.handovers.open(floor.desk.agent, _LINE)).manifest
    page = HandoverListPage(floor.ctx)
    page.open_with({"manifest": handover.id})
    return floor.show(page)


def _view(floor: Floor, page: HandoverListPage) -> HandoverView:
    manifest = page.manifest
    assert manifest is not None
    return floor.desk.on_db(lambda: floor.desk.services.handovers.view(floor.desk.agent, manifest.id))


def _says(page: HandoverListPage, word: str) -> Callable[[], bool]:
    return lambda: page.ui.result_panel.word == word


def test_a_line_is_loaded_and_closed_by_scans_and_keys(floor: Floor, until: Until) -> None:
    bag, loose, left = _bag(floor, 2, "SEAL01"), floor.collected(), floor.collected()
    lines = floor.show(HandoversPage(floor.ctx))
    until(lambda: lines.lines.current_row() is not None)
    row = lines.lines.current_row()
    assert row is not None
    assert row.code == _LINE, "the line that something waits for is chosen"
    QTest.keyClick(lines.lines, Qt.Key.Key_Return)
    until(lambda: bool(floor.requests))
    assert floor.requests[-1].page == "handover_list"
    page = HandoverListPage(floor.ctx)
    page.open_with(floor.requests[-1].arguments)
    floor.show(page)
    until(lambda: page.expected.rows_model.rowCount() == 3)
    floor.scan(bag.tag)
    floor.scan(loose)
    until(lambda: page.loaded.rows_model.rowCount() == 2 and page.expected.rows_model.rowCount() == 1)
    assert (page.ui.result_panel.tone, page.ui.result_panel.place) == ("good", "上海集散中心")
    texts = [figure.text for figure in page.ui.totals_strip.figures]
    assert texts == ["1", "1", "3 / 4", "3.6 kg", "1"]
    floor.press(page, Qt.Key.Key_Return, _CTRL)
    closing = dialog(CloseList)
    assert closing.ui.plate_edit.text(), "what the line usually has"
    QTest.keyClick(closing.ui.driver_edit, Qt.Key.Key_Return, _CTRL)
    until(lambda: closing.ui.short_error.message is not None)
    assert _view(floor, page).manifest.state is ManifestState.OPEN
    until(closing.ui.short_check.hasFocus)
    QTest.keyClick(closing.ui.short_check, Qt.Key.Key_Space)
    QTest.keyClick(closing.ui.short_check, Qt.Key.Key_Return)
    until(lambda: page.manifest is not None and page.manifest.state is ManifestState.CLOSED)
    closed = _view(floor, page).manifest
    assert closed.differences == (left,)
    assert [item.number for item in closed.items] == [bag.tag, loose]
    assert closed.digest == seal_digest(closed)
    assert "unchanged" in page.ui.digest_label.text()
    parcel = floor.desk.on_db(lambda: floor.desk.services.floor.parcel(floor.desk.agent, loose))
    assert parcel is not None
    assert parcel.status == "TRAN"
    jobs = floor.desk.on_db(lambda: floor.desk.services.find.print_jobs(floor.desk.agent))
    assert [job.subject for job in jobs if job.kind == "handover_list"] == [closed.id]
    floor.scan(left)
    until(_says(page, "List is closed"))
    floor.press(page, Qt.Key.Key_S, _ALT)
    until(lambda: len(floor.requests) == 2)
    view, made = floor.desk.services.handovers.view, floor.requests[-1].arguments["manifest"]
    more = floor.desk.on_db(lambda: view(floor.desk.agent, made))
    assert more.manifest.supplement_of == closed.number


def test_each_doubtful_scan_at_the_truck_has_its_own_signal(floor: Floor, until: Until) -> None:
    other = _bag(floor, 0, line="HZ-NORTH", centre="北京集散中心")
    inside, loose = _bag(floor, 1), floor.collected()
    page = _begin(floor)
    until(lambda: page.manifest is not None)
    parcel = floor.desk.on_db(lambda: floor.desk.services.floor.bag(floor.desk.agent, inside.id)).parcels[0].number
    for text, word, place in (
        (inside.tag, "Bag is not sealed", ""),
        (parcel, "In another bag", number_text(inside.tag)),
        ("BAG" + make("XS", 4711), "No such bag", ""),
        (make("XS", 999_999), "No such order", ""),
        ("SF1385628716739", "Not our number", "SF Express"),
        ("SEAL00012", "This is a seal", ""),
        (loose, "Accepted", "上海集散中心"),
    ):
        floor.scan(text)
        until(_says(page, word))
        assert page.ui.result_panel.place == place
    floor.scan(other.tag)
    until(_says(page, "Bag is not sealed"))
    assert [item.number for item in _view(floor, page).manifest.items] == [loose]


def test_a_repeat_and_a_wrong_line_are_said_and_change_nothing(floor: Floor, qtbot: QtBot, until: Until) -> None:
    loose, wrong = floor.collected(), _bag(floor, 1)
    page = _begin(floor)
    floor.scan(loose)
    until(_says(page, "Accepted"))
    floor.scan("SEAL1")
    floor.scan(loose)
    until(_says(page, "Scanned before"))
    assert page.ui.result_panel.tone == "warn"
    north = floor.desk.on_db(lambda: floor.desk.services.handovers.open(floor.desk.agent, "HZ-NORTH")).manifest
    other = HandoverListPage(floor.ctx)
    other.open_with({"manifest": north.id})
    floor.show(other)
    sealed = floor.desk.on_db(lambda: floor.desk.services.bags.seal(floor.desk.agent, wrong.id, "SEAL3", 1)).bag
    floor.scan(sealed.tag)
    until(_says(other, "Wrong line"))
    assert other.ui.result_panel.place == _LINE
    assert not _view(floor, other).manifest.items


def test_a_bag_that_is_not_sealed_is_sealed_by_one_key_and_loaded_at_once(floor: Floor, until: Until) -> None:
    bag = _bag(floor, 1)
    page = _begin(floor)
    floor.scan(bag.tag)
    until(_says(page, "Bag is not sealed"))
    floor.press(page, Qt.Key.Key_F7)
    until(lambda: bool(dialog(SealBag)))
    sealing = dialog(SealBag)
    sealing.ui.counted_edit.setText("1")
    sealing.ui.seal_edit.setText("SEAL55")
    QTest.keyClick(sealing.ui.seal_edit, Qt.Key.Key_Return, _CTRL)
    until(lambda: [item.number for item in _view(floor, page).manifest.items] == [bag.tag])


def test_what_is_loaded_comes_off_again_only_with_a_reason(floor: Floor, until: Until) -> None:
    loose = floor.collected()
    page = _begin(floor)
    floor.scan(loose)
    until(lambda: page.loaded.rows_model.rowCount() == 1)
    floor.press(page, Qt.Key.Key_Delete, _ALT)
    assert "Choose at the right" in floor.said[-1]
    page.loaded.selectRow(0)
    floor.press(page, Qt.Key.Key_Delete, _ALT)
    QTest.keyClick(dialog(ReasonDialog).ui.reasons_list, Qt.Key.Key_4)
    until(lambda: page.loaded.rows_model.rowCount() == 0 and page.expected.rows_model.rowCount() == 1)
    with floor.desk.app.desk.store.read() as look:
        kept = look.connection.exec_driver_sql("SELECT operation, reason FROM scan_event ORDER BY row DESC").first()
    assert kept is not None
    assert tuple(kept) == ("unloaded", "It was loaded by mistake")


def test_a_list_leaves_as_a_workbook_and_the_log_says_so(floor: Floor, until: Until, tmp_path: Path) -> None:
    loose = floor.collected()
    page = _begin(floor)
    floor.scan(loose)
    until(lambda: page.loaded.rows_model.rowCount() == 1)
    floor.press(page, Qt.Key.Key_E, _CTRL)
    chooser = page._acts.file_dialog
    assert chooser is not None
    target = tmp_path / "list.xlsx"
    chooser.fileSelected.emit(str(target))
    chooser.reject()
    until(target.exists)
    with zipfile.ZipFile(target) as book:
        assert loose in book.read("xl/sharedStrings.xml").decode()
    with floor.desk.app.desk.store.read() as look:
        found = look.connection.exec_driver_sql("SELECT count(*) FROM audit WHERE action = 'handover.exported'")
        assert found.scalar() == 1


def test_the_time_left_becomes_an_alarm(floor: Floor, until: Until, monkeypatch: pytest.MonkeyPatch) -> None:
    _bag(floor, 1, "SEAL6")
    page = HandoversPage(floor.ctx)
    lines = floor.desk.services.reference.lines
    cut_off = floor.desk.on_db(lambda: lines()[_LINE]).cut_off
    now = datetime.combine(floor.desk.on_db(floor.desk.app.desk.today), cut_off)

    def at(minutes: int) -> str:
        moment = (now - timedelta(hours=8, minutes=minutes)).replace(tzinfo=UTC)
        monkeypatch.setattr(type(floor.desk.app.clock), "now", lambda _self: moment)
        floor.show(page)
        until(lambda: any(row.code == _LINE and row.left_minutes == minutes for row in page._rows))
        return page.ui.lines_note.text()

    assert at(40) == "What stands in the station for tonight's lines"
    assert "half an hour" in at(20)
    assert "late" in at(-10)
    monkeypatch.undo()


def test_a_scanned_list_opens_it_and_an_unknown_one_is_said(floor: Floor, until: Until) -> None:
    handover = floor.desk.on_db(lambda: floor.desk.services.handovers.open(floor.desk.agent, _LINE)).manifest
    page = floor.show(HandoversPage(floor.ctx))
    until(lambda: page.past.table.rows_model.rowCount() == 1)
    floor.scan(handover.number)
    assert floor.requests[-1].arguments == {"manifest": handover.id}
    floor.scan("HO" + make("XS", 999))
    assert "no list with this number" in floor.said[-1]

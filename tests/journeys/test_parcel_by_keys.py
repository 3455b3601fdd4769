"""From the label to the evening's lorry and back to the screen by keys and scans alone; in Chinese and in English."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from courier_desk.base import translation
from courier_desk.domain.manifest import Manifest, ManifestState, seal_digest
from courier_desk.domain.scan import Operation, Outcome, RawScan
from courier_desk.services.scans import ScanResult
from courier_desk.ui.dialogs.base import DeskDialog
from courier_desk.ui.pages.find import FindPage
from courier_desk.ui.pages.handover_list import HandoverListPage
from courier_desk.ui.pages.handovers import HandoversPage
from courier_desk.ui.pages.parcel import ParcelPage
from courier_desk.ui.pages.scan import ScanPage
from courier_desk.ui.pages.scan_line import ScanEntry, ScanLine
from courier_desk.ui.widgets.field_error import FieldError
from tests.desk import RECIPIENT
from tests.journeys.hand import ALT, CTRL, DOWN, ENTER, rest, until
from tests.journeys.program import Program, running, station

SEAL, PLATE = "SEAL0001", "浙A12345"
WAY = ("entered", "collected", "bagged", "dispatched")
CENTRE = "上海集散中心"
languages = pytest.mark.parametrize("language", [translation.CHINESE, translation.ENGLISH])


class Answers:
    """What a page says to each scan, in their order."""

    def __init__(self, line: ScanLine) -> None:
        self._line = line
        self._given: list[ScanEntry] = []
        line.answered.connect(self._given.append)

    def next(self) -> ScanResult:
        """The answer to the scan that was just made."""
        until(lambda: self._given, "the scan is answered")
        result = self._given.pop(0).result
        assert result is not None
        return result


def _pull(program: Program, code: str) -> None:
    """A serial scanner delivers a code."""
    program.ui.bridge.scanned.emit(RawScan(code, "gun 1", datetime.now(UTC)))


def _dialog(program: Program) -> DeskDialog:
    until(lambda: isinstance(QApplication.activeWindow(), DeskDialog), "a dialog is in front")
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, DeskDialog)
    program.settle()
    return dialog


def _gone(program: Program) -> None:
    """The dialog is done; the window has the keys again (offscreen nobody gives them back)."""
    labels = [] if (dialog := QApplication.activeWindow()) is None else dialog.findChildren(FieldError)
    said = [label.toolTip() for label in labels if shiboken6.isValid(label)]
    until(lambda: QApplication.activeModalWidget() is None, f"the dialog is done: {said}")
    program.window.activateWindow()
    until(program.window.isActiveWindow, "the window is in front")
    program.settle()


def _collect_and_bag(program: Program, first: str, second: str) -> str:
    """Collect both, one by each kind of scanner; the first into a bag of its own, sealed. The bag's tag."""
    hand = program.hand
    hand.press(Qt.Key.Key_F8)
    page = program.front(ScanPage)
    answers = Answers(page.line)
    _pull(program, first)
    assert answers.next().outcome is Outcome.ACCEPTED
    hand.scan(second)
    assert answers.next().outcome is Outcome.ACCEPTED
    rest(450)
    _pull(program, first)
    assert answers.next().outcome is Outcome.REPEAT
    _pull(program, "SF1385628716739")
    assert answers.next().outcome is Outcome.OTHER_CARRIER
    hand.press(Qt.Key.Key_2, ALT)
    assert page.operation is Operation.BAGGED
    hand.press(Qt.Key.Key_N, ALT)
    _dialog(program)
    hand.commit(CENTRE)
    hand.press(ENTER)
    _gone(program)
    hand.scan(first)
    assert answers.next().outcome is Outcome.ACCEPTED
    hand.press(Qt.Key.Key_S, ALT)
    _dialog(program)
    hand.type("1")
    hand.press(ENTER)
    hand.type(SEAL)
    hand.press(ENTER)
    _gone(program)
    [bag] = program.on_db(lambda: program.ui.services.find.bags(program.ui.actor, open_only=False))
    assert (bag.pieces, bag.seal) == (1, SEAL)
    return bag.tag


def _hand_over(program: Program, tag: str, loose: str) -> Manifest:
    """Through the palette to the evening's lines; bag and loose parcel onto the list; closed."""
    hand = program.hand
    hand.press(Qt.Key.Key_K, CTRL)
    hand.commit("Handover" if translation.language() == translation.ENGLISH else "交接")
    until(program.window.palette_box.isVisible, "the palette is open")
    hand.press(ENTER)
    page = program.front(HandoversPage)
    until(page.lines.current_row, "a line is chosen")
    hand.wait_for_focus(page.lines)
    hand.press(ENTER)
    loading = program.front(HandoverListPage)
    until(lambda: loading.manifest, "the list is there")
    answers = Answers(loading.line)
    _pull(program, tag)
    assert answers.next().outcome is Outcome.ACCEPTED
    hand.scan(loose)
    assert answers.next().outcome is Outcome.ACCEPTED
    program.settle()
    rest(250)
    program.settle()
    hand.press(ENTER, CTRL)
    _dialog(program)
    hand.fill(PLATE)
    hand.press(ENTER)
    _gone(program)
    manifest = loading.manifest
    assert manifest is not None
    until(lambda: loading.manifest is not None and loading.manifest.state is ManifestState.CLOSED, "it is closed")
    return program.on_db(lambda: program.ui.services.handovers.view(program.ui.actor, manifest.id)).manifest


def _find(program: Program, number: str) -> ParcelPage:
    """F3, a piece of the name, down to the row, Enter."""
    hand = program.hand
    hand.press(Qt.Key.Key_F3)
    page = program.front(FindPage)
    hand.wait_for_focus(page.ui.text_edit)
    hand.commit(RECIPIENT.name[:2])
    until(lambda: page.search.settled and page.model.rowCount() == 2, "both orders are found")
    hand.press(DOWN)
    rows = [row.number for row in page.model.rows]
    for _step in range(rows.index(number)):
        hand.press(DOWN)
    hand.press(ENTER)
    parcel = program.front(ParcelPage)
    until(lambda: parcel._view is not None and parcel._view.order.number == number, "its page is there")
    return parcel


def _life(page: ParcelPage) -> list[str]:
    """What the page in front has as the parcel's life, oldest first."""
    assert page._view is not None
    return [row.kind for row in page._view.found.life]


@languages
def test_a_parcel_goes_its_whole_way_by_keys_and_scans(qapp: QApplication, tmp_path: Path, language: str) -> None:
    first, second = (each.number for each in station(tmp_path / "station", language, customers=2))
    with running(qapp, tmp_path / "station") as program:
        program.log_in()
        tag = _collect_and_bag(program, first, second)
        manifest = _hand_over(program, tag, second)
        assert {item.number for item in manifest.items} == {tag, second}
        assert manifest.plate == PLATE
        assert manifest.digest == seal_digest(manifest)
        page = _find(program, first)
        until(lambda: "printed" in _life(page), "the label is out, and the open page says so by itself")
        assert [kind for kind in dict.fromkeys(_life(page)) if kind in WAY] == list(WAY)
        assert len(page.ui.life_list.entries()) == len(_life(page))

"""The print queue by keys on a real station with real printers' threads: states, decisions, repairs, previews."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from courier_desk.base.settings import PrinterSetting
from courier_desk.base.translation import CHINESE
from courier_desk.domain.print_job import PrintState
from courier_desk.printing.preview import page_picture, read_back
from courier_desk.services.orders import Accepted
from courier_desk.ui.dialogs.question import QuestionDialog
from courier_desk.ui.dialogs.reason import ReasonDialog
from courier_desk.ui.pages.find import FindPage
from courier_desk.ui.pages.parcel import ParcelPage
from courier_desk.ui.pages.print_queue import PrintQueuePage
from courier_desk.ui.pages.print_queue_words import HELD, RUNNING, STOPPED
from tests.fakes_printer import FakePrinter
from tests.ui.desk_window import ALT, CTRL, ENTER, SHIFT, DeskWindow, desk_window


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[DeskWindow]:
    with desk_window(qtbot, tmp_path / "station") as made:
        yield made


@pytest.fixture
def label_printer() -> Iterator[FakePrinter]:
    printer = FakePrinter("zpl")
    yield printer
    printer.close()
    assert printer.errors == []


def _accept(desk: DeskWindow) -> Accepted:
    accepted = desk.desk.accept()
    desk.ctx.changes.publish(accepted.changes)
    desk.settle()
    return accepted


def _become(desk: DeskWindow, job_id: str, state: PrintState, error: str = "") -> None:
    """What a printer's thread would have written."""

    def act() -> None:
        with desk.desk.app.desk.store.write(None) as work:
            job = work.print_jobs.get(job_id)
            assert job is not None
            work.print_jobs.save(replace(job, state=state, error=error))
            work.commit()

    desk.desk.on_db(act)
    desk.ctx.bridge.print_job_changed.emit(job_id)
    desk.settle()


def _states(page: PrintQueuePage) -> list[str]:
    return [row.state for row in page.model.rows]


def _codes(page: PrintQueuePage, folder: Path) -> set[str]:
    """What a scanner reads on the preview."""
    assert page.ui.paper_view.picture.save(str(folder / "preview.png"))
    with Image.open(folder / "preview.png") as picture:
        return {code.text for code in read_back(picture)}


def _standing(page: PrintQueuePage, name: str) -> str:
    standing = page._standings.get(name)
    return standing.state if standing else ""


def test_papers_and_printers_are_followed_live_and_the_preview_can_be_scanned(desk: DeskWindow, tmp_path: Path) -> None:
    desk.start_printing(PrinterSetting("Folder A", "folder", str(tmp_path / "a")))
    desk.press(Qt.Key.Key_J, CTRL)
    page = desk.front(PrintQueuePage)
    assert [card.face.title for card in page.ui.printers_strip.cards] == ["Folder A"]
    assert page.table.empty.isVisible()
    accepted = _accept(desk)
    desk.wait(lambda: _states(page) == [PrintState.PRINTED])
    desk.wait(lambda: not page.ui.paper_view.picture.isNull())
    assert _codes(page, tmp_path) == {accepted.number}
    assert accepted.number in page.ui.preview_note.text().replace(" ", "")


def test_a_printer_out_of_paper_holds_and_goes_on_when_it_is_mended(
    desk: DeskWindow, label_printer: FakePrinter
) -> None:
    label_printer.troubles.paper_out = True
    desk.start_printing(PrinterSetting("Zebra", "tcp", label_printer.address, "zpl"))
    page = desk.open(PrintQueuePage, "print_queue")
    _accept(desk)
    desk.wait(lambda: _standing(page, "Zebra") == HELD)
    card = page.ui.printers_strip.cards[0]
    assert card.face.why == "The printer is out of paper: put in a new roll."
    assert card.face.tone == "bad"
    desk.wait(lambda: _states(page) == [PrintState.FAILED])
    assert label_printer.printed == []
    label_printer.load_paper()
    desk.press(Qt.Key.Key_S, ALT)
    desk.wait(lambda: _states(page) == [PrintState.PRINTED])
    desk.wait(lambda: _standing(page, "Zebra") == RUNNING)
    assert len(label_printer.printed) == 1


def test_a_printer_is_stopped_and_started_by_one_key(desk: DeskWindow, tmp_path: Path) -> None:
    desk.start_printing(PrinterSetting("Folder A", "folder", str(tmp_path / "a")))
    page = desk.open(PrintQueuePage, "print_queue")
    desk.press(Qt.Key.Key_S, ALT)
    desk.wait(lambda: _standing(page, "Folder A") == STOPPED)
    _accept(desk)
    desk.wait(lambda: _states(page) == [PrintState.WAITING])
    assert page.ui.printers_strip.cards[0].face.waiting == "1 paper is not out"
    desk.press(Qt.Key.Key_S, ALT)
    desk.wait(lambda: _states(page) == [PrintState.PRINTED])


def test_one_key_moves_all_paper_to_the_other_printer_from_any_page_and_back(desk: DeskWindow, tmp_path: Path) -> None:
    folders = {name: tmp_path / name for name in ("A", "B")}
    desk.start_printing(*(PrinterSetting(name, "folder", str(folder)) for name, folder in folders.items()))
    desk.desk.app.hardware.spooler.stop("A")
    first = _accept(desk)
    desk.open(FindPage, "find")
    desk.press(Qt.Key.Key_P, CTRL | SHIFT)
    desk.wait_for_state(first.print_job_ids[0], PrintState.PRINTED)
    assert len(list(folders["B"].glob("*.pdf"))) == 1
    assert desk.said()[-1] == "Paper of A comes out of B now."
    second = _accept(desk)
    desk.wait_for_state(second.print_job_ids[0], PrintState.PRINTED)
    assert len(list(folders["B"].glob("*.pdf"))) == 2
    assert not folders["A"].exists() or not list(folders["A"].glob("*.pdf"))
    desk.press(Qt.Key.Key_P, CTRL | SHIFT)
    assert desk.ctx.preferences.settings.printer_for("label") == "A"


def test_with_one_printer_the_key_says_that_there_is_no_other(desk: DeskWindow) -> None:
    desk.start_printing()
    desk.open(FindPage, "find")
    desk.press(Qt.Key.Key_P, CTRL | SHIFT)
    assert desk.said() == ["Say in the print queue which printer is the spare one."]


def test_what_became_of_a_doubtful_paper_is_said_by_key(desk: DeskWindow) -> None:
    first, second, third = (_accept(desk).print_job_ids[0] for _ in range(3))
    _become(desk, first, PrintState.SENDING)
    _become(desk, first, PrintState.UNKNOWN, "The connection broke.")
    _become(desk, second, PrintState.FAILED, "The printer is open: close its cover.")
    page = desk.open(PrintQueuePage, "print_queue")
    view = page.table.table
    desk.wait(lambda: _states(page) == [PrintState.WAITING, PrintState.FAILED, PrintState.UNKNOWN])
    view.choose(first)
    assert page.ui.came_out_button.isEnabled()
    assert "The connection broke." in page.ui.preview_note.text()
    desk.press(Qt.Key.Key_O, ALT)
    desk.wait_for_state(first, PrintState.PRINTED)
    view.choose(second)
    assert not page.ui.came_out_button.isEnabled()
    desk.press(Qt.Key.Key_A, ALT)
    desk.wait_for_state(second, PrintState.WAITING)
    view.choose(third)
    desk.press(Qt.Key.Key_Delete)
    desk.dialog(QuestionDialog)
    desk.press(ENTER)
    desk.wait(lambda: QApplication.activeModalWidget() is None)
    assert {job.job_id: job.state for job in desk.jobs()}[third] == PrintState.WAITING
    page.acts.settle([row for row in page.model.rows if row.job_id == third], PrintState.CANCELLED)
    desk.dialog(QuestionDialog).ui.yes_button.click()
    desk.wait_for_state(third, PrintState.CANCELLED)


def test_only_what_is_not_out_is_shown_at_a_key(desk: DeskWindow) -> None:
    first, second = (_accept(desk).print_job_ids[0] for _ in range(2))
    _become(desk, first, PrintState.SENDING)
    _become(desk, first, PrintState.PRINTED)
    page = desk.open(PrintQueuePage, "print_queue")
    desk.wait(lambda: len(_states(page)) == 2)
    desk.press(Qt.Key.Key_F, ALT)
    desk.wait(lambda: [row.job_id for row in page.model.rows] == [second])
    again = PrintQueuePage(desk.ctx)
    desk.bot.addWidget(again)
    again.restore(page.snapshot())
    desk.settle()
    assert [row.job_id for row in again.model.rows] == [second]


def test_one_more_copy_has_its_reason_and_its_mark(desk: DeskWindow, tmp_path: Path) -> None:
    desk.start_printing(PrinterSetting("Folder A", "folder", str(tmp_path / "a")))
    accepted = _accept(desk)
    desk.wait_for_state(accepted.print_job_ids[0], PrintState.PRINTED)
    page = desk.open(PrintQueuePage, "print_queue", text=accepted.number)
    desk.wait(page.ui.reprint_button.isEnabled)
    page.table.table.setFocus()
    desk.press(Qt.Key.Key_P, CTRL)
    desk.dialog(ReasonDialog)
    desk.press(Qt.Key.Key_3)
    desk.confirm_with_password()
    desk.wait(lambda: _states(page) == [PrintState.PRINTED, PrintState.PRINTED])
    assert page.model.rows[0].copy == 1
    assert page.model.rows[0].reason == "The paper was lost"
    pictures = [page_picture(path.read_bytes(), dpi=100) for path in sorted((tmp_path / "a").glob("*.pdf"))]
    assert len(pictures) == 2
    assert pictures[0] != pictures[1]


def test_the_parcel_leads_to_its_papers(desk: DeskWindow) -> None:
    first, _second = _accept(desk), _accept(desk)
    desk.open(ParcelPage, "parcel", number=first.number)
    desk.press(Qt.Key.Key_Q, ALT)
    page = desk.front(PrintQueuePage)
    desk.wait(lambda: [row.title for row in page.model.rows] == [first.number])


def test_words_follow_the_language(desk: DeskWindow) -> None:
    _accept(desk)
    page = desk.open(PrintQueuePage, "print_queue")
    desk.wait(lambda: len(_states(page)) == 1)
    desk.kit.language.use(CHINESE)
    desk.settle()
    assert page.model.texts(page.model.rows[0])[0] == "等待中"
    assert page.ui.printers_strip.cards[0].face.title == "单据文件夹"
    assert page.ui.title_label.text() == "打印队列"


def test_who_may_not_steer_cannot(desk: DeskWindow) -> None:
    job_id = _accept(desk).print_job_ids[0]
    page = desk.open(PrintQueuePage, "print_queue")
    desk.wait(lambda: len(_states(page)) == 1)
    desk.desk.on_db(partial(desk.desk.services.gate.dismiss, desk.desk.agent.session_id))
    page.acts.settle(page.model.rows, PrintState.CANCELLED)
    desk.dialog(QuestionDialog).ui.yes_button.click()
    desk.settle()
    assert desk.said()[-1] == "You are no longer logged in. Please log in again."
    desk.desk.services.gate.admit(desk.desk.agent)
    assert {job.job_id: job.state for job in desk.jobs()} == {job_id: PrintState.WAITING}

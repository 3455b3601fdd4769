"""Setting up printers by keys: every fault beside its field, tried before it is saved; the rules of routes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from courier_desk.base.errors import UserError
from courier_desk.base.settings import PrinterSetting, Settings
from courier_desk.domain.print_job import PrintState
from courier_desk.ui.dialogs.printer import PrinterDialog
from courier_desk.ui.other_printer import swap_of
from courier_desk.ui.pages.print_queue import PrintQueuePage
from courier_desk.ui.pages.print_queue_settings import (
    PrinterChoice,
    moves,
    papers_of,
    with_printer,
    without_printer,
)
from tests.ui.desk_window import ALT, CTRL, ENTER, ESCAPE, DeskWindow, desk_window

ZEBRA = PrinterSetting("Zebra", "tcp", "10.0.0.1", "zpl")
OFFICE = PrinterSetting("Office", "system", "office", "pdf")
TSC = PrinterSetting("TSC", "tcp", "10.0.0.2", "tspl")
ALL = frozenset({"label", "bag_tag", "handover_list"})
LABELS = frozenset({"label", "bag_tag"})


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[DeskWindow]:
    with desk_window(qtbot, tmp_path / "station") as made:
        yield made


def test_the_first_printer_takes_everything_and_the_second_what_it_is_given() -> None:
    one = with_printer(Settings(), PrinterChoice(OFFICE, "", ALL, spare=False))
    assert papers_of(one, "Office") == ALL
    two = with_printer(one, PrinterChoice(ZEBRA, "", LABELS, spare=False))
    assert papers_of(two, "Zebra") == LABELS
    assert papers_of(two, "Office") == {"handover_list"}


def test_paper_that_a_printer_gives_up_goes_to_another() -> None:
    both = with_printer(
        with_printer(Settings(), PrinterChoice(OFFICE, "", ALL, spare=False)),
        PrinterChoice(ZEBRA, "", LABELS, spare=False),
    )
    less = with_printer(both, PrinterChoice(ZEBRA, "Zebra", frozenset({"label"}), spare=True))
    assert papers_of(less, "Zebra") == {"label"}
    assert papers_of(less, "Office") == {"bag_tag", "handover_list"}
    assert less.spare_printer == "Zebra"
    gone = without_printer(less, "Zebra")
    assert papers_of(gone, "Office") == ALL
    assert gone.spare_printer == ""
    assert moves(less, gone, {}) == (("Zebra", "Office"),)


def test_a_new_name_takes_routes_spare_and_waiting_paper_along() -> None:
    before = with_printer(Settings(), PrinterChoice(ZEBRA, "", ALL, spare=True))
    named = PrinterSetting("Counter 1", "tcp", "10.0.0.1", "zpl")
    after = with_printer(before, PrinterChoice(named, "Zebra", ALL, spare=True))
    assert [printer.name for printer in after.printers] == ["Counter 1"]
    assert papers_of(after, "Counter 1") == ALL
    assert after.spare_printer == "Counter 1"
    assert moves(before, after, {"Zebra": "Counter 1"}) == (("Zebra", "Counter 1"),)
    assert moves(Settings(), before, {}) == (("folder", "Zebra"),)


def test_the_other_printer_is_the_spare_one_and_the_key_goes_back_and_forth() -> None:
    routes = (("label", "Zebra"), ("bag_tag", "Zebra"), ("handover_list", "Office"))
    settings = Settings(printers=(ZEBRA, TSC, OFFICE), paper_printers=routes, spare_printer="TSC")
    swap = swap_of(settings)
    assert (swap.source, swap.target) == ("Zebra", "TSC")
    assert dict(swap.paper_printers) == {"label": "TSC", "bag_tag": "TSC", "handover_list": "Office"}
    back = swap_of(Settings(printers=settings.printers, paper_printers=swap.paper_printers, spare_printer=swap.source))
    assert dict(back.paper_printers) == dict(routes)
    with pytest.raises(UserError, match="prints labels only"):
        swap_of(settings, held=("Office",))
    with pytest.raises(UserError):
        swap_of(Settings(printers=(ZEBRA, TSC, OFFICE), paper_printers=routes))


def test_a_printer_is_added_by_keys_and_takes_paper_at_once(desk: DeskWindow, tmp_path: Path) -> None:
    desk.start_printing()
    waiting = desk.desk.accept()
    desk.open(PrintQueuePage, "print_queue")
    desk.press(Qt.Key.Key_N, ALT)
    dialog = desk.dialog(PrinterDialog)
    desk.type("Counter one")
    dialog.ui.kind_combo.setCurrentIndex(dialog.ui.kind_combo.findData("folder"))
    desk.press(ENTER)
    assert dialog.ui.address_edit.hasFocus()
    desk.type(str(tmp_path / "counter"))
    dialog.ui.handover_list_check.setChecked(True)
    desk.press(ENTER, CTRL)
    settings = desk.ctx.preferences.settings
    assert [(one.name, one.kind, one.language) for one in settings.printers] == [("Counter one", "folder", "pdf")]
    assert papers_of(settings, "Counter one") == ALL
    desk.wait_for_state(waiting.print_job_ids[0], PrintState.PRINTED)
    assert desk.desk.app.settings.current.printers == settings.printers


@pytest.mark.parametrize(
    ("name", "kind", "address", "language", "field"),
    [
        ("", "tcp", "10.0.0.9", "zpl", "name"),
        ("  zebra ", "tcp", "10.0.0.9", "zpl", "name"),
        ("New", "tcp", "", "zpl", "address"),
        ("New", "tcp", "10.0.0.9:99999", "zpl", "address"),
        ("New", "tcp", "host name with blanks", "zpl", "address"),
        ("New", "tcp", "10.0.0.9", "zpl", "papers"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(
    desk: DeskWindow, name: str, kind: str, address: str, language: str, field: str
) -> None:
    desk.ctx.preferences.change(printers=(ZEBRA,))
    page = desk.open(PrintQueuePage, "print_queue")
    dialog = page.printers.add()
    assert dialog is not None
    dialog.ui.name_edit.setText(name)
    dialog.ui.kind_combo.setCurrentIndex(dialog.ui.kind_combo.findData(kind))
    dialog.ui.address_edit.setText(address)
    dialog.ui.language_combo.setCurrentIndex(dialog.ui.language_combo.findData(language))
    dialog.ui.handover_list_check.setChecked(field == "papers")
    dialog.ui.save_button.click()
    errors = {key: getattr(dialog.ui, f"{key}_error").message for key in ("name", "address", "papers")}
    assert {key for key, error in errors.items() if error is not None} == {field}
    assert desk.ctx.preferences.settings.printers == (ZEBRA,)
    desk.settle()
    dialog.reject()


def test_a_printer_is_tried_before_it_is_saved(desk: DeskWindow, tmp_path: Path) -> None:
    desk.open(PrintQueuePage, "print_queue")
    desk.press(Qt.Key.Key_N, ALT)
    dialog = desk.dialog(PrinterDialog)
    desk.type("Trial")
    dialog.ui.kind_combo.setCurrentIndex(dialog.ui.kind_combo.findData("folder"))
    dialog.ui.address_edit.setText(str(tmp_path / "trial"))
    desk.press(Qt.Key.Key_T, ALT)
    desk.wait(lambda: dialog.ui.test_note.text() == "The test label came out.")
    assert len(list((tmp_path / "trial").glob("*.pdf"))) == 1
    dialog.ui.kind_combo.setCurrentIndex(dialog.ui.kind_combo.findData("tcp"))
    dialog.ui.address_edit.setText("127.0.0.1:1")
    desk.press(Qt.Key.Key_T, ALT)
    desk.wait(lambda: "cannot be reached" in dialog.ui.test_note.text())
    desk.press(ESCAPE)
    desk.press(ESCAPE)
    desk.wait(desk.window.isActiveWindow)
    assert desk.ctx.preferences.settings.printers == ()


def test_a_printer_is_taken_away(desk: DeskWindow) -> None:
    desk.ctx.preferences.change(printers=(ZEBRA, OFFICE), paper_printers=(("label", "Zebra"),))
    page = desk.open(PrintQueuePage, "print_queue")
    page.printers.edit("Zebra")
    desk.dialog(PrinterDialog).ui.remove_button.click()
    desk.settle()
    assert desk.ctx.preferences.settings.printers == (OFFICE,)
    assert [card.face.name for card in page.ui.printers_strip.cards] == ["Office"]

"""Previews as the printer would print, and trials of a printer that belongs to no parcel."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.settings import PrinterSetting
from courier_desk.domain.paper import LabelSize
from courier_desk.printing.desk_paper import TRIAL_NUMBER, DeskPaper, paper_preview
from courier_desk.printing.preview import page_picture, read_back
from courier_desk.printing.printers import PrinterKind, PrinterLanguage, PrinterSpec, Sent
from tests.desk import TestDesk, desk_in
from tests.fakes_printer import FakePrinter
from tests.printing.papers import handover, label


def _spec(kind: PrinterKind, address: str, language: PrinterLanguage) -> PrinterSpec:
    return PrinterSpec("P", kind, address, language, 203, LabelSize.MM_100X150)


@pytest.mark.parametrize("language", list(PrinterLanguage))
def test_a_preview_shows_what_comes_out(language: PrinterLanguage) -> None:
    shown = paper_preview(label(), _spec(PrinterKind.TCP, "127.0.0.1", language), 0)
    picture = Image.open(BytesIO(shown.png))
    assert shown.pages == 1
    assert {code.text for code in read_back(picture)} == {label().number}
    assert picture.height > picture.width


def test_a_long_list_is_previewed_page_by_page() -> None:
    spec = _spec(PrinterKind.FOLDER, "unused", PrinterLanguage.PDF)
    paper = handover(rows=90)
    pages = [paper_preview(paper, spec, page) for page in range(2)]
    assert pages[0].pages > 1
    assert pages[0].png != pages[1].png


def test_a_label_printer_cannot_show_a_list() -> None:
    with pytest.raises(UserError):
        paper_preview(handover(), _spec(PrinterKind.TCP, "127.0.0.1", PrinterLanguage.ZPL), 0)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    with desk_in(tmp_path / "station") as made:
        yield made


def _paper(desk: TestDesk) -> DeskPaper:
    return desk.app.hardware.paper


def test_a_trial_prints_one_label_of_no_parcel(desk: TestDesk, tmp_path: Path) -> None:
    trial = _paper(desk).trial(PrinterSetting("T", "folder", str(tmp_path / "out")))
    assert trial() is Sent.PRINTED
    found = next((tmp_path / "out").glob("*.pdf")).read_bytes()
    assert {code.text for code in read_back(page_picture(found, dpi=203))} == {TRIAL_NUMBER}


@pytest.fixture
def printer() -> Iterator[FakePrinter]:
    made = FakePrinter("zpl")
    yield made
    made.close()


def test_a_trial_on_a_network_printer_says_what_is_in_the_way(desk: TestDesk, printer: FakePrinter) -> None:
    trial = _paper(desk).trial(PrinterSetting("T", "tcp", printer.address, "zpl"))
    assert trial() is Sent.PRINTED
    assert {code.text for code in read_back(printer.printed[0])} == {TRIAL_NUMBER}
    printer.troubles.head_open = True
    with pytest.raises(EnvironmentFault, match="close its cover"):
        trial()


@pytest.mark.parametrize("address", ["", "host:port", "a b", "10.0.0.1:0"])
def test_an_address_that_cannot_be_is_refused_before_anything_is_sent(desk: TestDesk, address: str) -> None:
    with pytest.raises(UserError) as refused:
        _paper(desk).trial(PrinterSetting("T", "tcp", address, "zpl"))
    assert refused.value.field == "address"


def test_a_paper_of_the_queue_is_previewed_also_when_its_printer_is_gone(desk: TestDesk) -> None:
    accepted = desk.accept()
    draw = desk.on_db(lambda: _paper(desk).preview(accepted.print_job_ids[0]))
    assert {code.text for code in read_back(Image.open(BytesIO(draw().png)))} == {accepted.number}
    with pytest.raises(UserError):
        desk.on_db(lambda: _paper(desk).preview("no such paper"))

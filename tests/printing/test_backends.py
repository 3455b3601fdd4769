"""Ways to a printer: what it says is understood, what was sent is known, and no text becomes a command or a path."""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.settings import PrinterSetting
from courier_desk.domain.paper import LabelSize
from courier_desk.printing.backends import backend_for, render
from courier_desk.printing.folder_printer import FolderPrinter, safe_name
from courier_desk.printing.preview import page_picture, read_back
from courier_desk.printing.printer_status import parse_tspl_status, parse_zpl_status
from courier_desk.printing.printers import (
    Condition,
    PrinterKind,
    PrinterLanguage,
    PrinterSpec,
    PrinterStatus,
    SendInterrupted,
    Sent,
)
from courier_desk.printing.queue_printer import CupsQueue, WindowsQueue
from courier_desk.printing.tcp_printer import Patience, TcpPrinter, parse_address
from tests.fakes_printer import FakePrinter
from tests.patience import PATIENCE_S, until
from tests.printing.papers import bag_tag, handover, label

# For a printer that falls silent; all others have the time that a busy machine takes.
QUICK = Patience(connect_s=1, answer_s=0.3, stall_s=0.5, print_s=1.2, repair_s=0.6, between_s=0.02, settle_s=0.2)
PATIENT = Patience(PATIENCE_S, PATIENCE_S, PATIENCE_S, PATIENCE_S, PATIENCE_S, between_s=0.02, settle_s=0.2)


@pytest.fixture(params=["zpl", "tspl"])
def printer(request: pytest.FixtureRequest) -> Iterator[FakePrinter]:
    fake = FakePrinter(request.param, print_s=0.1)
    yield fake
    fake.close()
    assert fake.errors == []


def _spec(address: str, language: str = "zpl", **changes: object) -> PrinterSpec:
    values: dict[str, object] = {
        "name": "L1",
        "kind": PrinterKind.TCP,
        "address": address,
        "language": PrinterLanguage(language),
        "size": LabelSize.MM_76X130,
        **changes,
    }
    return PrinterSpec(**values)  # type: ignore[arg-type]  # each is of its own type


def _way(printer: FakePrinter, patience: Patience = PATIENT, **changes: object) -> tuple[TcpPrinter, bytes]:
    spec = _spec(printer.address, printer.language, **changes)
    return TcpPrinter(spec, patience), render(label(), spec)


@pytest.mark.parametrize(
    ("line1", "line2", "condition"),
    [
        ("030,0,0,1200,000,0,0,0,000,0,0,0", "000,0,0,0,0,2,4,0,00000000,1,000", Condition.READY),
        ("030,1,0,1200,000,0,0,0,000,0,0,0", "000,0,0,0,0,2,4,0,00000000,1,000", Condition.PAPER_OUT),
        ("030,0,1,1200,000,0,0,0,000,0,0,0", "000,0,0,0,0,2,4,0,00000000,1,000", Condition.PAUSED),
        ("030,1,0,1440,000,0,0,0,000,0,0,0", "000,0,1,0,0,2,4,0,00000000,1,000", Condition.HEAD_OPEN),
        ("030,0,0,1200,000,0,0,0,000,0,0,0", "000,0,0,1,0,2,4,0,00000000,1,000", Condition.RIBBON_OUT),
        ("030,0,0,1200,002,0,0,0,000,0,0,0", "000,0,0,0,0,2,4,0,00000000,1,000", Condition.BUSY),
        ("030,0,0,1200,000,0,0,0,000,0,0,0", "000,0,0,0,0,2,4,0,00000003,1,000", Condition.BUSY),
        ("030,0,0,1200,000,0,0,1,000,0,0,0", "000,0,0,0,0,2,4,0,00000000,1,000", Condition.BUSY),
    ],
)
def test_what_a_zebra_says_is_understood(line1: str, line2: str, condition: Condition) -> None:
    answer = f"\x02{line1}\x03\r\n\x02{line2}\x03\r\n\x021234,0\x03\r\n".encode()
    status = parse_zpl_status(answer)
    assert status is not None
    assert status.condition is condition
    assert all(parse_zpl_status(answer[:end]) is None for end in range(len(answer) - 2))


@pytest.mark.parametrize(
    ("byte", "condition"),
    [
        (0x00, Condition.READY),
        (0x01, Condition.HEAD_OPEN),
        (0x04, Condition.PAPER_OUT),
        (0x05, Condition.HEAD_OPEN),
        (0x08, Condition.RIBBON_OUT),
        (0x10, Condition.PAUSED),
        (0x20, Condition.BUSY),
    ],
)
def test_what_a_tsc_says_is_understood(byte: int, condition: Condition) -> None:
    assert parse_tspl_status(bytes([byte])) == PrinterStatus(condition, int(condition is Condition.BUSY))
    assert parse_tspl_status(b"") is None


@given(st.binary(max_size=200))
def test_noise_on_the_line_is_no_answer_and_no_error(noise: bytes) -> None:
    """A label printer's own answer is a form of three lines; one byte is all that the other kind ever says."""
    assert parse_zpl_status(noise) is None
    told = parse_tspl_status(noise)
    assert (told is None) == (not noise)
    assert told is None or isinstance(told.condition, Condition)


def test_a_label_that_came_out_is_printed(printer: FakePrinter) -> None:
    way, data = _way(printer)
    assert way.send(data, "CD1") is Sent.PRINTED
    (picture,) = printer.printed
    assert {code.text for code in read_back(picture)} == {label().number}


@pytest.mark.parametrize(
    ("trouble", "words"),
    [("paper_out", "out of paper"), ("head_open", "open"), ("paused", "paused"), ("silent", "does not answer")],
)
def test_a_printer_that_is_not_ready_gets_nothing_and_says_why(printer: FakePrinter, trouble: str, words: str) -> None:
    setattr(printer.troubles, trouble, True)
    way, data = _way(printer, QUICK if trouble == "silent" else PATIENT)
    with pytest.raises(EnvironmentFault, match=words) as caught:
        way.send(data, "CD1")
    assert not isinstance(caught.value, SendInterrupted)
    assert way.status().text == caught.value.message
    printer.put_right()
    printer.load_paper()
    time.sleep(0.2)
    assert printer.printed == []


def test_a_printer_that_is_not_there_gets_nothing_and_says_so(unused_port: int) -> None:
    way = TcpPrinter(_spec(f"127.0.0.1:{unused_port}"), QUICK)
    with pytest.raises(EnvironmentFault, match="cannot be reached"):
        way.send(b"^XA^XZ", "x")
    assert way.status().condition is Condition.GONE


def test_paper_that_runs_out_under_a_label_is_waited_for_and_the_label_comes_once(printer: FakePrinter) -> None:
    way, data = _way(printer)
    printer.troubles.ends_under_label = True
    heard: list[Condition] = []

    def hear(status: PrinterStatus) -> None:
        heard.append(status.condition)
        if len(heard) == 3:
            printer.load_paper()

    assert way.send(data, "CD1", hear) is Sent.PRINTED
    assert heard == [Condition.PAPER_OUT] * 3
    assert len(printer.printed) == 1


def test_a_reset_in_the_middle_of_a_label_leaves_its_fate_unknown(printer: FakePrinter) -> None:
    way, data = _way(printer)
    printer.troubles.reset_after_bytes = len(data) // 2
    with pytest.raises(SendInterrupted, match="look whether it came out"):
        way.send(data, "CD1")
    assert printer.printed == []


def test_a_reset_after_the_last_byte_leaves_its_fate_unknown(printer: FakePrinter) -> None:
    way, data = _way(printer)
    printer.on_label = printer.reset
    with pytest.raises(SendInterrupted):
        way.send(data, "CD1")
    assert printer.printed == []


def test_a_printer_that_falls_silent_after_the_label_leaves_its_fate_unknown(printer: FakePrinter) -> None:
    way, data = _way(printer, replace(PATIENT, answer_s=0.3, print_s=0.6, repair_s=0.6))
    printer.on_label = lambda: setattr(printer.troubles, "silent", True)
    with pytest.raises(SendInterrupted):
        way.send(data, "CD1")


def test_a_printer_that_never_answers_by_nature_is_believed(printer: FakePrinter) -> None:
    printer.troubles.silent = True
    way, data = _way(printer, QUICK, answers=False)
    assert way.send(data, "CD1") is Sent.SENT
    until(lambda: len(printer.printed) == 1)


def test_waiting_for_a_printer_can_be_ended(printer: FakePrinter) -> None:
    way, data = _way(printer)
    printer.troubles.ends_under_label = True
    printer.on_label = way.interrupt
    started = time.monotonic()
    with pytest.raises(SendInterrupted):
        way.send(data, "CD1")
    # Somebody would have had PATIENCE_S to put in paper.
    assert time.monotonic() - started < PATIENCE_S / 2


@pytest.mark.parametrize(
    ("address", "parsed"),
    [
        ("10.0.0.7", ("10.0.0.7", 9100)),
        ("label-1.local:6101", ("label-1.local", 6101)),
        ("[fe80::1]:9100", ("fe80::1", 9100)),
    ],
)
def test_addresses(address: str, parsed: tuple[str, int]) -> None:
    assert parse_address(address) == parsed


@pytest.mark.parametrize("address", ["", "host:", "host:0", "host:70000", "a b", "http://x", "host:１"])
def test_a_wrong_address_is_said_and_not_tried(address: str) -> None:
    with pytest.raises(EnvironmentFault, match="host:port"):
        parse_address(address)
    assert TcpPrinter(_spec(address)).status().condition is Condition.GONE


def test_offset_and_density_reach_the_printer() -> None:
    plain = _spec("x")
    moved = _spec("x", right_dots=8, down_dots=-4, density=12)
    assert render(label(), moved).startswith(b"~SD12^XA")
    assert render(label(), plain).startswith(b"^XA")
    assert b"DENSITY 12\r\n" in render(label(), _spec("x", "tspl", density=12))
    assert len(render(label(), moved)) != len(render(label(), plain))


def test_a_label_printer_refuses_a_list_in_words() -> None:
    with pytest.raises(UserError, match="another printer"):
        render(handover(), _spec("x"))
    pdf = _spec("x", "pdf")
    assert all(render(paper, pdf).startswith(b"%PDF") for paper in (handover(), bag_tag(), label()))


def test_a_folder_gets_each_paper_whole_under_a_name_of_ours(tmp_path: Path) -> None:
    spec = _spec(str(tmp_path / "paper"), "pdf", kind=PrinterKind.FOLDER)
    way = backend_for(spec)
    for _copy in range(3):
        assert way.send(render(label(), spec), "CD0000000001233") is Sent.PRINTED
    files = sorted((tmp_path / "paper").iterdir())
    assert len(files) == 3
    assert all(file.name.endswith("-CD0000000001233.pdf") for file in files)
    codes = read_back(page_picture(files[0].read_bytes(), 0, 203.2))
    assert {code.text for code in codes} == {label().number}
    assert way.status().condition is Condition.READY
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)


@given(st.text(max_size=400))
def test_no_title_becomes_a_path(title: str) -> None:
    name = safe_name(title)
    assert 0 < len(name) <= 40
    assert all(char.isascii() and (char.isalnum() or char == "-") for char in name)
    assert not name.startswith("-")


@pytest.mark.parametrize("title", ["../../etc/passwd", "C:\\x", "a/b", "CON", ".ssh", "x\0y", "名" * 300])
def test_hostile_titles_stay_in_the_folder(tmp_path: Path, title: str) -> None:
    folder = tmp_path / "paper"
    FolderPrinter(_spec(str(folder), "pdf", kind=PrinterKind.FOLDER)).send(b"%PDF", title)
    assert len(list(folder.iterdir())) == 1
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own on Windows")
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "paper").symlink_to(tmp_path / "elsewhere")
    way = FolderPrinter(_spec(str(tmp_path / "paper"), "pdf", kind=PrinterKind.FOLDER))
    with pytest.raises(EnvironmentFault, match="is a link"):
        way.send(b"%PDF", "x")
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert way.status().condition is Condition.GONE


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    way = FolderPrinter(_spec(str(tmp_path / "file" / "paper"), "pdf", kind=PrinterKind.FOLDER))
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        way.send(b"%PDF", "x")
    assert way.status().condition is Condition.GONE


@pytest.mark.skipif(sys.platform == "win32", reason="CUPS is not on Windows")
@pytest.mark.parametrize("queue", ["no-such-queue", "-o", "a b", "x;rm", ""])
def test_a_queue_that_is_not_there_is_said_in_words(queue: str) -> None:
    for raw in (True, False):
        way = CupsQueue(_spec(queue, kind=PrinterKind.RAW), raw=raw)
        with pytest.raises(EnvironmentFault, match="print queue"):
            way.send(b"x", "x")
        assert way.status().condition is Condition.GONE


@pytest.mark.skipif(sys.platform == "win32", reason="this is about other systems")
def test_the_windows_spooler_elsewhere_is_said_in_words() -> None:
    way = WindowsQueue(_spec("Q", kind=PrinterKind.RAW), raw=True)
    with pytest.raises(EnvironmentFault, match="Windows"):
        way.send(b"x", "x")
    assert way.status().condition is Condition.GONE


def test_a_printer_of_the_settings_becomes_a_way() -> None:
    setting = PrinterSetting("L1", "tcp", "10.0.0.7:9100", "zpl", 300, "100x180")
    spec = PrinterSpec.from_setting(setting, "zh_CN")
    assert (spec.kind, spec.language, spec.size, spec.dpi) == ("tcp", "zpl", "100x180", 300)
    assert isinstance(backend_for(spec), TcpPrinter)
    raw = PrinterSpec.from_setting(PrinterSetting("R", "raw", "Q", "zpl"), "en")
    assert isinstance(backend_for(raw), WindowsQueue if os.name == "nt" else CupsQueue)

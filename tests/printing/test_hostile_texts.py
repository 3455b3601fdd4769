"""Texts that try to be commands, mark-up or something else than text: on paper they are text, and harmless."""

import random
import re
from dataclasses import replace

import pytest

from courier_desk.domain.paper import BagTag, HandoverPaper, HandoverRow, LabelParty, LabelSize, WaybillLabel
from courier_desk.printing.backends import render
from courier_desk.printing.preview import page_count, page_picture, read_back
from courier_desk.printing.printers import PrinterKind, PrinterLanguage, PrinterSpec
from tests.fakes_printer import read_tspl, read_zpl, zpl_tokens
from tests.printing.papers import SIZES_AND_DPIS, bag_tag, handover, label

_PRINTER_COMMANDS = (
    "^XA", "^XZ", "~HS", "~JR", "^FD", "^FS", "^GFA,1,1,1,FF", "~DGR:X.GRF", "^JUS", "\r\n", "\r\nCLS\r\n",
    "PRINT 99\r\n", "SELFTEST", "\x1b!R", "\x1b!?", "\x1b@", "\x10\x04\x01", "\x02", "\x03", "\x00",
    "BITMAP 0,0,1,1,0,",
)  # fmt: skip
_MARK_UP = (
    '"', "\\", "%!PS", "<b>", "<script>alert(1)</script>", "<a href='http://x'>", "&lt;", "&#x0;", "(", ")", "\\)",
    ") Tj ET", "endstream endobj", "/JavaScript", "/OpenAction", "{}", "{0}", "%s", "'; DROP TABLE", "=1+1",
)  # fmt: skip
_ODD_CHARACTERS = (
    "\u202e", "\u2066", "\u200b", "\ufeff", "\u0301" * 40, "\u2028", "\x85", "😀", "👩\u200d👩\u200d👧", "𠮷", "א", "ﷺ",
    "\ud800", "\U000e0041", "W" * 60, "长" * 60, "ก" + "\u0e47" * 5, "Ż",
)  # fmt: skip
_PARTS = (*_PRINTER_COMMANDS, *_MARK_UP, *_ODD_CHARACTERS)


def hostile(seed: int) -> str:
    """One bad text, made of several bad parts."""
    chance = random.Random(seed)
    return "".join(chance.choice(_PARTS) for _place in range(chance.randint(1, 6)))


def _label(seed: int) -> WaybillLabel:
    texts = [hostile(seed * 100 + place) for place in range(20)]
    return label(
        company=texts[0], hotline=texts[1], service=texts[2], routing_code=texts[3], package_centre=texts[4],
        recipient=LabelParty(texts[5], texts[6], texts[7]), sender=LabelParty(texts[8], texts[9], texts[10]),
        goods=texts[11], weight=texts[12], payment=texts[13], cod=texts[14], declared=texts[15],
        marks=(texts[16], "易碎"), inspected=texts[17], clerk=texts[18], printed_at=texts[19],
        reprint=hostile(seed), note=hostile(seed + 1),
    )  # fmt: skip


def _tag(seed: int) -> BagTag:
    return bag_tag(destination=hostile(seed), line=hostile(seed + 1), kind=hostile(seed + 2), seal=hostile(seed + 3))


def _list(seed: int) -> HandoverPaper:
    rows = tuple(
        HandoverRow(place, hostile(seed + place), hostile(seed), hostile(seed + 1), 1, 1, hostile(seed + 2))
        for place in range(5)
    )
    paper = replace(handover(), rows=rows, title=hostile(seed), driver=hostile(seed + 1), line=hostile(seed + 2))
    return replace(paper, plate=hostile(seed + 3), differences=(hostile(seed + 4), hostile(seed + 5)))


def _spec(language: str, size: LabelSize, dpi: int) -> PrinterSpec:
    return PrinterSpec("P", PrinterKind.TCP, "127.0.0.1", PrinterLanguage(language), dpi, size)


def _check_pdf(pdf: bytes) -> None:
    """The objects of the file, without the compressed contents of its pages and fonts, hold nothing that acts."""
    objects = re.sub(rb"stream\r?\n.*?endstream", b"", pdf, flags=re.DOTALL)
    for word in (b"/JavaScript", b"/JS", b"/OpenAction", b"/Launch", b"/URI", b"/Annots", b"/AA ", b"/EmbeddedFile"):
        assert word not in objects
    assert page_count(pdf) >= 1


def _check(seed: int) -> None:
    size, dpi = SIZES_AND_DPIS[seed % len(SIZES_AND_DPIS)]
    paper, tag = _label(seed), _tag(seed)
    for bad in (paper, tag):
        data = render(bad, _spec("zpl", size, dpi))
        tokens, rest = zpl_tokens(data)
        assert rest == b""
        assert [name for name, _value in tokens].count("^GF") == 1
        (picture,) = read_zpl(data)
        (other,) = read_tspl(render(bad, _spec("tspl", size, dpi)))
        assert picture.tobytes() == other.tobytes()
        assert bad.number in {code.text for code in read_back(picture)}
        pdf = render(bad, _spec("pdf", size, dpi))
        _check_pdf(pdf)
        assert bad.number in {code.text for code in read_back(page_picture(pdf, 0, dpi))}
    _check_pdf(render(_list(seed), _spec("pdf", size, dpi)))


@pytest.mark.parametrize("part", range(4))
def test_a_hundred_hostile_texts_in_every_field_stay_texts(part: int) -> None:
    for seed in range(part * 9, part * 9 + 9):
        _check(seed)


@pytest.mark.soak
@pytest.mark.timeout(3000)
def test_two_thousand_hostile_papers_stay_papers() -> None:
    for seed in range(2000):
        _check(seed)


def test_the_readers_of_these_tests_do_notice_a_command() -> None:
    """The harness is tested too: a stream with a command hidden in it must not pass."""
    data = render(label(), _spec("zpl", LabelSize.MM_76X130, 203))
    with pytest.raises(ValueError, match=r"\^FD"):
        read_zpl(data.replace(b"^PQ1", b"^FDx^PQ1"))
    tspl = render(label(), _spec("tspl", LabelSize.MM_76X130, 203))
    with pytest.raises(ValueError, match="SELFTEST"):
        read_tspl(b"SELFTEST\r\n" + tspl)

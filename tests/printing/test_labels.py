"""Waybill labels and bag tags: codes that read, bars in whole dots, texts complete, the same in picture and PDF."""

import itertools
from collections.abc import Iterator

import pypdfium2  # type: ignore[import-untyped]  # no types are shipped
import pytest
from PIL import Image
from zebrafy.zebrafy_zpl import ZebrafyZPL

from courier_desk.base.errors import UserError
from courier_desk.base.translation import CHINESE, ENGLISH, LANGUAGES
from courier_desk.domain.masking import mask_address_label, mask_name, mask_phone_label
from courier_desk.domain.paper import BagTag, LabelParty, LabelSize, StationKind, WaybillLabel
from courier_desk.domain.party import Address
from courier_desk.printing.characters import cells
from courier_desk.printing.code128 import modules
from courier_desk.printing.composing import Plan, compose
from courier_desk.printing.dots import dots_per_mm, paper_dots, to_dots
from courier_desk.printing.fields import FIELDS, grouped
from courier_desk.printing.fonts import EM, REGULAR, advances, glyph
from courier_desk.printing.ink import Ink, Rect, Run
from courier_desk.printing.labels import (
    bag_tag_pdf,
    bag_tag_picture,
    cut_fields,
    label_pdf,
    label_picture,
    label_plan,
    tag_plan,
)
from courier_desk.printing.layout import Kind, load_layout
from courier_desk.printing.preview import page_count, preview_png, read_back
from courier_desk.printing.tspl import tspl
from courier_desk.printing.zpl import zpl
from tests.fakes_printer import read_tspl, read_zpl
from tests.printing.papers import SIZES_AND_DPIS, bag_tag, label, longest_label, random_label

ALL = pytest.mark.parametrize(("size", "dpi"), SIZES_AND_DPIS)


def _pages(pdf: bytes, dpi: int) -> Iterator[Image.Image]:
    """Each page in dots of the printer, as a driver would make it."""
    document = pypdfium2.PdfDocument(pdf)
    scale = float(dots_per_mm(dpi)) * 25.4 / 72
    for page in document:
        width = page.get_width() * scale
        # The renderer rounds up: a hair less keeps 800.0001 from becoming 801.
        picture = page.render(scale=scale * (round(width) - 0.01) / width, grayscale=True).to_pil()
        yield picture.convert("L").point(lambda value: 255 if value > 127 else 0).convert("1")
    document.close()


def _codes(picture: Image.Image) -> set[tuple[str, str]]:
    return {(code.kind, code.text) for code in read_back(picture)}


def _check_bars(picture: Image.Image, layout: str, dpi: int, number: str) -> None:
    """Each bar code of the layout: in every row whole modules, the pattern of the number, both quiet zones white."""
    dots = to_dots(dpi)
    for element in load_layout(layout).elements:
        if element.kind is not Kind.BARS:
            continue
        left, right = dots(element.x), dots(element.x + element.w)
        rows = {
            picture.crop((left, row, right, row + 1)).convert("L").tobytes()
            for row in range(dots(element.y), dots(element.y + element.h))
        }
        assert len(rows) == 1
        runs = [(value == 0, len(list(group))) for value, group in itertools.groupby(rows.pop())]
        quiet_left, *bars, quiet_right = runs
        module = min(length for _black, length in bars)
        drawn = "".join(str(int(black)) * (length // module) for black, length in bars)
        assert all(length % module == 0 for _black, length in bars)
        assert drawn == modules(number)
        assert min(quiet_left[1], quiet_right[1]) >= 10 * module
        assert module / float(dots_per_mm(dpi)) >= 0.25


def _check_label(paper: WaybillLabel, size: LabelSize, dpi: int) -> None:
    picture = label_picture(paper, size, dpi)
    expected = {("Code128", paper.number), ("QRCode", paper.waybill)}
    assert picture.size == paper_dots(size, dpi)
    assert _codes(picture) == expected
    _check_bars(picture, f"waybill_{size}", dpi, paper.number)
    independent = ZebrafyZPL(zpl(picture).decode()).to_images()
    for turned_back in (*independent, *read_zpl(zpl(picture)), *read_tspl(tspl(picture, size))):
        assert turned_back.crop((0, 0, *picture.size)).tobytes() == picture.tobytes()
    (page,) = _pages(label_pdf([paper], size, dpi), dpi)
    assert _codes(page) == expected
    _check_bars(page, f"waybill_{size}", dpi, paper.number)


@pytest.mark.parametrize("part", range(4))
def test_codes_of_a_hundred_random_labels_are_read_from_pdf_zpl_and_tspl(part: int) -> None:
    for seed in range(part * 25, part * 25 + 25):
        _check_label(random_label(seed), *SIZES_AND_DPIS[seed % len(SIZES_AND_DPIS)])


def test_the_quality_check_reads_no_number_that_is_not_there() -> None:
    """A reader that also tries the picture at half its size read CD4142559114366 on this label."""
    paper = label(number="CD4142559294331", waybill="CD4142559294331")
    _check_label(paper, LabelSize.MM_76X130, 300)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@ALL
def test_codes_of_a_thousand_random_labels_are_read(size: LabelSize, dpi: int) -> None:
    for seed in range(1000):
        _check_label(random_label(seed), size, dpi)


def _printed(ready: Plan, paper: object) -> Ink:
    changing = compose(ready, paper)
    return Ink(runs=[*ready.fixed.runs, *changing.runs], cut=[*ready.fixed.cut, *changing.cut])


def _ink_box(run: Run) -> Rect:
    """What the characters of a run really cover, glyph by glyph."""
    known = advances(run.face)
    boxes = []
    travelled = 0
    for char in run.text:
        drawn = glyph(run.face, run.px, char)
        if drawn is not None:
            mask, left, top = drawn
            x = run.x + left + (travelled * run.px + EM // 2) // EM
            boxes.append((x, run.baseline + top, x + mask.width, run.baseline + top + mask.height))
        travelled += known[ord(char)]
    if not boxes:
        return Rect(run.box.x, run.box.y, 0, 0)
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    return Rect(left, top, max(box[2] for box in boxes) - left, max(box[3] for box in boxes) - top)


def _check_inside(runs: list[Run]) -> None:
    for run in runs:
        ink = _ink_box(run)
        # The side bearings of a glyph may reach a dot over its advance.
        assert ink.x >= run.box.x - 1, run
        assert ink.y >= run.box.y - 1, run
        assert ink.x + ink.w <= run.box.x + run.box.w + 1, run
        assert ink.y + ink.h <= run.box.y + run.box.h + 1, run


def _check_complete(ready: Plan, paper: object, runs: list[Run]) -> None:
    """Every field that the layout shows stands there whole, but for the characters drawn as boxes."""
    printed = "".join(run.text for run in runs).replace(" ", "")
    for placed in ready.changing:
        if placed.element.kind is Kind.TEXT and placed.element.field:
            content = cells(ready.fields[placed.element.field](paper), REGULAR)
            parts = "".join("\0" if place in content.boxed else char for place, char in enumerate(content.text))
            for part in parts.replace(" ", "").split("\0"):
                assert part in printed, placed.element.field


@ALL
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("station", StationKind)
def test_the_longest_real_texts_are_complete_and_inside(
    size: LabelSize, dpi: int, language: str, station: StationKind
) -> None:
    paper = longest_label(station_kind=station)
    ready = label_plan(paper, size, dpi, language)
    ink = _printed(ready, paper)
    assert ink.cut == []
    assert cut_fields(paper, size, dpi, language) == ()
    _check_inside(ink.runs)
    _check_complete(ready, paper, ink.runs)


@ALL
def test_the_longest_bag_tag_is_complete_and_inside(size: LabelSize, dpi: int) -> None:
    tag = bag_tag(
        destination="巴音郭楞蒙古自治州库尔勒市国际快件中转中心",
        line="乌鲁木齐-巴音郭楞蒙古自治州-和静县 夜班二线 新A·D12345",
        kind="Fragile and return goods",
        station="内蒙古自治区锡林郭勒盟锡林浩特市第二营业部",
        reprint="补打 第12次",
        station_kind=StationKind.SAMPLE,
    )
    ready = tag_plan(tag, size, dpi, CHINESE)
    ink = _printed(ready, tag)
    assert ink.cut == []
    _check_inside(ink.runs)
    _check_complete(ready, tag, ink.runs)
    picture = bag_tag_picture(tag, size, dpi)
    assert _codes(picture) == {("Code128", tag.number), ("QRCode", tag.number)}
    _check_bars(picture, f"bag_tag_{size}", dpi, tag.number)
    (page,) = _pages(bag_tag_pdf([tag], size, dpi), dpi)
    assert _codes(page) == _codes(picture)


def test_a_text_that_has_no_room_is_cut_with_a_mark_and_named() -> None:
    paper = label(goods="茶具" * 800)
    assert cut_fields(paper, LabelSize.MM_76X130, 203) == ("goods",)
    runs = compose(label_plan(paper, LabelSize.MM_76X130, 203, CHINESE), paper).runs
    assert any(run.text.endswith("…") for run in runs)


def test_a_character_without_glyph_stands_as_a_box_with_its_code() -> None:
    paper = label(sender=LabelParty("𠮷*", "1******5678", "上海市"))
    ink = compose(label_plan(paper, LabelSize.MM_100X150, 203, CHINESE), paper)
    texts = [run.text for run in ink.runs]
    assert texts.count("20B") == 2
    assert texts.count("B7") == 2
    assert "* 1******5678" in texts


@ALL
@pytest.mark.parametrize("station", [StationKind.SAMPLE, StationKind.TRAINING])
@pytest.mark.parametrize("language", LANGUAGES)
def test_sample_and_training_stand_large_on_every_part(
    size: LabelSize, dpi: int, station: StationKind, language: str
) -> None:
    word = station.value.upper()
    per_mm = float(dots_per_mm(dpi))
    for ready in (
        label_plan(label(station_kind=station), size, dpi, language),
        tag_plan(bag_tag(station_kind=station), size, dpi, language),
    ):
        shown = [run for run in ready.fixed.runs if word in run.text]
        assert len(shown) == 2, "one for each part that may be torn off"
        assert all(run.white and run.px / per_mm >= 4.4 for run in shown)
        assert language == ENGLISH or all(("样例" in run.text) or ("练习" in run.text) for run in shown)
    live = label_plan(label(), size, dpi, language).fixed
    assert not any(word in run.text for run in live.runs)


def test_captions_are_in_the_language_of_the_paper() -> None:
    size = LabelSize.MM_100X150
    chinese = {run.text for run in label_plan(label(), size, 203, CHINESE).fixed.runs}
    english = {run.text for run in label_plan(label(), size, 203, ENGLISH).fixed.runs}
    assert {"收", "寄", "签收人"} <= chinese
    assert {"TO", "FROM", "Signed by"} <= english


@ALL
def test_only_what_the_data_hold_stands_on_the_label(size: LabelSize, dpi: int) -> None:
    """Names and phones come masked; nothing of the printing room puts them together again."""
    paper = label()
    shown = "".join(run.text for run in compose(label_plan(paper, size, dpi, CHINESE), paper).runs).replace(" ", "")
    allowed = "".join(cells(field(paper), REGULAR).text for field in FIELDS["label"].values())
    captions = "客服热线：重量件数付款声明价值品名收寄员打印时间集"
    assert set(shown) <= set(allowed + captions)
    assert shown.count("1******5678") in (1, 2)


@ALL
def test_the_pdf_shows_what_the_picture_shows(size: LabelSize, dpi: int) -> None:
    paper = longest_label(station_kind=StationKind.SAMPLE)
    picture = label_picture(paper, size, dpi)
    (page,) = _pages(label_pdf([paper], size, dpi), dpi)
    assert page.size == picture.size
    different = sum(
        one != other for one, other in zip(page.convert("L").tobytes(), picture.convert("L").tobytes(), strict=True)
    )
    # Letters differ by dots at their edges; a missing line of text would be far more.
    assert different < picture.width * picture.height * 0.04


def test_the_same_labels_give_the_same_bytes_and_a_page_each() -> None:
    papers = [random_label(seed) for seed in range(5)]
    one = label_pdf(papers, LabelSize.MM_100X180, 300)
    assert one == label_pdf(papers, LabelSize.MM_100X180, 300)
    assert page_count(one) == 5
    assert preview_png(one, 4).startswith(b"\x89PNG")
    with pytest.raises(IndexError):
        preview_png(one, 5)


def test_fonts_are_embedded() -> None:
    pdf = label_pdf([label()], LabelSize.MM_100X150, 203)
    assert pdf.count(b"/FontFile2") >= 2


def test_live_sample_and_training_labels_in_one_file_keep_their_own_frames() -> None:
    papers = [label(station_kind=kind) for kind in StationKind]
    pages = list(_pages(label_pdf(papers, LabelSize.MM_100X150, 203), 203))
    for paper, page in zip(papers, pages, strict=True):
        (alone,) = _pages(label_pdf([paper], LabelSize.MM_100X150, 203), 203)
        assert page.tobytes() == alone.tobytes()


def test_a_number_that_cannot_be_a_bar_code_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="bar code"):
        label_picture(label(number="上海1"), LabelSize.MM_100X150, 203)
    with pytest.raises(UserError, match="too long"):
        label_pdf([label(number="X" * 40)], LabelSize.MM_76X130, 203)


@pytest.mark.parametrize(
    ("number", "spoken"),
    [("CD0000000001233", "CD 0000 0000 0123 3"), ("CD0000000001233-02", "CD 0000 0000 0123 3-02"), ("抽屉", "抽屉")],
)
def test_numbers_are_grouped_for_the_eye(number: str, spoken: str) -> None:
    assert grouped(number) == spoken


def test_a_bag_tag_is_no_waybill_label() -> None:
    tag: BagTag = bag_tag()
    assert "总包包签" in {run.text for run in tag_plan(tag, LabelSize.MM_100X150, 203, CHINESE).fixed.runs}


@ALL
def test_a_masked_label_gives_nothing_away(size: LabelSize, dpi: int) -> None:
    """Real people, masked by the rules of the trade: what they hide is neither in the PDF nor drawn."""
    name, phone, detail = "欧阳娜娜", "13812345678", "碧波路690号6号楼1203室"
    address = Address("上海市", "上海市", "浦东新区", "张江镇", detail)
    party = LabelParty(mask_name(name), mask_phone_label(phone), mask_address_label(address))
    paper = label(recipient=party, sender=party)
    document = pypdfium2.PdfDocument(label_pdf([paper], size, dpi))
    text = document[0].get_textpage().get_text_range().replace("\r\n", "").replace(" ", "")
    document.close()
    shown = "".join(run.text for run in compose(label_plan(paper, size, dpi, CHINESE), paper).runs)
    for whole in (text, shown):
        assert party.phone in whole.replace(" ", "")
        assert not any(hidden in whole for hidden in (name, name[1:], phone, phone[1:8], "1203"))

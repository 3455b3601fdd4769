"""The handover list on A4: every row on some page, pages numbered n of m, what is long grows, totals are said."""

from dataclasses import replace

import pypdfium2  # type: ignore[import-untyped]  # no types are shipped
import pytest

from courier_desk.base.translation import CHINESE, ENGLISH
from courier_desk.domain.paper import HandoverRow, StationKind
from courier_desk.printing.handover import handover_pdf
from courier_desk.printing.preview import page_count, page_picture, read_back
from tests.printing.papers import handover


def _texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("rows", [0, 1, 29, 30, 31, 100, 400])
def test_every_row_stands_on_a_page_and_every_page_has_its_number(rows: int) -> None:
    paper = handover(rows)
    pages = _texts(handover_pdf(paper))
    whole = "\n".join(pages)
    for row in paper.rows:
        assert whole.count(row.number) == 1
    for place, text in enumerate(pages, start=1):
        assert f"第 {place} 页 共 {len(pages)} 页" in text
        assert "HO 2026 1122 0000 07" in text
        assert paper.digest in text.replace("\r\n", "")
    assert all("序号" in text for text in pages if "CD0" in text)
    assert "交方签字、时间" in pages[-1]


def test_what_is_long_makes_its_row_taller_and_is_complete() -> None:
    remark = "外包装破损，已拍照并由司机确认；封志号与清单不一致 SEAL00012345，另见差异说明；收件人要求退回"
    row = HandoverRow(1, "CD0000000001233-012", "国际特快", "巴音郭楞蒙古自治州和静县巴音布鲁克镇", 1, 1234, remark)
    paper = replace(handover(2), rows=(row,), differences=("差异说明" * 60,))
    whole = "".join(_texts(handover_pdf(paper))).replace("\r\n", "").replace(" ", "")
    assert remark.replace(" ", "") in whole
    assert row.destination in whole
    assert "差异说明" * 60 in whole


def test_the_number_of_the_list_can_be_scanned() -> None:
    codes = read_back(page_picture(handover_pdf(handover(3)), 0, 200))
    assert [(code.kind, code.text) for code in codes] == [("Code128", "HO20261122000007")]


def test_totals_differences_and_supplement_are_said() -> None:
    paper = replace(handover(3), supplement_of="HO20261122000003", weight_g=1_234_567, bags=2)
    (text,) = _texts(handover_pdf(paper, CHINESE))
    assert "总包：2" in text
    assert "1234.567" in text
    assert "无差异。" in text
    assert "补充自清单：HO20261122000003" in text
    (english,) = _texts(handover_pdf(replace(paper, differences=("CD0000000000001 missing",)), ENGLISH))
    assert "Differences" in english
    assert "CD0000000000001 missing" in english
    assert "Page 1 of 1" in english


@pytest.mark.parametrize("station", [StationKind.SAMPLE, StationKind.TRAINING])
def test_sample_and_training_stand_on_every_page(station: StationKind) -> None:
    for text in _texts(handover_pdf(handover(100, station_kind=station))):
        assert station.value.upper() in text
    assert all("SAMPLE" not in text for text in _texts(handover_pdf(handover(3))))


def test_the_same_list_gives_the_same_bytes_whatever_was_printed_before() -> None:
    one = handover_pdf(handover(50))
    handover_pdf(handover(3, station_kind=StationKind.SAMPLE), ENGLISH)
    assert handover_pdf(handover(50)) == one
    assert page_count(one) == 2

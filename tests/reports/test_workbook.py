"""Excel and CSV read back by an independent reader: what was written is what stands there, and nothing runs."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from courier_desk.domain.paper import HandoverPaper, HandoverRow, StationKind
from courier_desk.reports.handover import handover_xlsx
from courier_desk.reports.workbook import Sheet, csv_bytes, xlsx

_NASTY = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "http://example.test", "007", "+86138"]


def _read(data: bytes) -> Sequence[Sequence[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)


@pytest.mark.parametrize("text", _NASTY)
def test_text_stays_text_in_a_workbook(text: str) -> None:
    rows = _read(xlsx([Sheet("s", "t", ("a",), ((text,),))]))
    assert rows[3][0] == text


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1"])
def test_a_formula_in_csv_is_disarmed(text: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_bytes(Sheet("s", "t", ("a",), ((text,),))).decode("utf-8-sig"))))
    assert rows[1][0] == f"'{text}"


def test_a_telephone_number_keeps_its_plus_in_csv() -> None:
    data = csv_bytes(Sheet("s", "t", ("a",), (("+86 13812345678",),))).decode("utf-8-sig")
    assert "+86 13812345678" in data
    assert "'" not in data


@settings(max_examples=50)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=80).filter(str.strip))
def test_any_text_survives_the_round_trip(text: str) -> None:
    assert _read(xlsx([Sheet("s", "t", ("a", "b"), ((text, Decimal("1.25")),))]))[3] == [text, 1.25]


def test_a_handover_list_says_in_excel_what_it_says_on_paper() -> None:
    row = HandoverRow(1, "BAGXS0000000000017", "总包", "上海分拨", 3, 4200, "SEAL1")
    paper = HandoverPaper(
        "HOXS0000000000017", "交接清单", "示例速运", "杭州五常", StationKind.SAMPLE, date(2026, 11, 22), "HZ-SH",
        "浙A12345", "王师傅", (row,), 1, 0, 3, 4200, ("未装车: XS1",), "", "ab" * 32, "2026-11-22 18:00",
    )  # fmt: skip
    cells = _read(handover_xlsx(paper, "zh_CN"))
    assert cells[3] == [1, "BAGXS0000000000017", "总包", "上海分拨", 3, 4.2, "SEAL1"]
    said = "\n".join(str(cell) for line in cells for cell in line)
    assert "未装车: XS1" in said
    assert "ab" * 32 in said
    assert "SAMPLE" in said

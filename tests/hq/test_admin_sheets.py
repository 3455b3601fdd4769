"""Price list and areas from Excel: everything or nothing, and every fault with its row and column."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest
import xlsxwriter

from courier_desk.base.errors import UserError
from courier_desk.domain.reference import ReferenceKind, ReferenceSet
from courier_desk.domain.reference_contents import check, sample_sets
from courier_desk.hq.admin import area_sheet, price_sheet
from courier_desk.hq.admin.sheet import Fault, cells_of, read_rows, table_of

SAMPLE = {each.kind: each.payload for each in sample_sets()}
TARIFF, AREAS = SAMPLE[ReferenceKind.TARIFF], SAMPLE[ReferenceKind.AREAS]
SERVICES = list(TARIFF["services"])
HEADINGS = ["服务", "区域", "首重kg", "首重价格", "续重kg", "续重价格", "上限kg"]


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """An .xlsx with these cells."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, list(row))
    return file.getvalue()


def _import(*rows: Sequence[object]) -> price_sheet.Imported:
    return price_sheet.import_prices(cells_of(workbook([HEADINGS, *rows])) or [], TARIFF)


def _places(faults: Sequence[Fault]) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.heading) for fault in faults]


def _sound(document: dict[str, Any]) -> Any:
    return check(ReferenceSet.from_document(document))


def test_a_card_is_replaced_and_the_rest_of_the_list_stays() -> None:
    found = _import(["standard", "city", 1, 11.5, 1, 2.5, ""])
    assert found.faults == ()
    assert found.changed == 1
    assert found.document is not None
    cards = found.document["services"]["standard"]["cards"]
    assert cards["city"]["brackets"] == [{"first_g": 1000, "first_fen": 1150, "step_g": 1000, "step_fen": 250}]
    assert cards["province"] == TARIFF["services"]["standard"]["cards"]["province"]
    assert found.document["surcharges"] == TARIFF["surcharges"]
    assert TARIFF["services"]["standard"]["cards"]["city"]["brackets"][0]["first_fen"] == 1000
    _sound(found.document)


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (["standrad", "city", 1, 11, 1, 2, ""], (2, "A", "服务")),
        (["standard", "moon", 1, 11, 1, 2, ""], (2, "B", "区域")),
        (["standard", "city", "one", 11, 1, 2, ""], (2, "C", "首重kg")),
        (["standard", "city", 1, 11.555, 1, 2, ""], (2, "D", "首重价格")),
        (["standard", "city", 1, 11, 1, "", ""], (2, "F", "续重价格")),
        (["standard", "city", 1, -11, 1, 2, ""], (2, "D", "首重价格")),
        (["standard", "city", 1, 11, 0, 2, ""], (2, "E", "续重kg")),
        (["standard", "city", "", "", "", "", 5], (2, "", "")),
    ],
)
def test_a_fault_names_its_row_and_column_and_nothing_is_imported(
    row: list[object], place: tuple[int, str, str]
) -> None:
    found = _import(row)
    assert found.document is None
    assert _places(found.faults) == [place]
    good = _import(["standard", "province", 1, 11, 1, 2, ""], row)
    assert good.document is None
    assert _places(good.faults) == [(3, *place[1:])]


def test_all_faults_are_told_at_once_in_the_order_of_the_rows() -> None:
    found = _import(
        ["standard", "city", 1, "x", 1, 2, ""], ["", "city", 1, 1, 1, 1, ""], ["heavy", "city", 20, 30, 1, "y", 100]
    )
    assert [fault.row for fault in found.faults] == [2, 3, 4]


def test_brackets_out_of_order_are_refused() -> None:
    lighter_last = _import(["heavy", "city", 20, 30, 1, 1, 100], ["heavy", "city", 20, 30, 1, 1, 50])
    assert _places(lighter_last.faults) == [(3, "G", "上限kg")]
    endless_first = _import(["heavy", "city", 20, 30, 1, 1, ""], ["heavy", "city", 20, 30, 1, 1, 50])
    assert _places(endless_first.faults) == [(2, "G", "上限kg")]


def test_what_is_written_out_comes_back_the_same() -> None:
    rows = list(price_sheet.rows_of(TARIFF, lambda name: price_sheet.HEADINGS[name][1]))
    found = price_sheet.import_prices(cells_of(workbook(rows)) or [], TARIFF)
    assert found.document == TARIFF
    assert found.changed == 0


def test_fixed_prices_that_follow_each_other_are_one_table() -> None:
    rows: list[list[object]] = [["Service", "Zone", "Fixed price", "Up to kg"]]
    rows += [["standard", "city", 10, 1], ["standard", "city", 18, 5]]
    found = price_sheet.import_prices(cells_of(workbook(rows)) or [], TARIFF)
    assert found.document is not None
    assert found.document["services"]["standard"]["cards"]["city"]["brackets"] == [
        {"rows": [{"up_to_g": 1000, "fen": 1000}, {"up_to_g": 5000, "fen": 1800}]}
    ]
    _sound(found.document)


def test_headings_may_come_in_any_order_and_below_a_title() -> None:
    table = table_of([["价格表"], ["", "区域 ", "服务"], ["", "city", "standard"]], price_sheet.HEADINGS)
    assert table.lines[0].cells == {"zone": "city", "service": "standard"}
    assert table.lines[0].row == 3
    assert table.columns["zone"][0] == "B"


@pytest.mark.parametrize(
    "rows", [[["a", "b"]], [], [["服务", "区域", "服务"]], [["区域", "首重kg"], ["city", "1"]], [HEADINGS]]
)
def test_a_file_without_its_headings_or_rows_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(UserError):
        price_sheet.import_prices(rows, TARIFF)


def test_areas_come_back_the_same_and_faults_name_their_place() -> None:
    rows = list(area_sheet.rows_of(AREAS, lambda name: area_sheet.HEADINGS[name][1]))
    found = area_sheet.import_areas(cells_of(workbook(rows)) or [], AREAS, SERVICES)
    assert found.document is not None
    before, after = _sound(AREAS), _sound(found.document)
    for prefix in before.table:
        assert after.area(prefix) == before.area(prefix)
    odd = ["3x", "standrad", "perhaps", "只有中文", ""]
    faulty = [rows[0], ["33", "standard", "", "", ""], odd, ["33", "", "", "", ""]]
    bad = area_sheet.import_areas(cells_of(workbook(faulty)) or [], AREAS, SERVICES)
    assert bad.document is None
    assert [(fault.row, fault.column) for fault in bad.faults] == [(3, "A"), (3, "B"), (3, "C"), (3, "E"), (4, "A")]


def test_a_file_that_is_no_workbook_is_refused_in_words() -> None:
    for data in (b"", b"PK\x03\x04 not a workbook", workbook([HEADINGS])[:200]):
        with pytest.raises(UserError, match="not an Excel file"):
            read_rows(data)


def test_a_file_that_blows_up_is_refused_before_it_is_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (150 * 1024 * 1024))
    with pytest.raises(UserError, match="too tangled"):
        read_rows(file.getvalue())

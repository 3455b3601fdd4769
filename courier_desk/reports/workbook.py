"""Excel and CSV out of plain rows. Runs in a child process: plain data in, bytes out.

Whatever a customer wrote stays text: no formula, no link, in neither format. Numbers of waybills, telephones and
postcodes are text cells, so that leading zeros and long numbers survive.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | date | datetime | None

_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
_WIDEST = 60
_LONGEST_CELL = 32_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a title above and notes below. ``money`` names the columns (from 0) that hold amounts."""

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    money: frozenset[int] = frozenset()


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook with one sheet for each table."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"}),
            "text": book.add_format({"num_format": "@"}),
            "number": book.add_format({"num_format": "0.###"}),
            "money": book.add_format({"num_format": "#,##0.00"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name[:31]), sheet, formats)
    return buffer.getvalue()


def _write(page: Worksheet, sheet: Sheet, formats: dict[str, Format]) -> None:
    page.write_string(0, 0, sheet.title, formats["title"])
    page.write_row(2, 0, sheet.heads, formats["head"])
    page.freeze_panes(3, 0)
    for number, row in enumerate(sheet.rows, start=3):
        for column, value in enumerate(row):
            _write_cell(page, number, column, value, formats, money=column in sheet.money)
    for offset, note in enumerate(sheet.notes):
        page.write_string(4 + len(sheet.rows) + offset, 0, note[:_LONGEST_CELL], formats["text"])
    for column, head in enumerate(sheet.heads):
        longest = max([_width(head), *(_width(_shown(row[column])) for row in sheet.rows[:500])])
        page.set_column(column, column, min(_WIDEST, longest + 2))
    if sheet.rows:
        page.autofilter(2, 0, 2 + len(sheet.rows), len(sheet.heads) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(2)


def _write_cell(
    page: Worksheet, row: int, column: int, value: Cell, formats: dict[str, Format], *, money: bool
) -> None:
    if isinstance(value, datetime):
        page.write_datetime(row, column, value.replace(tzinfo=None), formats["moment"])
    elif isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["day"])  # noqa: DTZ001
    elif isinstance(value, int | Decimal):
        page.write_number(row, column, value, formats["money" if money else "number"])
    elif value:
        page.write_string(row, column, value[:_LONGEST_CELL], formats["text"])


def _shown(value: Cell) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return "" if value is None else str(value)


def _width(text: str) -> int:
    """Columns of a cell: a Chinese character takes two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def csv_bytes(sheet: Sheet) -> bytes:
    """UTF-8 with a byte order mark, as Excel wants it; a text that would be a formula gets an apostrophe in front."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([_harmless(head) for head in sheet.heads])
    for row in sheet.rows:
        writer.writerow([_harmless(value) if isinstance(value, str) else _shown(value) for value in row])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _harmless(text: str) -> str:
    # Only what a spreadsheet would run: +86 and -1 of a telephone or room number are kept as they were typed.
    dangerous = text.startswith(_FORMULA_STARTS) and not text.lstrip("+-").replace(" ", "").isdigit()
    return f"'{text}" if dangerous else text

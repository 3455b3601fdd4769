"""Reads an Excel file that somebody sends in: in a child process with limits, as plain texts with their places."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.lanes import WorkLane
from courier_desk.base.quantities import plain_digits
from courier_desk.base.translation import Message, message

LARGEST_FILE = 4 * 1024 * 1024
_LARGEST_INFLATED = 100 * 1024 * 1024
_MOST_ROWS, _MOST_COLUMNS = 20_000, 100
_MEMORY, _LIMIT_S = 768 * 1024 * 1024, 30.0


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in the cell at ``row`` (from 1) and ``column`` (a letter; empty: the whole row)."""

    row: int
    column: str
    heading: str
    text: Message


@dataclass(frozen=True, slots=True)
class Line:
    """One row below the headings: the texts of its cells by the name of their column."""

    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What was found under the headings; ``columns``: name of a column -> (its letter, its heading as written)."""

    lines: tuple[Line, ...]
    columns: Mapping[str, tuple[str, str]]

    def fault(self, row: int, column: str, text: Message) -> Fault:
        """What is wrong in that row and the column of that name."""
        letter, heading = self.columns.get(column, ("", column))
        return Fault(row, letter, heading, text)


def read_rows(data: bytes) -> list[list[str]]:
    """The cells of the first sheet as texts. Errors: UserError when it is no workbook or too large."""
    if len(data) > LARGEST_FILE:
        raise UserError(message("The file is larger than {size} MB.", size=LARGEST_FILE // 1024 // 1024))
    _refuse_bombs(data)
    lane = WorkLane(_MEMORY)
    try:
        rows = lane.submit(cells_of, data, limit_s=_LIMIT_S).result()
    except EnvironmentFault as fault:
        raise UserError(message("The file is too large or too tangled to be read.")) from fault
    finally:
        lane.close()
    if rows is None:
        raise UserError(message("This is not an Excel file, or it is damaged or protected by a password."))
    if len(rows) > _MOST_ROWS or any(len(row) > _MOST_COLUMNS for row in rows):
        raise UserError(
            message("At most {rows} rows and {columns} columns can be read.", rows=_MOST_ROWS, columns=_MOST_COLUMNS)
        )
    return rows


def cells_of(data: bytes) -> list[list[str]] | None:
    """Runs in the child process. None when the file is no workbook."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  in the child alone

    try:
        sheet = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False, nrows=_MOST_ROWS + 1)
    except (CalamineError, IndexError, ValueError):
        return None
    return [[_cell_text(cell) for cell in row] for row in rows]


def table_of(rows: Sequence[Sequence[str]], headings: Mapping[str, Sequence[str]]) -> Table:
    """The rows under the first row that holds headings. ``headings``: name of a column -> how its heading may read.
    Errors: UserError when no row of headings is found or one is there twice."""
    known = {_plain(spelling): name for name, spellings in headings.items() for spelling in spellings}
    for position, row in enumerate(rows[:20]):
        found = [(index, known[_plain(cell)]) for index, cell in enumerate(row) if _plain(cell) in known]
        if len(found) >= 2:
            return _under(rows, position, found)
    wanted = ", ".join(spellings[0] for spellings in headings.values())
    raise UserError(message("No row of headings was found. They read: {headings}", headings=wanted))


def _under(rows: Sequence[Sequence[str]], position: int, found: Sequence[tuple[int, str]]) -> Table:
    columns: dict[str, tuple[str, str]] = {}
    for index, name in found:
        if name in columns:
            first = columns[name][0]
            raise UserError(message("The columns {a} and {b} have the same heading.", a=first, b=_letter(index)))
        columns[name] = (_letter(index), rows[position][index])
    lines = []
    for row, cells in enumerate(rows[position + 1 :], start=position + 2):
        texts = {name: cells[index].strip() if index < len(cells) else "" for index, name in found}
        if any(texts.values()):
            lines.append(Line(row, texts))
    return Table(tuple(lines), columns)


def _refuse_bombs(data: bytes) -> None:
    """An .xlsx is a zip: what it says of its size is looked at before it is unpacked."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return
    with zipfile.ZipFile(BytesIO(data)) as packed:
        if sum(each.file_size for each in packed.infolist()) > _LARGEST_INFLATED:
            raise UserError(message("The file is too large or too tangled to be read."))


def _cell_text(cell: object) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{cell:.9f}".rstrip("0").rstrip(".") or "0"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _plain(heading: str) -> str:
    return "".join(plain_digits(heading).casefold().split())


def _letter(index: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

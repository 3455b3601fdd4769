"""A list of a page as a workbook on the disk."""

from collections.abc import Sequence
from pathlib import Path

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.files import write_atomically
from courier_desk.base.translation import message
from courier_desk.reports.workbook import Cell, Sheet, xlsx


def save_list(
    path: Path,
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    notes: Sequence[str] = (),
    money: frozenset[int] = frozenset(),
) -> None:
    """Write the table to ``path``, whole or not at all. Errors: EnvironmentFault."""
    sheet = Sheet("1", title, tuple(heads), tuple(tuple(row) for row in rows), tuple(notes), money)
    try:
        write_atomically(path, xlsx([sheet]))
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise EnvironmentFault(message("The file {file} cannot be written: {why}", file=path.name, why=why)) from error

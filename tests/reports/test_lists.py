"""A list of a page as a file: whole or not at all."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from courier_desk.base.errors import EnvironmentFault
from courier_desk.reports.lists import save_list


def test_a_list_is_written_with_heads_rows_and_notes(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    rows = [("XS0001", datetime(2026, 11, 22, 14, 5), "=1+1", Decimal("12.50"))]  # noqa: DTZ001  local time, as shown
    save_list(path, "Orders", ("Number", "At", "Text", "Total"), rows, ("masked",), frozenset({3}))
    found = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert found[0][0] == "Orders"
    assert found[2] == ["Number", "At", "Text", "Total"]
    assert found[3][0] == "XS0001"
    assert found[3][2] == "=1+1"
    assert found[3][3] == 12.5
    assert found[5][0] == "masked"


def test_a_folder_that_is_not_there_is_a_fault_of_the_surroundings(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match=r"list\.xlsx"):
        save_list(tmp_path / "absent" / "list.xlsx", "Orders", ("Number",), [])
    assert not (tmp_path / "absent").exists()

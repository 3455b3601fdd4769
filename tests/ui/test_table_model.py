"""The one table model: clean by Qt's own tester, keeps a choice through sorting and new rows."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from courier_desk.base.translation import message
from courier_desk.ui.table_model import RIGHT, Column, RowTableModel
from courier_desk.ui.widgets.data_table import DataTable, TablePanel


@dataclass(frozen=True)
class Row:
    number: str
    weight_g: int


ROWS = (Row("XS2", 900), Row("XS1", 12000), Row("XS3", 1500))
COLUMNS = (
    Column("number", message("Number"), lambda row: row.number),
    Column("weight", message("Weight"), lambda row: f"{row.weight_g / 1000:g}", 80, RIGHT, lambda row: row.weight_g),
)


@pytest.fixture
def model() -> RowTableModel:
    made = RowTableModel(COLUMNS, lambda row: row.number)
    made.set_rows(ROWS)
    return made


def _numbers(model: RowTableModel) -> list[str]:
    return [row.number for row in model.rows]


def test_qt_finds_no_fault_in_the_model(model: RowTableModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.sort(1)
    model.put_first(Row("XS9", 1))
    model.append([Row("XS8", 2)])
    model.replace(Row("XS2", 5))
    model.set_rows([])
    model.set_rows(ROWS)


def test_rows_are_sorted_by_value_not_by_text_and_a_held_place_moves_along(model: RowTableModel) -> None:
    held = QPersistentModelIndex(model.index(1, 0))
    model.sort(1)
    assert _numbers(model) == ["XS2", "XS3", "XS1"]
    assert held.data() == "XS1"
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert _numbers(model) == ["XS1", "XS3", "XS2"]
    model.set_rows(ROWS)
    assert _numbers(model) == ["XS1", "XS3", "XS2"]


def test_sorting_is_left_to_the_query_when_it_says_so() -> None:
    model, asked = RowTableModel(COLUMNS, lambda row: row.number, sorts_itself=False), list[tuple[str, bool]]()
    model.set_rows(ROWS)
    model.sort_asked.connect(lambda key, descending: asked.append((key, descending)))
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert asked == [("weight", True)]
    assert _numbers(model) == ["XS2", "XS1", "XS3"]


def test_the_newest_row_comes_first_and_the_oldest_goes(model: RowTableModel) -> None:
    model.put_first(Row("XS4", 1), keep=3)
    assert _numbers(model) == ["XS4", "XS2", "XS1"]


def test_a_row_is_replaced_by_its_identity(model: RowTableModel) -> None:
    assert model.replace(Row("XS1", 7))
    assert not model.replace(Row("XS7", 7))
    assert model.rows[1] == Row("XS1", 7)


def test_the_choice_outlives_new_rows_and_is_said(qtbot: QtBot, model: RowTableModel) -> None:
    table, chosen = DataTable(model, "test"), list[Row | None]()
    qtbot.addWidget(table)
    table.choose("XS3")
    table.row_chosen.connect(chosen.append)
    model.set_rows([Row("XS3", 1500), Row("XS4", 1)])
    assert table.current_row() == Row("XS3", 1500)
    model.set_rows([])
    assert chosen[-1] is None


def test_chosen_rows_are_copied_with_tabs(qtbot: QtBot, model: RowTableModel) -> None:
    table = DataTable(model, "test")
    qtbot.addWidget(table)
    table.selectAll()
    QTest.keySequence(table, QKeySequence(QKeySequence.StandardKey.Copy))
    assert QGuiApplication.clipboard().text() == "XS2\t0.9\nXS1\t12\nXS3\t1.5"


def test_enter_opens_the_chosen_row(qtbot: QtBot, model: RowTableModel) -> None:
    table, opened = DataTable(model, "test"), list[Row]()
    qtbot.addWidget(table)
    table.row_activated.connect(opened.append)
    table.choose("XS1")
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClick(table, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert opened == [ROWS[1], ROWS[1]]


def test_widths_set_by_hand_come_back(qtbot: QtBot, model: RowTableModel) -> None:
    first = DataTable(model, "widths")
    qtbot.addWidget(first)
    first.show()
    first.setColumnWidth(0, 231)
    second = DataTable(model, "widths")
    qtbot.addWidget(second)
    assert second.columnWidth(0) == 231


def test_a_column_grows_where_its_text_would_be_cut_and_there_is_room(qtbot: QtBot) -> None:
    rows = RowTableModel(COLUMNS, lambda row: row.number)
    table = DataTable(rows, "tests-grow")
    qtbot.addWidget(table)
    table.resize(900, 300)
    table.show()
    rows.set_rows([Row("XS 0001 0000 0001 8-01 XS 0001 0000 0001 8-02", 900)])
    qtbot.waitUntil(lambda: table.columnWidth(0) >= table.sizeHintForColumn(0))
    wide = table.columnWidth(0)
    rows.set_rows([Row("XS2", 900)])
    qtbot.wait(80)
    assert table.columnWidth(0) == wide


def test_a_column_does_not_push_another_out_of_a_narrow_table(qtbot: QtBot) -> None:
    rows = RowTableModel(COLUMNS, lambda row: row.number)
    table = DataTable(rows, "tests-narrow")
    qtbot.addWidget(table)
    table.resize(230, 300)
    table.show()
    rows.set_rows([Row("XS 0001 0000 0001 8-01 XS 0001 0000 0001 8-02", 900)])
    qtbot.wait(80)
    assert table.columnWidth(0) == COLUMNS[0].width


def test_the_blank_end_of_the_last_column_makes_no_bar_below(qtbot: QtBot) -> None:
    columns = (COLUMNS[0], Column("note", message("Note"), lambda row: row.number, 240))
    rows = RowTableModel(columns, lambda row: row.number)
    table = DataTable(rows, "tests-blank")
    qtbot.addWidget(table)
    table.resize(COLUMNS[0].width + 200, 120)
    table.show()
    rows.set_rows([Row(f"XS{place}", 900) for place in range(30)])
    qtbot.waitUntil(lambda: table.verticalScrollBar().isVisible() and not table.horizontalScrollBar().isVisible())
    assert table.columnWidth(1) >= table.sizeHintForColumn(1)
    assert table.columnWidth(0) == COLUMNS[0].width


def test_the_filter_looks_into_every_column_and_an_empty_table_says_why(qtbot: QtBot, model: RowTableModel) -> None:
    panel = TablePanel(model, "test")
    qtbot.addWidget(panel)
    panel.set_empty_texts(lambda: ("No parcel yet", "Press F2 for the first one.", ""))
    panel.set_rows(ROWS)
    panel.show()
    panel.filter_edit.setText("1.5")
    assert _numbers(model) == ["XS3"]
    panel.filter_edit.setText("nothing like this")
    assert panel.empty.isVisible()
    panel.filter_edit.clear()
    assert panel.count_note.text() == "3 rows"
    assert panel.table.isVisible()
    panel.set_rows([])
    assert panel.empty.isVisible()

"""What the page of headquarters writes into workbooks: refused, waiting, and the other lists as they are shown."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from courier_desk.base.translation import CHINESE
from courier_desk.domain.user import Role
from courier_desk.ui.pages import sync_export
from courier_desk.ui.pages.sync import REFUSED, SyncPage
from tests.joined import JoinedDesk, joined_in
from tests.services.hq_stub import send
from tests.ui.kit import UiKit, make_kit

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def joined(tmp_path: Path) -> Iterator[JoinedDesk]:
    with joined_in(tmp_path / "desk") as made:
        yield made


@pytest.fixture
def kit(joined: JoinedDesk, qtbot: QtBot) -> Iterator[UiKit]:
    made = make_kit(joined.desk, Role.SUPERVISOR)
    yield made
    qtbot.waitUntil(lambda: not made.ctx.tasks.busy)


@pytest.fixture
def page(kit: UiKit, qtbot: QtBot) -> SyncPage:
    made = SyncPage(kit.ctx)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    _settle(made, qtbot)
    return made


def _settle(page: SyncPage, qtbot: QtBot) -> None:
    page.activate()
    qtbot.waitUntil(lambda: not page.ctx.tasks.busy)


def _export(page: SyncPage, file: Path, qtbot: QtBot) -> None:
    QTest.keyClick(page, Key.Key_E, CTRL)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    qtbot.waitUntil(lambda: not page.exports.export.running, timeout=30_000)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)


def _written(file: Path) -> Sequence[Sequence[object]]:
    """Heads and rows of a workbook."""
    return CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()[2:]


def test_all_that_was_refused_goes_into_a_workbook_with_why_and_what_to_do(
    page: SyncPage, joined: JoinedDesk, kit: UiKit, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync_export, "PIECE", 2)
    joined.hq.parks["order.accepted"] = "number_used"
    joined.hq.park_text = '=HYPERLINK("http://elsewhere")'
    numbers = [joined.desk.accept().number for _ in range(3)]
    send(joined.desk, joined.hq)
    _settle(page, qtbot)
    QTest.keyClick(page, Key.Key_2, ALT)
    _export(page, tmp_path / "refused.xlsx", qtbot)
    heads, *rows = _written(tmp_path / "refused.xlsx")
    assert heads[:3] == ["State", "About", "What"]
    assert [row[1] for row in rows] == numbers
    assert {row[0] for row in rows} == {"Not settled"}
    assert all("same number" in str(row[4]) and "make the order void" in str(row[5]) for row in rows)
    assert {row[6] for row in rows} == {joined.hq.park_text}
    shown = page._panels[REFUSED].table.rows_model.rows
    assert {row[8] for row in rows} == {row.op_id for row in shown}
    with joined.desk.app.desk.store.read() as look:
        logged = look.connection.exec_driver_sql("SELECT count(*) FROM audit WHERE action = 'list.exported'")
        assert logged.scalar() == 1


def test_what_waits_goes_into_a_workbook_and_other_lists_as_they_are_shown(
    page: SyncPage, joined: JoinedDesk, kit: UiKit, qtbot: QtBot, tmp_path: Path
) -> None:
    numbers = [joined.desk.accept().number for _ in range(2)]
    _settle(page, qtbot)
    kit.language.use(CHINESE)
    _export(page, tmp_path / "waiting.xlsx", qtbot)
    heads, *rows = _written(tmp_path / "waiting.xlsx")
    assert heads == ["序号", "时间", "事项", "单号"]
    assert [row[3] for row in rows if row[2] == "已收寄"] == numbers
    assert len(rows) == int(page.ui.tally_strip.figures[0].text)
    QTest.keyClick(page, Key.Key_5, ALT)
    page._panels["references"].filter_edit.setText("价")
    _export(page, tmp_path / "references.xlsx", qtbot)
    _heads, *rows = _written(tmp_path / "references.xlsx")
    assert [row[0] for row in rows] == [row[0] for row in _shown(page, "references")] == ["价目表"]


def _shown(page: SyncPage, part: str) -> list[tuple[str, ...]]:
    model = page._panels[part].table.rows_model
    return [model.texts(row) for row in model.rows]


def test_nothing_makes_no_file_and_a_role_without_the_right_is_told(
    page: SyncPage, kit: UiKit, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    kit.ctx.notifier.attach()
    kit.ctx.notifier.bar_requested.connect(lambda notice: said.append(str(notice.text)))
    QTest.keyClick(page, Key.Key_2, ALT)
    _export(page, tmp_path / "nothing.xlsx", qtbot)
    assert said[-1].startswith("There is nothing to write")
    assert not any(tmp_path.glob("*.xlsx"))
    monkeypatch.setattr(type(kit.ctx.session), "may", lambda _session, _action: False)
    QTest.keyClick(page, Key.Key_E, CTRL)
    assert QApplication.activeModalWidget() is None
    assert "role" in said[-1]

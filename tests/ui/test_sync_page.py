"""The page of headquarters, pressed by keys: what waits, the check of the record, a backup, the diagnostics file."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from courier_desk.domain.user import Role
from courier_desk.hq.core.reasons import Reason
from courier_desk.storage.engine import driver_of
from courier_desk.ui.pages.sync import SyncPage
from courier_desk.ui.pages.sync_reasons import REFUSED
from tests.desk import TestDesk, desk_in
from tests.ui.kit import UiKit, make_kit

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    with desk_in(tmp_path / "station") as made:
        yield made


def _page(desk: TestDesk, qtbot: QtBot, role: Role = Role.SUPERVISOR) -> tuple[SyncPage, UiKit]:
    kit = make_kit(desk, role)
    page = SyncPage(kit.ctx)
    qtbot.addWidget(page)
    page.resize(1064, 578)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    page.activate()
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
    return page, kit


def _record(page: SyncPage) -> str:
    return page.ui.record_chip.accessibleName()


def test_what_waits_is_shown_by_kind_with_the_latest_first(desk: TestDesk, qtbot: QtBot) -> None:
    number = desk.accept().number
    page, kit = _page(desk, qtbot)
    assert "never contacts headquarters" in page.ui.line_note.text()
    shown = page.table.table.rows_model.rows
    assert shown[0].number == number
    assert ("Order accepted", "1") in [(fact.name, fact.value) for fact in page.ui.kinds_facts.facts]
    waiting = page.ui.tally_strip.figures[0].text
    other = desk.accept()
    kit.ctx.changes.publish(other.changes)
    qtbot.waitUntil(lambda: page.table.table.rows_model.rows[0].number == other.number)
    assert int(page.ui.tally_strip.figures[0].text) == int(waiting) + 1


def test_the_record_is_checked_and_a_change_from_outside_is_told(desk: TestDesk, qtbot: QtBot) -> None:
    desk.accept()
    page, _kit = _page(desk, qtbot)
    assert _record(page) == "Not checked yet"
    QTest.keyClick(page, Qt.Key.Key_V, ALT)
    assert _record(page) == "Checking …"
    qtbot.waitUntil(lambda: _record(page) == "Whole")
    raw = driver_of(desk.app.desk.store.writer)
    for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        raw.execute(f'DROP TRIGGER "{name}"')
    raw.execute("UPDATE audit SET role = 'director' WHERE seq = 2")
    QTest.keyClick(page, Qt.Key.Key_V, ALT)
    qtbot.waitUntil(lambda: _record(page) == "Broken")
    assert "the log of acts" in page.ui.record_note.text()


def test_a_backup_is_made_by_one_key(desk: TestDesk, qtbot: QtBot) -> None:
    page, kit = _page(desk, qtbot)
    assert page.ui.backup_chip.accessibleName() == "None yet"
    QTest.keyClick(page, Qt.Key.Key_K, ALT)
    qtbot.waitUntil(lambda: page.ui.backup_note.text().startswith("1 kept"))
    assert len(list(desk.app.folder.backups.glob("*.db"))) == 1
    assert kit.reports == []


def test_the_diagnostics_file_is_written_where_the_person_says(desk: TestDesk, qtbot: QtBot, tmp_path: Path) -> None:
    page, kit = _page(desk, qtbot)
    target = tmp_path / "diagnostics.zip"
    page.care.write_diagnostics(str(target))
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy and target.exists())
    with zipfile.ZipFile(target) as file:
        assert "facts.json" in file.namelist()


def test_an_agent_sees_what_waits_and_may_do_no_more(desk: TestDesk, qtbot: QtBot) -> None:
    page, _kit = _page(desk, qtbot, Role.AGENT)
    assert page.ui.verify_button.isVisible()
    assert not page.ui.back_up_button.isVisible()
    assert not page.ui.diagnose_button.isVisible()
    QTest.keyClick(page, Qt.Key.Key_K, ALT)
    assert page.care.ask_file() is None
    assert not desk.app.folder.backups.exists()


def test_every_reason_of_headquarters_to_refuse_has_words_here() -> None:
    assert set(REFUSED) == {reason.value for reason in Reason}

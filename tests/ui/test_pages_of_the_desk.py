"""Start, settings and keys: what they show and what a choice does at once."""

from datetime import UTC, datetime
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from courier_desk.base.settings import PrinterSetting
from courier_desk.domain.user import Role
from courier_desk.ui.navigation import Request
from courier_desk.ui.pages.home import HomePage
from courier_desk.ui.pages.key_card import KeyCardPage, KeyDialog
from courier_desk.ui.pages.settings import SettingsPage
from courier_desk.ui.theme import tokens
from courier_desk.ui.widgets.tiles import StartTile
from tests.ui.kit import UiKit, make_kit

Key = Qt.Key


def _idle(kit: UiKit, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)


def test_the_first_page_counts_what_counts_and_leads_there(kit: UiKit, qtbot: QtBot) -> None:
    kit.desk.accept()
    page, asked = HomePage(kit.ctx), list[Request]()
    qtbot.addWidget(page)
    kit.ctx.navigator.requested.connect(asked.append)
    page.activate()
    _idle(kit, qtbot)
    assert page.ui.orders_tile.accessibleName() == "1 orders today"
    assert page.ui.paper_tile.accessibleName() == "1 papers not out yet"
    assert len(page.ui.todo_list.rows()) == 1
    for tile in (page.ui.orders_tile, page.ui.paper_tile, page.ui.unsent_tile, page.ui.numbers_tile):
        tile.click()
    assert asked == [Request(name) for name in ("find", "print_queue", "sync", "sync")]


def test_the_first_page_keeps_its_tiles_whole_below_messages(kit: UiKit, qtbot: QtBot) -> None:
    page = HomePage(kit.ctx)
    qtbot.addWidget(page)
    page.resize(1060, 490)
    page.show()
    page.activate()
    _idle(kit, qtbot)
    tiles = page.findChildren(StartTile)
    assert {tile.height() for tile in tiles} == {44}
    assert not any(one.geometry().intersects(other.geometry()) for one, other in combinations(tiles, 2))
    assert page.ui.drafts_stack.height() > 30


def test_the_first_page_offers_drafts_to_go_on_with(kit: UiKit, qtbot: QtBot) -> None:
    actor = kit.ctx.actor
    drafts = kit.desk.services.drafts
    kit.desk.on_db(lambda: drafts.keep(actor, "d1", "settings", "half a form", {}))
    kit.desk.on_db(lambda: drafts.keep(actor, "tabs:x", "tabs", "", {}))
    page, asked = HomePage(kit.ctx), list[Request]()
    qtbot.addWidget(page)
    kit.ctx.navigator.requested.connect(asked.append)
    page.activate()
    _idle(kit, qtbot)
    assert [row.title for row in page.ui.drafts_list.rows()] == ["half a form"]
    page.ui.drafts_list.set_rows(page.ui.drafts_list.rows())
    page.ui.drafts_list.take_current()
    assert asked == [Request("settings", {"draft": "d1"}, fresh=True)]


def test_a_technical_administrator_has_a_first_page_too(kit: UiKit, qtbot: QtBot) -> None:
    other = make_kit(kit.desk, Role.TECHNICAL_ADMIN)
    page = HomePage(other.ctx)
    qtbot.addWidget(page)
    page.activate()
    _idle(other, qtbot)
    assert page.ui.orders_tile.accessibleName() == "0 orders today"
    assert other.reports == []


def test_a_choice_holds_at_once_and_is_saved(kit: UiKit, qtbot: QtBot) -> None:
    page = SettingsPage(kit.ctx)
    qtbot.addWidget(page)
    combo = page.ui.theme_combo
    combo.setCurrentIndex(combo.findData("dark"))
    combo.activated.emit(combo.currentIndex())
    assert tokens().name == "dark"
    _idle(kit, qtbot)
    assert kit.desk.app.settings.current.theme == "dark"
    assert page.ui.saved_note.text() == "Saved"


def test_a_time_that_is_none_is_said_beside_its_field_and_not_saved(kit: UiKit, qtbot: QtBot) -> None:
    page = SettingsPage(kit.ctx)
    qtbot.addWidget(page)
    page.ui.day_starts_edit.setText("half past")
    page.ui.day_starts_edit.editingFinished.emit()
    assert page.ui.day_starts_error.toolTip() == "A time as 05:00."
    page.ui.day_starts_edit.setText("４：３０")
    page.ui.day_starts_edit.editingFinished.emit()
    _idle(kit, qtbot)
    assert page.ui.day_starts_error.toolTip() == ""
    assert kit.desk.app.settings.current.day_starts == "04:30"


def test_a_printer_is_added_named_and_given_its_paper(kit: UiKit, qtbot: QtBot) -> None:
    page = SettingsPage(kit.ctx)
    qtbot.addWidget(page)
    page.ui.printers_add_button.click()
    editors = page.printers._editors
    name, language = editors["name"], editors["language"]
    assert isinstance(name, QLineEdit)
    assert isinstance(language, QComboBox)
    name.setText("Label printer")
    language.setCurrentIndex(language.findData("zpl"))
    page.ui.printers_save_button.click()
    combo = page.ui.label_printer_combo
    combo.setCurrentIndex(combo.findData("Label printer"))
    combo.activated.emit(combo.currentIndex())
    _idle(kit, qtbot)
    saved = kit.desk.app.settings.current
    assert saved.printers == (PrinterSetting("Label printer", language="zpl"),)
    assert saved.printer_for("label") == "Label printer"


def test_two_printers_cannot_have_one_name(kit: UiKit, qtbot: QtBot) -> None:
    kit.ctx.preferences.change(printers=(PrinterSetting("A"), PrinterSetting("B")))
    page = SettingsPage(kit.ctx)
    qtbot.addWidget(page)
    page.ui.printers_list.setCurrentRow(1)
    name = page.printers._editors["name"]
    assert isinstance(name, QLineEdit)
    name.setText("A")
    page.ui.printers_save_button.click()
    assert page.ui.printers_error.toolTip() == "Give it a name of its own."
    _idle(kit, qtbot)
    assert [printer.name for printer in kit.desk.app.settings.current.printers] == ["A", "B"]


def test_a_key_is_changed_by_pressing_it_and_a_clash_is_said_before(kit: UiKit, qtbot: QtBot) -> None:
    page = KeyCardPage(kit.ctx)
    qtbot.addWidget(page)
    page.show()
    page.table.table.choose("lock")
    QTest.keyClick(page.table.table, Key.Key_Return)
    dialog = page.window().findChild(KeyDialog)
    assert dialog is not None
    QTest.keyClick(dialog.ui.key_edit, Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert dialog.ui.key_error.toolTip() == "Find anything has this key."
    QTest.keyClick(dialog.ui.key_edit, Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert dialog.ui.key_error.toolTip() == ""
    QTest.keyClick(dialog.ui.key_edit, Key.Key_Return)
    _idle(kit, qtbot)
    assert kit.ctx.keys.key("lock") == "Ctrl+L"
    assert dict(kit.desk.app.settings.current.keys) == {"lock": "Ctrl+L"}


def test_a_conflict_stands_in_the_table(kit: UiKit, qtbot: QtBot) -> None:
    page = KeyCardPage(kit.ctx)
    qtbot.addWidget(page)
    kit.ctx.preferences.change(keys=(("lock", "Ctrl+K"),))
    rows = {row.act.id: row for row in page.table.table.rows_model.rows}
    assert rows["lock"].clash == "Find anything"
    assert rows["palette"].clash == "Lock the desk"
    _idle(kit, qtbot)


def test_the_key_card_is_copied(kit: UiKit, qtbot: QtBot) -> None:
    page = KeyCardPage(kit.ctx)
    qtbot.addWidget(page)
    page.ui.copy_button.click()
    assert "Lock the desk\tF12" in QGuiApplication.clipboard().text()


def test_help_shows_the_keys_of_the_page_first(kit: UiKit, qtbot: QtBot) -> None:
    page = KeyCardPage(kit.ctx)
    qtbot.addWidget(page)
    page.open_with({"page": "order"})
    scopes = [row.act.scope for row in page.table.table.rows_model.rows]
    own = scopes.count("order")
    assert own > 0
    assert scopes[:own] == ["order"] * own


def test_the_greeting_goes_by_the_time_of_the_station(
    kit: UiKit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = kit.ctx.app.clock
    for hour_utc, words in ((1, "Good morning"), (6, "Good afternoon"), (12, "Good evening")):
        monkeypatch.setattr(type(clock), "now", lambda _clock, h=hour_utc: datetime(2026, 11, 22, h, 30, tzinfo=UTC))
        page = HomePage(kit.ctx)
        qtbot.addWidget(page)
        assert page.ui.greeting_label.text().startswith(words)

"""The window: functions by right, tabs that come back, the palette, and everything that is said to people."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from courier_desk.base import translation
from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.translation import message
from courier_desk.domain.device import KEYBOARD_SCANNER, DeviceKind, DeviceState, Presence
from courier_desk.domain.scan import RawScan
from courier_desk.domain.user import Action, Role
from courier_desk.ui import main_window_messages
from courier_desk.ui.main_window import MainWindow
from courier_desk.ui.navigation import Request
from courier_desk.ui.page import Page
from courier_desk.ui.page_registry import PAGES, Group, PageSpec
from courier_desk.ui.pages.scan_recent import device_words
from courier_desk.ui.tasks import TaskRunner
from courier_desk.ui.ui_context import UiContext
from tests.ui.kit import UiKit, make_kit

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class NotePage(Page):
    """Several at once, each with a text that comes back."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.label = QLabel(self)
        self.text = ""
        self.active = 0
        self.closes = True
        self.retranslate()

    def activate(self) -> None:
        self.active += 1

    def deactivate(self) -> None:
        self.active -= 1

    def open_with(self, arguments: Mapping[str, str]) -> None:
        self.text = arguments.get("text", "")
        self.title_changed.emit()

    def shows(self, arguments: Mapping[str, str]) -> bool:
        return arguments.get("text") == self.text

    def tab_title(self) -> str:
        return self.text

    def can_close(self) -> bool:
        return self.closes

    def snapshot(self) -> dict[str, Any]:
        return {"text": self.text}

    def restore(self, state: Mapping[str, Any]) -> None:
        self.text = state["text"]
        self.title_changed.emit()

    def retranslate(self) -> None:
        self.label.setText(translation._("Settings"))

    def show_user_error(self, error: UserError) -> bool:
        return error.field == "text"


NOTE = PageSpec("note", message("New"), "note", "F2", None, NotePage, Group.ORDERS, several=True, quick=True)
SECRET = PageSpec("secret", message("Keys"), "key", "F6", Action.REFERENCE_ADMIT, NotePage, Group.STATION)
TEST_PAGES = (NOTE, SECRET)


@pytest.fixture
def window(kit: UiKit, qtbot: QtBot) -> Iterator[MainWindow]:
    made = kit.window(TEST_PAGES)
    qtbot.addWidget(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy and made.isActiveWindow())
    yield made
    made.log_out()


def _press(window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.windowHandle(), key, held)


def _line(window: MainWindow) -> str:
    return str(window.messages.line.text) if window.messages.line else ""


def _at_rest(tasks: TaskRunner) -> bool:
    return not tasks.busy


def _pages(window: MainWindow) -> list[NotePage]:
    pages = [window.tabs.widget(index) for index in range(window.tabs.count())]
    return [page for page in pages if isinstance(page, NotePage)]


def test_a_function_opens_by_its_key_and_only_for_those_who_may(window: MainWindow) -> None:
    _press(window, Key.Key_F2)
    _press(window, Key.Key_F6)
    assert [page.ctx.actor.role for page in _pages(window)] == [Role.AGENT]
    assert window.messages.line is not None
    assert list(window.sidebar._buttons) == ["note"]


def test_several_tabs_are_walked_and_closed_by_keys(window: MainWindow) -> None:
    for text in ("a", "b", "c"):
        window.open_page(Request("note", {"text": text}, fresh=True))
    assert [window.tabs.tabText(index) for index in range(3)] == ["a", "b", "c"]
    _press(window, Key.Key_Tab, CTRL)
    assert window.tabs.currentIndex() == 0
    assert [page.active for page in _pages(window)] == [1, 0, 0]
    window.open_page(Request("note", {"text": "b"}))
    assert window.tabs.currentIndex() == 1
    assert window.tabs.count() == 3
    _press(window, Key.Key_W, CTRL)
    assert [page.text for page in _pages(window)] == ["a", "c"]
    _pages(window)[0].closes = False
    assert not window.tabs.close_tab(0)


def test_unsaved_work_carries_a_dot(window: MainWindow) -> None:
    for _tab in range(2):
        window.open_page(Request("note", fresh=True))
    _pages(window)[1].set_dirty(True)
    assert window.tabs._bar.dirty == {1}
    window.tabs._bar.moveTab(1, 0)
    assert window.tabs._bar.dirty == {0}
    _pages(window)[0].set_dirty(False)
    assert window.tabs._bar.dirty == set()


def test_tabs_come_back_for_their_owner_after_a_restart(window: MainWindow, kit: UiKit, qtbot: QtBot) -> None:
    for text in ("first", "second"):
        window.open_page(Request("note", {"text": text}, fresh=True))
    window.tabs.setCurrentIndex(0)
    window.close()
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
    for role, texts in ((Role.AGENT, ["first", "second"]), (Role.MANAGER, [])):
        other = make_kit(kit.desk, role)
        again = other.window(TEST_PAGES)
        qtbot.addWidget(again)
        tasks = other.ctx.tasks
        qtbot.waitUntil(partial(_at_rest, tasks))
        assert [page.text for page in _pages(again)] == texts
        assert again.tabs.currentIndex() == (0 if texts else -1)
        again.log_out()


def test_the_palette_finds_functions_and_waybills_by_keys_alone(kit: UiKit, qtbot: QtBot) -> None:
    accepted = kit.desk.accept()
    window = kit.window((*TEST_PAGES, *PAGES))
    qtbot.addWidget(window)
    window.activateWindow()
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy and window.isActiveWindow())
    _press(window, Key.Key_K, CTRL)
    edit = window.palette_box.edit
    assert edit.hasFocus()
    QTest.keyClicks(edit, "dark")
    assert [row.title for row in window.palette_box.list.rows() if not row.head] == ["Look: Dark"]
    edit.clear()
    QTest.keyClicks(edit, accepted.number)
    qtbot.waitUntil(lambda: any(row.title == accepted.number for row in window.palette_box.list.rows()))
    asked: list[Request] = []
    window.acts.page_asked.disconnect(window.open_page)
    window.acts.page_asked.connect(asked.append)
    QTest.keyClick(edit, Key.Key_Return)
    assert asked == [Request("parcel", {"number": accepted.number})]
    assert not window.palette_box.isVisible()
    window.log_out()


def test_escape_leaves_the_palette_for_where_one_was(window: MainWindow, qtbot: QtBot) -> None:
    window.top.find_box.setFocus()
    _press(window, Key.Key_K, CTRL)
    QTest.keyClick(window.palette_box.edit, Key.Key_Escape)
    assert window.top.find_box.hasFocus()


def test_errors_go_where_their_family_belongs(window: MainWindow, kit: UiKit, qtbot: QtBot) -> None:
    page = window.open_page(Request("note"))
    assert page is not None
    notifier = kit.ctx.notifier
    notifier.error(UserError(message("Give it a name of its own."), field="text"), page)
    assert _line(window) == ""
    notifier.error(UserError(message("Give it a name of its own.")), page)
    assert _line(window) == "Give it a name of its own."
    tries: list[int] = []
    fault = EnvironmentFault(message("The settings cannot be written to the disk."))
    notifier.error(fault, page, lambda: tries.append(1))
    notifier.error(fault, page, lambda: tries.append(1))
    assert len(window.messages.banners) == 1
    _press(window, Key.Key_R, CTRL)
    assert tries == [1]
    assert list(window.messages.banners) == []
    notifier.error(ValueError("broken"), page)
    assert window.crash.isVisible()
    assert [type(report) for report in kit.reports] == [ValueError]
    QTest.keyClick(window.crash._go_on, Key.Key_Space)
    assert not window.crash.isVisible()
    assert window.tabs.front is page


def test_a_fault_that_is_over_takes_its_banner_away(window: MainWindow, kit: UiKit) -> None:
    text = message("The settings cannot be written to the disk.")
    kit.ctx.notifier.fault(EnvironmentFault(text))
    kit.ctx.notifier.over(text)
    assert window.messages.banners == ()


def test_a_page_read_that_fails_is_tried_again_by_key(window: MainWindow, kit: UiKit, qtbot: QtBot) -> None:
    page, got, attempts = window.open_page(Request("note")), list[str](), list[int]()
    assert page is not None

    def read() -> str:
        attempts.append(1)
        if len(attempts) == 1:
            raise EnvironmentFault(message("The settings cannot be read from the disk."))
        return "rows"

    page.run(read, got.append)
    qtbot.waitUntil(lambda: len(window.messages.banners) == 1)
    _press(window, Key.Key_R, CTRL)
    qtbot.waitUntil(lambda: got == ["rows"])


def test_the_last_step_is_taken_back_by_key(window: MainWindow, kit: UiKit) -> None:
    undone: list[str] = []
    kit.ctx.notifier.done(message("Saved"), lambda: undone.append("first"))
    kit.ctx.notifier.done(message("Copied"), lambda: undone.append("second"))
    _press(window, Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert undone == ["second"]
    assert [notice.text.text for notice in window.entries.entries] == ["Saved"]


def test_what_was_said_before_the_window_stood_is_said_to_it(kit: UiKit, qtbot: QtBot) -> None:
    kit.ctx.notifier.fault(EnvironmentFault(message("The settings cannot be read from the disk."), retriable=False))
    window = kit.window(TEST_PAGES)
    qtbot.addWidget(window)
    assert len(window.messages.banners) == 1
    assert window.messages.banners[0].act is None
    window.log_out()


def test_the_language_changes_everywhere_without_a_restart(window: MainWindow, kit: UiKit, qtbot: QtBot) -> None:
    page = window.open_page(Request("note"))
    assert isinstance(page, NotePage)
    kit.ctx.preferences.change(language=translation.CHINESE)
    qtbot.waitUntil(lambda: page.label.text() == "设置")
    assert "样例站" in window.windowTitle()
    assert window.sidebar._buttons["note"].text() == "新建"
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
    assert kit.desk.app.settings.current.language == translation.CHINESE


def test_a_sample_station_cannot_be_mistaken(window: MainWindow) -> None:
    assert window.band.isVisible()
    assert "SAMPLE STATION" in window.band.text
    status = window.strip.status("station")
    assert status is not None
    assert status.tone == "warn"
    assert "SAMPLE STATION" in window.windowTitle()


def test_the_strip_counts_paper_and_numbers_and_says_what_was_lost(
    window: MainWindow, kit: UiKit, qtbot: QtBot
) -> None:
    stock = window.strip.status("stock")
    kit.desk.accept()
    window.status.look()
    qtbot.waitUntil(lambda: window.strip.status("stock") != stock)
    printer = window.strip.status("printer")
    assert printer is not None
    assert "1" in str(printer.text)
    assert [str(reminder.text) for reminder in window.reminders.open] == [str(printer.text)]
    gun = DeviceState("Gun 1", DeviceKind.SERIAL_SCANNER, Presence.LOST, message("It was pulled out."))
    kit.ctx.bridge.device_changed.emit(gun)
    scanner = window.strip.status("scanner")
    assert scanner is not None
    assert (str(scanner.text), scanner.tone) == ("Gun 1 is gone", "warn")


def test_a_broken_code_is_said_aloud(window: MainWindow, kit: UiKit) -> None:
    kit.ctx.bridge.device_changed.emit(DeviceState("Gun 1", DeviceKind.SERIAL_SCANNER, Presence.PRESENT, rescan=True))
    assert window.messages.line is not None
    assert "Scan it again" in str(window.messages.line.text)
    kit.scan("SF1234567890123")
    assert "Scan it again" not in str(window.messages.line.text)


def test_the_scanner_of_the_keyboard_is_named_in_the_language_in_use(window: MainWindow, kit: UiKit) -> None:
    keyboard = DeviceState(KEYBOARD_SCANNER.text, DeviceKind.KEYBOARD_SCANNER, Presence.PRESENT)
    kit.ctx.bridge.device_changed.emit(keyboard)
    shown = window.strip.status("scanner")
    assert shown is not None
    raw = RawScan("1", keyboard.name, kit.desk.app.clock.now())
    assert (str(shown.text), device_words(raw)) == ("Keyboard scanner ready", "Keyboard scanner")
    kit.language.use(translation.CHINESE)
    assert str(shown.text).startswith("键盘扫描枪")
    assert device_words(raw) == "键盘扫描枪"


def test_what_was_said_about_one_page_does_not_stand_over_the_next(
    window: MainWindow, kit: UiKit, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_page(Request("note", {"id": "1"}))
    kit.ctx.notifier.say(message("Said just now"), "bad")
    window.open_page(Request("note", {"id": "2"}))
    assert window.messages.line is not None
    monkeypatch.setattr(main_window_messages, "_JUST_NOW_MS", -1)
    window.tabs.setCurrentIndex(0)
    assert window.messages.line is None


def test_a_scan_that_no_page_takes_is_said(window: MainWindow, kit: UiKit) -> None:
    kit.scan("SF1234567890123")
    assert window.messages.line is not None
    assert "SF1234567890123" in str(window.messages.line.text)


def test_functions_fold_to_icons_and_stay_so(window: MainWindow, kit: UiKit, qtbot: QtBot) -> None:
    wide = window.sidebar.width()
    _press(window, Key.Key_B, CTRL)
    assert window.sidebar.width() < wide / 2
    # The second screen must outlive its window, which is therefore taken down here.
    second = make_kit(kit.desk)
    again = second.window(TEST_PAGES)
    assert again.sidebar.folded
    again.log_out()
    again.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(again))

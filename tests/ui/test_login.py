"""The log-in: held until the station is open, one text for all wrong ones, waits counted, a first change forced."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from courier_desk.base import translation
from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.user import Actor
from courier_desk.ui.dialogs.login_flow import LoginFlow
from courier_desk.ui.dialogs.login_window import LoginWindow
from tests.desk import PASSWORD
from tests.ui.kit import UiKit

NEW = "Lantern-4-Quay"


class Door:
    """A log-in window with the real services behind it."""

    def __init__(self, kit: UiKit, qtbot: QtBot) -> None:
        self.kit, self.bot = kit, qtbot
        self.window = LoginWindow()
        qtbot.addWidget(self.window)
        self.flow = LoginFlow(self.window)
        self.entered: list[Actor] = []
        self.flow.logged_in.connect(self.entered.append)
        self.window.start_over()
        self.window.show()

    def attach(self) -> None:
        services = self.kit.desk.services
        self.flow.attach(services.auth, self.kit.ctx.tasks, self.kit.ctx.notifier, services.station.name)

    def log_in(self, password: str = PASSWORD, number: str = "") -> None:
        ui = self.window.ui
        ui.number_edit.setText(number or self.kit.ctx.actor.number)
        ui.password_edit.setText(password)
        QTest.keyClick(ui.password_edit, Qt.Key.Key_Return)

    def settle(self) -> None:
        self.bot.waitUntil(lambda: not self.kit.ctx.tasks.busy)

    def wait_for(self, step: str) -> None:
        self.bot.waitUntil(lambda: self.window.ui.steps.currentWidget() is getattr(self.window.ui, step))


@pytest.fixture
def door(kit: UiKit, qtbot: QtBot) -> Iterator[Door]:
    made = Door(kit, qtbot)
    yield made
    made.settle()


def _change(kit: UiKit, **changes: Any) -> None:
    """What is known of the agent's log-ins is another now."""

    def act() -> None:
        with kit.desk.app.desk.store.write(None) as work:
            state = work.people.login_state(kit.ctx.actor.operator_id)
            assert state is not None
            work.people.save_login_state(replace(state, **changes))
            work.commit()

    kit.desk.on_db(act)


def _make_first(kit: UiKit) -> None:
    """The agent's next log-in is the first."""
    _change(kit, must_change=True, question="", answer_hash="")


def _failed_before(kit: UiKit, times: int) -> None:
    """An hour ago; the next failure is waited for so long that a busy machine is still in time to see it."""
    _change(kit, failures=times, last_failure_at=datetime.now(UTC) - timedelta(hours=1))


def test_a_person_logs_in_and_confirms_their_details_by_keys_alone(door: Door) -> None:
    door.attach()
    door.log_in()
    door.wait_for("details_step")
    assert door.window.ui.details_name.text() == door.kit.ctx.actor.name
    assert door.entered == []
    QTest.keyClick(door.window.ui.details_button, Qt.Key.Key_Return)
    door.bot.waitUntil(lambda: bool(door.entered))
    assert door.entered[0].number == door.kit.ctx.actor.number


def test_enter_before_the_station_is_open_is_held_and_goes_on(door: Door) -> None:
    door.log_in()
    assert not door.window.ui.log_in_button.isEnabled()
    door.attach()
    door.wait_for("details_step")


def test_whoever_logs_in_to_a_station_that_did_not_open_has_it_tried_again_and_hears_why(door: Door) -> None:
    tries: list[None] = []
    door.flow.station_wanted.connect(lambda: tries.append(None))
    ui = door.window.ui
    why = UserError(message("The disk is full."))
    for times in (1, 2):
        door.flow.not_opened(why)
        assert ui.wait_error.toolTip() == "The disk is full."
        assert ui.log_in_button.isEnabled()
        door.log_in()
        assert len(tries) == times
    door.attach()
    door.wait_for("details_step")


@pytest.mark.parametrize(("number", "password"), [("", "wrong"), ("9999", PASSWORD), ("😀'\"<b>", "x" * 128)])
def test_a_wrong_number_and_a_wrong_password_look_the_same(door: Door, number: str, password: str) -> None:
    door.attach()
    door.log_in(password, number)
    door.bot.waitUntil(lambda: door.window.ui.password_error.toolTip() != "")
    assert door.window.ui.password_error.toolTip() == "Employee number or password is wrong."
    assert door.window.ui.log_in_button.isEnabled()
    assert door.window.ui.password_edit.hasSelectedText()


def test_after_failures_the_wait_is_counted_down_and_no_try_goes_through(door: Door) -> None:
    _failed_before(door.kit, 8)
    door.attach()
    for _try in range(2):
        door.log_in("wrong")
        door.settle()
    assert "Next try in" in door.window.ui.wait_error.toolTip()
    assert not door.window.ui.log_in_button.isEnabled()
    asked: list[str] = []
    door.window.log_in_asked.connect(lambda number, _password: asked.append(number))
    QTest.keyClick(door.window.ui.password_edit, Qt.Key.Key_Return)
    assert asked == []


def test_the_wait_ends_by_itself(door: Door) -> None:
    door.window.show_wait(datetime.now(UTC) + timedelta(milliseconds=300))
    door.bot.waitUntil(door.window.ui.log_in_button.isEnabled)
    assert door.window.ui.wait_error.toolTip() == ""


def test_a_first_log_in_forces_a_new_password_and_a_question(door: Door) -> None:
    _make_first(door.kit)
    door.attach()
    door.log_in()
    door.wait_for("new_password_step")
    ui = door.window.ui
    ui.new_password_edit.setText(NEW)
    ui.again_edit.setText("another")
    QTest.keyClick(ui.answer_edit, Qt.Key.Key_Return)
    assert ui.again_error.toolTip() == "The two are not the same."
    ui.again_edit.setText(NEW)
    QTest.keyClick(ui.answer_edit, Qt.Key.Key_Return)
    assert ui.answer_error.toolTip() == "Enter the answer to your question."
    ui.answer_edit.setText("老街")
    QTest.keyClick(ui.answer_edit, Qt.Key.Key_Return)
    door.wait_for("details_step")
    door.window.start_over()
    door.log_in(PASSWORD)
    door.settle()
    assert ui.password_error.toolTip() == "Employee number or password is wrong."
    door.log_in(NEW)
    door.wait_for("details_step")


def test_a_former_or_short_password_is_refused_beside_its_field(door: Door) -> None:
    _make_first(door.kit)
    door.attach()
    door.log_in()
    door.wait_for("new_password_step")
    ui = door.window.ui
    ui.answer_edit.setText("老街")
    for password, said in (("short", "at least"), (PASSWORD, "used before")):
        ui.new_password_edit.setText(password)
        ui.again_edit.setText(password)
        ui.new_button.click()
        door.settle()
        assert said in ui.new_password_error.toolTip()
        assert ui.new_button.isEnabled()


def test_doubted_details_are_told_and_the_person_goes_on(door: Door) -> None:
    said: list[str] = []
    door.kit.ctx.notifier.attach()
    door.kit.ctx.notifier.bar_requested.connect(lambda notice: said.append(str(notice.text)))
    door.attach()
    door.log_in()
    door.wait_for("details_step")
    door.window.ui.details_wrong_button.click()
    door.bot.waitUntil(lambda: bool(door.entered))
    assert "tell your supervisor" in said[0]


def test_a_mended_field_is_not_called_wrong_any_more(door: Door) -> None:
    door.attach()
    door.window.ui.log_in_button.click()
    assert door.window.ui.number_error.message is not None
    QTest.keyClicks(door.window.ui.number_edit, "1")
    assert door.window.ui.number_error.message is None


def test_the_page_changes_its_language_with_what_was_typed_kept(door: Door) -> None:
    door.window.ui.number_edit.setText("1001")
    door.kit.language.use(translation.CHINESE)
    door.bot.waitUntil(lambda: door.window.ui.log_in_button.text() == "登录")
    assert door.window.ui.number_edit.text() == "1001"
    assert door.window.ui.language_button.text() == "English"


def test_passwords_never_reach_the_clipboard(door: Door) -> None:
    edit = door.window.ui.password_edit
    edit.setText("secret")
    edit.selectAll()
    assert edit.echoMode() is edit.EchoMode.Password
    assert edit.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu


def test_a_fault_of_the_surroundings_is_said_and_can_be_tried_again(door: Door) -> None:
    class Broken:
        def log_in(self, number: str, password: str) -> None:
            raise OSError("disk gone")

    door.flow.attach(Broken(), door.kit.ctx.tasks, door.kit.ctx.notifier, "")  # type: ignore[arg-type]
    door.log_in()
    door.settle()
    assert "disk gone" in door.window.ui.wait_error.toolTip()
    assert door.window.ui.log_in_button.isEnabled()
    assert len(door.kit.reports) == 1


_BEFORE_THE_FIRST_FRAME = """
import os, sys
from pathlib import Path
from courier_desk.app import Desk, make_application
from courier_desk.base.paths import DataFolder
from courier_desk.bootstrap import build
context = build(DataFolder(Path(sys.argv[1])))
application = make_application()
desk = Desk(application, context)
def painted():
    print(" ".join(sys.modules), flush=True)
    os._exit(0)
desk.shell.login.first_painted.disconnect()
desk.shell.login.first_painted.connect(painted)
desk.start()
application.exec()
"""
_HEAVY = {
    *("sqlalchemy", "sqlcipher3", "reportlab", "PIL", "keyring", "qtawesome", "qtpy", "argon2", "cryptography"),
    *("pydantic", "structlog", "serial", "zxingcpp", "pypdfium2", "xlsxwriter", "tomlkit", "pypinyin", "phonenumbers"),
    *("stdnum", "barcode", "httpx2", "zstandard"),
}


def test_nothing_heavy_is_imported_before_the_log_in_page_is_painted(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", _BEFORE_THE_FIRST_FRAME, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, check=True, timeout=50)
    loaded = set(done.stdout.split())
    assert "courier_desk.ui.dialogs.login_window" in loaded
    assert {name.split(".")[0] for name in loaded}.isdisjoint(_HEAVY)
    assert "multiprocessing" not in loaded
    floors = {"storage", "services", "devices", "printing", "reports", "security", "sync", "protocol", "hq"}
    assert {name for name in loaded if name.startswith("courier_desk.") and name.split(".")[1] in floors} == set()


def test_the_first_frame_is_announced_once(kit: UiKit, qtbot: QtBot) -> None:
    window, painted = LoginWindow(), list[int]()
    qtbot.addWidget(window)
    window.first_painted.connect(lambda: painted.append(1))
    window.show()
    qtbot.waitUntil(lambda: painted == [1])
    window.repaint()
    qtbot.wait(20)
    assert painted == [1]

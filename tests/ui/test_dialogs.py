"""Dialogs open beside the work and answer by signals; the first start shows its passwords once."""

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from courier_desk.base import translation
from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.translation import message
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.paper import StationKind
from courier_desk.domain.user import Operator, Role
from courier_desk.services.approvals import ApprovalRequest
from courier_desk.services.first_start import FirstPassword
from courier_desk.ui.dialogs.approval import ApprovalDialog, ask_approval
from courier_desk.ui.dialogs.first_start import FirstStart
from courier_desk.ui.dialogs.password import PasswordDialog
from courier_desk.ui.dialogs.people_paper import people_document
from courier_desk.ui.dialogs.question import ask
from courier_desk.ui.dialogs.reason import ask_reason
from tests.desk import PASSWORD
from tests.ui.kit import UiKit

if TYPE_CHECKING:
    from courier_desk.ui.dialogs.first_start import Progress

Key = Qt.Key
REASONS = (message("Damaged"), message("Lost"))


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(900, 600)
    qtbot.addWidget(window)
    window.show()
    return window


def _request(kit: UiKit, kind: RequestKind, amount_fen: int = 0) -> ApprovalRequest:
    return kit.desk.services.approvals.request(kind, "XS0001000000018", "Damaged", amount_fen=amount_fen)


def _give(dialog: ApprovalDialog, kit: UiKit, qtbot: QtBot, number: str, password: str = PASSWORD) -> None:
    if not dialog.ui.number_edit.isReadOnly():
        dialog.ui.number_edit.setText(number)
    dialog.ui.password_edit.setText(password)
    QTest.keyClick(dialog.ui.password_edit, Key.Key_Return)
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)


def test_ones_own_password_is_enough_for_grade_one(parent: QWidget, kit: UiKit, qtbot: QtBot) -> None:
    got: list[str] = []
    dialog = ask_approval(parent, kit.ctx, _request(kit, RequestKind.REPRINT), got.append)
    assert dialog.ui.number_edit.text() == kit.ctx.actor.number
    _give(dialog, kit, qtbot, "")
    assert len(got) == 1


def test_a_second_person_approves_what_one_may_not_alone(parent: QWidget, kit: UiKit, qtbot: QtBot) -> None:
    got: list[str] = []
    request = _request(kit, RequestKind.REFUND, 900_000)
    dialog = ask_approval(parent, kit.ctx, request, got.append)
    assert "9000.00" in dialog.ui.facts_label.text()
    _give(dialog, kit, qtbot, kit.ctx.actor.number)
    assert got == []
    assert dialog.ui.number_error.toolTip() != ""
    _give(dialog, kit, qtbot, kit.desk.actors[Role.SUPERVISOR].number, "wrong")
    assert dialog.ui.password_error.toolTip() != ""
    _give(dialog, kit, qtbot, kit.desk.actors[Role.SUPERVISOR].number)
    assert len(got) == 1


def test_an_approval_that_is_left_gives_nothing(parent: QWidget, kit: UiKit) -> None:
    got: list[str] = []
    dialog = ask_approval(parent, kit.ctx, _request(kit, RequestKind.REPRINT), got.append)
    QTest.keyClick(dialog, Key.Key_Escape)
    assert got == []
    assert not dialog.isVisible()


def test_a_dangerous_question_stands_on_no(parent: QWidget) -> None:
    answers: list[int] = []
    dialog = ask(parent, REASONS[0], REASONS[1], REASONS[0], lambda: answers.append(1), dangerous=True)
    QTest.keyClick(dialog, Key.Key_Return)
    assert answers == []
    dialog = ask(parent, REASONS[0], REASONS[1], REASONS[0], lambda: answers.append(1))
    QTest.keyClick(dialog, Key.Key_Return)
    assert answers == [1]


@pytest.mark.parametrize(("keys", "reason"), [([Key.Key_2], "Lost"), ([Key.Key_Down, Key.Key_Return], "Lost")])
def test_a_reason_is_one_key(parent: QWidget, keys: Sequence[Qt.Key], reason: str) -> None:
    got: list[str] = []
    dialog = ask_reason(parent, message("Why?"), message("Why?"), REASONS, got.append)
    for key in keys:
        QTest.keyClick(dialog.ui.reasons_list, key)
    assert got == [reason]


def test_another_reason_can_be_written_with_digits_in_it(parent: QWidget) -> None:
    got: list[str] = []
    dialog = ask_reason(parent, message("Why?"), message("Why?"), REASONS, got.append)
    dialog.ui.other_edit.setFocus()
    QTest.keyClicks(dialog.ui.other_edit, "2 wet boxes")
    QTest.keyClick(dialog.ui.other_edit, Key.Key_Return)
    assert got == ["2 wet boxes"]


def test_a_dialog_speaks_the_language_that_is_chosen_while_it_is_open(
    parent: QWidget, kit: UiKit, qtbot: QtBot
) -> None:
    dialog = ask_approval(parent, kit.ctx, _request(kit, RequestKind.REPRINT), lambda _id: None)
    kit.language.use(translation.CHINESE)
    qtbot.waitUntil(lambda: dialog.ui.approve_button.text() == "批准")
    assert "XS0001000000018" in dialog.ui.what_label.text()


def _person() -> FirstPassword:
    return FirstPassword(Operator("p1", "1001", "林晓", "Lin Xiao", Role.AGENT), "abcd-efgh-jkmn")


def test_the_first_start_sets_up_shows_progress_and_the_first_passwords(kit: UiKit, qtbot: QtBot) -> None:
    asked: list[StationKind] = []

    def set_up(kind: StationKind, progress: "Progress") -> "Future[Sequence[FirstPassword]]":
        asked.append(kind)

        def work() -> Sequence[FirstPassword]:
            progress(1, 2, message("Setting up"))
            return [_person()]

        return kit.desk.app.db.submit(work)

    window, done = FirstStart(set_up, kit.ctx.notifier), list[int]()
    qtbot.addWidget(window)
    window.finished.connect(lambda: done.append(1))
    window.show()
    assert window.ui.english_radio.isChecked()
    assert window.ui.sample_radio.isChecked()
    QTest.keyClick(window.ui.set_up_button, Key.Key_Return)
    qtbot.waitUntil(lambda: window.ui.steps.currentWidget() is window.ui.people_step)
    assert asked == [StationKind.SAMPLE]
    cells = [window.ui.people_table.item(0, column) for column in range(4)]
    assert [cell.text() for cell in cells if cell] == ["1001", "Lin Xiao", "agent", "abcd-efgh-jkmn"]
    window.ui.copy_button.click()
    assert "1001\tLin Xiao\tagent\tabcd-efgh-jkmn" in QGuiApplication.clipboard().text()
    kit.language.use(translation.CHINESE)
    qtbot.waitUntil(lambda: window.ui.go_on_button.text() == "登录")
    name = window.ui.people_table.item(0, 1)
    assert name is not None
    assert name.text() == "林晓"
    QTest.keyClick(window.ui.go_on_button, Key.Key_Return)
    assert done == [1]


def test_the_first_passwords_are_printed_by_the_system_dialog(kit: UiKit, qtbot: QtBot, tmp_path: Path) -> None:
    window = FirstStart(lambda _kind, _progress: Future(), kit.ctx.notifier)
    qtbot.addWidget(window)
    window.show_people([_person()])
    window.show()
    window.ui.print_button.click()
    dialog = window.findChild(QPrintDialog)
    assert dialog is not None
    paper = tmp_path / "people.pdf"
    place = dialog.findChild(QLineEdit, "filename")
    assert place is not None
    place.setText(str(paper))
    dialog.accept()
    assert paper.read_bytes().startswith(b"%PDF")
    assert window.ui.copied_note.text() == "Printed"
    sheet = people_document("People", ["Name"], [["<b>Lin & Xiao</b>"]])
    assert "<b>Lin & Xiao</b>" in sheet.toPlainText()


def test_a_set_up_that_fails_says_why_and_can_be_tried_again(kit: UiKit, qtbot: QtBot) -> None:
    tries: list[int] = []

    def set_up(kind: StationKind, progress: "Progress") -> "Future[Sequence[FirstPassword]]":
        tries.append(1)
        future: Future[Sequence[FirstPassword]] = Future()
        if len(tries) == 1:
            future.set_exception(EnvironmentFault(message("The settings cannot be written to the disk.")))
        else:
            future.set_result([_person()])
        return future

    window = FirstStart(set_up, kit.ctx.notifier)
    qtbot.addWidget(window)
    window.show()
    window.start()
    qtbot.waitUntil(lambda: not window.ui.retry_button.isHidden())
    assert "cannot be written" in window.ui.setup_error.toolTip()
    window.ui.retry_button.click()
    qtbot.waitUntil(lambda: window.ui.steps.currentWidget() is window.ui.people_step)
    assert kit.reports == []


def test_a_password_is_changed_at_any_time_and_the_old_one_is_asked_for(
    parent: QWidget, kit: UiKit, qtbot: QtBot
) -> None:
    dialog, done = PasswordDialog(parent, kit.ctx), list[int]()
    dialog.accepted.connect(lambda: done.append(1))
    dialog.open()
    ui = dialog.ui
    for old, new, again, said in (
        (PASSWORD, "Lantern-4-Quay", "another", ui.again_error),
        ("wrong", "Lantern-4-Quay", "Lantern-4-Quay", ui.old_password_error),
        (PASSWORD, "short", "short", ui.new_password_error),
        (PASSWORD, PASSWORD, PASSWORD, ui.new_password_error),
    ):
        for edit, text in ((ui.old_password_edit, old), (ui.new_password_edit, new), (ui.again_edit, again)):
            edit.setText(text)
        QTest.keyClick(ui.again_edit, Key.Key_Return)
        qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
        assert said.toolTip() != "", (old, new, again)
        assert dialog.isVisible()
    for edit in (ui.new_password_edit, ui.again_edit):
        edit.setText("Lantern-4-Quay")
    QTest.keyClick(ui.again_edit, Key.Key_Return)
    qtbot.waitUntil(lambda: done == [1])
    assert kit.desk.on_db(lambda: kit.desk.services.auth.unlock(kit.ctx.actor, "Lantern-4-Quay"))

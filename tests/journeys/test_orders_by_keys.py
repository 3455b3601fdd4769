"""At the counter by keys alone: first log-in, a known caller, a new one, a lock in the middle, a restart; zh and en."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from courier_desk.base import translation
from courier_desk.domain.order import OrderDraft
from courier_desk.domain.print_job import PrintState
from courier_desk.printing.preview import page_picture, read_back
from courier_desk.services.orders import Accepted
from courier_desk.ui.pages.order import OrderPage
from tests.desk import ID_NUMBER, PASSWORD, RECIPIENT, SENDER
from tests.journeys.hand import CTRL, ENTER, SHIFT, Hand, until
from tests.journeys.program import AGENT, Program, running, station

NEW_PASSWORD = "Quay-9-Lantern"
MOST_STROKES = 15
CHINESE, ENGLISH = translation.CHINESE, translation.ENGLISH
SENDER_LINE = "王建国 13700001234 广东省深圳市南山区粤海街道科技园南路18号创新大厦1201"
RECIPIENT_LINE = "收件人：赵丽颖，电话 13611112222，地址 四川省成都市武侯区天府大道北段1700号3栋1单元501"

languages = pytest.mark.parametrize("language", [CHINESE, ENGLISH])


def _order(program: Program) -> OrderPage:
    """F2: a form, with the focus where the telephone number goes."""
    program.hand.press(Qt.Key.Key_F2)
    page = program.front(OrderPage)
    program.hand.wait_for_focus(page.ui.sender.ui.phone_edit)
    return page


def _known_caller(program: Program, page: OrderPage) -> int:
    """Everything after the telephone number of a known customer; how many strokes it took."""
    hand = program.hand
    hand.type(SENDER.phone)
    until(lambda: page.caller.customer, "the caller is known")
    begun = hand.strokes
    hand.press(ENTER)
    hand.wait_for_focus(page.ui.recipient.ui.box_edit)
    hand.type("1")
    hand.press(ENTER)
    hand.wait_for_focus(page.ui.inspection.ui.same_button)
    hand.press(Qt.Key.Key_F7)
    until(lambda: page.ui.inspection.proof, "the paper of last time counts")
    hand.press(ENTER)
    hand.wait_for_focus(page.ui.payment.ui.tendered_edit)
    hand.type("50")
    hand.press(ENTER)
    hand.press(ENTER)
    until(lambda: page.accepted, f"the order is accepted: {page.faults.said()}")
    return hand.strokes - begun


def _accepted(page: OrderPage) -> Accepted:
    done = until(lambda: page.accepted, "the order is accepted")
    assert done is not None
    return done


def _codes_in_folder(program: Program, papers: int) -> list[list[str]]:
    """What a bar code reader finds on each printed label."""
    folder = program.desk.context.folder.paper
    until(lambda: len(list(folder.glob("*.pdf"))) >= papers, f"{papers} labels are printed")
    files = sorted(folder.glob("*.pdf"))
    return [sorted({code.text for code in read_back(page_picture(file.read_bytes(), dpi=203))}) for file in files]


@languages
def test_a_first_log_in_leads_to_a_password_of_ones_own_and_into_the_window(
    qapp: QApplication, tmp_path: Path, language: str
) -> None:
    station(tmp_path / "station", language, customers=0, first_log_in=True)
    with running(qapp, tmp_path / "station") as program:
        hand, ui = program.hand, program.desk.shell.login.ui
        hand.type(AGENT)
        hand.press(ENTER)
        hand.type(PASSWORD)
        hand.press(ENTER)
        until(lambda: ui.steps.currentWidget() is ui.new_password_step, "a password of one's own is asked")
        assert ui.new_button.text() == ("Save and go on" if language == ENGLISH else "保存并继续")
        for word in (NEW_PASSWORD, NEW_PASSWORD):
            hand.type(word)
            hand.press(ENTER)
        hand.commit("老街")
        hand.press(ENTER)
        until(lambda: ui.steps.currentWidget() is ui.details_step, "the details are asked")
        program.enter()
        assert program.ui.actor.number == AGENT
    with running(qapp, tmp_path / "station") as program:
        program.log_in(NEW_PASSWORD)


@languages
def test_an_order_of_a_known_caller_takes_few_strokes_until_its_label_is_in_the_queue(
    qapp: QApplication, tmp_path: Path, language: str
) -> None:
    before = station(tmp_path / "station", language)
    with running(qapp, tmp_path / "station") as program:
        program.log_in()
        page = _order(program)
        strokes = _known_caller(program, page)
        done = _accepted(page)
        [job] = done.print_job_ids
        assert program.on_db(lambda: _job(program, job)) in set(PrintState)
        assert page.ui.recipient.party.name == RECIPIENT.name
        said = page.ui.result.ui.labels_note.text()
        assert said == ("1 label is in the print queue." if language == ENGLISH else "1 张面单已进入打印队列。")
        assert _codes_in_folder(program, 2) == [[each.number] for each in (*before, done)]
        sys.stdout.write(f"known caller, {language}: {strokes} strokes after the telephone number\n")
        assert strokes <= MOST_STROKES
        program.hand.press(ENTER)
        program.hand.wait_for_focus(page.ui.sender.ui.phone_edit)
        assert page.form.is_empty


def _job(program: Program, job_id: str) -> PrintState | None:
    with program.desk.context.desk.store.read() as work:
        job = work.print_jobs.get(job_id)
    return job.state if job else None


def _paste(program: Program, line: str) -> None:
    QGuiApplication.clipboard().setText(line)
    program.hand.press(Qt.Key.Key_V, CTRL | SHIFT)


@languages
def test_a_new_caller_is_taken_from_two_pasted_lines(qapp: QApplication, tmp_path: Path, language: str) -> None:
    station(tmp_path / "station", language, customers=0)
    with running(qapp, tmp_path / "station") as program:
        program.log_in()
        page, hand = _order(program), program.hand
        _paste(program, SENDER_LINE)
        hand.wait_for_focus(page.ui.recipient.ui.box_edit)
        _paste(program, RECIPIENT_LINE)
        until(lambda: page.ui.recipient.party.phone, "the second line is read")
        assert page.ui.sender.party.name == "王建国"
        assert page.ui.recipient.party.address.district == "武侯区"
        hand.type("3。2")
        hand.press(ENTER)
        _to_goods(program, page)
        hand.commit("棉质衬衫")
        hand.press(ENTER)
        _to(hand, page.ui.inspection.ui.identity_edit)
        hand.type(ID_NUMBER)
        hand.press(ENTER)
        until(lambda: page.ui.inspection.proof, "the paper is checked")
        hand.press(Qt.Key.Key_F7)
        _to(hand, page.ui.payment.ui.tendered_edit)
        hand.type("100")
        hand.press(ENTER, CTRL)
        done = _accepted(page)
        order = program.on_db(lambda: _saved(program, done.number))
        assert (order.sender.phone, order.recipient.name) == ("13700001234", "赵丽颖")
        assert order.pieces[0].weight_g == 3200
        assert _codes_in_folder(program, 1) == [[done.number]]


def _to_goods(program: Program, page: OrderPage) -> None:
    goods = page.ui.goods.fields()[0]
    _to(program.hand, goods)


def _to(hand: Hand, field: object) -> None:
    """Enter, until the way has come to this field."""
    for _stop in range(12):
        if hand.focus is field:
            return
        hand.press(ENTER)
    raise AssertionError(f"Enter did not lead there; it stands at {hand.focus.objectName()}")


def _saved(program: Program, number: str) -> OrderDraft:
    with program.desk.context.desk.store.read() as work:
        order = work.orders.by_number(number)
    assert order is not None
    return order.draft


@languages
def test_a_form_half_filled_is_there_again_after_a_lock_and_after_a_restart(
    qapp: QApplication, tmp_path: Path, language: str
) -> None:
    station(tmp_path / "station", language)
    with running(qapp, tmp_path / "station") as program:
        program.log_in()
        page, hand = _order(program), program.hand
        hand.type("138123")
        hand.press(Qt.Key.Key_F12)
        lock = program.window.lock
        hand.wait_for_focus(lock.ui.password_edit)
        hand.press(Qt.Key.Key_F2)
        hand.scan("XS0001000000018")
        hand.type("wrong")
        hand.press(ENTER)
        until(lock.ui.unlock_button.isEnabled, "the answer is there")
        assert lock.is_locked
        hand.fill(PASSWORD)
        hand.press(ENTER)
        until(lambda: not lock.is_locked, "the desk is open again")
        hand.wait_for_focus(page.ui.sender.ui.phone_edit)
        assert program.window.tabs.front is page
        hand.type("45678")
        until(lambda: page.caller.customer, "the caller is known")
        hand.press(ENTER)
        hand.commit("欧阳修")
        hand.press(Qt.Key.Key_L, CTRL)
        until(lambda: page.keeper.kept, "the draft is kept")
    with running(qapp, tmp_path / "station") as program:
        program.log_in()
        page = program.front(OrderPage)
        until(lambda: page.ui.sender.party.name, "the draft is back")
        assert page.ui.sender.party.name == SENDER.name
        assert page.ui.sender.party.phone.replace(" ", "") == SENDER.phone
        assert page.ui.recipient.ui.box_edit.text() == "欧阳修"

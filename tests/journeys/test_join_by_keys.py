"""A fresh computer becomes a desk of the network by keys alone: code, first password, an order, and in step."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from courier_desk.base.paths import DataFolder
from courier_desk.base.settings import Settings, SettingsStore
from courier_desk.base.translation import CHINESE, ENGLISH
from courier_desk.domain.enrolment import group_code
from courier_desk.domain.own_number import serial_of
from courier_desk.domain.paper import StationKind
from courier_desk.hq.demo import load_demo
from courier_desk.security.passwords import Argon2Hasher
from courier_desk.services.orders import Accepted
from courier_desk.services.sync_state import SyncWord
from courier_desk.ui.dialogs.first_start import FirstStart
from courier_desk.ui.pages.order import OrderPage
from courier_desk.ui.pages.sync import SyncPage
from tests.desk import ID_NUMBER
from tests.hq_database import fresh_database
from tests.hq_service import running_hq
from tests.journeys.hand import CTRL, ENTER, ESCAPE, SHIFT, TAB, Hand, until
from tests.journeys.program import AGENT, Program, running

pytestmark = pytest.mark.logs_freely

DESK, OTHER_DESK = "HZ001-1", "HZ001-2"
NEW_PASSWORD = "Quay-9-Lantern"
SENDER_LINE = "王建国 13700001234 广东省深圳市南山区粤海街道科技园南路18号创新大厦1201"
RECIPIENT_LINE = "收件人：赵丽颖，电话 13611112222，地址 四川省成都市武侯区天府大道北段1700号3栋1单元501"


@dataclass(frozen=True)
class Network:
    """Headquarters with its sample network: where it is, and a code for each desk."""

    address: str
    codes: dict[str, str]
    engine: sa.Engine

    def rows(self, statement: str, **values: Any) -> list[Any]:
        """What headquarters' database holds."""
        with self.engine.connect() as connection:
            return list(connection.execute(sa.text(statement), values))


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    with ExitStack() as stack:
        dsn = stack.enter_context(fresh_database())
        hq = stack.enter_context(running_hq(dsn, tmp_path))
        codes = load_demo(hq.headquarters.engine, datetime.now(UTC)).codes
        yield Network(hq.address, dict(codes), hq.headquarters.engine)


def _fresh(folder: Path, language: str) -> Path:
    """An empty folder, in this language."""
    folder.mkdir()
    SettingsStore(DataFolder(folder).settings_file).save(replace(Settings(), language=language, theme="light"))
    return folder


def _first_start(program: Program) -> FirstStart:
    # Passwords are hashed as cheaply as in every test.
    program.desk.context.desk.__dict__["_hasher"] = Argon2Hasher(memory_kib=64, rounds=1)
    first = until(lambda: program.desk.shell.first_start, "the first start asks")
    assert first is not None
    until(first.isActiveWindow, "it is in front")
    return first


def _to_real_work(hand: Hand, first: FirstStart) -> None:
    """Back from the button to the last choice; Enter chooses it, and Enter goes on."""
    hand.wait_for_focus(first.ui.set_up_button)
    hand.press(TAB, SHIFT)
    hand.wait_for_focus(first.ui.live_radio)
    hand.press(ENTER)
    assert first.ui.live_radio.isChecked()
    hand.press(ENTER)


def _join(program: Program, network: Network, code: str) -> FirstStart:
    """From the first button to real work, the address typed, a code read wrong at first."""
    hand, first = program.hand, _first_start(program)
    _to_real_work(hand, first)
    hand.wait_for_focus(first.ui.address_edit)
    hand.type(network.address)
    hand.press(ENTER)
    hand.wait_for_focus(first.ui.code_edit)
    hand.type("AAAA BBBB CCCC")
    hand.press(ENTER)
    until(lambda: first.ui.code_error.message, "the code is refused beside its field")
    hand.wait_for_focus(first.ui.code_edit)
    QGuiApplication.clipboard().setText(f" {group_code(code).lower()}\n")
    hand.press(Qt.Key.Key_A, CTRL)
    hand.press(Qt.Key.Key_V, CTRL)
    hand.press(ENTER)
    until(lambda: first.people, f"the desk has joined: {first.ui.setup_error.toolTip()}")
    return first


def _first_log_in(program: Program, first: FirstStart) -> None:
    """With the password that was shown once, and then one of their own."""
    hand = program.hand
    password = {each.operator.number: each.password for each in first.people}[AGENT]
    hand.wait_for_focus(first.ui.go_on_button)
    hand.press(ENTER)
    login = program.desk.shell.login
    until(login.isActiveWindow, "the log-in page is there")
    until(lambda: program.desk.shell.ui, "the station is open")
    hand.wait_for_focus(login.ui.number_edit)
    hand.type(AGENT)
    hand.press(ENTER)
    hand.type(password)
    hand.press(ENTER)
    until(lambda: login.ui.steps.currentWidget() is login.ui.new_password_step, "a password of one's own is asked")
    for word in (NEW_PASSWORD, NEW_PASSWORD):
        hand.type(word)
        hand.press(ENTER)
    hand.commit("老街")
    hand.press(ENTER)
    until(lambda: login.ui.steps.currentWidget() is login.ui.details_step, "the details are asked")
    program.enter()


def _paste(hand: Hand, line: str) -> None:
    QGuiApplication.clipboard().setText(line)
    hand.press(Qt.Key.Key_V, CTRL | SHIFT)


def _to(hand: Hand, field: object) -> None:
    """Enter, until the way has come to this field."""
    for _stop in range(12):
        if hand.focus is field:
            return
        hand.press(ENTER)
    raise AssertionError(f"Enter did not lead there; it stands at {hand.focus.objectName()}")


def _order(program: Program) -> Accepted:
    hand = program.hand
    hand.press(Qt.Key.Key_F2)
    page = program.front(OrderPage)
    hand.wait_for_focus(page.ui.sender.ui.phone_edit)
    _paste(hand, SENDER_LINE)
    hand.wait_for_focus(page.ui.recipient.ui.box_edit)
    _paste(hand, RECIPIENT_LINE)
    until(lambda: page.ui.recipient.party.phone, "the second line is read")
    hand.type("3.2")
    hand.press(ENTER)
    _to(hand, page.ui.goods.fields()[0])
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
    done = until(lambda: page.accepted, "the order is accepted")
    assert done is not None
    return done


def _numbers_left(program: Program) -> int:
    exchange = program.ui.services.exchange
    return program.on_db(exchange.standing).numbers_left


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_a_fresh_computer_joins_takes_an_order_and_is_in_step(
    qapp: QApplication, tmp_path: Path, network: Network, language: str
) -> None:
    folder = _fresh(tmp_path / "new", language)
    with running(qapp, folder) as program:
        first = _join(program, network, network.codes[DESK])
        _first_log_in(program, first)
        until(lambda: _numbers_left(program), "headquarters has given numbers")
        order = _order(program)
        hand = program.hand
        hand.press(Qt.Key.Key_H, CTRL)
        page = program.front(SyncPage)
        until(
            lambda: network.rows("SELECT 1 FROM waybill WHERE number = :number", number=order.number),
            "headquarters has the order",
        )
        until(lambda: program.ui.bridge.sync_state and program.ui.bridge.sync_state.word is SyncWord.IDLE, "in step")
        in_step = {CHINESE: "已同步", ENGLISH: "In step"}[language]
        until(lambda: page.ui.line_chip.accessibleName() == in_step, "the page says so")
        status = program.window.strip.status("sync")
        assert status is not None
        assert str(status.text) == in_step
        [leased] = network.rows("SELECT lower(serials) AS first, upper(serials) AS after, desk_id FROM number_range")
        assert leased.desk_id == DESK
        assert leased.first <= serial_of(order.number) < leased.after
        [kept] = network.rows("SELECT parked FROM op_log WHERE kind = 'order.accepted'")
        assert not kept.parked
    assert SettingsStore(DataFolder(folder).settings_file).load().hq_address == network.address
    with running(qapp, folder) as program:
        program.log_in(NEW_PASSWORD)
        assert program.ui.services.station.kind is StationKind.LIVE
        assert not program.window.band.isVisible()


def test_a_code_that_was_used_is_refused_and_esc_leads_back(
    qapp: QApplication, tmp_path: Path, network: Network
) -> None:
    with running(qapp, _fresh(tmp_path / "first", ENGLISH)) as program:
        _join(program, network, network.codes[OTHER_DESK])
    with running(qapp, _fresh(tmp_path / "second", ENGLISH)) as program:
        first, hand = _first_start(program), program.hand
        _to_real_work(hand, first)
        hand.type(network.address)
        hand.press(ENTER)
        hand.type(network.codes[OTHER_DESK])
        hand.press(ENTER)
        until(lambda: first.ui.code_error.message, "a code is good once")
        assert "used" in str(first.ui.code_error.message)
        hand.press(ESCAPE)
        until(lambda: first.ui.steps.currentWidget() is first.ui.choose_step, "back at the choice")
        first.close()

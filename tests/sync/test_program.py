"""The whole program on a station that has joined: it talks from the log-in page on, and ends in time."""

import time

import pytest
from PySide6.QtWidgets import QApplication

from courier_desk.domain.user import Actor, Role
from courier_desk.services.sync_state import SyncWord
from tests.desk import PASSWORD, TestDesk
from tests.journeys.hand import until
from tests.journeys.program import AGENT, Program, running
from tests.live_desk import join_desk
from tests.sync.conftest import SampleNetwork

pytestmark = pytest.mark.logs_freely


def _counter(program: Program) -> TestDesk:
    """Somebody has logged in."""
    services = program.desk.context.services
    actor: Actor | None = program.on_db(lambda: services.auth.log_in(AGENT, PASSWORD)).actor
    assert actor is not None
    return TestDesk(program.desk.context, {Role.AGENT: actor})


def _word(program: Program) -> SyncWord | None:
    """What the screen knows."""
    state = program.ui.bridge.sync_state
    return state.word if state is not None else None


def test_an_order_is_at_headquarters_a_moment_after_it_was_saved(qapp: QApplication, network: SampleNetwork) -> None:
    folder = network.folder / "program"
    join_desk(folder, network.line.url, network.codes["HZ001-1"]).close()
    with running(qapp, folder) as program:
        sync, exchange = program.desk.context.sync, program.ui.services.exchange
        until(lambda: sync.state.word is SyncWord.IDLE and program.on_db(exchange.standing).numbers_left, "in step")
        number = _counter(program).accept().number
        saved = time.monotonic()
        until(lambda: network.rows("SELECT number FROM waybill"), "headquarters has it")
        assert time.monotonic() - saved < 2
        assert network.rows("SELECT number FROM waybill")[0].number == number
        until(lambda: _word(program) is SyncWord.IDLE, "the screen knows")
        network.line.down(silent=True)
        until(lambda: _word(program) is SyncWord.OFFLINE, "the screen knows", 40)
        closing = time.monotonic()
    assert time.monotonic() - closing < 3

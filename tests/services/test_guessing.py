"""Guessing passwords (X12): every door counts on the same disk, and nothing that restarts or turns the clock helps."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from courier_desk.base.errors import UserError
from courier_desk.base.paths import DataFolder
from courier_desk.bootstrap import build
from courier_desk.domain.login import DELAY_FROM, LOCK_AT, LOCK_FOR, LoginState, may_try_at
from courier_desk.domain.user import Role
from courier_desk.storage.schema_people import operator_login
from tests.desk import PASSWORD, TestDesk, desk_in, make_desk
from tests.patience import PATIENCE_S

NEW = "Quiet-Meadow-41"


def _state(desk: TestDesk) -> LoginState:
    with desk.app.desk.store.read() as look:
        state = look.people.login_state(desk.agent.operator_id)
    assert state is not None
    return state


def _doors(desk: TestDesk, guess: str) -> None:
    """One wrong guess at each door."""
    auth, agent = desk.services.auth, desk.agent
    with pytest.raises(UserError, match="wrong"):
        desk.on_db(lambda: auth.log_in(agent.number, guess))
    with pytest.raises(UserError, match="wrong"):
        desk.on_db(lambda: auth.change_password(agent, guess, NEW))
    assert not desk.on_db(lambda: auth.unlock(agent, guess))


class _Still:
    """A clock that stands: the first delay is a second, which a busy machine is in no time to see."""

    def __init__(self) -> None:
        self._moment = datetime.now(UTC)

    def now(self) -> datetime:
        return self._moment


def test_every_door_counts_and_all_are_shut_together(tmp_path: Path) -> None:
    with desk_in(tmp_path / "station") as desk:
        desk.services.auth._clock = _Still()
        _doors(desk, "not the password")
        assert _state(desk).failures == DELAY_FROM
        auth, agent = desk.services.auth, desk.agent
        assert desk.on_db(lambda: auth.log_in(agent.number, PASSWORD)).actor is None
        for shut in (
            lambda: auth.change_password(agent, PASSWORD, NEW),
            lambda: auth.unlock(agent, PASSWORD),
            lambda: auth.verify(agent.number, PASSWORD),
        ):
            with pytest.raises(UserError, match="wait"):
                desk.on_db(shut)


def test_a_killed_program_has_counted_all_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "station"
    desk, clock = make_desk(folder), _Still()
    desk.services.auth._clock = clock
    _doors(desk, "not the password")
    copy = tmp_path / "as the kill left it"
    shutil.copytree(folder, copy)
    desk.close()
    app = build(DataFolder(copy))
    try:
        app.db.submit(lambda: app.services).result(PATIENCE_S).auth._clock = clock
        result = app.db.submit(lambda: app.services.auth.log_in(desk.agent.number, PASSWORD)).result(PATIENCE_S)
    finally:
        app.close()
    assert result.actor is None
    assert result.wait_until is not None


def test_a_clock_set_back_neither_opens_the_lock_nor_forgets_a_failure(tmp_path: Path) -> None:
    with desk_in(tmp_path / "station") as desk:
        now = desk.app.clock.now()
        ahead = replace(_state(desk), failures=LOCK_AT - 1, last_failure_at=now - timedelta(minutes=1))
        locked = replace(ahead, failures=LOCK_AT)
        assert may_try_at(locked) == now - timedelta(minutes=1) + LOCK_FOR
        later = replace(ahead, last_failure_at=now + timedelta(seconds=20), failures=1)

        def save() -> None:
            with desk.app.desk.store.write(None) as work:
                work.people.save_login_state(later)
                work.commit()

        desk.on_db(save)
        with pytest.raises(UserError, match="wrong"):
            desk.on_db(lambda: desk.services.auth.log_in(desk.agent.number, "not the password"))
        assert _state(desk).last_failure_at == later.last_failure_at
        assert _state(desk).failures == 2


def test_a_number_that_nobody_has_waits_like_any_other(tmp_path: Path) -> None:
    with desk_in(tmp_path / "station") as desk:
        auth = desk.services.auth
        with pytest.raises(UserError, match="wrong"):
            desk.on_db(lambda: auth.log_in(" 0000a", PASSWORD))
        _fail_on(desk, _counted(desk), LOCK_AT - 1)
        with pytest.raises(UserError, match="wrong"):
            desk.on_db(lambda: auth.log_in("0000A", PASSWORD))
        assert desk.on_db(lambda: auth.log_in("0000A", PASSWORD)).locked
        with pytest.raises(UserError, match="wait"):
            desk.on_db(lambda: auth.verify("0000A", PASSWORD))
        with pytest.raises(UserError, match="wrong"):
            desk.on_db(lambda: auth.log_in("0001", PASSWORD))


def _counted(desk: TestDesk) -> str:
    """Under which id failures are counted that are nobody's."""
    known = {actor.operator_id for actor in desk.actors.values()}
    with desk.app.desk.store.read() as look:
        ids = look.connection.execute(select(operator_login.c.operator_id)).scalars()
        [found] = [each for each in ids if each.startswith("nobody") and each not in known]
    return str(found)


def _fail_on(desk: TestDesk, operator_id: str, failures: int) -> None:
    """So many failures, the last of them long enough ago to try once more."""

    def save() -> None:
        with desk.app.desk.store.write(None) as work:
            state = work.people.login_state(operator_id)
            assert state is not None
            ago = work.now - LOCK_FOR
            work.people.save_login_state(replace(state, failures=failures, last_failure_at=ago))
            work.commit()

    desk.on_db(save)


def test_a_clock_that_was_a_year_ahead_locks_nobody_out_for_a_year(tmp_path: Path) -> None:
    with desk_in(tmp_path / "station") as desk:
        now = desk.app.clock.now()
        ahead = replace(_state(desk), failures=LOCK_AT, last_failure_at=now + timedelta(days=365))

        def save() -> None:
            with desk.app.desk.store.write(None) as work:
                work.people.save_login_state(ahead)
                work.commit()

        desk.on_db(save)
        result = desk.on_db(lambda: desk.services.auth.log_in(desk.agent.number, PASSWORD))
        assert result.locked
        assert result.wait_until is not None
        assert now + LOCK_FOR <= result.wait_until <= desk.app.clock.now() + LOCK_FOR
        again = desk.on_db(lambda: desk.services.auth.log_in(desk.agent.number, PASSWORD))
        assert again.wait_until == result.wait_until


def test_a_log_in_that_was_made_up_is_not_let_in_by_a_new_password(tmp_path: Path) -> None:
    with desk_in(tmp_path / "station") as desk:
        made_up = replace(desk.agent, role=Role.DIRECTOR)
        for actor in (made_up, replace(made_up, session_id="another")):
            with pytest.raises(UserError, match="no longer logged in"):
                desk.on_db(partial(desk.services.auth.change_password, actor, PASSWORD, NEW))
            with pytest.raises(UserError, match="no longer logged in"):
                desk.on_db(partial(desk.services.drafts.mine, actor))


def test_who_must_choose_a_new_password_is_let_in_by_choosing_it_and_by_nothing_else(tmp_path: Path) -> None:
    with desk_in(tmp_path / "station") as desk:

        def first_password() -> None:
            with desk.app.desk.store.write(None) as work:
                work.people.save_login_state(replace(_state(desk), must_change=True))
                work.commit()

        desk.on_db(first_password)
        actor = desk.on_db(lambda: desk.services.auth.log_in(desk.agent.number, PASSWORD)).actor
        assert actor is not None
        with pytest.raises(UserError, match="no longer logged in"):
            desk.on_db(lambda: desk.services.drafts.mine(actor))
        desk.on_db(lambda: desk.services.auth.change_password(actor, PASSWORD, NEW))
        assert desk.on_db(lambda: desk.services.drafts.mine(actor)) == []

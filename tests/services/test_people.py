"""Log-in, rights, approvals: what reliability.md promises under "People and secrets"."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from courier_desk.base.errors import UserError
from courier_desk.domain.approval import Grade, RequestKind, may_approve
from courier_desk.domain.login import LOCK_AT, LOCK_FOR
from courier_desk.domain.paper import PaperKind
from courier_desk.domain.user import RIGHTS, Action, Role, may
from courier_desk.services.approvals import ApprovalRequest
from tests.desk import PASSWORD, TestDesk

NEW = "Quiet-Meadow-41"


def _number(desk: TestDesk, role: Role) -> str:
    return desk.actors[role].number


def _fail(desk: TestDesk, times: int) -> None:
    for _ in range(times):
        with pytest.raises(UserError, match="wrong"):
            desk.on_db(lambda: desk.services.auth.log_in("1001", "not the password"))


def test_a_wrong_number_and_a_wrong_password_get_the_same_answer(desk: TestDesk) -> None:
    said = set()
    for number, password in (("1001", "wrong"), ("0000", PASSWORD)):
        with pytest.raises(UserError) as caught:
            desk.on_db(partial(desk.services.auth.log_in, number, password))
        said.add(str(caught.value))
    assert len(said) == 1


def test_failures_delay_then_lock_and_outlive_a_restart(desk: TestDesk) -> None:
    _fail(desk, 3)
    waiting = desk.on_db(lambda: desk.services.auth.log_in("1001", PASSWORD))
    assert waiting.actor is None
    assert waiting.wait_until is not None
    with desk.app.desk.store.read() as look:
        state = look.people.login_state("sample-1001")
    assert state is not None
    assert state.failures == 3
    locked = replace(state, failures=LOCK_AT, last_failure_at=desk.app.clock.now())

    def lock() -> None:
        with desk.app.desk.store.write(None) as work:
            work.people.save_login_state(locked)
            work.commit()

    desk.on_db(lock)
    result = desk.on_db(lambda: desk.services.auth.log_in("1001", PASSWORD))
    assert result.locked
    assert result.wait_until is not None
    assert result.wait_until - desk.app.clock.now() > LOCK_FOR - timedelta(minutes=1)


def test_a_former_password_is_never_accepted_again(desk: TestDesk) -> None:
    auth, agent = desk.services.auth, desk.agent
    desk.on_db(lambda: auth.change_password(agent, PASSWORD, NEW))
    with pytest.raises(UserError) as caught:
        desk.on_db(lambda: auth.change_password(agent, NEW, PASSWORD))
    assert caught.value.field == "new_password"
    assert desk.on_db(lambda: auth.log_in(agent.number, NEW)).actor is not None


@pytest.mark.parametrize("password", ["short", "a" * 129, "1001-1001-1001", "aaaaaaaaaa"])
def test_a_weak_password_is_refused(desk: TestDesk, password: str) -> None:
    with pytest.raises(UserError) as caught:
        desk.on_db(lambda: desk.services.auth.change_password(desk.agent, PASSWORD, password))
    assert caught.value.field == "new_password"


def test_only_the_same_person_unlocks(desk: TestDesk) -> None:
    assert desk.on_db(lambda: desk.services.auth.unlock(desk.agent, PASSWORD))
    assert not desk.on_db(lambda: desk.services.auth.unlock(desk.agent, "something else"))


def test_every_action_is_denied_by_default() -> None:
    assert set(RIGHTS) == set(Action)
    assert not any(may(Role.TECHNICAL_ADMIN, action) for action in (Action.ORDER_ACCEPT, Action.PERSONAL_LOOK))


def _request(desk: TestDesk, order_id: str) -> ApprovalRequest:
    return desk.on_db(lambda: desk.services.cancelling.ask(desk.agent, RequestKind.VOID, order_id, "entered twice"))


def test_a_small_void_needs_the_own_password_and_gives_the_money_back(desk: TestDesk) -> None:
    accepted = desk.accept()
    request = _request(desk, accepted.order_id)
    assert request.grade is Grade.OWN
    approval = desk.on_db(lambda: desk.services.approvals.give(desk.agent, request, desk.agent.number, PASSWORD))
    result = desk.on_db(lambda: desk.services.cancelling.void(desk.agent, request, approval))
    assert result.refund_fen == accepted.total_fen
    with pytest.raises(UserError, match="void already"):
        desk.on_db(lambda: desk.services.cancelling.void(desk.agent, request, approval))


def test_an_approval_holds_for_one_request_once(desk: TestDesk) -> None:
    first, second = desk.accept(), desk.accept()
    request, other = _request(desk, first.order_id), _request(desk, second.order_id)
    approval = desk.on_db(lambda: desk.services.approvals.give(desk.agent, request, desk.agent.number, PASSWORD))
    with pytest.raises(UserError, match="something else"):
        desk.on_db(lambda: desk.services.cancelling.void(desk.agent, other, approval))
    with pytest.raises(UserError, match="needs an approval"):
        desk.on_db(lambda: desk.services.cancelling.void(desk.actors[Role.SUPERVISOR], request, approval))


def test_the_asker_never_approves_from_grade_two(desk: TestDesk) -> None:
    supervisor, manager, agent = (desk.actors[role] for role in (Role.SUPERVISOR, Role.MANAGER, Role.AGENT))
    assert may_approve(Grade.SECOND_PERSON, agent, supervisor.operator_id, supervisor.role)
    assert not may_approve(Grade.SECOND_PERSON, supervisor, supervisor.operator_id, supervisor.role)
    assert not may_approve(Grade.SECOND_PERSON, supervisor, agent.operator_id, agent.role)
    assert not may_approve(Grade.MANAGER, agent, supervisor.operator_id, supervisor.role)
    assert may_approve(Grade.MANAGER, agent, manager.operator_id, manager.role)


def test_a_reprint_needs_a_reason_and_carries_a_mark(desk: TestDesk) -> None:
    number = desk.accept().number
    request = desk.services.approvals.request(RequestKind.REPRINT, number, "label torn")
    approval = desk.on_db(lambda: desk.services.approvals.give(desk.agent, request, desk.agent.number, PASSWORD))
    queue = desk.services.print_queue
    job = desk.on_db(lambda: queue.reprint(desk.agent, PaperKind.LABEL, request, approval)).jobs[0]
    assert (job.copy, job.reason) == (1, "label torn")
    label = desk.on_db(lambda: desk.services.papers.content(job))
    assert "1" in label.reprint  # type: ignore[union-attr]  # a label job gives a label
    assert label.number == number

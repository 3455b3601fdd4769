"""An approval is for one exact act, as it stands when it is done, and nobody brings its kind or grade along (X13)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from courier_desk.base.errors import NotAllowed, UserError
from courier_desk.domain.approval import Approval, Grade, RequestKind
from courier_desk.domain.bag import Bag
from courier_desk.domain.paper import PaperKind
from courier_desk.domain.scan import Operation, RawScan
from courier_desk.domain.user import Role
from courier_desk.services.approvals import ApprovalRequest
from courier_desk.services.orders import Accepted
from courier_desk.services.scans import ScanCommand
from tests.desk import PASSWORD, TestDesk, ordinary_draft

REFUSED = "something else|needs an approval"


def _own(desk: TestDesk, request: ApprovalRequest) -> str:
    return desk.on_db(lambda: desk.services.approvals.give(desk.agent, request, desk.agent.number, PASSWORD))


def _scan(desk: TestDesk, number: str, operation: Operation, bag_id: str | None = None) -> None:
    command = ScanCommand(RawScan(number, "gun", datetime.now(UTC)), operation, bag_id)
    desk.on_db(lambda: desk.services.scans.record(desk.agent, command))


def _dear(desk: TestDesk) -> Accepted:
    """An order that costs more than a person may give back on their own word."""
    accepted = desk.accept(replace(ordinary_draft(pieces=20), tendered_fen=None))
    assert accepted.total_fen > 5000
    return accepted


def _sealed(desk: TestDesk) -> Bag:
    number = desk.accept().number
    _scan(desk, number, Operation.COLLECTED)
    parcel = desk.on_db(lambda: desk.services.floor.parcel(desk.agent, number))
    assert parcel is not None
    bag = desk.on_db(lambda: desk.services.bags.open(desk.agent, parcel.destination, parcel.line)).bag
    _scan(desk, number, Operation.BAGGED, bag.id)
    return desk.on_db(lambda: desk.services.bags.seal(desk.agent, bag.id, "SEAL1", 1)).bag


def test_a_request_with_a_lower_grade_written_into_it_voids_nothing(desk: TestDesk) -> None:
    accepted = _dear(desk)
    request = desk.on_db(lambda: desk.services.cancelling.ask(desk.agent, RequestKind.VOID, accepted.order_id, "twice"))
    assert request.grade is Grade.SECOND_PERSON
    for made_up in (replace(request, grade=Grade.OWN), replace(request, grade=Grade.OWN, amount_fen=0)):
        approval = _own(desk, made_up)
        with pytest.raises(UserError, match=REFUSED):
            desk.on_db(partial(desk.services.cancelling.void, desk.agent, made_up, approval))


def test_a_reprint_that_was_approved_neither_voids_nor_refunds_nor_opens_a_bag(desk: TestDesk) -> None:
    accepted, bag = _dear(desk), _sealed(desk)
    approvals, cancelling = desk.services.approvals, desk.services.cancelling
    for subject, act in (
        (accepted.order_id, cancelling.void),
        (accepted.order_id, cancelling.refund),
        (bag.id, desk.services.bags.unseal),
    ):
        request = replace(approvals.request(RequestKind.REPRINT, subject, "torn"), amount_fen=100)
        approval = _own(desk, request)
        with pytest.raises(UserError, match=REFUSED):
            desk.on_db(partial(act, desk.agent, request, approval))


def test_a_void_that_was_approved_is_no_refund(desk: TestDesk) -> None:
    accepted = desk.accept()
    request = desk.on_db(lambda: desk.services.cancelling.ask(desk.agent, RequestKind.VOID, accepted.order_id, "twice"))
    approval = _own(desk, request)
    with pytest.raises(UserError, match=REFUSED):
        desk.on_db(lambda: desk.services.cancelling.refund(desk.agent, request, approval))


def test_a_refund_approved_before_dispatch_does_not_hold_after_it(desk: TestDesk) -> None:
    accepted = desk.accept()
    ask = partial(desk.services.cancelling.ask, desk.agent, RequestKind.REFUND, accepted.order_id, "late", 100)
    request = desk.on_db(ask)
    assert request.grade is Grade.OWN
    approval = _own(desk, request)
    _scan(desk, accepted.number, Operation.COLLECTED)
    _scan(desk, accepted.number, Operation.DISPATCHED)
    with pytest.raises(UserError, match=REFUSED):
        desk.on_db(lambda: desk.services.cancelling.refund(desk.agent, request, approval))
    assert desk.on_db(ask).grade is Grade.MANAGER


def test_nothing_is_approved_for_somebody_who_has_logged_out_or_may_not_do_it(desk: TestDesk) -> None:
    accepted = desk.accept()
    request = desk.on_db(lambda: desk.services.cancelling.ask(desk.agent, RequestKind.VOID, accepted.order_id, "twice"))
    manager, admin = desk.actors[Role.MANAGER].number, desk.actors[Role.TECHNICAL_ADMIN]
    with pytest.raises(NotAllowed):
        desk.on_db(lambda: desk.services.approvals.give(admin, request, manager, PASSWORD))
    desk.on_db(lambda: desk.services.auth.log_out(desk.agent))
    with pytest.raises(UserError, match="no longer logged in"):
        desk.on_db(lambda: desk.services.approvals.give(desk.agent, request, manager, PASSWORD))


def test_who_has_a_first_password_still_approves_nothing(desk: TestDesk) -> None:
    supervisor, accepted = desk.actors[Role.SUPERVISOR], _dear(desk)
    request = desk.on_db(lambda: desk.services.cancelling.ask(desk.agent, RequestKind.VOID, accepted.order_id, "twice"))

    def first_password() -> None:
        with desk.app.desk.store.write(None) as work:
            state = work.people.login_state(supervisor.operator_id)
            assert state is not None
            work.people.save_login_state(replace(state, must_change=True))
            work.commit()

    desk.on_db(first_password)
    with pytest.raises(UserError, match="password of their own"):
        desk.on_db(lambda: desk.services.approvals.give(desk.agent, request, supervisor.number, PASSWORD))


def test_an_approval_holds_ten_minutes_also_when_the_clock_is_set_back() -> None:
    given = datetime(2026, 11, 22, 12, tzinfo=UTC)
    approval = Approval("a", RequestKind.VOID, "digest", Grade.OWN, "asker", "approver", given)
    assert approval.covers("digest", given + timedelta(minutes=10))
    assert not approval.covers("digest", given + timedelta(minutes=10, seconds=1))
    assert not approval.covers("digest", given - timedelta(hours=1))
    assert not approval.covers("other", given)
    assert not replace(approval, used_at=given).covers("digest", given)


def test_the_label_of_a_void_order_is_not_printed_again(desk: TestDesk) -> None:
    accepted = desk.accept()
    request = desk.on_db(lambda: desk.services.cancelling.ask(desk.agent, RequestKind.VOID, accepted.order_id, "twice"))
    approval = _own(desk, request)
    desk.on_db(lambda: desk.services.cancelling.void(desk.agent, request, approval))
    again = desk.services.approvals.request(RequestKind.REPRINT, accepted.number, "torn")
    word = _own(desk, again)
    with pytest.raises(UserError, match="void"):
        desk.on_db(lambda: desk.services.print_queue.reprint(desk.agent, PaperKind.LABEL, again, word))


def test_each_copy_has_a_mark_of_its_own(desk: TestDesk) -> None:
    """The tag of a bag comes out twice by itself: the first copy is still copy 1."""
    bag = _sealed(desk)
    marks = []
    for reason in ("torn", "wet"):
        request = desk.services.approvals.request(RequestKind.REPRINT, bag.id, reason)
        word = _own(desk, request)
        again = partial(desk.services.print_queue.reprint, desk.agent, PaperKind.BAG_TAG, request, word)
        marks.append(desk.on_db(again).jobs[0].copy)
    assert marks == [1, 2]


def test_an_approval_gives_the_money_back_once(desk: TestDesk) -> None:
    """The same request stands a second time, word for word: it needs a word of its own."""
    accepted = desk.accept()
    ask = partial(desk.services.cancelling.ask, desk.agent, RequestKind.REFUND, accepted.order_id, "late", 100)
    request = desk.on_db(ask)
    approval = _own(desk, request)
    refund = partial(desk.services.cancelling.refund, desk.agent, request, approval)
    assert desk.on_db(refund).refund_fen == 100
    with pytest.raises(UserError, match=REFUSED):
        desk.on_db(refund)
    assert desk.on_db(lambda: desk.services.find.order(desk.agent, accepted.order_id)).refunded_fen == 100

"""What the floor must not allow: a parcel twice on its way, a seal twice, a void parcel waiting for ever."""

from datetime import UTC, datetime

import pytest

from courier_desk.base.errors import UserError
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.bag import Bag
from courier_desk.domain.manifest import Manifest
from courier_desk.domain.parcel import Parcel
from courier_desk.domain.scan import Operation, Outcome, RawScan
from courier_desk.domain.status import Status
from courier_desk.domain.user import Role
from courier_desk.services.scans import ScanCommand, ScanResult
from tests.desk import PASSWORD, TestDesk, ordinary_draft


def _command(number: str, operation: Operation, bag_id: str | None = None, reason: str = "") -> ScanCommand:
    return ScanCommand(RawScan(number, "gun", datetime.now(UTC)), operation, bag_id, reason)


def _scan(desk: TestDesk, number: str, operation: Operation, bag: Bag | None = None, reason: str = "") -> ScanResult:
    command = _command(number, operation, bag.id if bag else None, reason)
    return desk.on_db(lambda: desk.services.scans.record(desk.agent, command))


def _collected(desk: TestDesk) -> str:
    number = desk.accept().number
    assert _scan(desk, number, Operation.COLLECTED).outcome is Outcome.ACCEPTED
    return number


def _parcel(desk: TestDesk, number: str) -> Parcel:
    found = desk.on_db(lambda: desk.services.floor.parcel(desk.agent, number))
    assert found is not None
    return found


def _bag(desk: TestDesk, number: str) -> Bag:
    parcel = _parcel(desk, number)
    return desk.on_db(lambda: desk.services.bags.open(desk.agent, parcel.destination, parcel.line)).bag


def _sealed(desk: TestDesk, number: str, seal: str) -> Bag:
    bag = _bag(desk, number)
    assert _scan(desk, number, Operation.BAGGED, bag).outcome is Outcome.ACCEPTED
    return desk.on_db(lambda: desk.services.bags.seal(desk.agent, bag.id, seal, 1)).bag


def _unseal(desk: TestDesk, bag: Bag) -> Bag:
    request = desk.services.approvals.request(RequestKind.UNSEAL, bag.id, "wrong parcel inside")
    other = desk.actors[Role.SUPERVISOR].number
    approval = desk.on_db(lambda: desk.services.approvals.give(desk.agent, request, other, PASSWORD))
    return desk.on_db(lambda: desk.services.bags.unseal(desk.agent, request, approval)).bag


def _list(desk: TestDesk, line: str) -> Manifest:
    return desk.on_db(lambda: desk.services.handovers.open(desk.agent, line)).manifest


def _load(desk: TestDesk, manifest: Manifest, number: str) -> Outcome:
    command = _command(number, Operation.LOADED)
    return desk.on_db(lambda: desk.services.handovers.load(desk.agent, manifest.id, command)).outcome


def _close(desk: TestDesk, manifest: Manifest) -> Manifest:
    handovers = desk.services.handovers
    return desk.on_db(
        lambda: handovers.close(desk.agent, manifest.id, "浙A12345", "王师傅", short_confirmed=True)
    ).manifest


def _order_status(desk: TestDesk, order_id: str) -> tuple[str, int]:
    found = "SELECT status, row_version FROM orders WHERE id = ?"
    with desk.app.desk.store.read() as look:
        status, version = look.connection.exec_driver_sql(found, (order_id,)).one()
    return status, version


def test_a_parcel_leaves_a_sealed_bag_only_when_the_bag_is_opened(desk: TestDesk) -> None:
    number = _collected(desk)
    sealed = _sealed(desk, number, "SEAL1")
    other = _bag(desk, number)
    refused = _scan(desk, number, Operation.BAGGED, other, "put right")
    assert (refused.outcome, refused.where) == (Outcome.OUT_OF_ORDER, sealed.tag)
    assert _parcel(desk, number).bag_id == sealed.id
    _unseal(desk, sealed)
    assert _scan(desk, number, Operation.BAGGED, other, "put right").outcome is Outcome.ACCEPTED


def test_a_parcel_of_a_closed_list_goes_into_no_other_bag(desk: TestDesk) -> None:
    number = _collected(desk)
    bag = _sealed(desk, number, "SEAL1")
    handover = _list(desk, bag.line)
    assert _load(desk, handover, bag.tag) is Outcome.ACCEPTED
    _close(desk, handover)
    other = _bag(desk, number)
    assert _scan(desk, number, Operation.BAGGED, other, "found here").outcome is Outcome.OUT_OF_ORDER
    assert _parcel(desk, number).status is Status.TRAN


def test_a_parcel_on_a_list_goes_into_no_bag_before_it_is_taken_off(desk: TestDesk) -> None:
    number = _collected(desk)
    bag = _bag(desk, number)
    handover = _list(desk, bag.line)
    assert _load(desk, handover, number) is Outcome.ACCEPTED
    assert _scan(desk, number, Operation.BAGGED, bag).outcome is Outcome.OUT_OF_ORDER
    off = _command(number, Operation.UNLOADED, reason="too large")
    desk.on_db(lambda: desk.services.handovers.unload(desk.agent, handover.id, number, off))
    assert _scan(desk, number, Operation.BAGGED, bag).outcome is Outcome.ACCEPTED


def test_taking_a_parcel_off_a_list_stands_in_its_life(desk: TestDesk) -> None:
    accepted = desk.accept()
    _scan(desk, accepted.number, Operation.COLLECTED)
    handover = _list(desk, _parcel(desk, accepted.number).line)
    _load(desk, handover, accepted.number)
    off = _command(accepted.number, Operation.UNLOADED, reason="too large")
    desk.on_db(lambda: desk.services.handovers.unload(desk.agent, handover.id, accepted.number, off))
    life = desk.on_db(lambda: desk.services.find.order(desk.agent, accepted.order_id)).life
    assert [(row.kind, row.remark) for row in life][-1] == ("unloaded", "too large")


def test_a_seal_is_used_once_also_after_its_bag_was_opened_again(desk: TestDesk) -> None:
    number = _collected(desk)
    opened = _unseal(desk, _sealed(desk, number, "SEAL1"))
    with pytest.raises(UserError, match="used before"):
        desk.on_db(lambda: desk.services.bags.seal(desk.agent, opened.id, "seal1", 1))
    assert desk.on_db(lambda: desk.services.bags.seal(desk.agent, opened.id, "SEAL2", 1)).bag.seal == "SEAL2"


def test_a_void_parcel_does_not_wait_for_its_line(desk: TestDesk) -> None:
    accepted = desk.accept()
    _scan(desk, accepted.number, Operation.COLLECTED)
    line, number = _parcel(desk, accepted.number).line, desk.agent.number
    request = desk.on_db(lambda: desk.services.cancelling.ask(desk.agent, RequestKind.VOID, accepted.order_id, "twice"))
    approval = desk.on_db(lambda: desk.services.approvals.give(desk.agent, request, number, PASSWORD))
    desk.on_db(lambda: desk.services.cancelling.void(desk.agent, request, approval))
    handover = _list(desk, line)
    assert desk.on_db(lambda: desk.services.handovers.view(desk.agent, handover.id)).short_parcels == ()
    today = desk.on_db(desk.app.desk.today)
    rows = desk.on_db(lambda: desk.services.floor.lines(desk.agent, today))
    assert {row.code: row.waiting.loose for row in rows}[line] == 0


def test_an_order_of_two_pieces_is_where_the_one_behind_is(desk: TestDesk) -> None:
    accepted = desk.accept(ordinary_draft(pieces=2))
    one, two = accepted.parcel_numbers
    _scan(desk, one, Operation.COLLECTED)
    assert _order_status(desk, accepted.order_id) == ("INFO", 2)
    _scan(desk, two, Operation.COLLECTED)
    assert _order_status(desk, accepted.order_id) == ("PICK", 3)
    handover = _list(desk, _parcel(desk, one).line)
    _load(desk, handover, one)
    _close(desk, handover)
    assert _parcel(desk, one).status is Status.TRAN
    assert _order_status(desk, accepted.order_id)[0] == "PICK"


def test_closing_a_list_does_not_take_a_signature_back(desk: TestDesk) -> None:
    number = _collected(desk)
    handover = _list(desk, _parcel(desk, number).line)
    _load(desk, handover, number)
    assert _scan(desk, number, Operation.SIGNED).outcome is Outcome.ACCEPTED
    _close(desk, handover)
    assert _parcel(desk, number).status is Status.DLVD


def test_a_repeat_names_the_first_scan_that_counted(desk: TestDesk) -> None:
    number = desk.accept().number
    bag = _bag(desk, number)
    early = _command(number, Operation.BAGGED, bag.id)
    assert desk.on_db(lambda: desk.services.scans.record(desk.agent, early)).outcome is Outcome.OUT_OF_ORDER
    _scan(desk, number, Operation.COLLECTED)
    right = _command(number, Operation.BAGGED, bag.id)
    assert desk.on_db(lambda: desk.services.scans.record(desk.agent, right)).outcome is Outcome.ACCEPTED
    again = _scan(desk, number, Operation.BAGGED, bag)
    assert (again.outcome, again.where) == (Outcome.REPEAT, right.raw.at.isoformat())

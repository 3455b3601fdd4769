"""From the collected scan to the closed handover list, with everything that goes wrong on the way (mission D2-D4)."""

import json
from datetime import UTC, datetime
from functools import partial

import pytest

from courier_desk.base.errors import UserError
from courier_desk.domain.bag import BagState
from courier_desk.domain.manifest import Manifest, seal_digest
from courier_desk.domain.own_number import make
from courier_desk.domain.scan import Operation, Outcome, RawScan
from courier_desk.services.scans import ScanCommand, ScanResult
from courier_desk.storage.desk_store import DeskQueries
from tests.desk import TestDesk, ordinary_draft


def _scan(desk: TestDesk, text: str, operation: Operation, bag_id: str | None = None, reason: str = "") -> ScanResult:
    raw = RawScan(text, "gun", datetime.now(UTC))
    command = ScanCommand(raw, operation, bag_id, reason)
    return desk.on_db(lambda: desk.services.scans.record(desk.agent, command))


def _load(desk: TestDesk, manifest_id: str, text: str) -> ScanResult:
    command = ScanCommand(RawScan(text, "gun", datetime.now(UTC)), Operation.LOADED)
    return desk.on_db(lambda: desk.services.handovers.load(desk.agent, manifest_id, command))


def _parcel(desk: TestDesk) -> tuple[str, str, str]:
    """Number, destination and line of a collected parcel."""
    number = desk.accept().number
    assert _scan(desk, number, Operation.COLLECTED).outcome is Outcome.ACCEPTED
    with desk.app.desk.store.read() as look:
        order = look.orders.by_number(number)
    assert order is not None
    return number, order.route.package_centre, order.route.line


def test_a_parcel_goes_from_the_counter_to_the_closed_list(desk: TestDesk) -> None:
    number, centre, line = _parcel(desk)
    loose, _, _ = _parcel(desk)
    bag = desk.on_db(lambda: desk.services.bags.open(desk.agent, centre, line)).bag
    assert _scan(desk, number, Operation.BAGGED, bag.id).outcome is Outcome.ACCEPTED
    handover = desk.on_db(lambda: desk.services.handovers.open(desk.agent, line)).manifest
    assert _load(desk, handover.id, bag.tag).outcome is Outcome.BAG_NOT_SEALED
    sealed = desk.on_db(lambda: desk.services.bags.seal(desk.agent, bag.id, "SEAL0001", 1)).bag
    assert sealed.state is BagState.SEALED
    assert _load(desk, handover.id, bag.tag).outcome is Outcome.ACCEPTED
    assert _load(desk, handover.id, bag.tag).outcome is Outcome.REPEAT
    view = desk.on_db(lambda: desk.services.handovers.view(desk.agent, handover.id))
    assert [parcel.number for parcel in view.short_parcels] == [loose]
    with pytest.raises(UserError, match="not loaded"):
        _close(desk, handover.id, confirmed=False)
    closed = _close(desk, handover.id, confirmed=True)
    assert closed.differences == (loose,)
    assert closed.digest == seal_digest(closed)
    for late in (loose, bag.tag):
        assert _load(desk, handover.id, late).outcome is not Outcome.ACCEPTED
    life = DeskQueries(desk.app.desk.store).life(number)
    assert [row.kind for row in life] == ["entered", "collected", "bagged", "dispatched"]
    more = desk.on_db(lambda: desk.services.handovers.supplement(desk.agent, handover.id)).manifest
    assert more.supplement_of == closed.number
    assert _load(desk, more.id, loose).outcome is Outcome.ACCEPTED


def test_what_is_scanned_onto_a_list_that_was_closed_meanwhile_is_kept(desk: TestDesk) -> None:
    first, centre, line = _parcel(desk)
    late, _, _ = _parcel(desk)
    bagged, _, _ = _parcel(desk)
    bag = desk.on_db(lambda: desk.services.bags.open(desk.agent, centre, line)).bag
    _scan(desk, bagged, Operation.BAGGED, bag.id)
    desk.on_db(lambda: desk.services.bags.seal(desk.agent, bag.id, "SEAL0001", 1))
    handover = desk.on_db(lambda: desk.services.handovers.open(desk.agent, line)).manifest
    _load(desk, handover.id, first)
    closed = _close(desk, handover.id, confirmed=True)
    for code in (late, bag.tag):
        result = _load(desk, handover.id, code)
        assert result.outcome is Outcome.OUT_OF_ORDER
        assert "closed; make a supplement" in str(result.why)
        assert ("manifest", handover.id) in {(change.kind, change.id) for change in result.changes}
    assert _load(desk, handover.id, "RUBBISH").outcome is Outcome.UNREADABLE
    view = desk.on_db(lambda: desk.services.handovers.view(desk.agent, handover.id))
    assert (view.manifest.items, view.manifest.digest) == (closed.items, seal_digest(closed))
    with desk.app.desk.store.read() as look:
        kept = "SELECT number FROM scan_event WHERE outcome != 'accepted'"
        assert set(look.connection.exec_driver_sql(kept).scalars()) == {late, bag.tag, "RUBBISH"}


def test_a_parcel_that_comes_back_goes_on_with_another_bag_and_list(desk: TestDesk) -> None:
    bagged, centre, line = _parcel(desk)
    loose, _, _ = _parcel(desk)
    bag = desk.on_db(lambda: desk.services.bags.open(desk.agent, centre, line)).bag
    _scan(desk, bagged, Operation.BAGGED, bag.id)
    desk.on_db(lambda: desk.services.bags.seal(desk.agent, bag.id, "SEAL0001", 1))
    handover = desk.on_db(lambda: desk.services.handovers.open(desk.agent, line)).manifest
    for code in (bag.tag, loose):
        _load(desk, handover.id, code)
    closed = _close(desk, handover.id, confirmed=False)
    other = desk.on_db(lambda: desk.services.bags.open(desk.agent, "elsewhere", "HZ-BJ")).bag
    gone = _scan(desk, bagged, Operation.BAGGED, other.id, "missent")
    assert gone.outcome is Outcome.OUT_OF_ORDER
    assert str(gone.why) == f"It was dispatched on list {closed.number} already."
    for number in (bagged, loose):
        assert _scan(desk, number, Operation.ARRIVED).outcome is Outcome.ACCEPTED
        assert _scan(desk, number, Operation.BAGGED, other.id, "missent").outcome is Outcome.ACCEPTED
    desk.on_db(lambda: desk.services.bags.seal(desk.agent, other.id, "SEAL0002", 2))
    second = desk.on_db(lambda: desk.services.handovers.open(desk.agent, "HZ-BJ")).manifest
    assert _load(desk, second.id, other.tag).outcome is Outcome.ACCEPTED
    _close(desk, second.id, confirmed=True)
    view = desk.on_db(lambda: desk.services.handovers.view(desk.agent, handover.id))
    assert (view.manifest.items, view.manifest.digest) == (closed.items, seal_digest(closed))
    life = DeskQueries(desk.app.desk.store).life(loose)
    assert [row.kind for row in life] == [
        "entered",
        "collected",
        "loaded",
        "dispatched",
        "arrived",
        "bagged",
        "dispatched",
    ]


def test_a_scan_out_of_order_says_which_step_is_missing_or_done(desk: TestDesk) -> None:
    fresh = desk.accept().number
    assert str(_scan(desk, fresh, Operation.DISPATCHED).why) == "It has not been collected yet."
    number, centre, line = _parcel(desk)
    bag = desk.on_db(lambda: desk.services.bags.open(desk.agent, centre, line)).bag
    _scan(desk, number, Operation.BAGGED, bag.id)
    desk.on_db(lambda: desk.services.bags.seal(desk.agent, bag.id, "SEAL0001", 1))
    other = desk.on_db(lambda: desk.services.bags.open(desk.agent, centre, line)).bag
    assert str(_scan(desk, number, Operation.BAGGED, other.id, "moved").why) == "It lies in a sealed bag."
    loose, _, _ = _parcel(desk)
    handover = desk.on_db(lambda: desk.services.handovers.open(desk.agent, line)).manifest
    _load(desk, handover.id, loose)
    assert str(_scan(desk, loose, Operation.BAGGED, other.id).why) == "It is on an open handover list."
    assert _scan(desk, loose, Operation.SIGNED).why is None
    assert str(_scan(desk, loose, Operation.ARRIVED).why) == "It was signed for already."


def test_the_record_of_a_scan_holds_the_status_before_and_after(desk: TestDesk) -> None:
    number, _, _ = _parcel(desk)
    _scan(desk, number, Operation.COLLECTED)
    _scan(desk, "RUBBISH", Operation.COLLECTED)
    with desk.app.desk.store.read() as look:
        rows = "SELECT payload FROM audit_payload JOIN audit USING (seq) WHERE action = 'scan.recorded' ORDER BY seq"
        payloads = [json.loads(row) for row in look.connection.exec_driver_sql(rows).scalars()]
    said = [[payload["before"], payload["after"]] for payload in payloads]
    assert said == [
        [{"status": "INFO"}, {"number": number, "outcome": "accepted", "status": "PICK"}],
        [{"status": "PICK"}, {"number": number, "outcome": "repeat", "status": "PICK"}],
        [None, {"number": "RUBBISH", "outcome": "unreadable"}],
    ]


def _close(desk: TestDesk, manifest_id: str, *, confirmed: bool) -> Manifest:
    return desk.on_db(
        lambda: desk.services.handovers.close(desk.agent, manifest_id, "浙A12345", "王师傅", short_confirmed=confirmed)
    ).manifest


def test_each_doubtful_scan_has_its_own_answer_and_is_kept(desk: TestDesk) -> None:
    number = desk.accept().number
    several = desk.accept(ordinary_draft(pieces=2)).number
    unknown = make("XS", 999_999_999_999)
    assert _scan(desk, number, Operation.BAGGED).outcome is Outcome.OUT_OF_ORDER
    assert _scan(desk, number, Operation.COLLECTED).outcome is Outcome.ACCEPTED
    repeat = _scan(desk, number, Operation.COLLECTED)
    assert repeat.outcome is Outcome.REPEAT
    assert repeat.where
    assert _scan(desk, unknown, Operation.COLLECTED).outcome is Outcome.UNKNOWN_NUMBER
    foreign = _scan(desk, "SF1385628716739", Operation.COLLECTED)
    assert (foreign.outcome, foreign.where) == (Outcome.OTHER_CARRIER, "SF")
    assert _scan(desk, "XS00000", Operation.COLLECTED).outcome is Outcome.UNREADABLE
    assert _scan(desk, several, Operation.COLLECTED).outcome is Outcome.WHICH_PIECE
    assert _scan(desk, f"{several}-02", Operation.COLLECTED).outcome is Outcome.ACCEPTED
    assert _scan(desk, number, Operation.BAGGED).outcome is Outcome.NO_BAG_OPEN
    with desk.app.desk.store.read() as look:
        kept = look.connection.exec_driver_sql("SELECT count(*) FROM scan_event").scalar()
    assert kept == 9


def test_a_parcel_in_the_wrong_bag_moves_only_with_a_reason(desk: TestDesk) -> None:
    number, centre, line = _parcel(desk)
    right = desk.on_db(lambda: desk.services.bags.open(desk.agent, centre, line)).bag
    wrong = desk.on_db(lambda: desk.services.bags.open(desk.agent, "elsewhere", line)).bag
    assert _scan(desk, number, Operation.BAGGED, wrong.id).outcome is Outcome.WRONG_BAG
    assert _scan(desk, number, Operation.BAGGED, wrong.id, "overflow").outcome is Outcome.ACCEPTED
    assert _scan(desk, number, Operation.BAGGED, right.id).outcome is Outcome.IN_OTHER_BAG
    assert _scan(desk, number, Operation.BAGGED, right.id, "put right").outcome is Outcome.ACCEPTED
    found = [desk.on_db(partial(desk.services.bags.by_tag, desk.agent, bag.tag)) for bag in (right, wrong)]
    assert [bag.pieces for bag in found if bag] == [1, 0]


def test_a_bag_is_sealed_only_when_counted_right_and_with_a_fresh_seal(desk: TestDesk) -> None:
    number, centre, line = _parcel(desk)
    bag = desk.on_db(lambda: desk.services.bags.open(desk.agent, centre, line)).bag
    with pytest.raises(UserError, match="empty"):
        desk.on_db(lambda: desk.services.bags.seal(desk.agent, bag.id, "SEAL1", 0))
    _scan(desk, number, Operation.BAGGED, bag.id)
    with pytest.raises(UserError, match="Counted 2"):
        desk.on_db(lambda: desk.services.bags.seal(desk.agent, bag.id, "SEAL1", 2))
    desk.on_db(lambda: desk.services.bags.seal(desk.agent, bag.id, "SEAL1", 1))
    other, _, _ = _parcel(desk)
    second = desk.on_db(lambda: desk.services.bags.open(desk.agent, centre, line)).bag
    _scan(desk, other, Operation.BAGGED, second.id)
    with pytest.raises(UserError, match="used before"):
        desk.on_db(lambda: desk.services.bags.seal(desk.agent, second.id, "SEAL1", 1))

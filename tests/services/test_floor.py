"""What the floor looks at: expected pieces, what waits for a line, the content and life of a bag (mission D2-D5)."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from courier_desk.base.errors import UserError
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.bag import Bag
from courier_desk.domain.cut_off import Urgency, minutes_left, urgency
from courier_desk.domain.scan import Operation, Outcome, RawScan
from courier_desk.domain.user import Role
from courier_desk.services.floor import Expected
from courier_desk.services.scans import ScanCommand
from tests.desk import PASSWORD, TestDesk

SHANGHAI = ZoneInfo("Asia/Shanghai")


def _scan(desk: TestDesk, text: str, operation: Operation, bag_id: str | None = None) -> Outcome:
    command = ScanCommand(RawScan(text, "gun", datetime.now(UTC)), operation, bag_id)
    return desk.on_db(lambda: desk.services.scans.record(desk.agent, command)).outcome


def _bag_for(desk: TestDesk, number: str) -> Bag:
    parcel = desk.on_db(lambda: desk.services.floor.parcel(desk.agent, number))
    assert parcel is not None
    return desk.on_db(lambda: desk.services.bags.open(desk.agent, parcel.destination, parcel.line)).bag


def test_expected_counts_what_is_collected_and_what_belongs_into_the_bag(desk: TestDesk) -> None:
    numbers = [desk.accept().number for _n in range(3)]
    today = desk.on_db(desk.app.desk.today)

    def expected(operation: Operation, bag_id: str = "") -> Expected | None:
        return desk.on_db(lambda: desk.services.floor.expected(desk.agent, operation, bag_id, today))

    assert expected(Operation.COLLECTED) == Expected(0, 3)
    for number in numbers[:2]:
        _scan(desk, number, Operation.COLLECTED)
    assert expected(Operation.COLLECTED) == Expected(2, 3)
    bag = _bag_for(desk, numbers[0])
    assert expected(Operation.BAGGED, bag.id) == Expected(0, 2)
    _scan(desk, numbers[0], Operation.BAGGED, bag.id)
    assert expected(Operation.BAGGED, bag.id) == Expected(1, 2)
    assert expected(Operation.SIGNED) is None


def test_lines_say_what_waits_and_which_list_is_being_loaded(desk: TestDesk) -> None:
    first, second = desk.accept().number, desk.accept().number
    for number in (first, second):
        _scan(desk, number, Operation.COLLECTED)
    bag = _bag_for(desk, first)
    _scan(desk, first, Operation.BAGGED, bag.id)
    desk.on_db(lambda: desk.services.bags.seal(desk.agent, bag.id, "SEAL77", 1))
    handover = desk.on_db(lambda: desk.services.handovers.open(desk.agent, bag.line)).manifest
    today = desk.on_db(desk.app.desk.today)
    rows = desk.on_db(lambda: desk.services.floor.lines(desk.agent, today))
    row = next(row for row in rows if row.code == bag.line)
    assert (row.waiting.sealed_bags, row.waiting.loose, row.waiting.pieces) == (1, 1, 2)
    assert (row.open_id, row.open_number, row.closed) == (handover.id, handover.number, 0)
    assert row.plate
    assert [row.cut_off for row in rows] == sorted(row.cut_off for row in rows)


def test_bags_go_where_the_routing_table_says_most_waiting_first(desk: TestDesk) -> None:
    number = desk.accept().number
    _scan(desk, number, Operation.COLLECTED)
    rows = desk.on_db(lambda: desk.services.floor.bag_lines(desk.agent))
    assert (rows[0].centre, rows[0].loose) == ("上海集散中心", 1)
    assert len({(row.centre, row.line) for row in rows}) == len(rows) > 30


def test_the_life_of_a_bag_tells_who_opened_filled_and_unsealed_it(desk: TestDesk) -> None:
    number = desk.accept().number
    _scan(desk, number, Operation.COLLECTED)
    bag = _bag_for(desk, number)
    _scan(desk, number, Operation.BAGGED, bag.id)
    desk.on_db(lambda: desk.services.bags.seal(desk.agent, bag.id, "SEAL78", 1))
    request = desk.services.approvals.request(RequestKind.UNSEAL, bag.id, "wrong parcel inside")
    senior = desk.actors[Role.SENIOR_AGENT].number
    approval = desk.on_db(lambda: desk.services.approvals.give(desk.agent, request, senior, PASSWORD))
    desk.on_db(lambda: desk.services.bags.unseal(desk.agent, request, approval))
    view = desk.on_db(lambda: desk.services.floor.bag(desk.agent, bag.id))
    assert [row.kind for row in view.life] == ["bag.opened", "bagged", "bag.sealed", "bag.unsealed"]
    assert view.life[-1].remark == "wrong parcel inside"
    assert view.life[0].operator == desk.agent.name
    assert [parcel.number for parcel in view.parcels] == [number]
    with pytest.raises(UserError):
        desk.on_db(lambda: desk.services.floor.bag(desk.agent, "none"))


def test_the_cut_off_is_of_the_business_day_even_after_midnight() -> None:
    evening = datetime(2026, 11, 22, 19, 15, 30, tzinfo=SHANGHAI).astimezone(UTC)
    night = datetime(2026, 11, 23, 0, 45, tzinfo=SHANGHAI).astimezone(UTC)
    day = date(2026, 11, 22)
    assert minutes_left(time(19, 45), day, evening, SHANGHAI) == 29
    assert minutes_left(time(19, 45), day, night, SHANGHAI) == -300
    assert [urgency(left) for left in (30, 29, 0, -1)] == [Urgency.CALM, Urgency.NEAR, Urgency.NEAR, Urgency.LATE]

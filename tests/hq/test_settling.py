"""Parked operations: applied after all, or not; nothing is edited, and the desk is told."""

import json

import pytest
import sqlalchemy as sa

from courier_desk.hq.core import bodies
from courier_desk.hq.core.bodies import ScanRecorded
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.core.settling import How
from courier_desk.protocol.messages import FeedItem, Outcome, ProblemCode
from courier_desk.protocol.news import NewsKind, OperationSettled
from tests.hq.counters import Counter, counter
from tests.hq.desks import Network


@pytest.fixture
def desk(network: Network) -> Counter:
    return counter(network, "HZ001-1")


def _parked(desk: Counter) -> str:
    with desk.network.engine.connect() as connection:
        return str(connection.execute(sa.text("SELECT op_id FROM parked WHERE settled_at IS NULL")).scalar_one())


def _settle(desk: Counter, how: How) -> None:
    desk.network.hq.settle("HZ001", _parked(desk), how, "1901")


def _without_numbers(desk: Counter, to: str = "") -> str:
    """An order whose number range headquarters does not know; returns the number."""
    with desk.network.engine.begin() as connection:
        connection.execute(sa.text("UPDATE number_range SET desk_id = 'HZ001-2' WHERE desk_id = 'HZ001-1'"))
    number = desk.accept(to)
    desk.scan(number)
    assert [verdict.reason for verdict in desk.send().verdicts] == ["number_not_leased", ""]
    return number


def _with_numbers(desk: Counter) -> None:
    with desk.network.engine.begin() as connection:
        connection.execute(sa.text("UPDATE number_range SET desk_id = 'HZ001-1' WHERE desk_id = 'HZ001-2'"))


def test_a_retry_applies_the_operation_as_it_was_logged(desk: Counter, beijing: Counter) -> None:
    number = _without_numbers(desk, "BJ001")
    op_id = json.loads(desk.desk.sent[0])["op_id"]
    beijing.scan(number, "arrived")
    beijing.send()
    beijing.news()
    _with_numbers(desk)
    _settle(desk, "retried")
    assert desk.network.count(f"SELECT count(*) FROM waybill WHERE number = '{number}'") == 1
    assert desk.network.count("SELECT count(*) FROM op_log WHERE parked") == 0
    assert beijing.told() == [("order.shared", number)]
    settled = _settled(desk.news())
    assert (settled.op_id, settled.how) == (op_id, "retried")
    with desk.network.engine.connect() as connection:
        row = connection.execute(sa.text("SELECT * FROM parked")).one()
    assert (row.settled_how, row.settled_by, row.settled_at) == ("retried", "1901", desk.network.clock.now())


def _settled(news: list[FeedItem]) -> OperationSettled:
    (item,) = [item for item in news if item.kind == NewsKind.OPERATION_SETTLED]
    return OperationSettled.model_validate_json(item.body)


def test_what_still_cannot_be_applied_stays_parked(desk: Counter) -> None:
    _without_numbers(desk)
    with pytest.raises(Refused) as refused:
        _settle(desk, "retried")
    assert refused.value.code is ProblemCode.NOT_ALLOWED
    assert "leased" in refused.value.problem.text
    assert desk.network.count("SELECT count(*) FROM parked WHERE settled_at IS NULL") == 1
    assert desk.network.count("SELECT count(*) FROM waybill") == 0
    assert desk.told() == []


@pytest.mark.parametrize("how", ["dropped", "amended"])
def test_what_is_given_up_is_told_and_never_applied(desk: Counter, how: How) -> None:
    _without_numbers(desk)
    _with_numbers(desk)
    _settle(desk, how)
    assert _settled(desk.news()).how == how
    assert desk.network.count("SELECT count(*) FROM waybill") == 0
    assert desk.network.count("SELECT count(*) FROM op_log WHERE parked") == 1


def test_it_is_settled_once(desk: Counter) -> None:
    _without_numbers(desk)
    op_id = _parked(desk)
    _settle(desk, "dropped")
    for how in ("retried", "dropped"):
        with pytest.raises(Refused) as refused:
            desk.network.hq.settle("HZ001", op_id, how, "1901")
        assert refused.value.code is ProblemCode.NOT_FOUND


@pytest.mark.parametrize(
    ("station", "op_id"), [("BJ001", None), ("HZ001", "x"), ("HZ001", "0190d5a3-0000-7000-8000-000000000000")]
)
def test_only_what_is_parked_can_be_settled(desk: Counter, station: str, op_id: str | None) -> None:
    _without_numbers(desk)
    with pytest.raises(Refused) as refused:
        desk.network.hq.settle(station, op_id or _parked(desk), "dropped", "1901")
    assert refused.value.code is ProblemCode.NOT_FOUND


def test_a_number_that_another_order_took_meanwhile_stays_taken(desk: Counter) -> None:
    number = desk.accept()
    desk.send()
    desk.accept(number=number)
    assert desk.verdict().reason == "number_used"
    with pytest.raises(Refused, match="Another order has this"):
        _settle(desk, "retried")


def test_another_operation_with_the_same_id_is_never_applied(desk: Counter) -> None:
    op_id = desk.scan(desk.accept())
    desk.send()
    desk.scan(desk.accept())
    desk.said[1] = desk.said[1].replace(json.loads(desk.said[1])["op_id"], op_id)
    assert desk.verdict().reason == "repeated_id"
    with pytest.raises(Refused, match="Another operation has this id"):
        _settle(desk, "retried")
    assert desk.network.count("SELECT count(*) FROM parcel_event") == 1


def test_what_another_desk_should_have_sent_is_never_applied(desk: Counter) -> None:
    desk.accept(desk="HZ001-2")
    assert desk.verdict().reason == "wrong_sender"
    with pytest.raises(Refused, match="another desk"):
        _settle(desk, "retried")


def test_a_newer_headquarters_applies_what_an_older_one_did_not_know(
    desk: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = desk.accept()
    desk.say("scan.shouted", desk.scanned(number, "collected"))
    assert [verdict.outcome for verdict in desk.send().verdicts] == [Outcome.APPLIED, Outcome.PARKED]
    monkeypatch.setattr("courier_desk.hq.core.entries.KINDS", {**bodies.KINDS, "scan.shouted": ScanRecorded})
    _settle(desk, "retried")
    assert desk.network.count("SELECT count(*) FROM parcel_event") == 1


def test_what_was_issued_again_and_parked_is_applied_by_a_retry(desk: Counter) -> None:
    """Issued once more meanwhile it changes nothing: people decide about the one that is parked."""
    with desk.network.engine.begin() as connection:
        connection.execute(sa.text("UPDATE number_range SET desk_id = 'HZ001-2' WHERE desk_id = 'HZ001-1'"))
    number, first = next(desk.numbers), [1, 9, "0190d5a3-0000-7000-8000-000000000000"]
    outcomes = []
    for _twice in range(2):
        desk.accept(number=number, again=first)
        outcomes += [verdict.outcome for verdict in desk.send().verdicts]
    assert outcomes == [Outcome.PARKED, Outcome.REPEATED]
    _with_numbers(desk)
    _settle(desk, "retried")
    assert desk.network.count(f"SELECT count(*) FROM waybill WHERE number = '{number}'") == 1

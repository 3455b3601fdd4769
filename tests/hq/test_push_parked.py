"""What cannot be applied is kept and parked with its reason; the rest takes its effect and the cursor moves."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from courier_desk.base.ids import new_id
from courier_desk.domain.own_number import make
from courier_desk.hq.core.bodies import KINDS
from courier_desk.hq.core.house_keeping import make_partitions
from courier_desk.hq.database import open_engine
from courier_desk.protocol.messages import Outcome
from tests.hq.counters import Counter, counter
from tests.hq.desks import Network, network_over
from tests.hq_database import fresh_database

YEAR_2300 = "0977b4f1-8c00-7000-8000-000000000000"
YEAR_1970 = "00000000-0001-7000-8000-000000000000"


@pytest.fixture
def desk(network: Network) -> Counter:
    return counter(network, "HZ001-1")


@pytest.fixture(scope="module")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """One network for the many things that can be wrong; each has a desk of its own."""
    with fresh_database() as dsn:
        engine = open_engine(dsn)
        yield network_over(engine, tmp_path_factory.mktemp("hq"))
        engine.dispose()


def _changed(change: Callable[[dict[str, Any]], None]) -> Callable[[Counter], object]:
    """Says an order and then changes the last operation that waits."""

    def say(desk: Counter) -> None:
        desk.accept()
        said = json.loads(desk.said[-1])
        change(said)
        desk.said[-1] = json.dumps(said, ensure_ascii=False)

    return say


def _with(**members: Any) -> Callable[[Counter], object]:
    return _changed(lambda said: said.update(members))


def _with_body(**members: Any) -> Callable[[Counter], object]:
    return _changed(lambda said: said["body"].update(members))


def _numbered(number: str) -> Callable[[Counter], object]:
    return _with_body(number=number, pieces=[[number, 1200]])


def _without(member: str) -> Callable[[Counter], object]:
    return _changed(lambda said: said["body"].pop(member))


def _text(text: str) -> Callable[[Counter], object]:
    return lambda desk: desk.said.append(text)


def _scan(**members: Any) -> Callable[[Counter], object]:
    return lambda desk: desk.say("scan.recorded", desk.scanned(make("CD", 7), "collected") | members)


PARKED: list[tuple[str, Callable[[Counter], object]]] = [
    ("bad_message", _text("")),
    ("bad_message", _text("not JSON")),
    ("bad_message", _text("[]")),
    ("bad_message", _text("null")),
    ("bad_message", _text("\x00")),
    ("bad_message", _text('{"seq": 1}')),
    ("bad_message", _text("[" * 5000)),
    ("bad_message", _with(at="yesterday")),
    ("bad_message", _with(at="2026-11-22T08:00:00")),
    ("bad_message", _with(at="0001-01-01T00:00:00+14:00")),
    ("bad_message", _with(at="9999-12-31T23:59:59-12:00")),
    ("bad_message", _with(business_date="0001-01-01")),
    ("bad_message", _with(business_date="9999-12-31")),
    ("bad_message", _with(body=[])),
    ("bad_message", _with(entity_id="a\x00b")),
    ("bad_message", _with(entity_id="x" * 65)),
    ("bad_message", _with(op_id="7")),
    ("bad_message", _with(op_id=YEAR_2300)),
    ("bad_message", _with(op_id=YEAR_1970)),
    ("bad_message", _with(op_id="ffffffff-ffff-7fff-bfff-ffffffffffff")),
    ("bad_message", _with(seq=2**63)),
    ("bad_message", _with(kind="Order; DROP TABLE op_log")),
    ("wrong_sender", _with(desk="HZ001-2")),
    ("wrong_sender", _with(station="BJ001")),
    ("wrong_sender", _with(incarnation=2)),
    ("wrong_sender", _with(seq=99)),
    ("unknown_kind", _with(kind="tea.drunk")),
    ("bad_body", _without("number")),
    ("bad_body", _without("sender")),
    ("bad_body", _without("accepted_at")),
    ("bad_body", _with_body(number=["a"])),
    ("bad_body", _with_body(number="'; DROP TABLE waybill; --")),
    ("bad_body", _with_body(pieces=[])),
    ("bad_body", _with_body(pieces=[[make("CD", 77), 1200]])),
    ("bad_body", _with_body(pieces=[["CD", 1200]])),
    ("bad_body", _with_body(pieces=[[7]])),
    ("bad_body", _with_body(recipient={"name": "a"})),
    ("bad_body", _with_body(accepted_at="9999-12-31T23:59:59Z")),
    ("bad_body", _with_body(routing_code="a\x00b")),
    ("bad_body", _with_body(sender={"name": "a", "phone": "1\x002"})),
    ("bad_body", _with_body(sender={"name": "a\x00", "phone": "12"})),
    ("bad_body", _with_body(sender={"name": "x" * 2000, "phone": "12"})),
    ("bad_body", _with(again=[1, 1, "no id"])),
    ("bad_body", _scan(waybill="a\x00")),
    ("bad_body", _scan(counts="perhaps")),
    ("bad_body", _scan(scanned_at="NaN")),
    ("bad_body", lambda desk: desk.say("handover.closed", {"number": "HO1", "items": [[1]]})),
    ("bad_body", lambda desk: desk.say("handover.closed", {"number": "HO1", "items": 3})),
    ("bad_body", lambda desk: desk.say("bag.sealed", {"tag": "BA1", "contents": ["a\x00"]})),
    ("bad_body", _numbered("CD0000000000011")),
    ("bad_body", _numbered(f"{make('CD', 1)}-01")),
    ("bad_body", _numbered("A")),
    ("number_not_leased", _numbered(make("CD", 10**11))),
    ("number_not_leased", _numbered(make("XS", 1))),
    ("unknown_order", lambda desk: desk.void(make("CD", 5))),
    ("bad_body", lambda desk: desk.say("order.voided", {"number": make("CD", 5), "reason": "x" * 1001})),
    ("bad_body", lambda desk: desk.say("order.voided", {"number": make("CD", 5), "reason": None})),
]


@pytest.mark.parametrize(
    ("place", "reason", "say"),
    [pytest.param(n, *each, id=f"{n}-{each[0]}") for n, each in enumerate(PARKED)],
)
def test_what_cannot_be_applied_is_parked_and_the_rest_goes_on(
    everybody: Network, place: int, reason: str, say: Callable[[Counter], object]
) -> None:
    desk = counter(everybody, f"HZ001-P{place}")
    before = desk.accept()
    say(desk)
    after = desk.accept()
    text = desk.said[1]
    reply = desk.send()
    assert [verdict.outcome for verdict in reply.verdicts] == [Outcome.APPLIED, Outcome.PARKED, Outcome.APPLIED]
    assert (reply.verdicts[1].reason, reply.cursor) == (reason, 3)
    assert reply.verdicts[1].text
    assert _of_desk(desk, "SELECT number FROM waybill") == [(number,) for number in sorted([before, after])]
    assert _of_desk(desk, "SELECT seq, reason FROM parked") == [(2, reason)]
    assert _of_desk(desk, "SELECT seq, parked, body FROM op_log")[1] == (2, True, text.encode())


def _of_desk(desk: Counter, statement: str) -> list[tuple[Any, ...]]:
    whole = sa.text(f"{statement} WHERE desk_id = '{desk.desk.identity.desk_id}' ORDER BY 1")
    with desk.network.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(whole)]


def test_every_kind_that_a_desk_says_is_known(desk: Counter) -> None:
    for kind in sorted(set(KINDS) - {"order.accepted", "order.voided", "scan.recorded", "bag.sealed"}):
        desk.say(kind, {"number": "HO1", "items": []})
    assert {verdict.outcome for verdict in desk.send().verdicts} == {Outcome.APPLIED}


def test_an_id_comes_only_once_in_a_batch(desk: Counter) -> None:
    op_id = new_id()
    first = desk.accept(op_id=op_id)
    desk.accept(op_id=op_id)
    assert [verdict.reason for verdict in desk.send().verdicts] == ["", "repeated_id"]
    assert desk.network.count(f"SELECT count(*) FROM waybill WHERE number = '{first}'") == 1
    assert desk.network.count("SELECT count(*) FROM waybill") == 1


def test_an_id_comes_only_once_ever_in_whatever_partition_it_lies(desk: Counter) -> None:
    """Also when a partition was made for its day in between."""
    op_id = new_id()
    desk.accept(op_id=op_id)
    desk.send()
    make_partitions(desk.network.engine, desk.network.clock.now().date())
    desk.accept()
    desk.accept(op_id=op_id)
    assert [verdict.reason for verdict in desk.send().verdicts] == ["", "repeated_id"]
    desk.accept(op_id=op_id)
    assert desk.verdict().reason == "repeated_id"
    assert desk.network.count("SELECT count(*) FROM op_log") == 4
    assert desk.network.count("SELECT count(*) FROM waybill") == 2
    assert desk.network.count("SELECT count(DISTINCT op_id) FROM op_log") == 4


def test_stations_do_not_hinder_each_other_by_their_ids(network: Network) -> None:
    """Whoever hears another station's ids cannot block it with them."""
    here, there = counter(network, "HZ001-1"), counter(network, "BJ001-1")
    op_id = new_id()
    there.accept(op_id=op_id)
    here.accept(op_id=op_id)
    assert there.verdict().outcome is Outcome.APPLIED
    assert here.verdict().outcome is Outcome.APPLIED


def test_an_order_has_a_number_of_its_own(desk: Counter) -> None:
    number = desk.accept()
    desk.send()
    desk.accept()
    desk.accept(number=number)
    other = desk.accept()
    desk.accept(number=other)
    assert [verdict.reason for verdict in desk.send().verdicts] == ["", "number_used", "", "number_used"]
    assert desk.network.count("SELECT count(*) FROM waybill") == 3


def test_nobody_takes_numbers_of_another_desk(network: Network) -> None:
    here, there = counter(network, "HZ001-1"), counter(network, "HZ001-2")
    here.accept(number=next(there.numbers))
    assert here.verdict().reason == "number_not_leased"


def test_a_number_of_a_former_incarnation_is_good(desk: Counter) -> None:
    """The order was saved before the number was burnt, and comes now."""
    with desk.network.engine.begin() as connection:
        connection.execute(sa.text("UPDATE number_range SET burnt_at = now(), incarnation = 0"))
    desk.accept()
    assert desk.verdict().outcome is Outcome.APPLIED


def test_a_number_that_was_leased_in_lost_hours_is_good(desk: Counter) -> None:
    with desk.network.engine.begin() as connection:
        connection.execute(sa.text("UPDATE number_range SET station_id = '', desk_id = '', prefix = ''"))
    desk.accept()
    assert desk.verdict().outcome is Outcome.APPLIED


def test_a_whole_batch_of_rubbish_moves_the_cursor(desk: Counter) -> None:
    desk.said += [f"rubbish {n}" for n in range(500)]
    reply = desk.send()
    assert reply.cursor == 500
    assert desk.network.count("SELECT count(*) FROM parked") == 500

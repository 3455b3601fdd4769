"""What the others are told: who has to do with a parcel hears of it, each thing once, also what happened before."""

import json
import threading

import pytest

from courier_desk.hq.core.house_keeping import make_partitions
from courier_desk.protocol.messages import Outcome
from courier_desk.protocol.news import NewsKind, ParcelEvent
from tests.hq.counters import Counter, counter
from tests.hq.desks import Network

pytestmark = pytest.mark.usefixtures("each_thing_is_told_once")


@pytest.fixture
def shanghai(network: Network) -> Counter:
    return counter(network, "SH001-1")


def test_desks_of_the_same_station_share_orders_and_scans(hangzhou: Counter, beside: Counter) -> None:
    number = hangzhou.accept()
    text = hangzhou.said[0]
    hangzhou.scan(number)
    hangzhou.send()
    shared, event, customer = beside.news()
    assert (shared.kind, shared.body, shared.station) == (NewsKind.ORDER_SHARED, text, "HZ001")
    assert shared.entity_id == json.loads(text)["entity_id"] == event.entity_id
    said = ParcelEvent.model_validate_json(event.body)
    assert (said.waybill, said.number, said.operation, said.outcome) == (number, number, "collected", "accepted")
    assert (said.station, said.desk, said.place) == ("HZ001", "HZ001-1", "站")
    assert customer.kind == NewsKind.CUSTOMER_CHANGED
    assert hangzhou.news() == []


def test_a_station_that_scans_a_parcel_gets_the_order_and_its_past(hangzhou: Counter, beijing: Counter) -> None:
    number = hangzhou.accept()
    text = hangzhou.said[0]
    for operation in ("collected", "bagged", "loaded"):
        hangzhou.scan(number, operation)
    hangzhou.hand_over(number)
    hangzhou.send()
    assert beijing.news() == []
    beijing.scan(number, "arrived")
    beijing.scan(number, "signed")
    beijing.send()
    news = beijing.news()
    assert news[0].body == text
    assert [ParcelEvent.model_validate_json(item.body).operation for item in news[1:]] == [
        "collected",
        "bagged",
        "loaded",
        "dispatched",
    ]
    assert hangzhou.told() == [("parcel.event", "arrived"), ("parcel.event", "signed")]


def test_from_then_on_both_hear_of_each_other(hangzhou: Counter, beijing: Counter) -> None:
    number = hangzhou.accept()
    hangzhou.send()
    beijing.scan(number, "arrived")
    beijing.send()
    beijing.news()
    hangzhou.scan(number, "loaded")
    hangzhou.send()
    beijing.scan(number, "signed")
    beijing.send()
    assert beijing.told() == [("parcel.event", "loaded")]
    assert hangzhou.told() == [("parcel.event", "arrived"), ("parcel.event", "signed")]


def test_past_days_are_found_in_whatever_partition_they_lie(hangzhou: Counter, beijing: Counter) -> None:
    number = hangzhou.accept("BJ001", op_id="018f5a3b-0000-7000-8000-000000000001")
    hangzhou.say("scan.recorded", hangzhou.scanned(number, "collected"), op_id="018f0000-0000-7000-8000-000000000002")
    hangzhou.send()
    make_partitions(hangzhou.network.engine, hangzhou.network.clock.now().date())
    hangzhou.scan(number, "bagged")
    hangzhou.send()
    beijing.scan(number, "arrived")
    beijing.send()
    assert [what for _, what in beijing.told()] == [number, "collected", "bagged"]


def test_a_scan_that_does_not_count_is_no_event_but_shows_where_the_parcel_is(
    hangzhou: Counter, beijing: Counter
) -> None:
    """The usual first scan of a parcel whose order has not been heard of."""
    number = hangzhou.accept("BJ001")
    hangzhou.scan(number)
    hangzhou.send()
    beijing.scan(number, "arrived", counts=False, outcome="unknown_number")
    beijing.send()
    assert beijing.told() == [("order.shared", number), ("parcel.event", "collected")]
    assert hangzhou.told() == []


def test_a_scan_before_the_order_has_come_is_made_good(hangzhou: Counter, beijing: Counter, shanghai: Counter) -> None:
    """The station of the order was off line while the parcel travelled."""
    number = hangzhou.accept("BJ001")
    hangzhou.scan(number)
    hangzhou.hand_over(number)
    shanghai.scan(number, "arrived")
    shanghai.send()
    beijing.scan(number, "arrived")
    beijing.send()
    assert beijing.told() == [("parcel.event", "arrived")]
    assert hangzhou.told() == []
    hangzhou.send()
    left = [("parcel.event", "collected"), ("order.shared", number), ("parcel.event", "dispatched")]
    assert beijing.told() == [("order.shared", number), ("parcel.event", "collected"), ("parcel.event", "dispatched")]
    assert shanghai.told() == [("parcel.event", "arrived"), *left]
    assert hangzhou.told() == [("parcel.event", "arrived"), ("parcel.event", "arrived")]


def test_what_is_not_a_waybill_of_ours_interests_nobody(beijing: Counter) -> None:
    for text in ("SF1234567890", "CD0000000000011", "", "x" * 64, "CD0000000000015-01"):
        beijing.scan(text)
    assert {verdict.outcome for verdict in beijing.send().verdicts} == {Outcome.APPLIED}
    assert beijing.network.count("SELECT count(*) FROM interest") == 0
    assert beijing.network.count("SELECT count(*) FROM parcel_event") == 0


def test_a_closed_list_tells_the_station_where_its_parcels_go(
    hangzhou: Counter, beijing: Counter, shanghai: Counter
) -> None:
    here, away, nowhere = hangzhou.accept("BJ001"), hangzhou.accept("SH001"), hangzhou.accept()
    hangzhou.scan(here)
    hangzhou.send()
    hangzhou.hand_over(here, away, nowhere, "CD rubbish")
    hangzhou.send()
    assert beijing.told() == [("order.shared", here), ("parcel.event", "collected"), ("parcel.event", "dispatched")]
    assert shanghai.told() == [("order.shared", away), ("parcel.event", "dispatched")]
    assert hangzhou.network.count("SELECT count(*) FROM parcel_event WHERE operation = 'dispatched'") == 3


def test_orders_and_their_list_may_come_in_one_batch(hangzhou: Counter, beijing: Counter) -> None:
    number = hangzhou.accept("BJ001")
    text = hangzhou.said[0]
    hangzhou.scan(number, "collected")
    hangzhou.seal("BACD1", number)
    hangzhou.hand_over(bags=("BACD1",))
    hangzhou.scan(number, "arrived")
    hangzhou.send()
    news = beijing.news()
    assert news[0].body == text
    assert [ParcelEvent.model_validate_json(item.body).operation for item in news[1:]] == [
        "collected",
        "dispatched",
        "arrived",
    ]


def test_what_lay_in_a_bag_when_it_was_last_sealed_leaves_with_it(hangzhou: Counter, beijing: Counter) -> None:
    numbers = [hangzhou.accept("BJ001") for _ in range(3)]
    hangzhou.seal("BACD1", *numbers)
    hangzhou.send()
    hangzhou.seal("BACD1", f"{numbers[0]}-01", f"{numbers[0]}-02", numbers[1])
    hangzhou.send()
    hangzhou.hand_over(bags=("BACD1", "BACD2"))
    hangzhou.send()
    events = [ParcelEvent.model_validate_json(item.body) for item in beijing.news() if item.kind == "parcel.event"]
    assert [(event.waybill, event.number) for event in events] == [
        (numbers[0], f"{numbers[0]}-01"),
        (numbers[0], f"{numbers[0]}-02"),
        (numbers[1], numbers[1]),
    ]


def test_an_order_that_was_taken_on_where_it_goes_is_shared_with_nobody(beijing: Counter, hangzhou: Counter) -> None:
    number = beijing.accept("BJ001")
    beijing.hand_over(number)
    beijing.send()
    assert beijing.told() == []
    assert hangzhou.told() == []


def test_a_voided_order_is_void_for_all_who_know_it(
    hangzhou: Counter, beside: Counter, beijing: Counter, shanghai: Counter
) -> None:
    number = hangzhou.accept("BJ001")
    hangzhou.send()
    for each in (beijing, shanghai):
        each.scan(number, "arrived")
        each.send()
    shanghai.news()
    beijing.news()
    beside.news()
    hangzhou.void(number)
    text = hangzhou.said[0]
    hangzhou.send()
    for other in (beijing, beside):
        (item,) = [item for item in other.news() if item.kind != "parcel.event"]
        assert (item.kind, item.body) == (NewsKind.ORDER_VOIDED, text)
    assert shanghai.told() == []
    assert hangzhou.network.count("SELECT count(*) FROM waybill WHERE void") == 1


def test_a_station_voids_its_own_orders_only(hangzhou: Counter, beijing: Counter) -> None:
    number = hangzhou.accept()
    hangzhou.send()
    beijing.void(number)
    assert beijing.verdict().reason == "unknown_order"
    hangzhou.void(number, entity_id="another order")
    assert hangzhou.verdict().reason == "unknown_order"
    assert hangzhou.network.count("SELECT count(*) FROM waybill WHERE void") == 0
    hangzhou.void(number)
    assert hangzhou.verdict().outcome is Outcome.APPLIED


def test_a_retired_desk_is_told_nothing(hangzhou: Counter, beside: Counter) -> None:
    with hangzhou.network.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE desk SET state = 'retired' WHERE desk_id = 'HZ001-2'")
    hangzhou.accept()
    hangzhou.send()
    assert hangzhou.network.count("SELECT count(*) FROM feed_pending") == 0


@pytest.mark.parametrize("known", [True, False], ids=["order known", "order not yet known"])
def test_two_stations_that_scan_at_once_hear_of_each_other(
    hangzhou: Counter, beijing: Counter, shanghai: Counter, known: bool
) -> None:
    """The one that comes second waits for the first, and does not look past it."""
    number = hangzhou.accept()
    hangzhou.hand_over(number)
    if known:
        hangzhou.send()
    held, go_on = threading.Event(), threading.Event()

    def at(step: str) -> None:
        if step == "push.projected" and not held.is_set():
            held.set()
            assert go_on.wait(10)

    beijing.network.hq.at = at
    beijing.scan(number, "arrived")
    shanghai.scan(number, "signed")
    first = threading.Thread(target=beijing.send)
    first.start()
    assert held.wait(10)
    second = threading.Thread(target=shanghai.send)
    second.start()
    second.join(0.3)
    assert second.is_alive()
    go_on.set()
    first.join(10)
    second.join(10)
    order, left = ([("order.shared", number)], [("parcel.event", "dispatched")]) if known else ([], [])
    assert shanghai.told() == [*order, ("parcel.event", "arrived"), *left]
    assert beijing.told() == [*order, *left, ("parcel.event", "signed")]


def test_many_stations_that_scan_the_same_parcels_at_once_miss_nothing(network: Network) -> None:
    """Each hears each event of all others once, whatever locks met."""
    counters = [counter(network, f"ST{n}-1") for n in range(4)]
    numbers = [counters[0].accept() for _ in range(20)]
    counters[0].hand_over(*numbers)

    def work(each: Counter, turn: int) -> None:
        for number in numbers if turn % 2 else reversed(numbers):
            each.scan(number, f"seen{turn}")
        each.send()

    threads = [threading.Thread(target=work, args=(each, turn)) for turn, each in enumerate(counters)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert network.count("SELECT count(*) FROM parcel_event") == 100
    for turn, each in enumerate(counters):
        news = each.told()
        heard = [what for kind, what in news if kind == "parcel.event" and what != "dispatched"]
        assert sorted(heard) == sorted(f"seen{n}" for n in range(4) if n != turn for _ in numbers)
        orders = [what for kind, what in news if kind == "order.shared"]
        assert sorted(orders) == ([] if turn == 0 else sorted(numbers))

"""Names, telephones and addresses go to those whose business the parcel is, not to whoever scans its number."""

from typing import Any

import pytest
import sqlalchemy as sa

from courier_desk.hq.core.early_scans import MOST_A_DAY
from courier_desk.hq.tables.care import INCIDENT
from courier_desk.protocol.news import NewsKind
from tests.hq.counters import Counter, counter
from tests.hq.desks import Network

pytestmark = pytest.mark.usefixtures("each_thing_is_told_once")


@pytest.fixture
def elsewhere(network: Network) -> Counter:
    """A desk that nothing goes to."""
    return counter(network, "XX001-1")


def _scans(desk: Counter, *numbers: str) -> None:
    for number in numbers:
        desk.scan(number, "arrived")
    desk.send()


def test_whoever_scans_a_parcel_that_never_left_hears_of_it_without_names(
    hangzhou: Counter, elsewhere: Counter
) -> None:
    number = hangzhou.accept("BJ001")
    hangzhou.scan(number)
    hangzhou.send()
    _scans(elsewhere, number)
    hangzhou.scan(number, "bagged")
    hangzhou.send()
    news = elsewhere.news()
    assert [item.kind for item in news] == [NewsKind.PARCEL_EVENT] * 2
    assert not any(
        word in item.body for item in news for word in ("李晓梅", "欧阳娜娜", "1381234", "1398765", "文一西路")
    )
    assert hangzhou.told() == [("parcel.event", "arrived")]


def test_as_soon_as_the_parcel_leaves_the_order_follows_once(hangzhou: Counter, elsewhere: Counter) -> None:
    number = hangzhou.accept("BJ001")
    text = hangzhou.said[0]
    hangzhou.send()
    _scans(elsewhere, number)
    hangzhou.hand_over(number)
    hangzhou.send()
    (shared, left) = elsewhere.news()
    assert (shared.kind, shared.body, left.kind) == (NewsKind.ORDER_SHARED, text, NewsKind.PARCEL_EVENT)
    hangzhou.hand_over(number)
    hangzhou.send()
    _scans(elsewhere, number)
    assert elsewhere.told() == [("parcel.event", "dispatched")]


def test_whoever_scans_it_after_it_left_gets_the_order(hangzhou: Counter, elsewhere: Counter) -> None:
    number = hangzhou.accept("BJ001")
    hangzhou.send()
    hangzhou.hand_over(number)
    hangzhou.send()
    _scans(elsewhere, number)
    assert elsewhere.told() == [("order.shared", number), ("parcel.event", "dispatched")]


def test_the_station_where_it_goes_gets_the_order_before_it_left(hangzhou: Counter, beijing: Counter) -> None:
    number = hangzhou.accept("BJ001")
    hangzhou.send()
    _scans(beijing, number)
    assert beijing.told() == [("order.shared", number)]


def test_the_other_desk_of_the_station_has_it_whoever_closes_the_list(
    hangzhou: Counter, beside: Counter, elsewhere: Counter
) -> None:
    """The list comes before the order: the desk that took the order was off line."""
    number = hangzhou.accept("BJ001")
    _scans(elsewhere, number)
    beside.hand_over(number)
    beside.send()
    assert elsewhere.told() == [("parcel.event", "dispatched")]
    hangzhou.send()
    assert elsewhere.told() == [("order.shared", number)]
    assert beside.told()[:2] == [("parcel.event", "arrived"), ("order.shared", number)]


@pytest.mark.parametrize("early", [True, False], ids=["before the order came", "after it"])
def test_a_list_of_another_station_opens_nothing(hangzhou: Counter, elsewhere: Counter, early: bool) -> None:
    number = hangzhou.accept("BJ001")
    if not early:
        hangzhou.send()
    elsewhere.hand_over(number)
    elsewhere.say("scan.recorded", elsewhere.scanned(number, "dispatched"))
    elsewhere.send()
    if early:
        hangzhou.send()
    _scans(elsewhere, number)
    assert "order.shared" not in {kind for kind, _ in elsewhere.told()}


def _incidents(network: Network) -> list[Any]:
    found = sa.select(INCIDENT.c.desk_id, INCIDENT.c.details).where(INCIDENT.c.kind == "early_scans")
    with network.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(found)]


def test_a_desk_that_goes_through_the_numbers_is_an_incident(
    network: Network, hangzhou: Counter, elsewhere: Counter
) -> None:
    numbers = [hangzhou.accept("BJ001") for _ in range(MOST_A_DAY + 10)]
    hangzhou.send()
    _scans(elsewhere, *numbers[:30])
    _scans(elsewhere, *numbers[:MOST_A_DAY])
    assert _incidents(network) == []
    _scans(elsewhere, numbers[MOST_A_DAY])
    today = network.clock.now().date().isoformat()
    assert _incidents(network) == [("XX001-1", {"day": today, "waybills": MOST_A_DAY + 1})]
    _scans(elsewhere, *numbers)
    assert _incidents(network) == [("XX001-1", {"day": today, "waybills": MOST_A_DAY + 10})]


def test_each_day_is_counted_for_itself(network: Network, hangzhou: Counter, elsewhere: Counter) -> None:
    numbers = [hangzhou.accept("BJ001") for _ in range(MOST_A_DAY + 10)]
    hangzhou.send()
    _scans(elsewhere, *numbers[:30])
    network.clock.go_on(days=1)
    _scans(elsewhere, *numbers[30:])
    assert _incidents(network) == []


def test_what_has_left_comes_here_or_is_not_known_yet_is_not_counted(
    network: Network, hangzhou: Counter, beijing: Counter, elsewhere: Counter
) -> None:
    many = MOST_A_DAY + 1
    left, there, late = ([hangzhou.accept(to) for _ in range(many)] for to in ("", "BJ001", ""))
    hangzhou.hand_over(*left)
    _scans(elsewhere, *late)
    hangzhou.send()
    _scans(elsewhere, *left)
    _scans(beijing, *there)
    assert network.count("SELECT count(*) FROM early_scan") == 0

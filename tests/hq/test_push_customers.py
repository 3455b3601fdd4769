"""Customers are shared by their telephone: field by field the latest word counts, older ones are kept."""

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from courier_desk.protocol.news import CustomerChanged
from tests.hq.counters import SENDER, Counter
from tests.hq.desks import Network

PHONE = SENDER["phone"]
EARLY, NOON, LATE = "2026-11-22T02:00:00Z", "2026-11-22T04:00:00Z", "2026-11-22T09:00:00Z"


def _order(desk: Counter, at: str, **sender: Any) -> None:
    desk.accept(sender=sender, at=at)
    desk.send()


def _known(network: Network) -> Mapping[str, str]:
    with network.engine.connect() as connection:
        fields = connection.execute(sa.text("SELECT fields FROM customer")).scalar_one()
    return {name: value for name, (value, _, _) in fields.items()}


def _older(network: Network) -> list[tuple[str, str]]:
    with network.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT field, value FROM customer_older ORDER BY field, at")).all()
    return [(row.field, row.value) for row in rows]


def _changes(desk: Counter) -> list[CustomerChanged]:
    news = [item for item in desk.news() if item.kind == "customer.changed"]
    return [CustomerChanged.model_validate_json(item.body) for item in news]


def _values(changed: CustomerChanged) -> dict[str, str]:
    return {name: word.value for name, word in changed.fields.items()}


def test_the_first_order_makes_the_customer(hangzhou: Counter) -> None:
    _order(hangzhou, NOON)
    assert _known(hangzhou.network) == {name: value for name, value in SENDER.items() if name != "phone"}
    assert _changes(hangzhou) == []


def test_a_later_word_replaces_and_the_older_one_is_kept(hangzhou: Counter) -> None:
    _order(hangzhou, EARLY)
    _order(hangzhou, LATE, name="李小梅", detail="文二路1号")
    assert _known(hangzhou.network)["name"] == "李小梅"
    assert _older(hangzhou.network) == [("detail", SENDER["detail"]), ("name", SENDER["name"])]


def test_others_who_know_the_customer_hear_what_changed(hangzhou: Counter, beijing: Counter) -> None:
    _order(hangzhou, EARLY)
    _order(beijing, NOON)
    _changes(beijing)
    assert _changes(hangzhou) == []
    _order(beijing, LATE, company="西湖茶业")
    (changed,) = _changes(hangzhou)
    assert (changed.phone, _values(changed)) == (PHONE, {"company": "西湖茶业"})
    assert _changes(beijing) == []


def test_who_never_had_the_customer_hears_nothing(hangzhou: Counter, beijing: Counter) -> None:
    _order(hangzhou, EARLY)
    _order(hangzhou, LATE, name="李小梅")
    assert _changes(beijing) == []


def test_a_word_that_comes_late_does_not_replace_a_later_one(hangzhou: Counter, beijing: Counter) -> None:
    """The desk was off line; it is told what has been said since."""
    _order(beijing, LATE, name="李小梅")
    _order(hangzhou, EARLY, company="龙井村")
    assert (_known(hangzhou.network)["name"], _known(hangzhou.network)["company"]) == ("李小梅", "")
    assert _older(hangzhou.network) == [("company", "龙井村"), ("name", SENDER["name"])]
    (told,) = _changes(hangzhou)
    assert _values(told) == {"name": "李小梅", "company": ""}
    assert _changes(beijing) == []


def test_each_field_counts_for_itself(hangzhou: Counter, beijing: Counter) -> None:
    """Also when the same value was said again in between."""
    _order(hangzhou, EARLY, name="甲", company="一")
    _order(hangzhou, LATE, name="甲", company="二")
    _order(beijing, NOON, name="乙", company="一")
    assert (_known(hangzhou.network)["name"], _known(hangzhou.network)["company"]) == ("甲", "二")
    assert _older(hangzhou.network) == [("company", "一"), ("company", "一"), ("name", "乙")]


def test_several_orders_of_a_batch_are_heard_in_the_order_of_their_times(hangzhou: Counter, beijing: Counter) -> None:
    _order(beijing, EARLY, name="零")
    hangzhou.accept(sender={"name": "二"}, at=LATE)
    hangzhou.accept(sender={"name": "一"}, at=NOON)
    hangzhou.send()
    assert _known(hangzhou.network)["name"] == "二"
    (changed,) = _changes(beijing)
    assert _values(changed) == {"name": "二"}


def test_what_is_kept_says_when_and_by_which_operation(hangzhou: Counter) -> None:
    hangzhou.accept(at=NOON)
    op_id = json.loads(hangzhou.said[0])["op_id"]
    hangzhou.send()
    with hangzhou.network.engine.connect() as connection:
        fields = connection.execute(sa.text("SELECT fields FROM customer")).scalar_one()
    assert fields["name"] == [SENDER["name"], "2026-11-22T04:00:00+00:00", op_id]

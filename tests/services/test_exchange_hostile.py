"""News that cannot be right change nothing, are kept aside and seen; what comes behind goes on."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courier_desk.base.ids import new_id
from courier_desk.domain.own_number import make
from courier_desk.protocol.messages import FeedItem, FeedReply
from courier_desk.services.exchange_news import _ACTS
from tests.desk import TestDesk, desk_in
from tests.services.hq_stub import NOW, StubHq, join, link_of, scalar, send
from tests.services.news_told import content, event, inbound, read, shared


def test_a_hole_stops_everything_and_says_so(joined: TestDesk, hq: StubHq) -> None:
    for serial in (7001, 7002, 7003):
        shared(hq, serial)
    reply = hq.feed()
    without = reply.model_copy(update={"items": [reply.items[0], reply.items[2]]})
    joined.services.exchange.apply(without)
    assert link_of(joined).feed_after == 1
    joined.services.exchange.apply(without.model_copy(update={"items": [reply.items[2]]}))
    standing = joined.services.exchange.standing()
    assert "missing in between" in standing.alarm
    assert scalar(joined, "SELECT COUNT(*) FROM inbound_order") == 1
    read(joined, hq)
    assert link_of(joined).feed_after == 3
    assert joined.services.exchange.standing().alarm == ""


def test_news_of_another_epoch_is_not_applied(joined: TestDesk, hq: StubHq) -> None:
    shared(hq)
    joined.services.exchange.apply(hq.feed().model_copy(update={"epoch": 9}))
    assert link_of(joined).feed_after == 0
    assert joined.services.exchange.standing().alarm


def _hostile(hq: StubHq) -> dict[str, FeedItem]:
    """One of each sort of what cannot be right, as item 1."""
    found: dict[str, FeedItem] = {}

    def keep(name: str, item: FeedItem) -> None:
        found[name] = item.model_copy(update={"n": 1})
        hq.news.clear()

    keep("no JSON", hq.tell("order.shared", "x", "{"))
    keep("giant", shared(hq, body={"note": "x" * 300_000})[0])
    keep("deep", hq.tell("parcel.event", "x", "[" * 50_000))
    keep("another entity", shared(hq, said={"entity_id": "other"})[0])
    keep("another station", shared(hq, said={"station": "HZ001"})[0])
    keep("another operation", shared(hq, said={"op_id": new_id()})[0])
    keep("no number", shared(hq, body={"number": "SF1234567890"})[0])
    keep("wrong check digit", shared(hq, body={"number": make("XS", 5)[:-1] + "x"})[0])
    keep("pieces of others", shared(hq, body={"pieces": [[make("XS", 9), 5]]})[0])
    keep("piece twice", shared(hq, body={"pieces": [[make("XS", 7001), 5]] * 2})[0])
    keep("minus weight", shared(hq, body={"pieces": [[make("XS", 7001), -5]]})[0])
    keep("half a weight", shared(hq, body={"pieces": [[make("XS", 7001), 5.5]]})[0])
    keep("no pieces", shared(hq, body={"pieces": []})[0])
    keep("event of another waybill", event(hq, make("XS", 1), "signed", waybill=make("XS", 2)))
    keep("event of no number", event(hq, "DROP TABLE orders", "signed"))
    keep("event of another station", event(hq, make("XS", 1), "signed", station="SZ9"))
    keep("event at no time", event(hq, make("XS", 1), "signed", at="soon"))
    keep("customer of another", hq.tell("customer.changed", "1", {"phone": "2", "fields": {}}))
    keep(
        "no version", hq.tell("reference.published", "tariff", {"kind": "tariff", "version": 0, "digest": "0" * 64})
    )
    digest = {"kind": "tariff", "version": 1, "digest": "0" * 64}
    keep("same version, other digest", hq.tell("reference.published", "tariff", digest))
    keep("settled nothing", hq.tell("operation.settled", "x", {"how": 3}))
    return found


HOSTILE = _hostile(StubHq())


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_right_is_kept_aside_with_an_alarm_and_changes_nothing(
    joined: TestDesk, hq: StubHq, name: str
) -> None:
    before = content(joined)
    good, number = shared(hq, 8001)
    items = [HOSTILE[name], good.model_copy(update={"n": 2})]
    joined.services.exchange.apply(FeedReply(epoch=1, now=NOW, head=2, items=items))
    standing = joined.services.exchange.standing()
    assert (standing.kept_broken, link_of(joined).feed_after) == (1, 2)
    assert "cannot be right" in standing.alarm
    after = content(joined)
    assert {key: rows for key, rows in after.items() if not key.startswith("inbound")} == {
        key: rows for key, rows in before.items() if not key.startswith("inbound")
    }
    # What comes behind goes on.
    assert [row.waybill for row in inbound(joined, number)] == [number]
    assert scalar(joined, "SELECT COUNT(*) FROM inbound_order") == 1
    assert scalar(joined, "SELECT COUNT(*) FROM audit WHERE action = 'incident.news_broken'") == 1
    assert scalar(joined, "SELECT MAX(LENGTH(body)) FROM kept_item") <= 256 * 1024


def test_the_number_of_another_order_is_not_taken_over(joined: TestDesk, hq: StubHq) -> None:
    accepted = joined.accept()
    send(joined, hq)
    shared(hq, body={"number": accepted.number, "pieces": [[accepted.number, 5]]})
    _item, number = shared(hq, 7001)
    shared(hq, 7001)
    read(joined, hq)
    assert joined.services.exchange.standing().kept_broken == 2
    assert len(inbound(joined, number)) == 1
    assert inbound(joined, accepted.number) == []


def test_a_defect_in_one_item_does_not_hold_up_the_others(
    joined: TestDesk, hq: StubHq, monkeypatch: pytest.MonkeyPatch, expect_log: Any
) -> None:
    expect_log("news not applied")
    numbers = [shared(hq, 7001 + n)[1] for n in range(4)]
    act = _ACTS["order.shared"]

    def broken(work: Any, record: Any, item: FeedItem, now: Any) -> None:
        act(work, record, item, now)
        if item.n == 3:
            raise RuntimeError("a defect, after rows were written")

    monkeypatch.setitem(_ACTS, "order.shared", broken)
    read(joined, hq)
    assert [len(inbound(joined, number)) for number in numbers] == [1, 1, 0, 1]
    assert link_of(joined).feed_after == 4
    assert scalar(joined, "SELECT text FROM kept_item WHERE why = 'broken'") == "RuntimeError"


ITEMS = st.lists(st.tuples(st.integers(-1, 9), st.sampled_from(["order", "event", "junk", "unknown"])), max_size=12)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(replies=st.lists(ITEMS, max_size=5))
def test_whatever_comes_the_position_only_grows_and_each_number_counts_once(
    replies: list[list[tuple[int, str]]], tmp_path: Path
) -> None:
    hq = StubHq()
    junk = FeedItem(n=1, kind="order.shared", entity_id="x", op_id=new_id(), station="S", at=NOW, body="{")
    with desk_in(tmp_path / new_id()) as desk:
        join(desk, hq)
        expected = position = 0
        for reply in replies:
            items = []
            for n, sort in reply:
                item, _number = shared(hq, 7001 + len(hq.news)) if sort == "order" else (junk, "")
                if sort == "event":
                    item = event(hq, make("XS", 7001), "arrived")
                if sort == "unknown":
                    item = junk.model_copy(update={"kind": "odd.thing"})
                items.append(item.model_copy(update={"n": max(1, position + n)}))
            desk.services.exchange.apply(FeedReply(epoch=1, now=NOW, head=99, items=items))
            # The model: of what follows without a hole, each number once, as it came first.
            seen = {item.n: item for item in reversed(items)}
            while position + 1 in seen:
                position += 1
                expected += seen[position].kind == "order.shared" and seen[position].body != "{"
            assert link_of(desk).feed_after == position
            assert scalar(desk, "SELECT COUNT(*) FROM inbound_order") == expected

"""The past of a desk: every operation of all its incarnations, once, orders first, in pages."""

import pytest

from courier_desk.hq.core import history as past
from courier_desk.protocol.messages import HistoryReply, PushReply
from tests.hq.desks import Joined, Network, operation

ORDER, OTHER = "order.accepted", "test.done"


def push(network: Network, desk: Joined, *kinds: str) -> PushReply:
    first = len(desk.sent) + 1
    made = [operation(desk.identity, first + each, kind, network.clock.now()) for each, kind in enumerate(kinds)]
    return network.push(desk, made)


def pages(network: Network, desk: Joined, limit: int = 500, mark: str = "") -> list[HistoryReply]:
    """From ``mark`` to the end."""
    replies: list[HistoryReply] = []
    while True:
        replies.append(past.history(network.engine, desk.identity, mark, limit))
        if not replies[-1].more:
            return replies
        mark = replies[-1].mark


def texts(replies: list[HistoryReply]) -> list[str]:
    return [text for reply in replies for text in reply.operations]


@pytest.mark.parametrize("limit", [1, 2, 3, 500])
@pytest.mark.parametrize("looked_through", [2, 10_000])
def test_orders_come_first_and_each_in_the_order_of_arrival_whatever_the_page(
    network: Network, monkeypatch: pytest.MonkeyPatch, limit: int, looked_through: int
) -> None:
    monkeypatch.setattr(past, "_LOOKED_THROUGH", {"orders": looked_through, "rest": looked_through})
    network.add("BJ001", "BJ001-1")
    one, two, other = network.join("HZ001-1"), network.join("HZ001-2"), network.join("BJ001-1")
    push(network, one, ORDER, OTHER, OTHER, ORDER)
    push(network, other, ORDER, OTHER)
    push(network, two, ORDER, OTHER)
    push(network, one, OTHER, OTHER)
    push(network, one, ORDER, OTHER)
    push(network, one, OTHER)
    replies = pages(network, one, limit)
    orders = [one.sent[0], one.sent[3], one.sent[6]]
    assert texts(replies) == [*orders, *one.sent[1:3], *one.sent[4:6], *one.sent[7:]]
    assert replies[0].total == 9
    assert all(len(reply.operations) <= limit for reply in replies)


def test_what_comes_in_meanwhile_is_there_too(network: Network) -> None:
    one = network.join("HZ001-1")
    push(network, one, ORDER, OTHER)
    first = past.history(network.engine, one.identity, "", 500)
    push(network, one, OTHER, ORDER)
    rest = pages(network, one, mark=first.mark)
    assert sorted(texts([first, *rest])) == sorted(one.sent)
    push(network, one, ORDER)
    assert texts(pages(network, one, mark=rest[-1].mark)) == one.sent[4:]


def test_a_page_is_no_larger_than_a_request(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "MOST_BYTES", 700)
    one = network.join("HZ001-1")
    push(network, one, *[OTHER] * 7)
    replies = pages(network, one)
    assert texts(replies) == one.sent
    assert max(len(reply.operations) for reply in replies) == 700 // len(one.sent[0])

"""The past of a desk that was replaced: exact, in order, whole, of all its incarnations; and photographs."""

import hashlib
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from courier_desk.hq.core import photographs
from courier_desk.hq.core.photographs import Photograph
from courier_desk.hq.core.refused import Refused
from courier_desk.protocol.messages import ProblemCode
from tests.hq.desks import Joined, Network

PNG = b"\x89PNG\r\n\x1a\n" + bytes(50)


def _past(network: Network, desk: Joined, limit: int) -> list[str]:
    texts: list[str] = []
    mark, more = "", True
    while more:
        reply = network.hq.history(desk.identity, mark, limit)
        assert len(reply.operations) <= limit
        assert mark != reply.mark or not reply.more
        texts += reply.operations
        mark, more = reply.mark, reply.more
    return texts


@pytest.mark.parametrize("limit", [1, 7, 500])
def test_all_that_the_desk_sent_comes_back_in_the_order_in_which_it_came(network: Network, limit: int) -> None:
    network.add("BJ001", "BJ001-1")
    elsewhere = network.join("BJ001-1")
    old, beside = network.join("HZ001-1"), network.join("HZ001-2")
    for desk, count in ((old, 3), (beside, 2), (elsewhere, 4), (old, 5)):
        network.work(desk, count)
        network.clock.go_on(days=3)
    fresh = network.join("HZ001-1")
    network.work(fresh, 2)
    assert _past(network, fresh, limit) == old.sent + fresh.sent


def test_an_operation_that_was_parked_is_part_of_it(network: Network) -> None:
    desk = network.join("HZ001-1")
    network.push(desk, ['{"not": "an operation", "text": "快递"}'])
    assert _past(network, desk, 10) == desk.sent


def test_there_is_no_past_before_the_first_operation(network: Network) -> None:
    assert _past(network, network.join("HZ001-1"), 500) == []


def test_the_orders_come_first(network: Network) -> None:
    desk = network.join("HZ001-1")
    for _each in range(3):
        network.work(desk, 2)
        network.work(desk, 3, "order.accepted")
    past = [json.loads(text)["kind"] for text in _past(network, desk, 4)]
    assert past == ["order.accepted"] * 9 + ["test.done"] * 6


@pytest.mark.parametrize("mark", ["x", "-1", "1.5", "٣", "9" * 40, "' OR 1=1", "orders.1.2", "rest.1.2.-3"])
def test_a_mark_that_was_never_given_is_refused(network: Network, mark: str) -> None:
    with pytest.raises(Refused) as refused:
        network.hq.history(network.join("HZ001-1").identity, mark, 500)
    assert refused.value.code is ProblemCode.BAD_MESSAGE


def test_nothing_is_passed_over_while_something_is_being_sent(network: Network) -> None:
    """The batch has its number and is not committed yet; one of another desk with a higher number is."""
    slow, quick = network.join("HZ001-1"), network.join("HZ001-2")
    logged, go_on = threading.Event(), threading.Event()

    def hold(step: str) -> None:
        if step == "push.logged" and threading.current_thread().name.startswith("slow"):
            logged.set()
            assert go_on.wait(10)

    network.hq.at = hold
    with ThreadPoolExecutor(1, "slow") as slowly, ThreadPoolExecutor(1) as asking:
        sending = slowly.submit(network.work, slow, 2)
        assert logged.wait(10)
        network.work(quick, 3)
        asked = asking.submit(_past, network, slow, 500)
        threading.Event().wait(0.2)
        go_on.set()
        sending.result(10)
        assert asked.result(10) == slow.sent


def test_the_days_of_the_log_do_not_matter(network: Network) -> None:
    desk = network.join("HZ001-1")
    texts = []
    for days in (0, -400, 400):
        network.clock.go_on(days=days)
        network.work(desk, 1)
        texts.append(json.loads(desk.sent[-1])["seq"])
    assert [json.loads(text)["seq"] for text in _past(network, desk, 1)] == texts


class TestPhotographs:
    def test_one_comes_back_as_it_was_sent(self, network: Network) -> None:
        desk, now = network.join("HZ001-1").identity, network.clock.now()
        name = hashlib.sha256(PNG).hexdigest()
        for _ in range(2):
            photographs.keep(network.engine, desk, name, Photograph("image/png", PNG), now)
        assert photographs.fetch(network.engine, desk, name) == Photograph("image/png", PNG)

    @pytest.mark.parametrize(
        "picture", [Photograph("image/png", PNG + b"x"), Photograph("image/jpeg", PNG), Photograph("text/html", PNG)]
    )
    def test_what_is_no_such_picture_is_refused(self, network: Network, picture: Photograph) -> None:
        desk, name = network.join("HZ001-1").identity, hashlib.sha256(PNG).hexdigest()
        with pytest.raises(Refused) as refused:
            photographs.keep(network.engine, desk, name, picture, network.clock.now())
        assert refused.value.code is ProblemCode.BAD_MESSAGE

    def test_another_station_does_not_see_it(self, network: Network) -> None:
        network.add("BJ001", "BJ001-1")
        here, there = network.join("HZ001-1").identity, network.join("BJ001-1").identity
        name = hashlib.sha256(PNG).hexdigest()
        photographs.keep(network.engine, here, name, Photograph("image/png", PNG), network.clock.now())
        with pytest.raises(Refused) as refused:
            photographs.fetch(network.engine, there, name)
        assert refused.value.code is ProblemCode.NOT_FOUND

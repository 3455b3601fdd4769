"""Feeds: each item once, numbered without a hole, whoever writes meanwhile (Z21)."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from courier_desk.hq.core import feed
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.core.sequencer import Sequencer, hold_still
from courier_desk.hq.database import open_engine
from courier_desk.hq.tables.log import FEED_PENDING
from courier_desk.protocol.messages import MOST_BYTES, ProblemCode
from tests.hq.desks import Network, news_for

WRITERS = 16
A_FEW = 25
MANY = pytest.param(2000, marks=[pytest.mark.soak, pytest.mark.timeout(900)])


def _numbers(network: Network, desk: DeskIdentity, after: int = 0, limit: int = 500) -> list[int]:
    return [item.n for item in network.hq.feed(desk, 1, after, limit).items]


def _write_at_random(
    network: Network, engine: sa.Engine, desks: list[DeskIdentity], seed: int, times: int
) -> list[str]:
    """Transactions that take their time before they commit, every fourth of which fails; the op_ids committed."""
    chance, committed = random.Random(seed), []
    for _ in range(times):
        with engine.connect() as connection:
            rows = [news_for(chance.choice(desks), "test.news", network.clock.now()) for _ in range(3)]
            connection.execute(FEED_PENDING.insert(), rows)
            time.sleep(chance.random() * 0.01)
            if chance.random() < 0.25:
                connection.rollback()
                continue
            connection.commit()
            committed += [str(row["op_id"]) for row in rows]
    return committed


def _while_writing(
    network: Network, desks: list[DeskIdentity], *watchers: Callable[[], object], times: int = A_FEW
) -> list[str]:
    """Let the writers write while each of ``watchers`` is called again and again, and once more when they are done."""
    done = threading.Event()

    def watch(watcher: Callable[[], object]) -> None:
        while not done.is_set():
            watcher()
            time.sleep(0.002)
        watcher()

    wide = open_engine(network.engine.raw_connection().driver_connection.info.dsn, connections=WRITERS)  # type: ignore[union-attr]
    try:
        with ThreadPoolExecutor(WRITERS + len(watchers)) as threads:
            watching = [threads.submit(watch, watcher) for watcher in watchers]
            writing = [threads.submit(_write_at_random, network, wide, desks, seed, times) for seed in range(WRITERS)]
            committed = [op_id for each in writing for op_id in each.result()]
            done.set()
            for each in watching:
                each.result()
    finally:
        wide.dispose()
    return committed


@pytest.mark.parametrize("times", [A_FEW, MANY])
def test_every_item_comes_once_and_no_number_is_missing(network: Network, times: int) -> None:
    """Readers ask all the while from where they are, as desks do; two processes number against each other."""
    desks = [network.join("HZ001-1").identity, network.join("HZ001-2").identity]
    read: dict[str, list[tuple[int, str]]] = {desk.desk_id: [] for desk in desks}

    def reader(desk: DeskIdentity) -> Callable[[], None]:
        def ask() -> None:
            mine = read[desk.desk_id]
            reply = network.hq.feed(desk, 1, len(mine), 50)
            mine += [(item.n, item.op_id) for item in reply.items]

        return ask

    other = Sequencer(network.engine)
    numbering = (network.hq.sequence, network.hq.sequence, lambda: other.sequence(network.clock.now()))
    committed = _while_writing(network, desks, *numbering, *map(reader, desks), times=times)
    while network.hq.sequence():
        continue
    for desk in desks:
        while network.hq.feed(desk, 1, len(read[desk.desk_id]), 1).items:
            reader(desk)()
    assert committed
    assert Counter(op_id for items in read.values() for _, op_id in items) == Counter(committed)
    for items in read.values():
        assert [n for n, _ in items] == list(range(1, len(items) + 1))
    assert network.count("SELECT count(*) FROM feed_pending") == 0


def test_a_reader_that_remembers_the_last_id_misses_items(network: Network) -> None:
    """Why there is a sequencer: ids are given out before their transactions commit."""
    desks = [network.join("HZ001-1").identity]
    seen: list[int] = []
    after = "SELECT id FROM feed_pending WHERE id > :last ORDER BY id"

    def naive() -> None:
        with network.engine.connect() as connection:
            rows = connection.execute(sa.text(after), {"last": max(seen, default=0)})
            seen.extend(row.id for row in rows)

    committed = _while_writing(network, desks, naive)
    assert 0 < len(seen) < len(committed)


def test_numbers_run_by_desk(network: Network) -> None:
    one, two = network.join("HZ001-1").identity, network.join("HZ001-2").identity
    network.cause(one, two, one)
    assert network.hq.sequence() == 3
    network.cause(two)
    assert network.hq.sequence() == 1
    assert (_numbers(network, one), _numbers(network, two)) == ([1, 2], [1, 2])


def test_what_waits_is_numbered_in_rounds(network: Network) -> None:
    desk = network.join("HZ001-1").identity
    network.cause(*[desk] * 7)
    sequencer = Sequencer(network.engine)
    rounds = [sequencer.sequence(network.clock.now(), most=3) for _ in range(4)]
    assert rounds == [3, 3, 1, 0]
    assert _numbers(network, desk) == list(range(1, 8))


def test_one_numbers_at_a_time(network: Network) -> None:
    desk = network.join("HZ001-1").identity
    network.cause(desk)
    with network.engine.begin() as other:
        hold_still(other)
        assert network.hq.sequence() == 0
    assert network.hq.sequence() == 1


def test_an_item_below_the_floor_is_numbered_a_while_later(network: Network) -> None:
    """Its transaction took longer than rounds look back."""
    desk = network.join("HZ001-1").identity
    sequencer = Sequencer(network.engine, floor_each_s=600)
    with network.engine.connect() as late:
        late.execute(FEED_PENDING.insert(), [news_for(desk, "test.late", network.clock.now())])
        network.cause(desk)
        assert sequencer.sequence(network.clock.now()) == 1
        sequencer._whole_at = 0.0  # that while is over
        assert sequencer.sequence(network.clock.now()) == 0
        late.commit()
        assert sequencer.sequence(network.clock.now()) == 0
        network.cause(desk)
        assert sequencer.sequence(network.clock.now()) == 1
        sequencer._whole_at = 0.0  # that while is over
        assert sequencer.sequence(network.clock.now()) == 1
    kinds = [item.kind for item in network.hq.feed(desk, 1, 0, 10).items]
    assert kinds == ["test.news", "test.news", "test.late"]


def test_rounds_become_visible_in_their_order(network: Network) -> None:
    one, two = network.join("HZ001-1").identity, network.join("HZ001-2").identity
    network.cause(one)
    network.hq.sequence()
    network.cause(two)
    network.hq.sequence()
    rounds = "SELECT count(*) FROM feed_head a JOIN feed_head b ON a.desk_id = 'HZ001-1' AND b.desk_id = 'HZ001-2' "
    assert network.count(rounds + "WHERE a.round < b.round") == 1


def test_a_page_holds_what_was_asked_for_and_never_more_than_a_mebibyte(network: Network) -> None:
    desk = network.join("HZ001-1").identity
    bodies = [b"x" * (MOST_BYTES // 2 + 1), b"y", b"z" * (2 * MOST_BYTES), b"{}", b"{}"]
    with network.engine.begin() as connection:
        rows = [news_for(desk, "test.news", network.clock.now(), body) for body in bodies]
        connection.execute(FEED_PENDING.insert(), rows)
    network.hq.sequence()
    pages = [_numbers(network, desk, after) for after in (0, 2, 3)]
    assert pages == [[1, 2], [3], [4, 5]]
    assert _numbers(network, desk, 3, limit=1) == [4]


def test_an_item_comes_as_it_was_caused(network: Network) -> None:
    desk = network.join("HZ001-1").identity
    body = '{"text": "快递 "}'.encode()
    with network.engine.begin() as connection:
        connection.execute(FEED_PENDING.insert(), [news_for(desk, "order.shared", network.clock.now(), body)])
    network.hq.sequence()
    reply = network.hq.feed(desk, 1, 0, 10)
    item = reply.items[0]
    assert (reply.head, item.kind, item.station, item.at) == (1, "order.shared", "BJ001", network.clock.now())
    assert item.body.encode() == body


def test_a_desk_that_has_read_more_than_there_is_is_stopped_and_seen(network: Network) -> None:
    desk = network.join("HZ001-1").identity
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            network.hq.feed(desk, 1, 5, 10)
        assert refused.value.code is ProblemCode.GAP
    assert network.count("SELECT count(*) FROM incident WHERE kind = 'feed_ahead' AND desk_id = 'HZ001-1'") == 1


class TestRetention:
    def test_items_go_thirty_days_after_they_were_applied(self, network: Network) -> None:
        desk = network.join("HZ001-1").identity
        network.cause(desk, desk, desk)
        network.hq.sequence()
        network.hq.feed(desk, 1, 2, 10)
        network.clock.go_on(days=29)
        assert feed.clear(network.engine, network.clock.now()) == 0
        network.clock.go_on(days=2)
        assert feed.clear(network.engine, network.clock.now()) == 2
        assert _numbers(network, desk, 2) == [3]

    def test_keeping_house_clears_them_all(self, network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(feed, "_A_SWING", 2)
        desk = network.join("HZ001-1").identity
        network.cause(*[desk] * 7)
        network.hq.sequence()
        network.hq.feed(desk, 1, 7, 10)
        network.clock.go_on(days=31)
        network.hq.keep_house()
        assert network.count("SELECT count(*) FROM feed_item") == 0
        assert network.hq.hello(desk).feed_head == 7

    def test_what_nobody_has_read_stays(self, network: Network) -> None:
        desk = network.join("HZ001-1").identity
        network.cause(desk)
        network.hq.sequence()
        network.clock.go_on(days=400)
        assert feed.clear(network.engine, network.clock.now()) == 0

    def test_what_a_retired_desk_will_never_read_goes(self, network: Network) -> None:
        desk = network.join("HZ001-1").identity
        network.cause(desk)
        network.hq.sequence()
        with network.engine.begin() as connection:
            connection.execute(sa.text("UPDATE desk SET state = 'retired'"))
        assert feed.clear(network.engine, network.clock.now()) == 1

    def test_a_desk_that_asks_for_what_is_gone_hears_where_its_feed_begins(self, network: Network) -> None:
        desk = network.join("HZ001-1").identity
        network.cause(desk, desk, desk)
        network.hq.sequence()
        network.hq.feed(desk, 1, 2, 10)
        network.clock.go_on(days=31)
        feed.clear(network.engine, network.clock.now())
        with pytest.raises(Refused) as refused:
            network.hq.feed(desk, 1, 0, 10)
        assert (refused.value.code, refused.value.problem.resume_after) == (ProblemCode.GAP, 2)

    def test_a_replaced_desk_begins_with_the_oldest_news_that_is_kept(self, network: Network) -> None:
        desk = network.join("HZ001-1").identity
        network.cause(*[desk] * 4)
        network.hq.sequence()
        network.hq.feed(desk, 1, 3, 10)
        network.clock.go_on(days=31)
        feed.clear(network.engine, network.clock.now())
        anew = network.join("HZ001-1")
        assert anew.reply.feed_after == 3
        assert _numbers(network, anew.identity, anew.reply.feed_after) == [4]

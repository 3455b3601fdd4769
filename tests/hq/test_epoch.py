"""Headquarters is set back: a new epoch, and every desk goes on from where headquarters stands."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
import sqlalchemy as sa
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from courier_desk.base.errors import UserError
from courier_desk.domain.own_number import make
from courier_desk.hq.core.headquarters import Headquarters
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.core.reserve import Upper
from courier_desk.hq.database import open_engine
from courier_desk.hq.network import begin_epoch
from courier_desk.protocol.messages import Lease, LeaseRequest, Outcome, ProblemCode
from tests.hq.counters import Counter
from tests.hq.desks import Joined, Network


def _copy(dsn: str, name: str, source: str) -> None:
    with psycopg.connect(make_conninfo(dsn, dbname="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {source}".encode())


@contextmanager
def _set_back_at_the_end(network: Network, dsn: str) -> Iterator[None]:
    """A copy of the database is taken before the block; after it headquarters runs on the copy."""
    source = str(conninfo_to_dict(dsn)["dbname"])
    network.engine.dispose()
    _copy(dsn, f"{source}_kept", source)
    yield
    network.engine.dispose()
    network.engine = open_engine(make_conninfo(dsn, dbname=f"{source}_kept"))
    network.hq = Headquarters(network.engine, network.clock, network.hq.reserve)


@pytest.fixture(autouse=True)
def _no_copy_stays(network: Network, dsn: str) -> Iterator[None]:
    yield
    network.engine.dispose()
    name = conninfo_to_dict(dsn)["dbname"]
    with psycopg.connect(make_conninfo(dsn, dbname="postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}_kept WITH (FORCE)".encode())


def _lease(network: Network, desk: Joined, request_id: str) -> Lease:
    request = LeaseRequest(request_id=request_id, incarnation=desk.identity.incarnation, prefix="CD", wanted=1000)
    return network.hq.lease(desk.identity, request)


def _begin(network: Network, upper: int | None = None) -> int:
    if network.hq.reserve.read() is None and upper is None:
        upper = 1
    return begin_epoch(network.engine, network.hq.reserve, "restored", network.clock.now(), upper)


def test_numbers_of_the_lost_hour_are_never_leased_again(network: Network, dsn: str) -> None:
    desk = network.join("HZ001-1")
    _lease(network, desk, "a")
    with _set_back_at_the_end(network, dsn):
        lost = _lease(network, desk, "b")
    reserve = network.hq.reserve.read()
    assert reserve is not None
    assert _begin(network) == 2
    fresh = _lease(network, desk, "c")
    assert fresh.first == reserve.upper > lost.last
    nobodys = f"SELECT count(*) FROM number_range WHERE desk_id = '' AND serials @> {lost.first}::bigint"
    assert network.count(nobodys) == 1


def test_orders_on_numbers_of_the_lost_hour_are_taken(network: Network, dsn: str) -> None:
    """Nobody knows any more to whom they were leased; nobody else will get them."""
    desk = network.join("HZ001-1")
    _lease(network, desk, "a")
    with _set_back_at_the_end(network, dsn):
        lost = _lease(network, desk, "b")
    _begin(network)
    counter = Counter(network, desk)
    counter.accept(number=make("CD", lost.first))
    counter.accept(number=make("CD", lost.last + 20_000_000))
    verdicts = network.push(desk, counter.said).verdicts
    assert [verdict.outcome for verdict in verdicts] == [Outcome.APPLIED, Outcome.PARKED]


def test_a_desk_hears_where_to_send_and_to_read_on(network: Network, dsn: str) -> None:
    desk = network.join("HZ001-1")
    network.work(desk, 3)
    network.cause(desk.identity, desk.identity)
    network.hq.sequence()
    chain = desk.chain.hex()
    with _set_back_at_the_end(network, dsn):
        network.work(desk, 4)
        network.cause(desk.identity)
        network.hq.sequence()
    _begin(network)
    for after, resume in ((3, 2), (1, 1)):
        with pytest.raises(Refused) as refused:
            network.hq.feed(desk.identity, 1, after, 10)
        problem = refused.value.problem
        assert (problem.code, problem.epoch, problem.cursor, problem.chain) == (ProblemCode.NEW_EPOCH, 2, 3, chain)
        assert problem.resume_after == resume
    assert network.hq.feed(desk.identity, 2, 2, 10).epoch == 2
    assert network.hq.hello(desk.identity, 2).cursor == 3


def test_who_slept_through_two_epochs_goes_on_from_the_lower_start(network: Network) -> None:
    desk = network.join("HZ001-1")
    for _ in range(2):
        network.cause(desk.identity, desk.identity)
        network.hq.sequence()
        _begin(network)
    with pytest.raises(Refused) as refused:
        network.hq.feed(desk.identity, 1, 4, 10)
    assert (refused.value.problem.epoch, refused.value.problem.resume_after) == (3, 2)


def test_an_epoch_that_headquarters_has_lost_is_not_begun_again(network: Network, dsn: str) -> None:
    """The reserve file remembers it; whoever knows it reads its feed from the beginning."""
    desk = network.join("HZ001-1")
    network.cause(desk.identity, desk.identity)
    network.hq.sequence()
    with _set_back_at_the_end(network, dsn):
        assert _begin(network) == 2
    with pytest.raises(Refused) as refused:
        network.hq.feed(desk.identity, 2, 2, 10)
    assert refused.value.code is ProblemCode.BAD_MESSAGE
    assert network.count("SELECT count(*) FROM incident WHERE kind = 'epoch_ahead' AND desk_id = 'HZ001-1'") == 1
    assert _begin(network) == 3
    with pytest.raises(Refused) as refused:
        network.hq.feed(desk.identity, 2, 2, 10)
    assert (refused.value.problem.epoch, refused.value.problem.resume_after) == (3, 0)


def test_an_incarnation_of_the_lost_hour_does_not_come_again(network: Network, dsn: str) -> None:
    network.join("HZ001-1")
    with _set_back_at_the_end(network, dsn):
        lost = network.join("HZ001-1")
    _begin(network)
    assert network.hq.authenticate(lost.token) is None
    fresh = network.join("HZ001-1")
    assert fresh.reply.incarnation > lost.reply.incarnation
    assert [end.incarnation for end in fresh.reply.ends] == [1]


def test_news_that_waits_gets_its_number_in_the_new_epoch(network: Network) -> None:
    desk = network.join("HZ001-1")
    network.cause(desk.identity)
    network.hq.sequence()
    network.cause(desk.identity)
    _begin(network)
    network.hq.sequence()
    with pytest.raises(Refused) as refused:
        network.hq.feed(desk.identity, 1, 2, 10)
    assert refused.value.problem.resume_after == 1
    assert [item.n for item in network.hq.feed(desk.identity, 2, 1, 10).items] == [2]


def test_it_is_not_said_of_news_that_it_was_read_when_its_number_is_given_anew(network: Network) -> None:
    desk = network.join("HZ001-1")
    network.cause(desk.identity, desk.identity, desk.identity)
    network.hq.sequence()
    network.hq.feed(desk.identity, 1, 3, 10)
    with network.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM feed_item WHERE n > 1"))
        connection.execute(sa.text("UPDATE feed_head SET n = 1"))
    _begin(network)
    assert network.count("SELECT n FROM feed_position") == 1


def test_without_the_reserve_file_a_person_says_how_far_numbers_went(network: Network, dsn: str) -> None:
    desk = network.join("HZ001-1")
    _lease(network, desk, "a")
    network.hq.reserve.path.unlink()
    with pytest.raises(UserError):
        begin_epoch(network.engine, network.hq.reserve, "restored", network.clock.now())
    _begin(network, upper=50_000_000)
    assert network.hq.reserve.read() == Upper(50_000_000, 50_000_000, 2)
    assert _lease(network, desk, "b").first == 50_000_000


def test_a_new_epoch_has_a_reason(network: Network) -> None:
    with pytest.raises(UserError):
        begin_epoch(network.engine, network.hq.reserve, "  ", network.clock.now())

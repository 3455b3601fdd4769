"""One-time codes, secrets, and what a new incarnation does to the one before."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from courier_desk.base.errors import UserError
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.network import make_code
from courier_desk.protocol.messages import (
    DeadEnd,
    EnrolRequest,
    LeaseRequest,
    ProblemCode,
    PushRequest,
    RenewRequest,
)
from tests.hq.desks import MACHINE, Network
from tests.patience import PATIENCE_S

OTHER_MACHINE = "cd" * 32
RENEW = RenewRequest(machine=MACHINE, program="test")


def _enrol(network: Network, code: str, machine: str = MACHINE) -> None:
    network.hq.enrol(EnrolRequest(code=code, machine=machine, program="test"))


def test_a_code_makes_a_desk_of_its_bearer(network: Network) -> None:
    desk = network.join("HZ001-1")
    reply = desk.reply
    assert (reply.station_id, reply.desk_id, reply.incarnation) == ("HZ001", "HZ001-1", 1)
    assert (reply.ends, reply.operations_before, reply.feed_after, reply.epoch) == ((), 0, 0, 1)
    assert (reply.station.number_prefix, reply.station.name) == ("CD", "站")
    assert network.hq.hello(desk.identity).cursor == 0


@pytest.mark.parametrize(
    "token", ["", ".", "HZ001-1", "HZ001-1.", "nobody.secret", "HZ001-2.{secret}", "HZ001-1.{secret}x"]
)
def test_who_comes_without_the_secret_is_nobody(network: Network, token: str) -> None:
    desk = network.join("HZ001-1")
    network.join("HZ001-2", OTHER_MACHINE)
    assert network.hq.authenticate(token.format(secret=desk.reply.secret)) is None


def test_neither_code_nor_secret_is_kept(network: Network) -> None:
    code = network.code("HZ001-2")
    desk = network.join("HZ001-1")
    with network.engine.connect() as connection:
        for table in ("desk", "enrolment_code", "dead_secret"):
            kept = repr(connection.execute(sa.text(f"SELECT * FROM {table}")).all())
            assert desk.reply.secret not in kept
            assert code not in kept


def test_a_code_serves_once(network: Network) -> None:
    code = network.code("HZ001-1")
    _enrol(network, code)
    with pytest.raises(Refused) as refused:
        _enrol(network, code, OTHER_MACHINE)
    assert refused.value.code is ProblemCode.CODE_REFUSED


def test_a_reply_that_got_lost_is_given_again_to_the_same_machine_until_the_secret_is_used(network: Network) -> None:
    code = network.code("HZ001-1")
    _enrol(network, code)
    again = network.hq.enrol(EnrolRequest(code=code, machine=MACHINE, program="test"))
    assert again.incarnation == 2
    assert network.hq.authenticate(f"HZ001-1.{again.secret}") is not None
    with pytest.raises(Refused) as refused:
        _enrol(network, code)
    assert refused.value.code is ProblemCode.CODE_REFUSED


def test_a_code_for_another_desk_is_refused_and_stays_good(network: Network) -> None:
    code = network.code("HZ001-1")
    with pytest.raises(Refused) as refused:
        network.hq.enrol(EnrolRequest(code=code, machine=MACHINE, desk="HZ001-2", program="test"))
    assert refused.value.code is ProblemCode.CODE_REFUSED
    network.hq.enrol(EnrolRequest(code=code, machine=MACHINE, desk="HZ001-1", program="test"))


def test_of_many_who_bring_one_code_at_once_one_is_let_in(network: Network) -> None:
    code = network.code("HZ001-1")

    def bring(position: int) -> bool:
        try:
            _enrol(network, code, f"{position:064x}")
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(bring, range(8))) == 1


def test_a_code_holds_seven_days(network: Network) -> None:
    code, late = network.code("HZ001-1"), network.code("HZ001-2")
    network.clock.go_on(days=6, hours=23)
    _enrol(network, code)
    network.clock.go_on(hours=2)
    with pytest.raises(Refused):
        _enrol(network, late)


def test_a_new_code_makes_the_former_ones_void(network: Network) -> None:
    former = network.code("HZ001-1")
    network.code("HZ001-1")
    with pytest.raises(Refused):
        _enrol(network, former)


def test_there_is_no_code_for_a_desk_that_is_not_there_or_retired(network: Network) -> None:
    with network.engine.begin() as connection:
        connection.execute(sa.text("UPDATE desk SET state = 'retired' WHERE desk_id = 'HZ001-2'"))
    for desk_id in ("HZ001-2", "HZ001-9"):
        with pytest.raises(UserError):
            make_code(network.engine, "HZ001", desk_id, "test", network.clock.now())


def test_enrolling_again_ends_the_incarnation_before(network: Network) -> None:
    first = network.join("HZ001-1")
    network.work(first, 3)
    lease = LeaseRequest(request_id="a", incarnation=1, prefix="CD", wanted=100)
    network.hq.lease(first.identity, lease)
    second = network.join("HZ001-1", OTHER_MACHINE)
    assert second.reply.incarnation == 2
    assert second.reply.ends == (DeadEnd(incarnation=1, cursor=3, chain=first.chain.hex()),)
    assert second.reply.operations_before == 3
    assert network.count("SELECT count(*) FROM number_range WHERE burnt_at IS NULL") == 0
    third = network.join("HZ001-1")
    assert [end.incarnation for end in third.reply.ends] == [1, 2]


def test_the_dead_incarnation_is_fenced_and_gets_nothing(network: Network) -> None:
    old = network.join("HZ001-1")
    network.join("HZ001-1")
    assert network.hq.authenticate(old.token) == old.identity
    with pytest.raises(Refused) as refused:
        network.work(old, 1)
    assert refused.value.code is ProblemCode.FENCED
    lease = LeaseRequest(request_id="a", incarnation=1, prefix="CD", wanted=100)
    asks = (
        lambda: network.hq.hello(old.identity),
        lambda: network.hq.feed(old.identity, 1, 0, 10),
        lambda: network.hq.lease(old.identity, lease),
        lambda: network.hq.references(old.identity),
        lambda: network.hq.history(old.identity, "", 10),
    )
    for ask in asks:
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.code is ProblemCode.NOT_KNOWN


def test_a_desk_that_was_set_back_renews_with_its_secret(network: Network) -> None:
    desk = network.join("HZ001-1")
    network.work(desk, 2)
    reply = network.hq.renew(desk.identity, RENEW)
    assert (reply.incarnation, reply.ends[0].cursor) == (2, 2)
    network.work(network.enter(reply), 1)


def test_a_lost_reply_to_renew_is_asked_for_again_until_the_new_secret_was_used(network: Network) -> None:
    desk = network.join("HZ001-1")
    network.hq.renew(desk.identity, RENEW)
    again = network.hq.renew(desk.identity, RENEW)
    assert again.incarnation == 3
    network.enter(again)
    with pytest.raises(Refused) as refused:
        network.hq.renew(desk.identity, RENEW)
    assert refused.value.code is ProblemCode.NOT_KNOWN


def test_a_desk_that_two_machines_used_needs_a_code(network: Network) -> None:
    desk = network.join("HZ001-1")
    network.work(desk, 2)
    wrong = PushRequest(incarnation=1, first_seq=2, chain="00" * 32, operations=["{}"])
    with pytest.raises(Refused) as refused:
        network.hq.push(desk.identity, wrong)
    assert refused.value.code is ProblemCode.DIVERGED
    for ask in (lambda: network.hq.renew(desk.identity, RENEW), lambda: network.hq.hello(desk.identity)):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.code is ProblemCode.DIVERGED
    network.work(network.join("HZ001-1"), 1)


def test_an_incarnation_counts_what_a_push_under_way_has_sent(network: Network) -> None:
    """A push holds the cursor; the enrolment waits for it and then knows where it ended."""
    desk = network.join("HZ001-1")
    with ThreadPoolExecutor(1) as aside:
        replies = []

        def enrol_meanwhile(step: str) -> None:
            if step == "push.moved":
                replies.append(aside.submit(network.join, "HZ001-1"))
                # An enrolment that does not wait is over by now.
                time.sleep(0.3)
                assert not replies[0].done()

        network.hq.at = enrol_meanwhile
        network.work(desk, 5)
        assert replies[0].result(PATIENCE_S).reply.ends[0].cursor == 5


def test_one_machine_with_two_desks_is_seen(network: Network) -> None:
    network.join("HZ001-1")
    network.join("HZ001-2")
    found = "SELECT count(*) FROM incident WHERE kind = 'same_machine' AND desk_id = 'HZ001-2'"
    assert network.count(found) == 1


def test_when_a_desk_was_seen_is_kept_to_the_minute(network: Network) -> None:
    desk = network.join("HZ001-1")
    seen = []
    for seconds in (0, 30, 31):
        network.clock.go_on(seconds=seconds)
        network.hq.authenticate(desk.token)
        seen.append(
            network.count("SELECT extract(epoch FROM last_seen_at)::bigint FROM desk WHERE desk_id = 'HZ001-1'")
        )
    assert [each - seen[0] for each in seen] == [0, 0, 61]

"""A push: all or nothing, each operation once, in its order, whatever is lost, repeated or sent by two at once."""

import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from courier_desk.hq.core.refused import Refused
from courier_desk.hq.tables.log import OP_LOG
from courier_desk.protocol.chain import chain_over, digest_of
from courier_desk.protocol.messages import Outcome, ProblemCode, PushRequest, RenewRequest
from tests.hq.counters import Counter, counter
from tests.hq.desks import MACHINE, Network


class LineCutError(Exception):
    """The reply, or the service, is gone."""


@pytest.fixture
def desk(network: Network) -> Counter:
    return counter(network, "HZ001-1")


def _cut_at(network: Network, step: str) -> None:
    def at(passed: str) -> None:
        if passed == step:
            raise LineCutError(step)

    network.hq.at = at


def _go_on(network: Network) -> None:
    network.hq.at = lambda step: None


def _an_hours_work(desk: Counter) -> None:
    number = desk.accept()
    desk.scan(number)
    desk.scan("", counts=False, outcome="unreadable", number="not a number of ours")
    desk.say("handover.opened", {"number": "HO1", "line": "HZ-EAST"})


def _refused(desk: Counter, request: PushRequest, epoch: int | None = None) -> Refused:
    with pytest.raises(Refused) as refused:
        desk.network.hq.push(desk.desk.identity, request, epoch)
    return refused.value


def test_operations_are_applied_in_their_order_and_kept_byte_for_byte(desk: Counter) -> None:
    _an_hours_work(desk)
    request = desk.request()
    reply = desk.send()
    assert [(verdict.seq, verdict.outcome) for verdict in reply.verdicts] == [(n, Outcome.APPLIED) for n in range(1, 5)]
    assert (reply.cursor, reply.chain, reply.epoch) == (4, request.chain, 1)
    with desk.network.engine.connect() as connection:
        rows = connection.execute(sa.select(OP_LOG.c.seq, OP_LOG.c.body, OP_LOG.c.digest).order_by(OP_LOG.c.seq)).all()
    assert [bytes(row.body).decode() for row in rows] == request.operations
    assert [bytes(row.digest) for row in rows] == [digest_of(text.encode()) for text in request.operations]


def test_a_lost_reply_and_the_same_push_again_change_nothing(desk: Counter) -> None:
    _an_hours_work(desk)
    desk.say("tea.drunk", {})
    _cut_at(desk.network, "push.committed")
    request = desk.request()
    with pytest.raises(LineCutError):
        desk.send()
    _go_on(desk.network)
    before = _everything(desk.network)
    for _ in range(2):
        reply = desk.network.hq.push(desk.desk.identity, request, 1)
        assert (reply.cursor, reply.chain) == (5, request.chain)
        assert [verdict.outcome for verdict in reply.verdicts] == [Outcome.REPEATED] * 4 + [Outcome.PARKED]
        assert reply.verdicts[-1].reason == "unknown_kind"
        assert reply.verdicts[-1].text
    assert _everything(desk.network) == before


def _everything(network: Network) -> list[int]:
    tables = ("op_log", "parked", "waybill", "interest", "parcel_event", "customer", "feed_pending", "feed_item")
    return [network.count(f"SELECT count(*) FROM {table}") for table in tables]


def test_what_could_not_be_read_is_recognised_on_another_day(desk: Counter) -> None:
    """It lies under a day that headquarters made up, not under one of its own."""
    _an_hours_work(desk)
    desk.said.append("rubbish")
    request = desk.request()
    desk.send()
    with desk.network.engine.begin() as connection:
        connection.execute(sa.text("UPDATE op_log SET day = day - 40 WHERE kind = 'unreadable'"))
    reply = desk.network.hq.push(desk.desk.identity, request, 1)
    assert (reply.verdicts[-1].outcome, reply.verdicts[-1].reason) == (Outcome.PARKED, "bad_message")


def test_a_push_that_begins_with_what_is_there_goes_on_from_there(desk: Counter) -> None:
    _an_hours_work(desk)
    first = desk.request()
    desk.send()
    number = desk.accept()
    both = PushRequest(incarnation=1, first_seq=1, chain=desk.request().chain, operations=first.operations + desk.said)
    reply = desk.network.hq.push(desk.desk.identity, both, 1)
    assert [verdict.outcome for verdict in reply.verdicts] == [Outcome.REPEATED] * 4 + [Outcome.APPLIED]
    assert reply.cursor == 5
    assert desk.network.count(f"SELECT count(*) FROM waybill WHERE number = '{number}'") == 1


def test_an_old_push_that_comes_late_is_recognised(desk: Counter) -> None:
    _an_hours_work(desk)
    late = desk.request()
    desk.send()
    _an_hours_work(desk)
    now = desk.send()
    reply = desk.network.hq.push(desk.desk.identity, late, 1)
    assert (reply.cursor, reply.chain) == (8, now.chain)
    assert {verdict.outcome for verdict in reply.verdicts} == {Outcome.REPEATED}


@pytest.mark.parametrize("step", ["push.locked", "push.logged", "push.projected", "push.moved"])
def test_what_is_broken_off_leaves_nothing_behind(desk: Counter, step: str) -> None:
    before = _everything(desk.network)
    _an_hours_work(desk)
    _cut_at(desk.network, step)
    with pytest.raises(LineCutError):
        desk.send()
    assert _everything(desk.network) == before
    _go_on(desk.network)
    assert {verdict.outcome for verdict in desk.send().verdicts} == {Outcome.APPLIED}


def test_a_hole_is_a_gap_that_says_where_to_go_on(desk: Counter) -> None:
    _an_hours_work(desk)
    reply = desk.send()
    _an_hours_work(desk)
    refused = _refused(desk, desk.request(first=6))
    assert refused.code is ProblemCode.GAP
    assert (refused.problem.cursor, refused.problem.chain) == (4, reply.chain)
    assert desk.network.count("SELECT count(*) FROM op_log") == 4


def test_an_older_incarnation_is_fenced(desk: Counter) -> None:
    _an_hours_work(desk)
    desk.send()
    _an_hours_work(desk)
    desk.network.hq.renew(desk.desk.identity, RenewRequest(machine=MACHINE, program="test"))
    assert _refused(desk, desk.request()).code is ProblemCode.FENCED
    assert desk.network.count("SELECT count(*) FROM op_log") == 4


def test_a_desk_speaks_for_the_incarnation_of_its_secret_only(desk: Counter) -> None:
    _an_hours_work(desk)
    for incarnation in (2, 99):
        request = desk.request().model_copy(update={"incarnation": incarnation})
        assert _refused(desk, request).code is ProblemCode.FENCED
    old = desk.desk.identity
    desk.network.hq.renew(old, RenewRequest(machine=MACHINE, program="test"))
    assert _refused(desk, desk.request().model_copy(update={"incarnation": 2})).code is ProblemCode.FENCED
    assert desk.network.count("SELECT count(*) FROM op_log") == 0


def test_other_bytes_under_the_same_seq_diverge_and_stay_so(desk: Counter) -> None:
    """Two copies of one desk: whoever comes second is refused, and from then on both."""
    _an_hours_work(desk)
    mine = desk.request()
    desk.send()
    texts = [*mine.operations[:3], mine.operations[3].replace("HZ-EAST", "HZ-WEST")]
    chain = chain_over(bytes(32), (digest_of(text.encode()) for text in texts)).hex()
    refused = _refused(desk, PushRequest(incarnation=1, first_seq=1, chain=chain, operations=texts))
    assert refused.code is ProblemCode.DIVERGED
    assert refused.problem.cursor == 4
    assert desk.network.count("SELECT count(*) FROM desk WHERE state = 'diverged'") == 1
    assert desk.network.count("SELECT count(*) FROM incident WHERE kind = 'diverged'") == 1
    _an_hours_work(desk)
    assert _refused(desk, desk.request()).code is ProblemCode.DIVERGED
    assert desk.network.count("SELECT count(*) FROM op_log") == 4


def test_other_bytes_long_before_the_cursor_diverge_too(desk: Counter) -> None:
    """The chain there says nothing of them any more."""
    _an_hours_work(desk)
    texts = desk.request().operations[:2]
    desk.send()
    _an_hours_work(desk)
    desk.send()
    texts[1] = texts[1].replace("collected", "bagged")
    chain = chain_over(bytes(32), (digest_of(text.encode()) for text in texts)).hex()
    request = PushRequest(incarnation=1, first_seq=1, chain=chain, operations=texts)
    assert _refused(desk, request).code is ProblemCode.DIVERGED


def test_a_chain_that_does_not_fit_diverges(desk: Counter) -> None:
    """As when an operation was sent, lost here, and made otherwise there."""
    _an_hours_work(desk)
    desk.send()
    _an_hours_work(desk)
    assert _refused(desk, desk.request().model_copy(update={"chain": "00" * 32})).code is ProblemCode.DIVERGED
    assert desk.network.count("SELECT count(*) FROM op_log") == 4


def test_a_retired_desk_says_nothing_any_more(desk: Counter) -> None:
    with desk.network.engine.begin() as connection:
        connection.execute(sa.text("UPDATE desk SET state = 'retired'"))
    _an_hours_work(desk)
    assert _refused(desk, desk.request()).code is ProblemCode.FENCED


def test_a_desk_that_knows_an_older_epoch_is_told_where_to_go_on(desk: Counter) -> None:
    _an_hours_work(desk)
    desk.send()
    with desk.network.engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO epoch VALUES (2, now(), 'set back')"))
    _an_hours_work(desk)
    refused = _refused(desk, desk.request(), 1)
    assert refused.code is ProblemCode.NEW_EPOCH
    assert (refused.problem.epoch, refused.problem.cursor) == (2, 4)
    assert desk.network.hq.push(desk.desk.identity, desk.request(), 2).epoch == 2


def _at_once(*jobs: Callable[[], object]) -> list[object]:
    results: list[object] = [None] * len(jobs)

    def run(place: int, job: Callable[[], object]) -> None:
        try:
            results[place] = job()
        except Refused as refused:
            results[place] = refused

    threads = [threading.Thread(target=run, args=(place, job)) for place, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def test_the_same_push_twice_at_once_is_applied_once(desk: Counter) -> None:
    for _ in range(40):
        desk.scan(desk.accept())
    request = desk.request()
    replies = _at_once(*[lambda: desk.network.hq.push(desk.desk.identity, request, 1)] * 4)
    outcomes = sorted(str({verdict.outcome.value for verdict in reply.verdicts}) for reply in replies)  # type: ignore[attr-defined]
    assert outcomes == ["{'applied'}"] + ["{'repeated'}"] * 3
    assert desk.network.count("SELECT count(*) FROM op_log") == 80
    assert desk.network.count("SELECT seq FROM cursor WHERE incarnation = 1") == 80


def test_two_copies_of_a_desk_at_once_never_both_get_through(desk: Counter) -> None:
    desk.scan(desk.accept())
    here = desk.request()
    desk.said = []
    desk.scan(desk.accept(number=next(desk.numbers)))
    there = desk.request()
    hq, identity = desk.network.hq, desk.desk.identity
    results = _at_once(lambda: hq.push(identity, here, 1), lambda: hq.push(identity, there, 1))
    refused = [result for result in results if isinstance(result, Refused)]
    assert [each.code for each in refused] == [ProblemCode.DIVERGED]
    assert desk.network.count("SELECT count(*) FROM op_log") == 2


def test_what_was_issued_again_by_a_new_incarnation_is_not_applied_again(network: Network) -> None:
    desk = counter(network, "HZ001-1")
    number = desk.accept()
    op_id = desk.scan(number)
    desk.send()
    desk.desk = network.enter(network.hq.renew(desk.desk.identity, RenewRequest(machine=MACHINE, program="test")))
    body = desk.scanned(number, "collected")
    desk.say("scan.recorded", body, again=[1, 2, op_id])
    desk.say("scan.recorded", body | {"operation": "bagged"}, again=[1, 3, "0190d5a3-0000-7000-8000-000000000000"])
    assert [verdict.outcome for verdict in desk.send().verdicts] == [Outcome.REPEATED, Outcome.APPLIED]
    assert network.count("SELECT count(*) FROM op_log") == 4
    assert network.count("SELECT count(*) FROM parcel_event WHERE operation = 'collected'") == 1
    assert network.count("SELECT count(*) FROM parcel_event WHERE operation = 'bagged'") == 1


def _renewed(desk: Counter) -> None:
    network = desk.network
    desk.desk = network.enter(network.hq.renew(desk.desk.identity, RenewRequest(machine=MACHINE, program="test")))


def test_what_two_copies_issue_again_takes_its_effect_once(desk: Counter) -> None:
    """It never came as itself: the first that came is not the first issue, and yet known by it."""
    number, never_sent = desk.accept(), "0190d5a3-0000-7000-8000-000000000000"
    desk.send()
    body = desk.scanned(number, "collected")
    for outcome in ([Outcome.APPLIED, Outcome.REPEATED], [Outcome.REPEATED, Outcome.REPEATED]):
        _renewed(desk)
        desk.say("scan.recorded", body, again=[1, 2, never_sent])
        desk.say("scan.recorded", body, again=[1, 2, never_sent])
        assert [verdict.outcome for verdict in desk.send().verdicts] == outcome
    assert desk.network.count("SELECT count(*) FROM parcel_event") == 1
    # Nobody else's operation is taken for it.
    other = counter(desk.network, "HZ001-2")
    other.say("scan.recorded", body, again=[1, 2, never_sent])
    assert [verdict.outcome for verdict in other.send().verdicts] == [Outcome.APPLIED]

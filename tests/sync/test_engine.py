"""The steps of the exchange, one at a time, without threads: what each does and what it hands to the desk."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.translation import message
from courier_desk.protocol.messages import FeedReply, Verdict
from courier_desk.services.exchange import Link, LinkState
from courier_desk.sync.engine import Did, Exchange
from courier_desk.sync.ports import LineFault
from tests.patience import PATIENCE_S
from tests.sync.fakes import FakeDesk, FakeHq, FixedClock, gone, lease_request, link, proof_request, refusal
from tests.sync.messages import NOW


class _Pair:
    """A desk and headquarters, and the exchange between them."""

    def __init__(self) -> None:
        self.desk, self.hq, self.clock = FakeDesk(), FakeHq(), FixedClock()
        self.made: list[Link] = []
        self.exchange = Exchange(self._make, self.desk, self.clock)

    def _make(self, made_for: Link) -> FakeHq:
        self.made.append(made_for)
        return self.hq


@pytest.fixture
def pair() -> _Pair:
    return _Pair()


def test_a_batch_goes_out_and_is_acknowledged(pair: _Pair) -> None:
    pair.desk.last = 1200
    steps = [pair.exchange.push_once() for _ in range(4)]
    assert [(step.did, step.count, step.more) for step in steps] == [
        (Did.SENT, 500, True),
        (Did.SENT, 500, True),
        (Did.SENT, 200, False),
        (Did.NOTHING, 0, False),
    ]
    assert pair.desk.acknowledged == [500, 1000, 1200]
    assert steps[0].changes
    assert not steps[3].asked
    assert len(pair.made) == 1


def test_news_comes_in_and_says_whether_there_is_more(pair: _Pair) -> None:
    for n in range(1, 701):
        pair.hq.news(n)
    first, second, third = (pair.exchange.pull_once() for _ in range(3))
    assert (first.did, first.count, first.more) == (Did.APPLIED, 500, True)
    assert (second.did, second.count, second.more) == (Did.APPLIED, 200, False)
    assert (third.did, third.asked) == (Did.NOTHING, True)
    assert [item.n for item in pair.desk.applied] == list(range(1, 701))


def test_news_of_reference_data_is_noticed(pair: _Pair) -> None:
    pair.hq.news(1)
    assert not pair.exchange.pull_once().new_references
    pair.hq.news(2, "reference.published")
    assert pair.exchange.pull_once().new_references


def test_supplies_come_by_their_digests_once(pair: _Pair) -> None:
    pair.hq.documents = {("tariff", 1): b"one", ("tariff", 2): b"two"}
    pair.desk.wants_lease, pair.desk.due = lease_request(), (proof_request(),)
    step = pair.exchange.refresh()
    assert (step.did, step.problem) == (Did.APPLIED, None)
    assert pair.desk.admitted == [b"one", b"two"]
    assert [lease.last for lease in pair.desk.leases] == [100]
    assert len(pair.desk.proofs) == 1

    pair.hq.calls.clear()
    assert pair.exchange.refresh().did is Did.NOTHING
    assert pair.hq.calls == ["references"]


def test_what_is_old_is_cleared_a_part_at_a_time(pair: _Pair) -> None:
    pair.desk.old = 15_000
    pair.exchange.refresh()
    assert pair.desk.old == 5_000
    pair.exchange.refresh()
    assert pair.desk.old == 0


def test_a_document_that_was_damaged_on_the_way_is_not_admitted(pair: _Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    pair.hq.documents = {("tariff", 1): b"one"}
    monkeypatch.setattr(pair.hq, "reference", lambda kind, version: b"none")
    with pytest.raises(LineFault) as raised:
        pair.exchange.refresh()
    assert raised.value.kind == "digest"
    assert pair.desk.admitted == []


def test_a_document_that_the_desk_cannot_use_holds_up_no_other(
    pair: _Pair, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    expect_log("headquarters' data refused")
    pair.hq.documents = {("tariff", 1): b"wrong", ("tariff", 2): b"right"}
    pair.desk.wants_lease = lease_request()
    admit = pair.desk.admit_reference

    def strict(content: bytes) -> tuple[object, ...]:
        if content == b"wrong":
            raise UserError(message("This price list has no zones."))
        return admit(content)

    monkeypatch.setattr(pair.desk, "admit_reference", strict)
    step = pair.exchange.refresh()
    assert step.did is Did.REFUSED
    assert str(step.text) == "This price list has no zones."
    assert pair.desk.admitted == [b"right"]
    assert pair.desk.leases


def test_a_refused_lease_holds_up_no_proof(pair: _Pair, expect_log: Callable[[str], None]) -> None:
    expect_log("refused")
    pair.desk.wants_lease, pair.desk.due = lease_request(), (proof_request(),)
    pair.hq.documents = {("tariff", 1): b"one"}
    pair.hq.faults = []
    calls = pair.hq.lease

    def lease(request: object) -> object:
        pair.hq.faults = [refusal("not_allowed", 403)]
        return calls(request)  # type: ignore[arg-type]

    pair.hq.lease = lease  # type: ignore[method-assign,assignment]
    step = pair.exchange.refresh()
    assert (step.did, step.more) == (Did.REFUSED, False)
    assert step.changes
    assert pair.desk.admitted == [b"one"]
    assert len(pair.desk.proofs) == 1


@pytest.mark.parametrize("code", ["gap", "new_epoch", "fenced", "diverged", "not_known"])
def test_what_the_desk_has_an_answer_to_is_handed_to_it(
    pair: _Pair, code: str, expect_log: Callable[[str], None]
) -> None:
    expect_log("refused")
    pair.desk.last = 1
    pair.hq.faults = [refusal(code)]
    step = pair.exchange.push_once()
    assert [problem.code for problem in pair.desk.refusals] == [code]
    assert (step.did, step.more) == (Did.REFUSED, True)
    assert pair.exchange.push_once().did is Did.SENT


def test_a_desk_that_needs_a_code_asks_nothing_any_more(pair: _Pair, expect_log: Callable[[str], None]) -> None:
    expect_log("refused")
    pair.desk.last = 1
    pair.desk.on_refused = lambda problem: link(state=LinkState.NEEDS_CODE)
    pair.hq.faults = [refusal("fenced")]
    steps = [pair.exchange.push_once(), pair.exchange.push_once(), pair.exchange.pull_once(), pair.exchange.refresh()]
    assert {step.did for step in steps} == {Did.NEEDS_CODE}
    assert pair.hq.calls == ["push"]


def test_a_station_on_its_own_asks_nothing(pair: _Pair) -> None:
    pair.desk.state = None
    steps = (pair.exchange.push_once(), pair.exchange.pull_once(), pair.exchange.refresh())
    assert {step.did for step in steps} == {Did.NOT_JOINED}
    assert pair.made == []


def test_a_desk_that_was_set_back_is_renewed_first_and_speaks_with_its_new_secret(pair: _Pair) -> None:
    pair.desk.state = link(state=LinkState.SET_BACK)
    pair.desk.last = 1
    assert pair.exchange.push_once().did is Did.RENEWED
    assert [reply.incarnation for reply in pair.desk.entered] == [2]
    assert pair.exchange.push_once().did is Did.SENT
    assert pair.hq.calls == ["renew", "push"]
    assert [each.secret for each in pair.made] == ["of-this-desk", "x" * 32]
    assert pair.hq.closed == 1


def test_nothing_is_sent_before_a_new_incarnation_is_whole(pair: _Pair) -> None:
    pair.desk.state = link(incarnation=2, entering=True)
    pair.desk.last, pair.desk.pieces_left = 1, 2
    for _piece in range(2):
        step = pair.exchange.push_once()
        assert (step.did, step.more, step.asked) == (Did.ENTERING, True, False)
        assert step.changes
    assert pair.hq.calls == []
    assert pair.exchange.push_once().did is Did.SENT


def test_two_threads_renew_a_desk_once(pair: _Pair) -> None:
    pair.desk.state = link(state=LinkState.SET_BACK)
    renewing = threading.Lock()
    exchanges = [Exchange(pair._make, pair.desk, pair.clock, renewing=renewing) for _each in range(2)]
    with renewing, ThreadPoolExecutor(2) as threads:
        steps = [threads.submit(each.pull_once) for each in exchanges]
        time.sleep(0.05)
        renewing.release()
        did = sorted(step.result(PATIENCE_S).did for step in steps)
        renewing.acquire()
    assert did == [Did.NOTHING, Did.RENEWED]
    assert pair.hq.calls.count("renew") == 1


def test_a_refusal_of_the_incarnation_that_was_does_not_stop_the_one_that_is(
    pair: _Pair, expect_log: Callable[[str], None]
) -> None:
    """The listener's question was under way when the sender renewed the desk."""
    expect_log("refused")

    def renewed_meanwhile(epoch: int, after: int, limit: int, wait_s: float) -> FeedReply:
        pair.desk.state = link(incarnation=2)
        raise refusal("not_known", 401)

    pair.hq.feed = renewed_meanwhile  # type: ignore[method-assign]  # what happens beside
    step = pair.exchange.pull_once()
    assert (step.did, step.more, pair.desk.refusals) == (Did.NOTHING, True, [])


@pytest.mark.parametrize(
    ("code", "status", "passes", "said"),
    [
        ("busy", 429, True, "much to do"),
        ("unavailable", 503, True, "away"),
        ("moon_is_full", 500, True, "away"),
        ("moon_is_full", 418, False, "moon_is_full"),
        ("bad_message", 400, False, "bad_message"),
    ],
)
def test_other_refusals_are_tried_again_later(
    pair: _Pair, code: str, status: int, passes: bool, said: str, expect_log: Callable[[str], None]
) -> None:
    expect_log("refused")
    pair.desk.last = 1
    pair.hq.faults = [refusal(code, status, 7.0)]
    step = pair.exchange.push_once()
    assert (step.did, step.more, step.passes_by_itself, step.retry_after_s) == (Did.REFUSED, False, passes, 7.0)
    assert said in str(step.text)
    assert pair.desk.refusals == []


def test_a_verdict_of_a_newer_headquarters_is_one_for_people() -> None:
    verdict = Verdict.model_validate_json('{"seq": 1, "outcome": "postponed", "later": {"x": 1}}')
    assert verdict.outcome == "parked"


def test_a_weak_line_gets_smaller_batches_until_it_carries_them(pair: _Pair) -> None:
    pair.desk.last = 2000
    pair.hq.faults = [gone(), gone(), gone()]
    for _each in range(3):
        with pytest.raises(EnvironmentFault):
            pair.exchange.push_once()
    for _each in range(5):
        pair.exchange.push_once()
    assert pair.hq.pushed == [62, 124, 248, 496, 500]


def test_a_batch_that_is_too_large_is_halved(pair: _Pair, expect_log: Callable[[str], None]) -> None:
    expect_log("refused")
    pair.desk.last = 500
    pair.hq.faults = [refusal("too_large", 413)]
    pair.exchange.push_once()
    pair.exchange.push_once()
    assert pair.hq.pushed == [250]


def test_the_difference_of_the_clocks_is_measured(pair: _Pair) -> None:
    pair.clock.moment = NOW + timedelta(minutes=9)
    assert pair.exchange.pull_once().ahead_s == 540


def test_an_interrupted_exchange_begins_nothing_new(pair: _Pair) -> None:
    pair.exchange.interrupt()
    pair.desk.last = 1
    with pytest.raises(EnvironmentFault):
        pair.exchange.push_once()
    assert pair.desk.acknowledged == []


def test_another_address_is_another_client(pair: _Pair) -> None:
    pair.exchange.pull_once()
    assert pair.desk.state is not None
    pair.desk.state = replace(pair.desk.state, address="https://hq.example.org")
    pair.exchange.pull_once()
    assert [each.address for each in pair.made] == ["http://127.0.0.1:1", "https://hq.example.org"]

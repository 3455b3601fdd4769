"""Old days leave the log for the schema past: nothing is lost, no push waits, and whoever asks for them is told so."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from courier_desk.base.errors import UserError
from courier_desk.hq import __main__ as command
from courier_desk.hq import config as settings
from courier_desk.hq.core.bring_back import bring_back, lying
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.core.retention import Keeping, put_away
from courier_desk.protocol.chain import START, chain_over, digest_of
from courier_desk.protocol.messages import KindProof, Outcome, ProblemCode, ProofRequest, PushReply, PushRequest
from tests.hq.admin_site import LEFT_OPEN, site_over
from tests.hq.counters import Counter, counter
from tests.hq.desks import Joined, Network
from tests.hq_service import config_for

TODAY = date(2026, 11, 22)
OLD = TODAY - timedelta(days=90)
SIXTY = Keeping(60, 60)


def _id_on(day: date, last: int) -> str:
    stamp = (day - date(1970, 1, 1)).days * 86_400_000 + 3_600_000
    text = f"{stamp:012x}"
    return f"{text[:8]}-{text[8:]}-7000-8000-{last:012d}"


def _on(day: date, last: int) -> dict[str, Any]:
    return {"op_id": _id_on(day, last), "business_date": day.isoformat()}


@contextmanager
def _days_ago(network: Network, days: int) -> Iterator[None]:
    now = network.clock.moment
    network.clock.moment = now - timedelta(days=days)
    yield
    network.clock.moment = now


def _make_day(network: Network, day: date) -> None:
    """As ``keep_house`` makes eighteen of them."""
    with network.engine.begin() as connection:
        for part in ("op_log", "parcel_event"):
            bounds = f"FROM ('{day}') TO ('{day + timedelta(days=1)}')"
            connection.execute(sa.text(f"CREATE TABLE {part}_{day:%Y%m%d} PARTITION OF {part} FOR VALUES {bounds}"))


@pytest.fixture
def old_desk(network: Network) -> Counter:
    """A desk that did three things ninety days ago and one today, in a log with days of both."""
    network.hq.keeping = SIXTY
    for day in (OLD, OLD + timedelta(days=1), TODAY):
        _make_day(network, day)
    with _days_ago(network, 90):
        desk = counter(network, "SH001-1")
        number = desk.accept(**_on(OLD, 1))
        desk.say("scan.recorded", desk.scanned(number, "collected"), **_on(OLD, 2))
        desk.say("bag.opened", {}, **_on(OLD, 3))
        desk.send()
    desk.say("scan.recorded", desk.scanned(number, "bagged"), **_on(TODAY, 4))
    desk.send()
    return desk


def _put_away(network: Network) -> list[str]:
    return put_away(network.engine, network.clock.now(), SIXTY, network.hq.at, pause_s=0.01)


def _lying(network: Network) -> list[str]:
    with network.engine.connect() as connection:
        return lying(connection)


def _past_of(network: Network, desk: Joined) -> tuple[list[str], date | None]:
    texts: list[str] = []
    mark, more, since = "", True, None
    while more:
        reply = network.hq.history(desk.identity, mark, 500)
        texts, mark, more, since = texts + reply.operations, reply.mark, reply.more, reply.since
    return texts, since


def _push(network: Network, desk: Joined, texts: list[str], chain: bytes | None = None) -> PushReply:
    """From the beginning, whatever was sent before."""
    after = chain or chain_over(START, (digest_of(text.encode()) for text in texts))
    request = PushRequest(
        incarnation=desk.identity.incarnation, first_seq=1, chain=after.hex(), operations=texts
    )  # fmt: skip
    return network.hq.push(desk.identity, request)


def test_nothing_leaves_unless_it_is_told_to(network: Network, old_desk: Counter) -> None:
    network.hq.keeping = Keeping()
    network.hq.keep_house()
    assert network.count("SELECT count(*) FROM op_log") == 4
    assert _lying(network) == []


def test_old_days_lie_in_the_schema_past_row_for_row(network: Network, old_desk: Counter) -> None:
    network.hq.keep_house()
    assert network.count("SELECT count(*) FROM op_log") == 1
    assert network.count("SELECT count(*) FROM parcel_event") == 1
    assert network.count(f"SELECT count(*) FROM past.op_log_{OLD:%Y%m%d}") == 3
    assert network.count(f"SELECT count(*) FROM past.parcel_event_{OLD:%Y%m%d}") == 1
    days = [OLD, OLD + timedelta(days=1)]
    expected = [f"{part}_{day:%Y%m%d}" for part in ("op_log", "parcel_event") for day in days]
    assert [name for name in _lying(network) if not name.startswith("arrival")] == expected
    assert network.count("SELECT count(*) FROM put_away") == 4
    # The note of the batch of ninety days ago went with it, that of today stays.
    assert network.count("SELECT count(*) FROM past.arrival_202611") == 1
    assert network.count("SELECT count(*) FROM arrival") == 1
    network.hq.keep_house()
    assert network.count("SELECT count(*) FROM put_away") == 4


def test_what_is_as_old_as_it_may_be_stays(network: Network, old_desk: Counter) -> None:
    put_away(network.engine, datetime(2026, 10, 23, 1, tzinfo=UTC), SIXTY)
    assert network.count(f"SELECT count(*) FROM op_log_{OLD:%Y%m%d}") == 3
    assert network.count("SELECT count(*) FROM op_log") == 4
    put_away(network.engine, datetime(2026, 10, 24, 1, tzinfo=UTC), SIXTY)
    assert network.count("SELECT count(*) FROM op_log") == 1


def test_fewer_days_than_desks_need_are_never_kept(network: Network, old_desk: Counter) -> None:
    put_away(network.engine, datetime(2026, 10, 23, 1, tzinfo=UTC), Keeping(1, 1))
    assert network.count("SELECT count(*) FROM op_log") == 4


def test_a_push_under_way_is_not_waited_for_and_not_held_up(network: Network, old_desk: Counter) -> None:
    """One push stands still after it has written; while the day is tried, others come and go; then the day goes."""
    logged, go_on, tried = threading.Event(), threading.Event(), threading.Event()

    def hold(step: str) -> None:
        if step == "push.logged" and threading.current_thread().name.startswith("slow"):
            logged.set()
            assert go_on.wait(20)

    network.hq.at = hold
    beside = network.join("HZ001-1")
    old_desk.say("bag.opened", {})
    with (
        ThreadPoolExecutor(1, thread_name_prefix="slow") as slow,
        ThreadPoolExecutor(1, thread_name_prefix="upkeep") as upkeep,
    ):
        pushing = slow.submit(old_desk.send)
        assert logged.wait(10)
        going = upkeep.submit(_put_away, network)
        going.add_done_callback(lambda _done: tried.set())
        answered = 0
        while not tried.is_set():
            network.work(beside, 1)
            answered += 1
        assert not [name for name in going.result(10) if name.startswith("op_log")]
        assert answered > 3
        assert not pushing.done()
        go_on.set()
        assert pushing.result(10).verdicts[-1].outcome is Outcome.APPLIED
    assert _put_away(network)
    assert network.count("SELECT count(*) FROM op_log") == 2 + answered


def test_a_push_that_comes_while_a_day_leaves_waits_for_it_and_is_kept(network: Network, old_desk: Counter) -> None:
    detached, go_on = threading.Event(), threading.Event()

    def hold(step: str) -> None:
        if step == "past.detached" and not detached.is_set():
            detached.set()
            assert go_on.wait(20)

    network.hq.at = hold
    old_desk.say("bag.opened", {})
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'op_log'::regclass")
    with ThreadPoolExecutor(2) as both:
        leaving = both.submit(_put_away, network)
        assert detached.wait(20)
        pushing = both.submit(old_desk.send)
        with network.engine.connect() as connection:
            while not connection.execute(waiting).scalar_one():
                connection.rollback()
        assert not pushing.done()
        go_on.set()
        assert pushing.result(10).verdicts[-1].outcome is Outcome.APPLIED
        leaving.result(20)
    assert network.count("SELECT count(*) FROM op_log") == 2
    assert network.count("SELECT count(*) FROM put_away") == 4


def test_the_past_of_a_replaced_desk_ends_where_the_log_does_and_says_so(network: Network, old_desk: Counter) -> None:
    fresh = network.join("SH001-1")
    assert _past_of(network, fresh) == (old_desk.desk.sent, None)
    _put_away(network)
    assert _past_of(network, fresh) == (old_desk.desk.sent[3:], OLD + timedelta(days=3))
    assert network.hq.history(fresh.identity, "", 500).total == 1


def test_a_page_that_is_asked_for_after_its_day_has_left_goes_on_behind_it(network: Network, old_desk: Counter) -> None:
    fresh = network.join("SH001-1")
    first = network.hq.history(fresh.identity, "", 1)
    _put_away(network)
    texts, mark, more = first.operations, first.mark, first.more
    while more:
        reply = network.hq.history(fresh.identity, mark, 1)
        texts, mark, more = texts + reply.operations, reply.mark, reply.more
    assert texts == [old_desk.desk.sent[0], old_desk.desk.sent[3]]


def _proof(desk: Joined, on: date) -> ProofRequest:
    kinds = [KindProof(kind="bag.opened", count=1, digest="0" * 64)]
    return ProofRequest(
        business_date=on, incarnation=desk.identity.incarnation, cursor=len(desk.sent), kinds=kinds
    )  # fmt: skip


def test_a_day_that_is_not_on_line_is_neither_agreement_nor_incident(network: Network, old_desk: Counter) -> None:
    _put_away(network)
    from_day = OLD + timedelta(days=3)
    for on in (OLD, from_day - timedelta(days=1)):
        reply = network.hq.prove(old_desk.desk.identity, _proof(old_desk.desk, on))
        assert (reply.on_line_from, reply.kinds) == (from_day, [])
    assert network.count("SELECT count(*) FROM proof") == 0
    assert network.count("SELECT count(*) FROM incident") == 0
    reply = network.hq.prove(old_desk.desk.identity, _proof(old_desk.desk, from_day))
    assert (reply.on_line_from, reply.agrees) == (from_day, False)
    assert network.count("SELECT count(*) FROM incident WHERE kind = 'proof_differs'") == 1


def test_a_desk_whose_reply_was_lost_and_that_comes_back_late_goes_on(network: Network, old_desk: Counter) -> None:
    """It sends again what has left the log meanwhile; the chain says that it is the same."""
    _put_away(network)
    desk = old_desk.desk
    assert [v.outcome for v in _push(network, desk, desk.sent).verdicts] == [Outcome.REPEATED] * 4
    old_desk.say("bag.opened", {})
    reply = _push(network, desk, desk.sent + old_desk.said)
    assert [v.outcome for v in reply.verdicts] == [Outcome.REPEATED] * 4 + [Outcome.APPLIED]


def test_of_a_part_that_has_left_the_reply_says_how_far_headquarters_is(network: Network, old_desk: Counter) -> None:
    """The desk compares the chain there with its own."""
    _put_away(network)
    reply = _push(network, old_desk.desk, old_desk.desk.sent[:2])
    assert (reply.cursor, reply.chain) == (4, old_desk.desk.chain.hex())


def test_another_operation_under_a_seq_that_has_left_is_noticed(network: Network, old_desk: Counter) -> None:
    _put_away(network)
    other = [old_desk.desk.sent[0].replace("1001", "1002"), *old_desk.desk.sent[1:]]
    with pytest.raises(Refused) as refused:
        _push(network, old_desk.desk, other)
    assert refused.value.code is ProblemCode.DIVERGED


def test_what_was_parked_on_a_day_that_has_left_is_still_said_to_be(network: Network, old_desk: Counter) -> None:
    desk = old_desk.desk
    with _days_ago(network, 90):
        op_id = old_desk.say("no.such_kind", {}, **_on(OLD, 5))
        old_desk.send()
    _put_away(network)
    verdict = _push(network, desk, desk.sent).verdicts[-1]
    assert (verdict.outcome, verdict.reason) == (Outcome.PARKED, "unknown_kind")
    with pytest.raises(Refused) as refused:
        network.hq.settle("SH001", op_id, "retried", "li.wei")
    assert refused.value.code is ProblemCode.NOT_FOUND
    assert str(OLD) in refused.value.problem.text
    network.hq.settle("SH001", op_id, "dropped", "li.wei")
    assert [item.kind for item in old_desk.news()] == ["operation.settled"]


def test_what_may_have_come_on_a_day_that_has_left_waits_for_a_person(network: Network, old_desk: Counter) -> None:
    """Issued again by a new incarnation: the fourth never came as itself, of the second nobody can say."""
    identity = old_desk.desk.identity
    _put_away(network)
    fresh = Counter(network, network.join("SH001-1"))
    for seq in (2, 9):
        again = [identity.incarnation, seq, _id_on(OLD, seq)]
        fresh.say("bag.opened", {}, again=again)
    verdicts = fresh.send().verdicts
    assert [(v.outcome, v.reason) for v in verdicts] == [(Outcome.PARKED, "before_log"), (Outcome.APPLIED, "")]


def test_work_that_comes_after_its_day_has_left_is_taken_and_stays_its_time(
    network: Network, old_desk: Counter
) -> None:
    """A desk that was away for ninety days: its operations are of days that are no longer on line."""
    _put_away(network)
    number = old_desk.accept(**_on(OLD, 20))
    old_desk.say("scan.recorded", old_desk.scanned(number, "collected"), **_on(OLD, 21))
    assert {v.outcome for v in old_desk.send().verdicts} == {Outcome.APPLIED}
    _put_away(network)
    fresh = network.join("SH001-1")
    assert _past_of(network, fresh)[0] == [old_desk.desk.sent[n] for n in (4, 3, 5)]
    network.clock.go_on(days=61)
    _put_away(network)
    assert _past_of(network, fresh)[0] == []
    assert network.count("SELECT count(*) FROM past.op_log_late_202701") == 2
    assert network.count("SELECT count(*) FROM past.parcel_event_late_202701") == 1
    assert network.count("SELECT count(*) FROM op_log_far") == 0


def test_days_far_ahead_stay_where_they_are(network: Network, old_desk: Counter) -> None:
    old_desk.say("bag.opened", {}, **_on(date(2090, 1, 1), 30))
    old_desk.send()
    network.clock.go_on(days=100)
    _put_away(network)
    assert network.count("SELECT count(*) FROM op_log_far") == 1


def test_who_joins_a_parcel_late_is_told_what_is_there(network: Network, old_desk: Counter) -> None:
    number = json.loads(old_desk.desk.sent[0])["body"]["number"]
    old_desk.hand_over(number)
    old_desk.send()
    _put_away(network)
    late = counter(network, "BJ001-1")
    late.scan(number, "arrived")
    late.send()
    assert late.told() == [("parcel.event", "bagged"), ("parcel.event", "dispatched")]


def test_what_was_put_away_comes_back_whole(network: Network, old_desk: Counter) -> None:
    _put_away(network)
    old_desk.say("bag.opened", {}, **_on(OLD, 40))
    old_desk.send()
    assert len(bring_back(network.engine, OLD - timedelta(days=30))) == 4
    assert network.count("SELECT count(*) FROM put_away") == 0
    assert network.count(f"SELECT count(*) FROM op_log_{OLD:%Y%m%d}") == 4
    assert _past_of(network, network.join("SH001-1")) == (old_desk.desk.sent, None)
    _put_away(network)
    assert network.count("SELECT count(*) FROM put_away") == 4


def test_days_that_were_dropped_have_to_be_restored_first(network: Network, old_desk: Counter) -> None:
    _put_away(network)
    with network.engine.begin() as connection:
        connection.execute(sa.text(f"DROP TABLE past.parcel_event_{OLD:%Y%m%d}"))
    with pytest.raises(UserError, match=f"parcel_event_{OLD:%Y%m%d}"):
        bring_back(network.engine, OLD)
    assert network.count("SELECT count(*) FROM put_away") == 4
    assert len(bring_back(network.engine, OLD + timedelta(days=1))) == 2


@pytest.mark.logs_freely
@pytest.mark.filterwarnings(LEFT_OPEN)
def test_the_pages_say_from_which_day_on_the_log_is_on_line(
    network: Network, old_desk: Counter, tmp_path: Path
) -> None:
    op_id = old_desk.say("no.such_kind", {}, **_on(OLD, 5))
    old_desk.send()
    browser = site_over(network, tmp_path).browser("anna")
    assert "The log is on line from its beginning" in browser.get("/").text
    put_away(network.engine, network.clock.now(), Keeping(log_days=60))
    shown = browser.get("/").text
    assert f"The log is on line from {OLD + timedelta(days=2)} · the lives of parcels from its beginning" in shown
    assert f"Its day is no longer on line: {OLD}" in browser.get(f"/parked-operation?operation={op_id}").text


def test_the_shell_says_what_lies_in_the_past_and_brings_it_back(
    network: Network, old_desk: Counter, dsn: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for name, value in settings.as_environment(config_for(dsn, tmp_path)).items():
        monkeypatch.setenv(name, value)
    _put_away(network)
    assert command.main(["past"]) == 0
    said = capsys.readouterr().out
    assert f"op_log is on line from {OLD + timedelta(days=2)}." in said
    assert f"past.parcel_event_{OLD:%Y%m%d}" in said
    assert command.main(["bring-back", str(OLD)]) == 0
    assert "4 days are on line again" in capsys.readouterr().out
    assert network.count("SELECT count(*) FROM op_log") == 4

"""What came back with the past is kept, so that headquarters gets it again when it was set back to before it had it."""

import json
from datetime import timedelta
from typing import Any

import pytest

from courier_desk.base.ids import new_id
from courier_desk.protocol.messages import HistoryReply, Problem, ProblemCode
from courier_desk.services.exchange import LinkState, LinkTrouble
from tests.desk import TestDesk
from tests.services.hq_stub import StubHq, emit, link_of, outbox, scalar, send
from tests.services.test_exchange_enter import first_issues
from tests.services.test_history import history_of

# Made-up operations do not fit the rows; they are kept aside, and sent back like all others.
pytestmark = pytest.mark.logs_freely


def _of_another_copy(desk: TestDesk, seq: int, incarnation: int = 1, **more: Any) -> str:
    """What another PC said as this desk."""
    said = {
        "at": "2026-09-01T08:00:00.000000Z",
        "body": {},
        "business_date": "2026-11-22",
        "desk": desk.services.station.desk_id,
        "entity_id": new_id(),
        "incarnation": incarnation,
        "kind": "scan.recorded",
        "op_id": new_id(),
        "operator": "",
        "seq": seq,
        "station": desk.services.station.station_id,
    } | more
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def _past(hq: StubHq, epoch: int = 1) -> HistoryReply:
    texts = [text for _incarnation, log in sorted(hq.log.items()) for text in log]
    return HistoryReply(operations=texts, mark="end", more=False, epoch=epoch)


def _kept(desk: TestDesk) -> int:
    return int(scalar(desk, "SELECT COUNT(*) FROM recalled_operation"))


@pytest.fixture
def replaced(joined: TestDesk, hq: StubHq) -> TestDesk:
    """Sent two operations; while the third waited another PC sent two under the same name. Now of incarnation 2, with
    the past of both."""
    for _n in range(2):
        emit(joined)
    send(joined, hq)
    emit(joined)
    hq.log[1] += [_of_another_copy(joined, seq) for seq in (3, 4)]
    joined.services.exchange.enter(hq.renew())
    send(joined, hq)
    history_of(joined).admit(_past(hq))
    return joined


def _set_back(hq: StubHq, **logs: int) -> Problem:
    """Headquarters keeps the first operations of each incarnation and begins a new epoch."""
    for incarnation in list(hq.log):
        del hq.log[incarnation][logs.get(f"of_{incarnation}", 0) :]
    hq.epoch += 1
    chain = hq.chain(hq.incarnation).hex()
    return Problem(code=ProblemCode.NEW_EPOCH, text="", epoch=hq.epoch, cursor=hq.cursor, chain=chain, resume_after=0)


def test_only_what_came_back_is_kept(replaced: TestDesk, hq: StubHq) -> None:
    assert _kept(replaced) == 2
    history_of(replaced).admit(_past(hq))
    assert _kept(replaced) == 2


@pytest.mark.parametrize("left", [0, 1, 2, 3])
def test_headquarters_that_was_set_back_gets_the_past_again_in_its_order(
    replaced: TestDesk, hq: StubHq, left: int
) -> None:
    before, exchange = first_issues(hq), replaced.services.exchange
    link = exchange.refused(_set_back(hq, of_1=left))
    assert link is not None
    assert (link.state, link.reason, link.epoch) == (LinkState.SET_BACK, LinkTrouble.NONE, 2)
    exchange.enter(hq.renew())
    send(replaced, hq)
    found = first_issues(hq)
    assert sorted(found) == sorted(before)
    # Each copy's own in the order in which it did them; the third of both has the same name.
    here, there = [*before[:2], before[4]], before[:4]
    assert [op for op in found if op in here] == here
    assert [op for op in found if op in there] == there
    # From now on they stand in the outbox like what was done here.
    assert _kept(replaced) == max(0, left - 2)
    assert link_of(replaced).state is LinkState.JOINED


def test_what_was_issued_again_is_not_lost_by_the_next_set_back(replaced: TestDesk, hq: StubHq) -> None:
    before, exchange = first_issues(hq), replaced.services.exchange
    for _twice in range(2):
        link = exchange.refused(_set_back(hq))
        if link is not None and link.state is LinkState.SET_BACK:
            exchange.enter(hq.renew())
        send(replaced, hq)
        assert sorted(first_issues(hq)) == sorted(before)


def test_a_desk_without_a_past_is_not_renewed(joined: TestDesk, hq: StubHq) -> None:
    emit(joined)
    send(joined, hq)
    link = joined.services.exchange.refused(_set_back(hq))
    assert link is not None
    assert (link.state, link.epoch) == (LinkState.JOINED, 2)
    send(joined, hq)
    assert hq.cursor == 1


def test_who_entered_with_a_code_in_the_new_epoch_is_not_renewed_again(replaced: TestDesk, hq: StubHq) -> None:
    """Headquarters knew the incarnation no more: the reply to the code has said where the others end."""
    problem = _set_back(hq, of_1=4, of_2=1)
    replaced.services.exchange.enter(hq.renew())
    assert link_of(replaced).epoch == 1
    problem = problem.model_copy(update={"cursor": 0, "chain": "0" * 64})
    link = replaced.services.exchange.refused(problem)
    assert link is not None
    assert (link.state, link.epoch, _kept(replaced)) == (LinkState.JOINED, 2, 2)


def test_in_doubt_all_that_came_back_goes_again(replaced: TestDesk, hq: StubHq) -> None:
    """Set back, headquarters has taken other operations of the old PC under the names that were lost."""
    lost = [json.loads(text)["op_id"] for text in hq.log[1][2:]]
    replaced.services.exchange.refused(_set_back(hq, of_1=2))
    hq.log[1] += [_of_another_copy(replaced, seq) for seq in (3, 4)]
    replaced.services.exchange.enter(hq.renew())
    send(replaced, hq)
    assert set(lost) <= set(first_issues(hq))


def test_what_a_copy_issued_again_of_our_own_is_not_done_a_second_time(joined: TestDesk, hq: StubHq) -> None:
    accepted = joined.accept()
    said = json.loads(next(text for _i, _s, text, _d in outbox(joined) if "order.accepted" in text))
    copied = said | {"again": [1, said["seq"], said["op_id"]], "incarnation": 2, "op_id": new_id()}
    hq.log[2] = [json.dumps(copied)]
    hq.incarnation = 2
    joined.services.exchange.enter(hq.renew())
    history_of(joined).admit(_past(hq))
    past = history_of(joined).standing()
    assert past is not None
    assert (past.aside, past.more, _kept(joined)) == (0, False, 0)
    assert scalar(joined, f"SELECT COUNT(*) FROM orders WHERE number = '{accepted.number}'") == 1


def test_a_page_of_another_epoch_changes_nothing(replaced: TestDesk, hq: StubHq) -> None:
    """It was asked for before headquarters was set back: what it says may be there no more."""
    hq.log[1].append(_of_another_copy(replaced, 5))
    assert history_of(replaced).admit(_past(hq, epoch=2)) == ()
    assert _kept(replaced) == 2
    history_of(replaced).admit(_past(hq))
    assert _kept(replaced) == 3


def test_a_past_that_is_being_fetched_is_fetched_from_its_beginning_in_a_new_epoch(
    replaced: TestDesk, hq: StubHq
) -> None:
    history_of(replaced).admit(_past(hq).model_copy(update={"more": True, "mark": "far"}))
    assert history_of(replaced).wanted() == "far"
    replaced.services.exchange.refused(_set_back(hq, of_1=4, of_2=1))
    assert history_of(replaced).wanted() == ""


def test_it_is_kept_for_thirty_days(replaced: TestDesk) -> None:
    exchange = replaced.services.exchange
    # However old it is: from the moment at which it came back.
    assert exchange.trim() == 0

    def age(days: int) -> None:
        with replaced.app.desk.store.write(None) as work:
            long_ago = (work.now - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.000000Z")
            work.connection.exec_driver_sql("UPDATE recalled_operation SET kept_at = ?", (long_ago,))
            work.commit()

    replaced.on_db(lambda: age(29))
    assert (exchange.trim(), _kept(replaced)) == (0, 2)
    replaced.on_db(lambda: age(31))
    assert (exchange.trim(), _kept(replaced)) == (2, 0)

"""What goes to headquarters: exact bytes under their chain, once, in order; every answer believed only if it fits."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courier_desk.base.errors import UserError
from courier_desk.protocol.messages import Operation, Problem, ProblemCode, PushReply, PushRequest
from courier_desk.services.exchange import LinkState, LinkTrouble
from courier_desk.storage.chains import Chain, verify_chain
from tests.desk import TestDesk, desk_in, ordinary_draft
from tests.services.hq_stub import NOW, StubHq, emit, join, link_of, outbox, scalar, send


def batch_of(desk: TestDesk, most: int = 500, most_bytes: int = 2**20) -> PushRequest:
    found = desk.services.exchange.batch(most, most_bytes)
    assert found is not None
    return found


def pushed(hq: StubHq, request: PushRequest) -> PushReply:
    reply = hq.push(request)
    assert isinstance(reply, PushReply)
    return reply


def test_what_is_sent_are_the_exact_bytes_in_order_and_understood_there(joined: TestDesk, hq: StubHq) -> None:
    accepted = joined.accept(ordinary_draft(pieces=2))
    emit(joined)
    send(joined, hq)
    assert hq.log[1] == [text for _i, _seq, text, _done in outbox(joined)]
    operations = [Operation.model_validate_json(text) for text in hq.log[1]]
    assert [op.seq for op in operations] == [1, 2]
    assert operations[0].body["number"] == accepted.number
    assert all(done for *_rest, done in outbox(joined))
    assert link_of(joined).cursor == 2
    assert joined.services.exchange.batch() is None


def test_a_station_on_its_own_sends_nothing(desk: TestDesk) -> None:
    emit(desk)
    exchange = desk.services.exchange
    assert (exchange.batch(), exchange.link(), exchange.lease_wanted(), exchange.proofs_due()) == (None, None, None, ())
    assert exchange.standing().link is None


def test_a_batch_has_its_limits_of_number_and_bytes(joined: TestDesk) -> None:
    for _n in range(5):
        emit(joined, text="x" * 1000)
    assert len(batch_of(joined, most=3).operations) == 3
    assert len(batch_of(joined, most_bytes=3000).operations) == 2
    # One that is too large by itself goes alone: it would wait for ever.
    assert len(batch_of(joined, most_bytes=10).operations) == 1


def test_an_operation_that_headquarters_would_never_take_is_not_begun(desk: TestDesk) -> None:
    with pytest.raises(UserError, match="in parts"):
        emit(desk, text="x" * 300_000)


def test_a_reply_that_was_lost_sends_the_same_again_and_nothing_twice(joined: TestDesk, hq: StubHq) -> None:
    for _n in range(3):
        emit(joined)
    first = batch_of(joined)
    pushed(hq, first)
    assert batch_of(joined) == first
    emit(joined)
    send(joined, hq)
    assert len(hq.log[1]) == 4


def test_late_and_repeated_replies_change_nothing(joined: TestDesk, hq: StubHq) -> None:
    emit(joined)
    first = batch_of(joined)
    early = pushed(hq, first)
    joined.services.exchange.acknowledge(first, early)
    emit(joined)
    second = batch_of(joined)
    joined.services.exchange.acknowledge(second, pushed(hq, second))
    assert joined.services.exchange.acknowledge(first, early) == ()
    assert link_of(joined).cursor == 2


@pytest.mark.parametrize("wrong", [{"chain": "0" * 64}, {"cursor": 7}])
def test_an_answer_that_does_not_fit_our_chain_is_an_incident(
    joined: TestDesk, hq: StubHq, wrong: dict[str, Any]
) -> None:
    emit(joined)
    request = batch_of(joined)
    reply = pushed(hq, request).model_copy(update=wrong)
    joined.services.exchange.acknowledge(request, reply)
    link = link_of(joined)
    assert (link.state, link.reason, link.cursor) == (LinkState.NEEDS_CODE, LinkTrouble.DIVERGED, 0)
    assert not any(done for *_rest, done in outbox(joined))
    assert joined.services.exchange.batch() is None
    assert scalar(joined, "SELECT COUNT(*) FROM audit WHERE action = 'incident.link_diverged'") == 1


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        (ProblemCode.FENCED, LinkTrouble.FENCED),
        (ProblemCode.DIVERGED, LinkTrouble.DIVERGED),
        (ProblemCode.NOT_KNOWN, LinkTrouble.NOT_KNOWN),
    ],
)
def test_a_desk_that_is_not_wanted_waits_for_a_code(joined: TestDesk, code: ProblemCode, trouble: LinkTrouble) -> None:
    emit(joined)
    link = joined.services.exchange.refused(Problem(code=code, text=""))
    assert link is not None
    assert (link.state, link.reason) == (LinkState.NEEDS_CODE, trouble)
    assert joined.services.exchange.batch() is None
    # A desk that headquarters has merely forgotten goes on working; a possible copy gives out no number.
    if trouble is LinkTrouble.NOT_KNOWN:
        joined.accept()
    else:
        with pytest.raises(UserError, match="copy of a desk"):
            joined.accept()


def test_too_busy_or_away_is_no_trouble_of_the_link(joined: TestDesk) -> None:
    for code in (ProblemCode.BUSY, ProblemCode.UNAVAILABLE, "something_new"):
        link = joined.services.exchange.refused(Problem(code=code, text=""))
        assert link is not None
        assert link.state is LinkState.JOINED


def test_a_gap_sends_again_from_where_headquarters_stands(joined: TestDesk, hq: StubHq) -> None:
    for _n in range(4):
        emit(joined)
    send(joined, hq)
    del hq.log[1][2:]
    emit(joined)
    problem = hq.push(batch_of(joined))
    assert isinstance(problem, Problem)
    joined.services.exchange.refused(problem)
    assert link_of(joined).cursor == 2
    assert [done for *_rest, done in outbox(joined)] == [True, True, False, False, False]
    send(joined, hq)
    assert hq.log[1] == [text for _i, _seq, text, _done in outbox(joined)]


def test_a_gap_where_the_chains_differ_is_a_copy(joined: TestDesk, hq: StubHq) -> None:
    emit(joined)
    send(joined, hq)
    joined.services.exchange.refused(Problem(code=ProblemCode.GAP, text="", cursor=1, chain="1" * 64))
    assert link_of(joined).reason is LinkTrouble.DIVERGED


def test_headquarters_that_has_more_than_this_desk_shows_an_old_copy(joined: TestDesk) -> None:
    emit(joined)
    joined.services.exchange.refused(Problem(code=ProblemCode.GAP, text="", cursor=9, chain="1" * 64))
    assert link_of(joined).state is LinkState.SET_BACK


def test_headquarters_set_back_gets_everything_again(joined: TestDesk, hq: StubHq) -> None:
    hq.parks["odd.thing"] = "unknown_kind"
    for _n in range(3):
        emit(joined)
    emit(joined, "odd.thing")
    send(joined, hq)
    assert len(joined.services.exchange.standing().refused) == 1
    del hq.log[1][1:]
    hq.epoch = 2
    problem = Problem(code=ProblemCode.NEW_EPOCH, text="", epoch=2, cursor=1, chain=hq.chain(1).hex(), resume_after=0)
    joined.services.exchange.refused(problem)
    link = link_of(joined)
    assert (link.epoch, link.cursor, link.feed_after, link.state) == (2, 1, 0, LinkState.JOINED)
    assert joined.services.exchange.standing().refused == ()
    send(joined, hq)
    assert hq.log[1] == [text for _i, _seq, text, _done in outbox(joined)]
    # The same word once more, late, sets nothing back.
    joined.services.exchange.refused(problem)
    assert link_of(joined).cursor == 4


def test_what_headquarters_parked_is_listed_until_it_is_settled(joined: TestDesk, hq: StubHq) -> None:
    hq.parks["order.accepted"] = "number_used"
    number = joined.accept().number
    send(joined, hq)
    (row,) = joined.services.exchange.standing().refused
    assert (row.kind, row.number, row.reason, row.text, row.settled_how) == (
        "order.accepted", number, "number_used", "why", ""
    )  # fmt: skip
    body = {"op_id": row.op_id, "how": "dropped", "text": "entered twice"}
    hq.tell("operation.settled", row.op_id, body)
    joined.services.exchange.apply(hq.feed())
    (row,) = joined.services.exchange.standing().refused
    assert (row.settled_how, row.settled_text) == ("dropped", "entered twice")


def test_a_reply_of_another_incarnation_or_epoch_is_not_for_us(joined: TestDesk, hq: StubHq) -> None:
    emit(joined)
    request = batch_of(joined)
    reply = pushed(hq, request)
    for odd in (request.model_copy(update={"incarnation": 2}), request):
        late = reply if odd is not request else reply.model_copy(update={"epoch": 2})
        assert joined.services.exchange.acknowledge(odd, late) == ()
    assert link_of(joined).cursor == 0


def test_cleared_operations_leave_the_end_of_the_chain(joined: TestDesk, hq: StubHq) -> None:
    for _n in range(6):
        emit(joined)
    send(joined, hq)
    emit(joined)

    def age() -> None:
        with joined.app.desk.store.write(None) as work:
            work.connection.exec_driver_sql("UPDATE outbox SET acknowledged_at = '2026-01-01T00:00:00.000000Z' "
                                            "WHERE acknowledged_at IS NOT NULL")  # fmt: skip
            work.commit()

    joined.on_db(age)
    assert joined.services.exchange.trim() == 5
    assert joined.services.exchange.trim() == 0
    assert [seq for _i, seq, _text, _done in outbox(joined)] == [6, 7]
    send(joined, hq)
    assert len(hq.log[1]) == 7
    with joined.app.desk.store.read() as look:
        assert verify_chain(look.connection, Chain.OUTBOX) is None


def test_nothing_is_cleared_before_thirty_days(joined: TestDesk, hq: StubHq) -> None:
    for _n in range(3):
        emit(joined)
    send(joined, hq)
    assert joined.services.exchange.trim() == 0


def test_standing_says_what_waits_and_how_long_the_numbers_last(joined: TestDesk, hq: StubHq) -> None:
    joined.accept()
    emit(joined)
    standing = joined.services.exchange.standing()
    assert (standing.waiting, standing.numbers_low) == (2, False)
    assert standing.oldest_at is not None
    assert standing.numbers_left > standing.numbers_days > 14
    send(joined, hq)
    after = joined.services.exchange.standing()
    assert (after.waiting, after.oldest_at) == (0, None)


def test_a_secret_is_not_in_what_is_printed(joined: TestDesk) -> None:
    link = link_of(joined)
    assert link.secret not in repr(link)
    assert link.token == f"HZ001-1.{link.secret}"


STEPS = st.lists(st.sampled_from(["emit", "send", "lose_request", "lose_reply", "repeat", "late", "gap"]), max_size=40)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_the_line_does_everything_arrives_once_in_order(steps: list[str], tmp_path: Path) -> None:
    hq = StubHq()
    with desk_in(tmp_path / f"line-{id(steps)}-{len(steps)}") as desk:
        join(desk, hq)
        exchange, old = desk.services.exchange, list[tuple[PushRequest, PushReply]]()
        for step in steps:
            if step == "emit":
                emit(desk)
            elif step == "gap":
                exchange.refused(Problem(code="gap", text="", cursor=hq.cursor, chain=hq.chain(1).hex()))
            elif step == "late" and old:
                exchange.acknowledge(*old[0])
            elif (request := exchange.batch(2)) is not None and step != "lose_request":
                reply = hq.push(request)
                assert isinstance(reply, PushReply)
                old.append((request, reply))
                if step == "repeat":
                    hq.push(request)
                if step != "lose_reply":
                    exchange.acknowledge(request, reply)
        send(desk, hq)
        assert hq.log[1] == [text for _i, _seq, text, _done in outbox(desk)]
        assert link_of(desk).state is LinkState.JOINED


def test_the_envelope_says_who_where_and_when(joined: TestDesk, hq: StubHq) -> None:
    joined.accept()
    send(joined, hq)
    said = json.loads(hq.log[1][0])
    assert (said["station"], said["desk"], said["incarnation"]) == ("HZ001", "HZ001-1", 1)
    assert "again" not in said
    assert NOW.year == 2026

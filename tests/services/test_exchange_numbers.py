"""Numbers and reference data from headquarters, and the proof of each day."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from courier_desk.base.errors import UserError
from courier_desk.base.ids import new_id
from courier_desk.domain.own_number import serial_of
from courier_desk.domain.reference import ReferenceKind, canonical_bytes, digest_of
from courier_desk.domain.reference_contents import sample_sets
from courier_desk.protocol.messages import (
    Lease,
    LeaseRequest,
    ProofReply,
    ProofRequest,
    PushReply,
    ReferenceCard,
    ReferenceList,
)
from courier_desk.services.exchange import LinkState, LinkTrouble
from courier_desk.services.exchange_numbers import LEAST_A_DAY, STOCK_DAYS
from courier_desk.services.ports import Told
from tests.desk import TestDesk, desk_in, reopen_desk
from tests.services.hq_stub import StubHq, emit, join, link_of, outbox, scalar, send

TARGET = STOCK_DAYS * LEAST_A_DAY


def leave_numbers(desk: TestDesk, left: int) -> None:
    """Only so many are left in the blocks that are here."""

    def act() -> None:
        with desk.app.desk.store.write(None) as work:
            work.connection.exec_driver_sql(f"UPDATE number_block SET last = next + {left - 1}")
            work.commit()

    desk.on_db(act)


def wanted(desk: TestDesk) -> LeaseRequest:
    found = desk.services.exchange.lease_wanted()
    assert found is not None
    return found


def test_numbers_for_two_weeks_are_kept_and_refilled_below_half(joined: TestDesk, hq: StubHq) -> None:
    leave_numbers(joined, TARGET // 2)
    assert joined.services.exchange.lease_wanted() is None
    leave_numbers(joined, TARGET // 2 - 1)
    request = wanted(joined)
    assert (request.wanted, request.prefix, request.incarnation) == (TARGET // 2 + 1, "XS", 1)
    # Until the answer is here it is the same request: a lost reply leases nothing twice.
    assert wanted(joined) == request
    joined.services.exchange.admit_lease(hq.lease(request))
    assert joined.services.exchange.lease_wanted() is None
    assert joined.services.exchange.standing().numbers_left == TARGET


def test_a_busy_station_keeps_more(joined: TestDesk) -> None:
    def busy() -> None:
        with joined.app.desk.store.write(None, from_hq=False) as work:
            run = work.connection.exec_driver_sql
            columns = [row[1] for row in run("PRAGMA table_info(orders)")]
            odd = {"row": "NULL", "id": "hex(randomblob(8))", "number": "hex(randomblob(8))"}
            chosen = ", ".join(odd.get(name, f'"{name}"') for name in columns)
            for _twice in range(9):
                run(f"INSERT INTO orders SELECT {chosen} FROM orders")
            work.emit("test.busy", "x", {})
            work.commit()

    joined.accept()
    joined.on_db(busy)
    leave_numbers(joined, 3 * LEAST_A_DAY)
    assert wanted(joined).wanted == STOCK_DAYS * (512 * 5 // 4) - 3 * LEAST_A_DAY
    assert joined.services.exchange.standing().numbers_low


def test_few_numbers_are_a_warning_before_there_are_none(joined: TestDesk) -> None:
    leave_numbers(joined, 3 * LEAST_A_DAY)
    assert not joined.services.exchange.standing().numbers_low
    leave_numbers(joined, 3 * LEAST_A_DAY - 1)
    standing = joined.services.exchange.standing()
    assert (standing.numbers_low, standing.numbers_days) == (True, 2)


def test_leased_numbers_are_used_after_the_old_ones_and_never_twice(joined: TestDesk, hq: StubHq) -> None:
    leave_numbers(joined, 2)
    lease = hq.lease(wanted(joined))
    joined.services.exchange.admit_lease(lease)
    assert joined.services.exchange.admit_lease(lease) == ()
    serials = [serial_of(joined.accept().number) for _n in range(4)]
    assert len(set(serials)) == 4
    assert serials[2:] == [lease.first, lease.first + 1]


@pytest.mark.parametrize("wrong", ["prefix", "backwards", "overlap", "giant", "unasked"])
def test_numbers_that_cannot_be_right_are_not_given_out(joined: TestDesk, hq: StubHq, wrong: str) -> None:
    leave_numbers(joined, 5)
    own = scalar(joined, "SELECT first FROM number_block")
    left = joined.services.exchange.standing().numbers_left
    if wrong != "unasked":
        wanted(joined)
    odd: dict[str, dict[str, Any]] = {
        "prefix": {"prefix": "QQ"},
        "backwards": {"first": 900, "last": 800},
        "overlap": {"first": own + 1, "last": own + 9},
        "giant": {"first": 1, "last": 10**12},
        "unasked": {},
    }
    values: dict[str, Any] = {"lease_id": new_id(), "prefix": "XS", "first": 700_000_001, "last": 700_000_100}
    joined.services.exchange.admit_lease(Lease(**(values | odd[wrong])))
    standing = joined.services.exchange.standing()
    assert standing.numbers_left == left
    assert "cannot be right" in standing.alarm
    joined.services.exchange.admit_lease(hq.lease(wanted(joined)))
    assert joined.services.exchange.standing().numbers_left > left


def test_a_copy_on_another_computer_gives_out_no_number(
    tmp_path: Path, hq: StubHq, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "station"
    with desk_in(folder) as desk:
        join(desk, hq)
        emit(desk)
    monkeypatch.setattr("courier_desk.security.machine.machine_id", lambda: "another PC")
    copy = reopen_desk(folder)
    link = link_of(copy)
    assert (link.state, link.reason) == (LinkState.NEEDS_CODE, LinkTrouble.OTHER_MACHINE)
    with pytest.raises(UserError, match="copy of a desk"):
        copy.accept()
    assert copy.services.exchange.batch() is None
    # With a code it is a desk again, with numbers of its own.
    copy.services.exchange.enter(hq.renew())
    with pytest.raises(UserError, match="No waybill numbers"):
        copy.accept()
    copy.services.exchange.admit_lease(hq.lease(wanted(copy)))
    copy.accept()
    copy.close()
    again = reopen_desk(folder)
    assert link_of(again).state is LinkState.JOINED
    again.close()


def test_reference_data_come_by_the_one_door_and_hold_at_once(joined: TestDesk) -> None:
    exchange = joined.services.exchange
    forbidden = next(each for each in sample_sets() if each.kind is ReferenceKind.FORBIDDEN)
    document = dict(forbidden.payload) | {"version": 3}
    cards = [
        ReferenceCard(kind="forbidden", version=1, digest=forbidden.digest),
        ReferenceCard(kind="forbidden", version=3, digest=digest_of(document)),
        ReferenceCard(kind="weather", version=1, digest="0" * 64),
    ]
    assert exchange.references_wanted(ReferenceList(references=cards)) == (cards[1],)
    joined.on_db(joined.services.reference.forbidden)
    changes = exchange.admit_reference(canonical_bytes(document))
    assert ("reference", "forbidden") in {(each.kind, each.id) for each in changes}
    assert exchange.references_wanted(ReferenceList(references=cards)) == ()
    found = scalar(joined, "SELECT MAX(version) FROM reference_set WHERE kind = 'forbidden'")
    assert found == 3
    # A version that was replaced before this desk heard of it is nothing to wonder at, nor to fetch; the same version
    # with another digest is.
    hq = StubHq()
    hq.tell("reference.published", "forbidden", {"kind": "forbidden", "version": 2, "digest": "1" * 64})
    exchange.apply(hq.feed())
    assert exchange.standing().kept_broken == 0
    hq.tell("reference.published", "forbidden", {"kind": "forbidden", "version": 3, "digest": "1" * 64})
    exchange.apply(hq.feed())
    assert exchange.standing().kept_broken == 1
    odd = [ReferenceCard(kind="forbidden", version=1, digest="2" * 64)]
    assert exchange.references_wanted(ReferenceList(references=odd)) == ()
    assert "differs from the one" in exchange.standing().alarm


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"[" * 100_000, b'{"kind": "tariff"}', b"\xff"])
def test_what_is_no_reference_data_is_refused(joined: TestDesk, content: bytes) -> None:
    before = scalar(joined, "SELECT COUNT(*) FROM reference_set")
    with pytest.raises(UserError):
        joined.services.exchange.admit_reference(content)
    assert scalar(joined, "SELECT COUNT(*) FROM reference_set") == before


def yesterday(desk: TestDesk, hq: StubHq, count: int) -> None:
    """Operations of the day before, sent."""

    def act() -> None:
        store = desk.app.desk.store
        with store.write(None) as work:
            work.link.change(prove_from=work.business_date - timedelta(days=2))
            work.business_date -= timedelta(days=1)
            for n in range(count):
                work.emit("scan.recorded" if n % 3 else "bag.opened", new_id(), {"n": n})
            work.commit()

    desk.on_db(act)
    send(desk, hq)


def due(desk: TestDesk) -> list[ProofRequest]:
    return list(desk.services.exchange.proofs_due())


def test_both_sides_prove_that_they_hold_the_same_of_a_day(joined: TestDesk, hq: StubHq) -> None:
    yesterday(joined, hq, 7)
    (request,) = due(joined)
    assert {each.kind: each.count for each in request.kinds} == {"bag.opened": 3, "scan.recorded": 4}
    reply = hq.prove(request)
    assert reply.agrees
    joined.services.exchange.proof_answered(request, reply)
    assert due(joined) == []
    (day,) = joined.services.exchange.standing().proofs
    assert day.agrees


def test_today_is_not_proved_and_unsent_work_does_not_count(joined: TestDesk, hq: StubHq) -> None:
    emit(joined)
    send(joined, hq)
    assert due(joined) == []
    yesterday(joined, hq, 2)
    emit(joined)
    (request,) = due(joined)
    assert request.cursor == 3
    assert hq.prove(request).agrees


def test_a_day_that_differs_is_an_incident_that_people_see(joined: TestDesk, hq: StubHq) -> None:
    yesterday(joined, hq, 3)
    (request,) = due(joined)
    hq.log[1][1] = hq.log[1][1].replace('"n":1', '"n":9')
    reply = hq.prove(request)
    assert not reply.agrees
    joined.services.exchange.proof_answered(request, reply)
    standing = joined.services.exchange.standing()
    assert [day.agrees for day in standing.proofs] == [False]
    assert scalar(joined, "SELECT COUNT(*) FROM audit WHERE action = 'incident.proof_differs'") == 1
    told = json.loads(scalar(joined, "SELECT theirs FROM proof"))
    assert {each["kind"] for each in told} == {"bag.opened", "scan.recorded"}
    # It is not asked again within the same day.
    assert due(joined) == []


def test_an_agreement_of_headquarters_is_not_simply_believed(joined: TestDesk, hq: StubHq) -> None:
    yesterday(joined, hq, 3)
    (request,) = due(joined)
    joined.services.exchange.proof_answered(request, ProofReply(agrees=True, kinds=[]))
    assert [day.agrees for day in joined.services.exchange.standing().proofs] == [False]


def test_work_that_comes_late_has_its_day_proved_again(joined: TestDesk, hq: StubHq) -> None:
    yesterday(joined, hq, 3)
    (request,) = due(joined)
    reply = hq.prove(request)
    yesterday(joined, hq, 1)
    # The answer is about less than what is there by now.
    assert joined.services.exchange.proof_answered(request, reply) == ()
    (request,) = due(joined)
    joined.services.exchange.proof_answered(request, hq.prove(request))
    yesterday(joined, hq, 1)
    (request,) = due(joined)
    assert hq.prove(request).agrees


def test_the_count_is_taken_from_the_rows_after_headquarters_was_set_back(joined: TestDesk, hq: StubHq) -> None:
    yesterday(joined, hq, 40)
    (request,) = due(joined)
    joined.services.exchange.proof_answered(request, hq.prove(request))
    del hq.log[1][10:]
    emit(joined)
    batch = joined.services.exchange.batch()
    assert batch is not None
    problem = hq.push(batch)
    assert not isinstance(problem, PushReply)
    joined.services.exchange.refused(problem)
    (request,) = due(joined)
    assert sum(each.count for each in request.kinds) == 10
    assert hq.prove(request).agrees
    send(joined, hq)
    (request,) = due(joined)
    assert sum(each.count for each in request.kinds) == 40
    assert hq.prove(request).agrees
    assert len(outbox(joined)) == 41


def test_a_day_that_headquarters_no_longer_has_on_line_is_neither_agreement_nor_incident(
    joined: TestDesk, hq: StubHq
) -> None:
    yesterday(joined, hq, 3)
    (request,) = due(joined)
    exchange = joined.services.exchange
    # A log that begins in the future cannot be.
    future = request.business_date + timedelta(days=900)
    exchange.proof_answered(request, ProofReply(agrees=False, kinds=[], on_line_from=future))
    assert due(joined) == [request]
    behind = request.business_date + timedelta(days=1)
    exchange.proof_answered(request, ProofReply(agrees=False, kinds=[], on_line_from=behind))
    assert due(joined) == []
    assert exchange.standing().proofs == ()
    assert scalar(joined, "SELECT log_from FROM hq_link") == behind.isoformat()
    assert scalar(joined, "SELECT COUNT(*) FROM audit WHERE action = 'incident.proof_differs'") == 0


def test_what_headquarters_cannot_give_again_need_not_be_known_again(joined: TestDesk, hq: StubHq) -> None:
    """Operations of the past that were taken in: those done long before its log begins are forgotten."""
    with_log_from = joined.services.reference.today() - timedelta(days=1)
    days = [with_log_from - timedelta(days=before) for before in (200, 63, 61, 3)]

    def note(*, log_from: date | None) -> None:
        with joined.app.desk.store.write(None, from_hq=True) as work:
            for day in days:
                stamp = f"{int(datetime.combine(day, datetime.min.time(), UTC).timestamp() * 1000) + 3_600_000:012x}"
                key = f"past:{stamp[:8]}-{stamp[8:]}-7000-8000-000000000001"
                work.admit(Told(key, "HZ001", "HZ001-1", work.now, day, ""))
            work.link.change(log_from=log_from)
            work.commit()

    joined.on_db(lambda: note(log_from=None))
    assert joined.services.exchange.trim() == 0
    joined.on_db(lambda: note(log_from=with_log_from))
    assert joined.services.exchange.trim() == 2
    assert joined.services.exchange.trim() == 0
    assert scalar(joined, "SELECT COUNT(*) FROM applied WHERE op_id LIKE 'past:%'") == 2

"""A new incarnation on the folder there is: what headquarters has counts as sent, the rest goes again, never twice."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from courier_desk.base.errors import UserError
from courier_desk.protocol.messages import Operation, PushReply
from courier_desk.services.exchange import LinkState, LinkTrouble
from courier_desk.storage.chains import Chain, verify_chain
from tests.desk import TestDesk, desk_in, make_desk, reopen_desk
from tests.services.hq_stub import StubHq, emit, join, link_of, outbox, scalar, send


def first_issues(hq: StubHq) -> list[str]:
    """Of all that headquarters holds, in whatever incarnation, the op_id of its first issue."""
    found = []
    for _incarnation, texts in sorted(hq.log.items()):
        for text in texts:
            said = json.loads(text)
            found.append(said["again"][2] if "again" in said else said["op_id"])
    return found


def meaning(text: str) -> dict[str, object]:
    said = json.loads(text)
    return {key: said[key] for key in said if key not in ("again", "incarnation", "op_id", "seq")}


def whole(desk: TestDesk) -> bool:
    def look() -> bool:
        with desk.app.desk.store.read() as found:
            return all(verify_chain(found.connection, chain) is None for chain in Chain)

    return desk.on_db(look)


def test_what_was_not_sent_goes_again_with_the_same_meaning_under_new_names(joined: TestDesk, hq: StubHq) -> None:
    for _n in range(3):
        emit(joined, n=1)
    request = joined.services.exchange.batch(2)
    assert request is not None
    hq.push(request)  # the reply is lost
    before = outbox(joined)
    joined.services.exchange.enter(hq.renew())
    link = link_of(joined)
    assert (link.incarnation, link.cursor, link.state) == (2, 0, LinkState.JOINED)
    again = [row for row in outbox(joined) if row[0] == 2]
    assert [meaning(text) for _i, _s, text, _d in again] == [meaning(before[2][2])]
    operation = Operation.model_validate_json(again[0][2])
    old = Operation.model_validate_json(before[2][2])
    assert operation.again == (1, 3, old.op_id)
    assert (operation.seq, operation.incarnation) == (1, 2)
    assert operation.op_id != old.op_id
    # Since when it waits is told as before.
    assert scalar(joined, "SELECT at FROM outbox WHERE incarnation = 2") == scalar(
        joined, "SELECT at FROM outbox WHERE incarnation = 1 AND seq = 3"
    )
    send(joined, hq)
    assert first_issues(hq) == [json.loads(text)["op_id"] for _i, _s, text, _d in before]
    assert whole(joined)


def test_the_desk_goes_on_under_its_new_incarnation_and_after_a_restart(tmp_path: Path, hq: StubHq) -> None:
    with desk_in(tmp_path / "station") as first:
        join(first, hq)
        emit(first)
        send(first, hq)
        first.services.exchange.enter(hq.renew())
        emit(first)
    desk = reopen_desk(tmp_path / "station")
    assert desk.app.desk.incidents == ()
    emit(desk)
    assert [(i, s) for i, s, _t, _d in outbox(desk)] == [(1, 1), (2, 1), (2, 2)]
    send(desk, hq)
    assert len(hq.log[2]) == 2
    assert whole(desk)
    desk.close()


def test_numbers_of_the_dead_incarnation_are_burnt_and_its_lease_is_not_taken(joined: TestDesk, hq: StubHq) -> None:
    def few() -> None:
        with joined.app.desk.store.write(None) as work:
            work.connection.exec_driver_sql("UPDATE number_block SET last = next + 9")
            work.commit()

    joined.on_db(few)
    asked = joined.services.exchange.lease_wanted()
    assert asked is not None
    late = hq.lease(asked)
    joined.services.exchange.enter(hq.renew())
    joined.services.exchange.admit_lease(late)
    assert joined.services.exchange.standing().numbers_left == 0
    fresh = joined.services.exchange.lease_wanted()
    assert fresh is not None
    assert (fresh.incarnation, fresh.request_id != asked.request_id) == (2, True)


def test_entering_twice_keeps_the_first_issue_in_its_name(joined: TestDesk, hq: StubHq) -> None:
    emit(joined)
    op_id = json.loads(outbox(joined)[0][2])["op_id"]
    for _twice in range(2):
        joined.services.exchange.enter(hq.renew())
    rows = outbox(joined)
    assert [i for i, *_rest in rows] == [1, 2, 3]
    assert json.loads(rows[2][2])["again"] == [1, 1, op_id]
    assert [done for *_rest, done in rows] == [True, True, False]
    send(joined, hq)
    assert first_issues(hq) == [op_id]


def test_a_code_of_another_desk_or_an_incarnation_that_was_is_refused(joined: TestDesk, hq: StubHq) -> None:
    emit(joined)
    reply = hq.renew()
    for wrong in ({"desk_id": "HZ001-9"}, {"station_id": "SH002"}, {"incarnation": 1}):
        with pytest.raises(UserError):
            joined.services.exchange.enter(reply.model_copy(update=wrong))
    assert link_of(joined).incarnation == 1
    joined.services.exchange.enter(reply)


def test_headquarters_that_lost_acknowledged_work_gets_it_again(joined: TestDesk, hq: StubHq) -> None:
    for _n in range(4):
        emit(joined)
    send(joined, hq)
    before = [json.loads(text)["op_id"] for _i, _s, text, _d in outbox(joined)]
    del hq.log[1][1:]
    joined.services.exchange.enter(hq.renew())
    send(joined, hq)
    assert first_issues(hq) == before


def test_an_operation_that_was_parked_and_lost_is_judged_anew(joined: TestDesk, hq: StubHq) -> None:
    hq.parks["odd.thing"] = "unknown_kind"
    emit(joined, "odd.thing")
    send(joined, hq)
    hq.log[1].clear()
    joined.services.exchange.enter(hq.renew())
    assert joined.services.exchange.standing().refused == ()
    send(joined, hq)
    assert len(joined.services.exchange.standing().refused) == 1


def _backed_up(folder: Path, hq: StubHq, *, sent: bool) -> TestDesk:
    """A joined station with a backup made after three operations; ``sent``: headquarters had them by then."""
    desk = make_desk(folder)
    join(desk, hq)
    for _n in range(3):
        emit(desk)
    if sent:
        send(desk, hq)
    desk.on_db(desk.app.desk.backup_job)()
    return desk


def _put_back(folder: Path) -> TestDesk:
    for left in folder.glob("station.db*"):
        left.unlink()
    shutil.copy(max((folder / "backups").iterdir()), folder / "station.db")
    return reopen_desk(folder)


@pytest.mark.parametrize("sent", [True, False])
def test_a_restored_backup_asks_for_a_new_incarnation_and_sends_nothing_twice(
    tmp_path: Path, hq: StubHq, sent: bool, expect_log: Callable[[str], None]
) -> None:
    expect_log("incident")
    folder = tmp_path / "station"
    desk = _backed_up(folder, hq, sent=sent)
    for _n in range(2):
        emit(desk)
    send(desk, hq)
    desk.close()
    desk = _put_back(folder)
    link = link_of(desk)
    assert (link.state, link.reason) == (LinkState.SET_BACK, LinkTrouble.SET_BACK)
    assert desk.services.exchange.batch() is None
    # Work goes on meanwhile, under seqs that headquarters knows with other contents.
    entity = emit(desk)
    desk.close()
    desk = reopen_desk(folder)
    assert link_of(desk).state is LinkState.SET_BACK
    desk.services.exchange.enter(hq.renew())
    send(desk, hq)
    applied = list(dict.fromkeys(first_issues(hq)))
    assert len(applied) == 6
    assert sum(json.loads(text)["entity_id"] == entity for text in hq.log[2]) == 1
    # What is issued again without need names what headquarters has, which then does nothing.
    again = [json.loads(text)["again"][2] for text in hq.log[2] if "again" in json.loads(text)]
    assert {op for op in again if op in {json.loads(text)["op_id"] for text in hq.log[1]}} == set(
        [] if sent else [json.loads(text)["op_id"] for text in hq.log[1][:3]]
    )
    desk.close()


def test_of_two_copies_each_keeps_all_its_work(tmp_path: Path, hq: StubHq) -> None:
    one = make_desk(tmp_path / "one")
    join(one, hq)
    emit(one)
    send(one, hq)
    emit(one)
    one.close()
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    copies = [reopen_desk(tmp_path / name) for name in ("one", "two")]
    entities = [emit(copy) for copy in copies for _n in range(2)]
    send(copies[0], hq)
    request = copies[1].services.exchange.batch()
    assert request is not None
    problem = hq.push(request)
    assert not isinstance(problem, PushReply)
    copies[1].services.exchange.refused(problem)
    assert link_of(copies[1]).reason is LinkTrouble.DIVERGED
    for copy in copies:
        copy.services.exchange.enter(hq.renew())
        send(copy, hq)
        hq.log.setdefault(hq.incarnation, [])
    texts = [json.loads(text) for _i, log in sorted(hq.log.items()) for text in log]
    assert set(entities) <= {said["entity_id"] for said in texts}
    issues = first_issues(hq)
    twice = {op for op in issues if issues.count(op) > 1}
    # Only what was made before the copy is named twice; headquarters knows it by its first issue.
    assert twice == {json.loads(hq.log[1][1])["op_id"]}
    for copy in copies:
        assert whole(copy)
        copy.close()


def test_days_before_a_loss_are_not_proved(tmp_path: Path, hq: StubHq, expect_log: Callable[[str], None]) -> None:
    expect_log("incident")
    folder = tmp_path / "station"
    desk = _backed_up(folder, hq, sent=True)
    emit(desk)
    send(desk, hq)
    desk.close()
    desk = _put_back(folder)
    desk.services.exchange.enter(hq.renew())
    tomorrow = scalar(desk, "SELECT DATE(MAX(business_date), '+1 day') FROM audit")
    assert scalar(desk, "SELECT prove_from FROM hq_link") == tomorrow
    assert scalar(desk, "SELECT COUNT(*) FROM audit WHERE action = 'desk.entered'") == 1
    desk.close()

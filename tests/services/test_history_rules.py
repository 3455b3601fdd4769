"""The past comes in beside the work of the day: cut off anywhere, doubtful, overtaken by what is done meanwhile."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.ids import new_id
from courier_desk.base.translation import message
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.customer import Customer
from courier_desk.domain.scan import Operation, Outcome, RawScan
from courier_desk.domain.user import Role
from courier_desk.protocol.messages import HistoryReply
from courier_desk.services.exchange_ports import RemoteEvent
from courier_desk.services.find import FindSpec
from courier_desk.services.history import HistoryService
from courier_desk.services.ports import Told
from courier_desk.services.scans import ScanCommand
from courier_desk.storage.desk_store import DeskQueries
from tests.desk import PASSWORD, SENDER, TestDesk, make_desk, ordinary_draft
from tests.services.test_history import (
    admit_all,
    history_of,
    operations,
    orders_first,
    pages,
    replaced_desk,
    rows,
    with_incarnation,
)

T = TypeVar("T")


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestDesk]:
    """A desk that did a bit of everything, and is lost."""
    desk = make_desk(tmp_path_factory.mktemp("past") / "station")
    for _order in range(3):
        _gone(desk, desk.accept().number)
    voided = desk.accept()
    request = desk.on_db(lambda: desk.services.cancelling.ask(desk.agent, RequestKind.VOID, voided.order_id, "twice"))
    word = desk.services.approvals.give(desk.agent, request, desk.agent.number, PASSWORD)
    desk.on_db(lambda: desk.services.cancelling.void(desk.agent, request, word))
    yield desk
    desk.close()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[TestDesk]:
    desk = replaced_desk(tmp_path / "station")
    yield desk
    desk.close()


def _gone(desk: TestDesk, number: str) -> None:
    """Collected, in a bag of its own, sealed, loaded, away."""
    services, agent = desk.services, desk.agent
    parcel = desk.on_db(lambda: services.floor.parcel(agent, number))
    assert parcel is not None
    bag = desk.on_db(lambda: services.bags.open(agent, parcel.destination, parcel.line)).bag
    assert _scan(desk, number, Operation.COLLECTED) is Outcome.ACCEPTED
    assert _scan(desk, number, Operation.BAGGED, bag.id) is Outcome.ACCEPTED
    desk.on_db(lambda: services.bags.seal(agent, bag.id, f"SEAL{number}", 1))
    manifest = desk.on_db(lambda: services.handovers.open(agent, parcel.line)).manifest
    load = ScanCommand(RawScan(bag.tag, "gun", datetime.now(UTC)), Operation.LOADED)
    assert desk.on_db(lambda: services.handovers.load(agent, manifest.id, load)).outcome is Outcome.ACCEPTED
    desk.on_db(lambda: services.handovers.close(agent, manifest.id, "浙A1", "王", short_confirmed=True))


def _scan(desk: TestDesk, number: str, operation: Operation, bag_id: str | None = None) -> Outcome:
    command = ScanCommand(RawScan(number, "gun", datetime.now(UTC)), operation, bag_id)
    return desk.on_db(lambda: desk.services.scans.record(desk.agent, command)).outcome


def _other(text: str, **changed: Any) -> str:
    """The same operation with something else in it, as a new one."""
    return json.dumps(json.loads(text) | {"op_id": new_id()} | changed)


def _of_kind(texts: list[str], kind: str) -> list[str]:
    return [text for text in texts if json.loads(text)["kind"] == kind]


class _Cut:
    """A database lane that breaks off before its ``left``-th job."""

    def __init__(self, desk: TestDesk, left: int) -> None:
        self._desk, self.left = desk, left

    def __call__(self, fn: Callable[[], T]) -> T:
        self.left -= 1
        if self.left == 0:
            raise EnvironmentFault(message("The program is closing."))
        return self._desk.on_db(fn)


def test_cut_off_between_any_two_pieces_the_page_is_asked_for_again_and_nothing_is_doubled(
    past: TestDesk, fresh: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("courier_desk.services.history._PIECE_S", 0.002)
    texts, whole = operations(past), history_of(fresh)
    asked, cut_off = 0, 0
    replies = pages(texts, 12)
    while (mark := whole.wanted()) is not None or asked == 0:
        reply = replies[int(mark or 0) // 12]
        asked += 1
        broken = HistoryService(fresh.app.desk.store, _Cut(fresh, 3 + asked % 3), whole._names, past.services.station)
        try:
            broken.admit(reply)
        except EnvironmentFault:
            cut_off += 1
    assert cut_off > 2
    assert rows(fresh) == rows(past)
    standing = whole.standing()
    assert standing is not None
    assert (standing.done, standing.total, standing.more, standing.aside) == (len(texts), len(texts), False, 0)


def test_what_was_admitted_changes_nothing_when_it_comes_again(past: TestDesk, fresh: TestDesk) -> None:
    texts = operations(past)
    admit_all(fresh, texts)
    before = rows(fresh)
    admit_all(fresh, texts)
    assert rows(fresh) == before == rows(past)


def test_what_this_very_folder_did_is_not_done_again(past: TestDesk) -> None:
    """An old backup put back, or what was sent since the desk joined: the rows are here already."""
    before = rows(past)
    service = admit_all(past, operations(past))
    assert rows(past) == before
    standing = service.standing()
    assert standing is not None
    assert (standing.done, standing.aside) == (len(operations(past)), 0)


def test_an_old_backup_gets_back_what_it_lacks_and_nothing_else(past: TestDesk, tmp_path: Path) -> None:
    """It stood at the 20th operation; then it entered anew and headquarters has more."""
    texts = operations(past)
    desk = replaced_desk(tmp_path / "station")
    admit_all(desk, texts[:20])

    def as_if_done_here() -> None:
        with desk.app.desk.store.write(None) as work:
            work.connection.exec_driver_sql("DELETE FROM applied")
            work.connection.exec_driver_sql("INSERT INTO dead_incarnation VALUES (1, 20, x'00', '2026-11-22')")
            work.history.begin()
            work.commit()

    desk.on_db(as_if_done_here)
    standing = admit_all(desk, texts).standing()
    assert standing is not None
    assert (standing.more, standing.aside) == (False, 0)
    assert rows(desk) == rows(past)
    desk.close()


def test_what_was_issued_again_is_taken_in_once(past: TestDesk, fresh: TestDesk) -> None:
    texts = operations(past)
    again = [_other(text, again=[1, seq, json.loads(text)["op_id"]]) for seq, text in enumerate(texts, start=1)]
    admit_all(fresh, [*texts, *again])
    assert rows(fresh) == rows(past)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "drawer.counted"}, "unknown kind"),
        ({"station": "SH001"}, "other station"),
        ({"body": {}}, "'routing_code'"),
        ({"kind": "scan.recorded", "body": {}}, "'text'"),
        ({"body": "no object"}, "unreadable"),
        ({"kind": "order.voided", "entity_id": "x", "body": {"number": "XS0009999999990"}}, "no such order"),
        ({"kind": "bag.sealed", "entity_id": "x", "body": {"seal": "S"}}, "no such bag"),
        ({"kind": "handover.closed", "entity_id": "x", "body": {}}, "no such list"),
        ({"entity_id": "another"}, "refused: IntegrityError"),
    ],
)
def test_what_does_not_fit_is_kept_aside_whole_and_the_rest_goes_on(
    past: TestDesk, fresh: TestDesk, expect_log: Callable[[str], None], change: dict[str, Any], reason: str
) -> None:
    expect_log("operation kept aside")
    texts = operations(past)
    wrong = _other(_of_kind(texts, "order.accepted")[0], **change)
    service = admit_all(fresh, [texts[0], wrong, *texts[1:], wrong])
    assert rows(fresh) == rows(past)
    standing = service.standing()
    assert standing is not None
    assert standing.aside == 1
    with fresh.app.desk.store.read() as look:
        kept = look.connection.exec_driver_sql("SELECT reason, body FROM kept_aside").all()
    assert [(row[0], row[1]) for row in kept] == [(kept[0][0], wrong)]
    assert reason in kept[0][0]


def test_an_empty_page_moves_the_mark(fresh: TestDesk) -> None:
    service = history_of(fresh)
    service.admit(HistoryReply(operations=[], mark="17", more=True))
    assert service.wanted() == "17"
    service.admit(HistoryReply(operations=[], mark="17", more=False))
    assert service.wanted() is None


def test_a_void_order_says_when_and_by_whom_also_at_the_new_desk(past: TestDesk, fresh: TestDesk) -> None:
    admit_all(fresh, operations(past))
    with past.app.desk.store.read() as look:
        number = look.connection.exec_driver_sql("SELECT number FROM orders WHERE void_reason <> ''").scalar_one()
    lives = [DeskQueries(desk.app.desk.store).life(number) for desk in (past, fresh)]
    assert [row.kind for row in lives[0]] == ["entered", "refunded", "voided"]
    assert lives[1] == lives[0]


def test_callers_and_orders_are_known_before_the_scans_are_here(past: TestDesk, fresh: TestDesk) -> None:
    texts = orders_first(operations(past))
    history_of(fresh).admit(HistoryReply(operations=texts[:4], mark="4", more=True))
    found = fresh.on_db(lambda: fresh.services.find.orders(fresh.agent, FindSpec(text="欧阳娜娜")))
    assert len(found) == 4
    known = fresh.on_db(lambda: fresh.services.customers.by_phone(fresh.agent, SENDER.phone))
    assert known is not None
    assert known.customer.orders == 4


def test_a_parcel_signed_elsewhere_stays_signed_though_its_past_comes_after_the_news(
    past: TestDesk, fresh: TestDesk
) -> None:
    texts = operations(past)
    number = json.loads(texts[0])["body"]["number"]
    at = datetime(2026, 11, 23, tzinfo=UTC)

    def hear() -> None:
        with fresh.app.desk.store.write(None, from_hq=True) as work:
            event = RemoteEvent("op", number, number, at, "SH001", "上海", "signed", "accepted", "")
            assert work.news.add_event(event)
            work.commit()

    fresh.on_db(hear)
    admit_all(fresh, texts)
    parcel = fresh.on_db(lambda: fresh.services.floor.parcel(fresh.agent, number))
    assert parcel is not None
    assert parcel.status.value == "DLVD"
    before = rows(fresh)
    admit_all(fresh, texts)
    assert rows(fresh) == before


def test_what_is_scanned_here_meanwhile_is_newer_than_the_past(past: TestDesk, fresh: TestDesk) -> None:
    """The parcel that the books send away stands on the counter: whoever scans it is right."""
    texts = orders_first(operations(past))
    service = history_of(fresh)
    service.admit(HistoryReply(operations=texts[:4], mark="4", more=True))
    number = json.loads(texts[0])["body"]["number"]
    assert _scan(fresh, number, Operation.COLLECTED) is Outcome.ACCEPTED
    service.admit(HistoryReply(operations=texts[4:], mark="x", more=False))
    parcel = fresh.on_db(lambda: fresh.services.floor.parcel(fresh.agent, number))
    assert parcel is not None
    assert (parcel.bag_id, parcel.manifest_id, parcel.status.value) == (None, None, "PICK")
    with fresh.app.desk.store.read() as look:
        scans = look.connection.exec_driver_sql("SELECT count(*) FROM scan_event WHERE number = ?", (number,))
        assert scans.scalar_one() == 3
    standing = service.standing()
    assert standing is not None
    assert standing.aside == 0


def test_a_caller_who_came_meanwhile_stays_as_they_said_last(past: TestDesk, fresh: TestDesk) -> None:
    moved = replace(SENDER, name="李晓梅女士", address=replace(SENDER.address, detail="文三路1号"))
    now = fresh.accept(replace(ordinary_draft(), sender=moved))
    admit_all(fresh, operations(past))
    known = fresh.on_db(lambda: fresh.services.customers.by_phone(fresh.agent, SENDER.phone))
    assert known is not None
    assert (known.customer.id, known.customer.party, known.customer.orders) == (now.customer_id, moved, 5)
    with fresh.app.desk.store.read() as look:
        told = look.connection.exec_driver_sql("SELECT DISTINCT customer_id FROM orders").scalars().all()
        times = look.connection.exec_driver_sql("SELECT times FROM customer_recipient").scalars().all()
    assert (told, times) == ([now.customer_id], [5])


def test_a_field_of_a_caller_that_another_station_knows_newer_stands(past: TestDesk, fresh: TestDesk) -> None:
    tomorrow = past.app.clock.now() + timedelta(days=1)
    texts = operations(past)

    def hear() -> None:
        with fresh.app.desk.store.write(None, from_hq=True) as work:
            assert work.admit(Told("news", "SH001", "", tomorrow, tomorrow.date()))
            work.customers.save(Customer("c", replace(SENDER, name="李女士", company="样例")))
            work.customer_words.speak(SENDER.phone, "name", tomorrow, "news")
            work.customer_words.speak(SENDER.phone, "company", tomorrow - timedelta(days=60), "old news")
            work.commit()

    fresh.on_db(hear)
    admit_all(fresh, texts)
    known = fresh.on_db(lambda: fresh.services.customers.by_phone(fresh.agent, SENDER.phone))
    assert known is not None
    assert known.customer.party == replace(SENDER, name="李女士")
    assert (known.customer.id, known.customer.orders) == ("c", 4)
    assert known.customer.usual_goods == ordinary_draft().goods


def test_the_past_goes_on_while_the_counter_works(past: TestDesk, fresh: TestDesk) -> None:
    service = history_of(fresh)
    for reply in pages(operations(past), 5):
        service.admit(reply)
        _gone(fresh, fresh.accept().number)
    with_incarnation(fresh, 3)
    service.admit(pages(operations(past), 5)[0])
    assert fresh.on_db(fresh.app.desk.verify) == ()
    with fresh.app.desk.store.read() as look:
        tags = look.connection.exec_driver_sql("SELECT count(DISTINCT tag) - count(*) FROM bag").scalar_one()
    assert tags == 0


def test_a_manager_finds_who_approved(past: TestDesk, fresh: TestDesk) -> None:
    admit_all(fresh, operations(past))
    with fresh.app.desk.store.read() as look:
        asker = look.connection.exec_driver_sql("SELECT asker_id, used_at IS NOT NULL FROM approval").one()
    assert tuple(asker) == (past.actors[Role.AGENT].operator_id, 1)

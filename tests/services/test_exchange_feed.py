"""News of headquarters: in order, once, and what cannot be right changes nothing but is seen."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courier_desk.base.clock import to_text
from courier_desk.base.ids import new_id
from courier_desk.domain.own_number import child, make
from courier_desk.domain.parcel import Parcel
from courier_desk.domain.scan import Operation, Outcome, RawScan
from courier_desk.domain.status import Status
from courier_desk.protocol.messages import FeedItem, FeedReply
from courier_desk.services.exchange_feed import PIECE
from courier_desk.services.exchange_news import _ACTS
from courier_desk.services.scans import ScanCommand, ScanResult
from courier_desk.storage.metadata import synchronised_tables
from tests.desk import TestDesk, desk_in, ordinary_draft
from tests.services.hq_stub import NOW, StubHq, join, link_of, scalar, send

PARTY = {"name": "王小雅", "phone": "13700001111", "company": "", "province": "上海市", "city": "上海市",
         "district": "徐汇区", "street": "", "detail": "虹漕路1号", "postcode": "200233", "division": "310104",
         "country": "CN"}  # fmt: skip


@pytest.fixture
def hq() -> StubHq:
    return StubHq()


@pytest.fixture
def joined(desk: TestDesk, hq: StubHq) -> TestDesk:
    join(desk, hq)
    return desk


def shared(hq: StubHq, serial: int = 7001, pieces: int = 1, **wrong: Any) -> tuple[FeedItem, str]:
    """An order of another station is told; returns the item and the waybill number."""
    number, order_id, op_id = make("XS", serial), new_id(), new_id()
    numbers = [number] if pieces == 1 else [child(number, n + 1) for n in range(pieces)]
    body = {
        "number": number,
        "sender": PARTY,
        "recipient": PARTY,
        "service": "standard",
        "pieces": [[each, 1200, 300, 200, 100] for each in numbers],
        "routing_code": "571-YH01",
        "package_centre": "杭州集散中心",
        "line": "SH-HZ",
        "accepted_at": to_text(NOW),
    } | wrong.pop("body", {})
    said = {
        "at": to_text(NOW), "body": body, "business_date": "2026-11-22", "desk": "SH002-1", "entity_id": order_id,
        "incarnation": 1, "kind": "order.accepted", "op_id": op_id, "operator": "o1", "seq": 1, "station": "SH002",
    } | wrong.pop("said", {})  # fmt: skip
    return hq.tell("order.shared", order_id, said, op_id=op_id, **wrong), number


def event(hq: StubHq, number: str, operation: str, *, waybill: str = "", **more: Any) -> FeedItem:
    """Something was done to a piece elsewhere."""
    body = {
        "waybill": waybill or number[:15],
        "number": number,
        "operation": operation,
        "at": to_text(NOW),
        "station": "SH002",
        "desk": "SH002-1",
        "place": "上海徐汇站",
    }
    return hq.tell("parcel.event", waybill or number[:15], body | more)


def read(desk: TestDesk, hq: StubHq) -> None:
    desk.services.exchange.apply(hq.feed(link_of(desk).feed_after))


def inbound(desk: TestDesk, number: str) -> list[Parcel]:
    def look() -> list[Parcel]:
        with desk.app.desk.store.read() as found:
            return list(found.inbound.of_waybill(number))

    return desk.on_db(look)


def scan(desk: TestDesk, text: str, operation: Operation) -> ScanResult:
    command = ScanCommand(RawScan(text, "gun", NOW), operation)
    return desk.on_db(lambda: desk.services.scans.record(desk.agent, command))


def content(desk: TestDesk) -> dict[str, list[Any]]:
    """Every row of the trade."""

    def look() -> dict[str, list[Any]]:
        names = sorted({*synchronised_tables(), "inbound_order", "inbound_parcel", "remote_event", "reference_set"})
        with desk.app.desk.store.read() as found:
            run = found.connection.exec_driver_sql
            return {name: list(run(f"SELECT * FROM {name}").all()) for name in names}

    return desk.on_db(look)


def test_a_parcel_of_another_station_arrives_is_signed_for_and_its_life_is_seen(joined: TestDesk, hq: StubHq) -> None:
    _item, number = shared(hq)
    event(hq, number, "dispatched")
    read(joined, hq)
    (parcel,) = inbound(joined, number)
    assert (parcel.status, parcel.destination, parcel.weight_g) == (Status.TRAN, "杭州集散中心", 1200)
    assert scan(joined, number, Operation.ARRIVED).outcome is Outcome.ACCEPTED
    assert scan(joined, number, Operation.ARRIVED).outcome is Outcome.REPEAT
    assert scan(joined, number, Operation.BAGGED).outcome is Outcome.OUT_OF_ORDER
    assert scan(joined, number, Operation.SIGNED).outcome is Outcome.ACCEPTED
    assert scan(joined, number, Operation.SIGNED).outcome is Outcome.REPEAT
    assert inbound(joined, number)[0].status is Status.DLVD
    send(joined, hq)
    told = [json.loads(text)["body"] for text in hq.log[1]]
    assert [(each["operation"], each["counts"]) for each in told if each["outcome"] == "accepted"] == [
        ("arrived", True),
        ("signed", True),
    ]
    life = joined.on_db(lambda: joined.app.services.find._queries.life(number))
    assert {(row.kind, row.place) for row in life} >= {("dispatched", "上海徐汇站"), ("arrived", ""), ("signed", "")}


def test_of_several_pieces_each_has_its_own_way(joined: TestDesk, hq: StubHq) -> None:
    _item, number = shared(hq, pieces=2)
    event(hq, child(number, 2), "signed", waybill=number)
    read(joined, hq)
    assert [parcel.status for parcel in inbound(joined, number)] == [Status.PICK, Status.DLVD]
    assert scan(joined, number, Operation.ARRIVED).outcome is Outcome.WHICH_PIECE
    assert scan(joined, child(number, 1), Operation.ARRIVED).outcome is Outcome.ACCEPTED


def test_news_of_our_own_parcel_moves_it_forward_and_never_back(joined: TestDesk, hq: StubHq) -> None:
    accepted = joined.accept()
    send(joined, hq)
    event(hq, accepted.number, "signed")
    event(hq, accepted.number, "arrived")
    read(joined, hq)
    parcel = joined.on_db(lambda: joined.services.floor.parcel(joined.agent, accepted.number))
    assert parcel is not None
    assert parcel.status is Status.DLVD
    view = joined.on_db(lambda: joined.services.find.order(joined.agent, accepted.order_id))
    assert [row.place for row in view.life if row.kind in ("signed", "arrived")] == ["上海徐汇站"] * 2
    assert scalar(joined, "SELECT status FROM orders") == "DLVD"


def test_a_cancelled_order_of_others_is_refused_at_the_scanner(joined: TestDesk, hq: StubHq) -> None:
    item, number = shared(hq)
    op_id = new_id()
    said = json.loads(item.body) | {"kind": "order.voided", "op_id": op_id, "body": {"number": number, "reason": "x"}}
    hq.tell("order.voided", item.entity_id, said, op_id=op_id)
    read(joined, hq)
    assert scan(joined, number, Operation.ARRIVED).outcome is Outcome.VOID_LABEL


def test_the_same_news_under_another_number_changes_nothing(joined: TestDesk, hq: StubHq) -> None:
    first, number = shared(hq)
    done = event(hq, number, "dispatched")
    read(joined, hq)
    before = content(joined)
    for item in (first, done):
        hq.news.append(item.model_copy(update={"n": len(hq.news) + 1}))
    read(joined, hq)
    assert content(joined) == before
    assert link_of(joined).feed_after == 4
    assert joined.services.exchange.standing().kept_broken == 0


def test_news_on_what_this_desk_has_not_sent_yet_waits_for_it(joined: TestDesk, hq: StubHq) -> None:
    accepted = joined.accept()
    event(hq, accepted.number, "arrived")
    event(hq, accepted.number, "signed")
    read(joined, hq)
    assert scalar(joined, "SELECT status FROM orders") == "INFO"
    assert joined.services.exchange.standing().kept_waiting == 2
    assert link_of(joined).feed_after == 2
    send(joined, hq)
    assert scalar(joined, "SELECT status FROM orders") == "DLVD"
    assert joined.services.exchange.standing().kept_waiting == 0


def test_kinds_of_a_newer_program_are_kept_for_ever(joined: TestDesk, hq: StubHq) -> None:
    hq.tell("locker.opened", "x", {"door": 7})
    _item, number = shared(hq)
    read(joined, hq)
    assert inbound(joined, number)
    standing = joined.services.exchange.standing()
    assert (standing.kept_unknown, standing.kept_broken, standing.alarm) == (1, 0, "")
    assert json.loads(scalar(joined, "SELECT body FROM kept_item")) == {"door": 7}


def test_a_hole_stops_everything_and_says_so(joined: TestDesk, hq: StubHq) -> None:
    for serial in (7001, 7002, 7003):
        shared(hq, serial)
    reply = hq.feed()
    without = reply.model_copy(update={"items": [reply.items[0], reply.items[2]]})
    joined.services.exchange.apply(without)
    assert link_of(joined).feed_after == 1
    joined.services.exchange.apply(without.model_copy(update={"items": [reply.items[2]]}))
    standing = joined.services.exchange.standing()
    assert "missing in between" in standing.alarm
    assert scalar(joined, "SELECT COUNT(*) FROM inbound_order") == 1
    read(joined, hq)
    assert link_of(joined).feed_after == 3
    assert joined.services.exchange.standing().alarm == ""


def test_news_of_another_epoch_is_not_applied(joined: TestDesk, hq: StubHq) -> None:
    shared(hq)
    joined.services.exchange.apply(hq.feed().model_copy(update={"epoch": 9}))
    assert link_of(joined).feed_after == 0
    assert joined.services.exchange.standing().alarm


def _hostile(hq: StubHq) -> dict[str, FeedItem]:
    """One of each sort of what cannot be right, as item 1."""
    found: dict[str, FeedItem] = {}

    def keep(name: str, item: FeedItem) -> None:
        found[name] = item.model_copy(update={"n": 1})
        hq.news.clear()

    keep("no JSON", hq.tell("order.shared", "x", "{"))
    keep("giant", hq.tell("order.shared", "x", '"' + "x" * 300_000 + '"'))
    keep("deep", hq.tell("parcel.event", "x", "[" * 50_000))
    keep("another entity", shared(hq, said={"entity_id": "other"})[0])
    keep("another station", shared(hq, said={"station": "HZ001"})[0])
    keep("another operation", shared(hq, said={"op_id": new_id()})[0])
    keep("no number", shared(hq, body={"number": "SF1234567890"})[0])
    keep("wrong check digit", shared(hq, body={"number": make("XS", 5)[:-1] + "x"})[0])
    keep("pieces of others", shared(hq, body={"pieces": [[make("XS", 9), 5]]})[0])
    keep("piece twice", shared(hq, body={"pieces": [[make("XS", 7001), 5]] * 2})[0])
    keep("minus weight", shared(hq, body={"pieces": [[make("XS", 7001), -5]]})[0])
    keep("half a weight", shared(hq, body={"pieces": [[make("XS", 7001), 5.5]]})[0])
    keep("no pieces", shared(hq, body={"pieces": []})[0])
    keep("event of another waybill", event(hq, make("XS", 1), "signed", waybill=make("XS", 2)))
    keep("event of no number", event(hq, "DROP TABLE orders", "signed"))
    keep("event of another station", event(hq, make("XS", 1), "signed", station="SZ9"))
    keep("event at no time", event(hq, make("XS", 1), "signed", at="soon"))
    keep("customer of another", hq.tell("customer.changed", "1", {"phone": "2", "fields": {}}))
    keep(
        "lower version", hq.tell("reference.published", "tariff", {"kind": "tariff", "version": 0, "digest": "0" * 64})
    )
    digest = {"kind": "tariff", "version": 1, "digest": "0" * 64}
    keep("same version, other digest", hq.tell("reference.published", "tariff", digest))
    keep("settled nothing", hq.tell("operation.settled", "x", {"how": 3}))
    return found


HOSTILE = _hostile(StubHq())


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_right_is_kept_aside_with_an_alarm_and_changes_nothing(
    joined: TestDesk, hq: StubHq, name: str
) -> None:
    before = content(joined)
    good, number = shared(hq, 8001)
    items = [HOSTILE[name], good.model_copy(update={"n": 2})]
    joined.services.exchange.apply(FeedReply(epoch=1, now=NOW, head=2, items=items))
    standing = joined.services.exchange.standing()
    assert (standing.kept_broken, link_of(joined).feed_after) == (1, 2)
    assert "cannot be right" in standing.alarm
    after = content(joined)
    assert {key: rows for key, rows in after.items() if not key.startswith("inbound")} == {
        key: rows for key, rows in before.items() if not key.startswith("inbound")
    }
    # What comes behind goes on.
    assert [row.waybill for row in inbound(joined, number)] == [number]
    assert scalar(joined, "SELECT COUNT(*) FROM inbound_order") == 1
    assert scalar(joined, "SELECT COUNT(*) FROM audit WHERE action = 'incident.news_broken'") == 1
    assert scalar(joined, "SELECT MAX(LENGTH(body)) FROM kept_item") <= 256 * 1024


def test_the_number_of_another_order_is_not_taken_over(joined: TestDesk, hq: StubHq) -> None:
    accepted = joined.accept()
    send(joined, hq)
    shared(hq, body={"number": accepted.number, "pieces": [[accepted.number, 5]]})
    _item, number = shared(hq, 7001)
    shared(hq, 7001)
    read(joined, hq)
    assert joined.services.exchange.standing().kept_broken == 2
    assert len(inbound(joined, number)) == 1
    assert inbound(joined, accepted.number) == []


def test_a_defect_in_one_item_does_not_hold_up_the_others(
    joined: TestDesk, hq: StubHq, monkeypatch: pytest.MonkeyPatch, expect_log: Any
) -> None:
    expect_log("news not applied")
    numbers = [shared(hq, 7001 + n)[1] for n in range(4)]
    act = _ACTS["order.shared"]

    def broken(work: Any, record: Any, item: FeedItem, now: Any) -> None:
        act(work, record, item, now)
        if item.n == 3:
            raise RuntimeError("a defect, after rows were written")

    monkeypatch.setitem(_ACTS, "order.shared", broken)
    read(joined, hq)
    assert [len(inbound(joined, number)) for number in numbers] == [1, 1, 0, 1]
    assert link_of(joined).feed_after == 4
    assert scalar(joined, "SELECT text FROM kept_item WHERE why = 'broken'") == "RuntimeError"


def _customer(desk: TestDesk, phone: str) -> tuple[str, str]:
    def look() -> tuple[str, str]:
        with desk.app.desk.store.read() as found:
            known = found.customers.by_phone(phone)
            assert known is not None
            return known.party.name, known.party.company

    return desk.on_db(look)


def changed(hq: StubHq, phone: str, at: str, **fields: str) -> None:
    said = {name: {"value": value, "at": at, "op_id": new_id()} for name, value in fields.items()}
    hq.tell("customer.changed", phone, {"phone": phone, "fields": said})


def test_of_a_customer_the_last_word_on_each_field_wins_and_older_ones_are_kept(joined: TestDesk, hq: StubHq) -> None:
    joined.accept()
    send(joined, hq)
    phone = ordinary_draft().sender.phone
    changed(hq, phone, "2020-01-01T00:00:00Z", name="旧名")
    read(joined, hq)
    assert _customer(joined, phone) == ("李晓梅", "")
    changed(hq, phone, "2099-01-01T00:00:00Z", name="李小梅", company="新公司", shoe_size="43")
    changed(hq, phone, "2098-01-01T00:00:00Z", name="迟到的名字")
    read(joined, hq)
    assert _customer(joined, phone) == ("李小梅", "新公司")
    older = scalar(joined, "SELECT GROUP_CONCAT(former, ',') FROM (SELECT former FROM customer_older ORDER BY former)")
    assert sorted(older.split(",")) == sorted(["旧名", "李晓梅", "", "迟到的名字"])


def test_a_customer_of_another_station_becomes_known_here(joined: TestDesk, hq: StubHq) -> None:
    changed(hq, "13700001111", "2026-01-01T00:00:00Z", name="王小雅", city="上海市")
    read(joined, hq)
    assert _customer(joined, "13700001111") == ("王小雅", "")
    caller = joined.on_db(lambda: joined.services.customers.by_phone(joined.agent, "13700001111"))
    assert caller is not None


def test_a_telephone_number_is_not_shown_with_what_is_kept(joined: TestDesk, hq: StubHq) -> None:
    hq.tell("customer.changed", "13700001111", {"phone": "13700001111", "fields": "none"})
    read(joined, hq)
    assert scalar(joined, "SELECT about FROM kept_item") == ""


ITEMS = st.lists(st.tuples(st.integers(-1, 9), st.sampled_from(["order", "event", "junk", "unknown"])), max_size=12)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(replies=st.lists(ITEMS, max_size=5))
def test_whatever_comes_the_position_only_grows_and_each_number_counts_once(
    replies: list[list[tuple[int, str]]], tmp_path: Path
) -> None:
    hq = StubHq()
    junk = FeedItem(n=1, kind="order.shared", entity_id="x", op_id=new_id(), station="S", at=NOW, body="{")
    with desk_in(tmp_path / new_id()) as desk:
        join(desk, hq)
        expected = position = 0
        for reply in replies:
            items = []
            for n, sort in reply:
                item, _number = shared(hq, 7001 + len(hq.news)) if sort == "order" else (junk, "")
                if sort == "event":
                    item = event(hq, make("XS", 7001), "arrived")
                if sort == "unknown":
                    item = junk.model_copy(update={"kind": "odd.thing"})
                items.append(item.model_copy(update={"n": max(1, position + n)}))
            desk.services.exchange.apply(FeedReply(epoch=1, now=NOW, head=99, items=items))
            # The model: of what follows without a hole, each number once, as it came first.
            seen = {item.n: item for item in reversed(items)}
            while position + 1 in seen:
                position += 1
                expected += seen[position].kind == "order.shared" and seen[position].body != "{"
            assert link_of(desk).feed_after == position
            assert scalar(desk, "SELECT COUNT(*) FROM inbound_order") == expected


def test_bulk_of_news_goes_in_small_pieces(joined: TestDesk, hq: StubHq) -> None:
    for serial in range(7001, 7101):
        shared(hq, serial)
    before = joined.app.db.statistics.jobs
    read(joined, hq)
    # Whatever a person does meanwhile gets its turn between them.
    assert joined.app.db.statistics.jobs - before >= 100 / PIECE
    assert scalar(joined, "SELECT COUNT(*) FROM inbound_order") == 100

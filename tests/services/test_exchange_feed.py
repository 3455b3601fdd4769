"""News of headquarters: in order, once, each with what it does to the rows of this desk."""

import json

from courier_desk.base.ids import new_id
from courier_desk.domain.own_number import child
from courier_desk.domain.reference import ReferenceKind, ReferenceSet
from courier_desk.domain.scan import Operation, Outcome
from courier_desk.domain.status import Status
from courier_desk.protocol.messages import PushReply
from courier_desk.services.exchange_feed import PIECE
from tests.desk import TestDesk, ordinary_draft
from tests.services.hq_stub import StubHq, link_of, scalar, send
from tests.services.news_told import content, event, inbound, read, scan, shared


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


def test_later_news_on_the_same_thing_waits_behind_earlier_ones(joined: TestDesk, hq: StubHq) -> None:
    accepted = joined.accept()
    event(hq, accepted.number, "arrived")
    read(joined, hq)
    exchange = joined.services.exchange
    request = exchange.batch()
    assert request is not None
    reply = hq.push(request)
    assert isinstance(reply, PushReply)
    # As far as the thread that sends has come when the other one gets news.
    exchange._sending.acknowledge(request, reply)
    event(hq, accepted.number, "signed")
    read(joined, hq)
    assert exchange.standing().kept_waiting == 2
    assert [change.kind for change in exchange._reading.apply_waiting()].count("parcel") == 2
    assert exchange.standing().kept_waiting == 0


def test_kinds_of_a_newer_program_are_kept_for_ever(joined: TestDesk, hq: StubHq) -> None:
    hq.tell("locker.opened", "x", {"door": 7})
    _item, number = shared(hq)
    read(joined, hq)
    assert inbound(joined, number)
    standing = joined.services.exchange.standing()
    assert (standing.kept_unknown, standing.kept_broken, standing.alarm) == (1, 0, "")
    assert json.loads(scalar(joined, "SELECT body FROM kept_item")) == {"door": 7}


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


def test_bulk_of_news_goes_in_small_pieces(joined: TestDesk, hq: StubHq) -> None:
    for serial in range(7001, 7101):
        shared(hq, serial)
    before = joined.app.db.statistics.jobs
    read(joined, hq)
    # Whatever a person does meanwhile gets its turn between them.
    assert joined.app.db.statistics.jobs - before >= 100 / PIECE
    assert scalar(joined, "SELECT COUNT(*) FROM inbound_order") == 100


def test_news_of_a_version_that_was_replaced_meanwhile_is_no_fault(joined: TestDesk, hq: StubHq) -> None:
    """A PC that joins or was away has the newest before it hears of the others."""

    def newest() -> None:
        with joined.app.desk.store.write(None) as work:
            now = work.reference.current(ReferenceKind.FORBIDDEN, work.business_date)
            assert now is not None
            work.reference.add(ReferenceSet.from_document(now.payload | {"version": 3}))
            work.commit()

    joined.on_db(newest)
    hq.tell("reference.published", "forbidden/2", {"kind": "forbidden", "version": 2, "digest": "0" * 64})
    joined.services.exchange.apply(hq.feed())
    standing = joined.services.exchange.standing()
    assert (standing.kept_broken, standing.alarm, link_of(joined).feed_after) == (0, "", 1)

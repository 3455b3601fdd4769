"""News as a headquarters would tell them, and what became of them at the desk."""

from typing import Any

from courier_desk.base.clock import to_text
from courier_desk.base.ids import new_id
from courier_desk.domain.own_number import child, make
from courier_desk.domain.parcel import Parcel
from courier_desk.domain.scan import Operation, RawScan
from courier_desk.protocol.messages import FeedItem
from courier_desk.services.scans import ScanCommand, ScanResult
from courier_desk.storage.metadata import synchronised_tables
from tests.desk import TestDesk
from tests.services.hq_stub import NOW, StubHq, link_of

PARTY = {"name": "王小雅", "phone": "13700001111", "company": "", "province": "上海市", "city": "上海市",
         "district": "徐汇区", "street": "", "detail": "虹漕路1号", "postcode": "200233", "division": "310104",
         "country": "CN"}  # fmt: skip


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

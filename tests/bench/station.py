"""A busy station of any size, made from a seed: orders, parcels, scans and everything the finding needs.

Rows go in by the bare driver in large transactions with the triggers of the schema in place; indexes are those of the
real database. The audit and outbox chains are left as the set-up made them: they do not take part in any query here.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from courier_desk.base.clock import to_text
from courier_desk.domain.acceptance import IdentityProof, Inspection
from courier_desk.domain.accepted_order import Order
from courier_desk.domain.divisions import Level, load_divisions
from courier_desk.domain.order import GoodsLine, OrderDraft, Piece, Route
from courier_desk.domain.own_number import make
from courier_desk.domain.parcel import Parcel
from courier_desk.domain.party import Address, Party
from courier_desk.storage.find_words import apart, words_of
from courier_desk.storage.rows_of_orders import inspection_values, order_values, parcel_values
from courier_desk.storage.schema_floor import scan_event
from courier_desk.storage.schema_orders import goods, inspection, orders, parcel, waybill
from courier_desk.storage.schema_people import customer
from tests.desk import TestDesk, make_desk

SCANS_EACH = 10
CHUNK = 20_000
FIRST_DAY = datetime(2024, 11, 25, 2, tzinfo=UTC)
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉玲晨雨佳欣浩宇梓涵子轩思远若溪"
_ROADS = ("文一西路", "延安路", "中山北路", "人民路", "解放大道", "虹漕路", "建国路", "天府大道", "和平街")
_GOODS = (
    "棉质衬衫",
    "蓝牙耳机",
    "儿童绘本",
    "不锈钢水杯",
    "运动鞋",
    "手机壳",
    "茶叶礼盒",
    "陶瓷餐具",
    "笔记本",
    "毛绒玩具",
)
_OPERATIONS = (
    "collected",
    "bagged",
    "loaded",
    "dispatched",
    "arrived",
    "arrived",
    "arrived",
    "arrived",
    "arrived",
    "signed",
)


@dataclass(frozen=True, slots=True)
class Size:
    """How large; the customers are a fifth of the orders."""

    orders: int
    scans_each: int = SCANS_EACH
    seed: int = 1


class _Maker:
    """Makes one order after the other."""

    def __init__(self, size: Size) -> None:
        self._random = random.Random(size.seed)
        self._size = size
        divisions = load_divisions()
        self._paths = [
            (divisions.names(d.code), d.code)
            for d in divisions.upper
            if d.level is Level.DISTRICT and divisions.names(d.code).province
        ]

    def order(self, serial: int) -> Order:
        """The order with this serial, spread over two years."""
        pick = self._random
        number = make("XS", serial)
        at = FIRST_DAY + timedelta(seconds=serial * (2 * 365 * 86400 // self._size.orders))
        identity = f"{serial:08d}-0000-7000-8000-{serial:012d}"
        centre = f"集包{serial % 40:02d}"
        piece = Piece(pick.randrange(200, 9000), 300, 200, 150)
        draft = OrderDraft(
            sender=self._party(serial % max(1, self._size.orders // 5)),
            recipient=self._party(pick.randrange(10**9)),
            pieces=(piece,),
            goods=(GoodsLine(pick.choice(_GOODS), 1, 5000),),
            tendered_fen=10000,
        )
        one = Parcel(f"{serial:08d}-0000-7001-8000-{serial:012d}", identity, number, number, 1, inspected=True,
                     weight_g=piece.weight_g, destination=centre, line="HZ-SH")  # fmt: skip
        proof = IdentityProof("resident_id", "330***********1234", f"{serial:064x}", identity, at)
        return Order(
            id=identity, number=number, draft=draft, parcels=(one,), charges=(), total_fen=1350, currency="CNY",
            chargeable_g=piece.weight_g, route=Route("320-A12-007", centre, "HZ-SH"),
            inspection=Inspection(contents_seen=True, identity=proof), accepted_at=at, business_date=at.date(),
            promised_at=at + timedelta(days=2), operator_id="sample-1001", tariff_version=1,
        )  # fmt: skip

    def _party(self, key: int) -> Party:
        pick = random.Random(key)
        names, code = self._paths[pick.randrange(len(self._paths))]
        name = pick.choice(_SURNAMES) + "".join(pick.choice(_GIVEN) for _ in range(pick.choice((1, 2))))
        detail = (
            f"{pick.choice(_ROADS)}{pick.randrange(1, 1999)}号{pick.randrange(1, 60)}幢{pick.randrange(100, 3300)}室"
        )
        address = Address(names.province or "", names.city or "", names.district or "", "", detail, "", code)
        return Party(name, f"1{pick.choice('3578')}{pick.randrange(10**9):09d}", address=address)


def grow(desk: TestDesk, size: Size) -> None:
    """Fill the station of ``desk``. Runs on the database lane; about a minute for each 100,000 orders."""
    desk.on_db_for(3600, lambda: _grow(desk, size))


def _grow(desk: TestDesk, size: Size) -> None:
    raw = desk.app.desk.store.writer.connection.driver_connection
    assert raw is not None
    raw.execute("PRAGMA synchronous = OFF")
    house = {"station_id": desk.agent.station_id, "desk_id": desk.agent.desk_id, "row_version": 1}
    maker = _Maker(size)
    writers = {
        table: _Writer(raw, table, house)
        for table in (orders, waybill, parcel, goods, inspection, scan_event, customer)
    }
    for first in range(1, size.orders + 1, CHUNK):
        raw.execute("BEGIN")
        _chunk(raw, maker, writers, range(first, min(first + CHUNK, size.orders + 1)), size)
        raw.execute("COMMIT")
    raw.execute("UPDATE number_block SET next = ? ", (size.orders + 1_000_001,))
    raw.execute("ANALYZE")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class _Writer:
    """Bulk inserts into one table by the bare driver."""

    def __init__(self, raw: Any, table: sa.Table, house: dict[str, Any]) -> None:
        self._raw, self._house = raw, house
        self._names = [column.name for column in table.c if not (column.name == "row" and table is not orders)]
        places = ", ".join("?" for _ in self._names)
        self._statement = f"INSERT INTO {table.name} ({', '.join(self._names)}) VALUES ({places})"
        self._rows: list[tuple[Any, ...]] = []

    def add(self, values: dict[str, Any], day: date) -> None:
        """One row; what is not given is empty."""
        row = values | self._house | {"business_date": day.isoformat()}
        self._rows.append(tuple(row.get(name, "") for name in self._names))

    def flush(self) -> None:
        """Write what was added."""
        self._raw.executemany(self._statement, self._rows)
        self._rows.clear()


def _chunk(raw: Any, maker: _Maker, writers: dict[sa.Table, _Writer], serials: range, size: Size) -> None:
    words: list[tuple[int, str]] = []
    for serial in serials:
        order = maker.order(serial)
        day = order.business_date
        writers[orders].add(order_values(order, "林晓") | {"row": serial, "status": "DLVD"}, day)
        writers[waybill].add({"number": order.number, "order_id": order.id, "serial": serial, "void": 0}, day)
        done = replace(order.parcels[0])
        writers[parcel].add(parcel_values(done, order.draft.pieces[0]) | {"status": "DLVD"}, day)
        line = order.draft.goods[0]
        writers[goods].add({"order_id": order.id, "position": 0, "name": line.name, "quantity": 1,
                            "value_fen": 5000, "currency": "CNY"}, day)  # fmt: skip
        writers[inspection].add(inspection_values(order.id, order.inspection), day)
        for values in _scans(order, serial, size):
            writers[scan_event].add(values, day)
        if serial <= size.orders // 5:
            writers[customer].add(_customer(order, serial), day)
        words.append((serial, words_of(order)))
    for writer in writers.values():
        writer.flush()
    raw.executemany("INSERT INTO find_trigram(rowid, words) VALUES (?, ?)", words)
    raw.executemany("INSERT INTO find_unigram(rowid, words) VALUES (?, ?)", [(row, apart(text)) for row, text in words])


def _scans(order: Order, serial: int, size: Size) -> Iterator[dict[str, Any]]:
    for place in range(size.scans_each):
        operation = _OPERATIONS[place % len(_OPERATIONS)]
        moment = order.accepted_at + timedelta(hours=1 + 3 * place)
        yield {
            "id": f"{serial:08d}-{place:04d}-7002-8000-{serial:012d}",
            "text": order.number,
            "number": order.number,
            "waybill": order.number,
            "operation": operation,
            "outcome": "accepted",
            "device": "gun 1",
            "keyed": 0,
            "scanned_at": to_text(moment),
            "operator_id": "sample-1001",
            "operator_name": "林晓",
        }


def _customer(order: Order, serial: int) -> dict[str, Any]:
    party = order.draft.sender
    address = party.address
    return {
        "id": f"{serial:08d}-0000-7003-8000-{serial:012d}",
        # Two customers may draw the same telephone number; theirs is made unique.
        "phone": f"{party.phone}-{serial}",
        "name": party.name,
        "province": address.province,
        "city": address.city,
        "district": address.district,
        "detail": address.detail,
        "division": address.division,
        "country": "CN",
        "usual_service": "standard",
        "usual_goods": "[]",
        "usual_payer": "sender",
        "usual_pay_way": "cash",
        "usual_weight_g": 1000,
        "orders": 5,
    }


def busy_desk(folder: Path, size: Size) -> TestDesk:
    """A desk in ``folder``, filled."""
    desk = make_desk(folder)
    grow(desk, size)
    return desk

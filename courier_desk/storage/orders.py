"""The repository of orders, and of single parcels as scans see them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, insert, select, text, update

from courier_desk.base.clock import to_text
from courier_desk.base.ids import new_id
from courier_desk.domain.accepted_order import Order
from courier_desk.domain.order import Payer
from courier_desk.domain.own_number import serial_of
from courier_desk.domain.parcel import Parcel
from courier_desk.domain.status import ORDER_TAKES_FIRST
from courier_desk.storage.find_words import apart, words_of
from courier_desk.storage.rows_of_orders import (
    charge_values,
    inspection_values,
    order_of,
    order_values,
    parcel_of,
    parcel_values,
)
from courier_desk.storage.schema_orders import charge, goods, inspection, orders, parcel, payment, waybill
from courier_desk.storage.working import Working

_ADD_ORDER = insert(orders)
_ADD_WAYBILL = insert(waybill)
_ADD_PARCEL = insert(parcel)
_ADD_GOODS = insert(goods)
_ADD_CHARGE = insert(charge)
_ADD_PAYMENT = insert(payment)
_ADD_INSPECTION = insert(inspection)
_ADD_TRIGRAM = text("INSERT INTO find_trigram(rowid, words) VALUES (:row, :words)")
_ADD_UNIGRAM = text("INSERT INTO find_unigram(rowid, words) VALUES (:row, :words)")
_GET = select(orders).where(orders.c.id == bindparam("id"))
_ID_BY_NUMBER = select(orders.c.id).where(orders.c.number == bindparam("number"))
_PARCELS = select(parcel).where(parcel.c.order_id == bindparam("id")).order_by(parcel.c.piece)
_GOODS = select(goods).where(goods.c.order_id == bindparam("id")).order_by(goods.c.position)
_CHARGES = select(charge).where(charge.c.order_id == bindparam("id")).order_by(charge.c.position)
_INSPECTION = select(inspection).where(inspection.c.order_id == bindparam("id"))
_PARCEL = select(parcel).where(parcel.c.number == bindparam("number"))
_OF_WAYBILL = select(parcel).where(parcel.c.waybill == bindparam("number")).order_by(parcel.c.piece)
_IN_BAG = select(parcel).where(parcel.c.bag_id == bindparam("bag")).order_by(parcel.c.number)
_LOOSE = (
    select(parcel)
    .where(
        parcel.c.line == bindparam("line"),
        parcel.c.manifest_id.is_(None),
        parcel.c.bag_id.is_(None),
        parcel.c.status == text("'PICK'"),
        parcel.c.void == 0,
    )
    .order_by(parcel.c.number)
)
_SAVE_PARCEL = (
    update(parcel)
    .where(parcel.c.id == bindparam("key"))
    .values(
        status=bindparam("new_status"),
        bag_id=bindparam("bag"),
        manifest_id=bindparam("manifest"),
        void=bindparam("is_void"),
        row_version=parcel.c.row_version + 1,
    )
)
# The order has the status of the piece that stands first in the domain's table.
STATUS_OF_PIECES = (
    select(parcel.c.status)
    .where(parcel.c.order_id == orders.c.id)
    .order_by(case({status.value: rank for rank, status in enumerate(ORDER_TAKES_FIRST)}, value=parcel.c.status))
    .limit(1)
    .scalar_subquery()
)
_ORDER_STATUS = (
    update(orders)
    .where(orders.c.id == bindparam("key"))
    .values(status=STATUS_OF_PIECES, row_version=orders.c.row_version + 1)
)


class OrderRepository:
    """Orders with all that belongs to them, found by id or number."""

    def __init__(self, work: Working) -> None:
        self._work = work

    @property
    def _connection(self) -> Connection:
        return self._work.connection

    def add(self, order: Order) -> None:
        """Save a new order with its waybill, parcels, goods, charges, payment, inspection and search words."""
        house = self._work.house
        run = self._connection.execute
        values = order_values(order, self._work.operator_name)
        row = run(_ADD_ORDER, values | house).lastrowid
        run(_ADD_WAYBILL, _waybill_values(order) | house)
        run(_ADD_PARCEL, [
            parcel_values(p, piece) | house for p, piece in zip(order.parcels, order.draft.pieces, strict=True)
        ])  # fmt: skip
        if order.draft.goods:
            run(_ADD_GOODS, [
                {"order_id": order.id, "position": i, "name": g.name, "quantity": g.quantity,
                 "value_fen": g.value_fen, "currency": order.currency} | house
                for i, g in enumerate(order.draft.goods)
            ])  # fmt: skip
        if order.charges:
            run(_ADD_CHARGE, [
                charge_values(order.id, i, c, order.currency) | house for i, c in enumerate(order.charges)
            ])  # fmt: skip
        if order.draft.payer is Payer.SENDER:
            self._add_payment(order.id, "charge", order.draft.pay_way.value, order.total_fen, order.currency, "")
        run(_ADD_INSPECTION, inspection_values(order.id, order.inspection) | house)
        words = words_of(order)
        run(_ADD_TRIGRAM, {"row": row, "words": words})
        run(_ADD_UNIGRAM, {"row": row, "words": apart(words)})

    def _add_payment(self, order_id: str, kind: str, way: str, amount_fen: int, currency: str, reason: str) -> None:
        values = {
            "id": new_id(),
            "order_id": order_id,
            "kind": kind,
            "pay_way": way,
            "amount_fen": amount_fen,
            "currency": currency,
            "reason": reason,
            "paid_at": to_text(self._work.now),
            "operator_id": self._work.operator_id,
        }
        self._connection.execute(_ADD_PAYMENT, values | self._work.house)

    def get(self, order_id: str) -> Order | None:
        """The order with this id."""
        run = self._connection.execute
        key = {"id": order_id}
        row = run(_GET, key).mappings().first()
        if row is None:
            return None
        return order_of(
            row,
            run(_PARCELS, key).mappings().all(),
            run(_GOODS, key).mappings().all(),
            run(_CHARGES, key).mappings().all(),
            run(_INSPECTION, key).mappings().first(),
        )

    def by_number(self, number: str) -> Order | None:
        """The order with this waybill number."""
        order_id = self._connection.execute(_ID_BY_NUMBER, {"number": number}).scalar()
        return self.get(order_id) if order_id is not None else None

    def void(self, order_id: str, reason: str) -> None:
        """Cancel the order: its waybill and parcels are void from now on."""
        run = self._connection.execute
        run(
            update(orders)
            .where(orders.c.id == order_id)
            .values(void_reason=reason, row_version=orders.c.row_version + 1)
        )
        run(
            update(waybill)
            .where(waybill.c.order_id == order_id)
            .values(void=1, row_version=waybill.c.row_version + 1)
        )
        run(update(parcel).where(parcel.c.order_id == order_id).values(void=1, row_version=parcel.c.row_version + 1))

    def add_refund(self, order_id: str, amount_fen: int, currency: str, pay_way: str, reason: str) -> None:
        """Money given back; kept as a payment of its own."""
        self._add_payment(order_id, "refund", pay_way, amount_fen, currency, reason)

    def refunded_fen(self, order_id: str) -> int:
        """What was given back so far."""
        total = select(func.coalesce(func.sum(payment.c.amount_fen), 0)).where(
            payment.c.order_id == order_id, payment.c.kind == "refund"
        )
        return int(self._connection.execute(total).scalar_one())


class ParcelRepository:
    """Pieces by number, by waybill, by bag, and those that wait loose for a line."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def by_number(self, number: str) -> Parcel | None:
        """The piece with this number (its own, not the mother's)."""
        row = self._work.connection.execute(_PARCEL, {"number": number}).mappings().first()
        return parcel_of(row) if row else None

    def of_waybill(self, waybill: str) -> Sequence[Parcel]:
        """All pieces of a mother number."""
        return self._all(_OF_WAYBILL, {"number": waybill})

    def in_bag(self, bag_id: str) -> Sequence[Parcel]:
        """What lies in a bag."""
        return self._all(_IN_BAG, {"bag": bag_id})

    def loose_for_line(self, line: str) -> Sequence[Parcel]:
        """Collected, in no bag and on no list yet."""
        return self._all(_LOOSE, {"line": line})

    def save(self, parcel: Parcel) -> None:
        """Keep its status, bag and list; the order has the status of its pieces together."""
        run = self._work.connection.execute
        run(_SAVE_PARCEL, {
            "key": parcel.id, "new_status": parcel.status.value, "bag": parcel.bag_id,
            "manifest": parcel.manifest_id, "is_void": int(parcel.void),
        })  # fmt: skip
        run(_ORDER_STATUS, {"key": parcel.order_id})

    def _all(self, statement: Any, values: Mapping[str, str]) -> Sequence[Parcel]:
        return [parcel_of(row) for row in self._work.connection.execute(statement, values).mappings()]


def _waybill_values(order: Order) -> dict[str, object]:
    return {
        "number": order.number,
        "order_id": order.id,
        "serial": serial_of(order.number),
        "void": 0,
    }

"""Parcels of other stations that come here: found, shown with their life, unmasked only by who may and says why."""

import re
from collections.abc import Sequence
from typing import Protocol

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.acceptance import Inspection
from courier_desk.domain.accepted_order import Order
from courier_desk.domain.masking import mask_name, mask_phone_screen
from courier_desk.domain.order import OrderDraft, Piece, Route
from courier_desk.domain.own_number import mother_of
from courier_desk.domain.parcel import Parcel
from courier_desk.domain.party import Address, Party
from courier_desk.domain.status import ORDER_TAKES_FIRST
from courier_desk.domain.user import Action, Actor
from courier_desk.protocol.messages import Operation
from courier_desk.protocol.shared_order import SharedOrder
from courier_desk.services.exchange_ports import InboundOrder
from courier_desk.services.find import OrderView, Queries
from courier_desk.services.gate import Gate
from courier_desk.services.ports import ReadWork, Store
from courier_desk.services.rows import LifeRow, OrderRow, ParcelRow
from courier_desk.services.told_orders import order_told

MOST_FOUND = 20
_SHORTEST = 2
_BLANKS = re.compile(r"\s+")


class InboundQueries(Protocol):
    """Plain queries over the orders of others."""

    def waybills(self, scrap: str, limit: int) -> Sequence[str]:
        """The waybills whose number, telephone or recipient begins so, newest first."""
        ...


class InboundService:
    """Runs on the db lane."""

    def __init__(self, store: Store, queries: Queries, inbound: InboundQueries, gate: Gate) -> None:
        self._store = store
        self._queries = queries
        self._inbound = inbound
        self._gate = gate

    def view(self, actor: Actor, number: str) -> OrderView | None:
        """The parcel of another station by its waybill or piece number; None when none of that number came here."""
        self._gate.require(actor, Action.ORDER_FIND)
        waybill = _waybill(number)
        with self._store.read() as work:
            told = work.inbound.get(waybill)
            if told is None:
                return None
            order, parcels = _order(told), tuple(work.inbound.of_waybill(waybill))
        life = list(self._queries.life(waybill))
        if not any(row.kind == "entered" for row in life):
            origin = told.origin_station
            life.append(LifeRow(told.accepted_at, "entered", waybill, "accepted", "", "", origin, "", station=origin))
        life.sort(key=lambda row: row.at)
        return OrderView(order, _rows(parcels, order.draft.pieces), tuple(life), 0, told.origin_station)

    def look(self, actor: Actor, number: str, reason: str) -> Order:
        """The order with names and telephones unmasked; the look is logged with its reason."""
        self._gate.require(actor, Action.PERSONAL_LOOK)
        if not reason.strip():
            raise UserError(message("Give a reason."), field="reason")
        with self._store.write(actor) as work:
            told = work.inbound.get(_waybill(number))
            if told is None:
                raise UserError(message("There is no such order."))
            work.audit("personal.looked", "order", told.order_id, None, {"reason": reason})
            work.commit()
            return _order(told)

    def find(self, actor: Actor, text: str, limit: int = MOST_FOUND) -> list[OrderRow]:
        """Those that fit a scrap of number, telephone or recipient; names and telephones masked."""
        self._gate.require(actor, Action.ORDER_FIND)
        scrap = _BLANKS.sub("", text)
        if len(scrap) < _SHORTEST:
            return []
        with self._store.read() as work:
            return [_order_row(work, waybill) for waybill in self._inbound.waybills(scrap, limit)]


def _waybill(number: str) -> str:
    plain = number.upper()
    return mother_of(plain)[0] if "-" in plain else plain


def _order(told: InboundOrder) -> Order:
    """The order as its desk told of it; of one that a much older or newer program took, what every program says."""
    operation = Operation.model_validate_json(told.body)
    try:
        return order_told(operation)
    except (KeyError, TypeError, ValueError, UserError):
        return _least(operation)


def _least(operation: Operation) -> Order:
    said = SharedOrder.model_validate(operation.body)
    sender, recipient = (Party(party.name, party.phone) for party in (said.sender, said.recipient))
    pieces = tuple(Piece(weight_g=weight_g) for _number, weight_g in said.parcels())
    return Order(
        id=operation.entity_id,
        number=said.number,
        draft=OrderDraft(sender=sender, recipient=recipient, service=said.service, pieces=pieces),
        parcels=(),
        charges=(),
        total_fen=0,
        currency="",
        chargeable_g=0,
        route=Route(said.routing_code, said.package_centre, said.line),
        inspection=Inspection(contents_seen=False, identity=None),
        accepted_at=said.accepted_at,
        business_date=operation.business_date,
        promised_at=None,
        operator_id=operation.operator,
        tariff_version=0,
    )


def _rows(parcels: Sequence[Parcel], pieces: Sequence[Piece]) -> tuple[ParcelRow, ...]:
    sizes = {place: _size(piece) for place, piece in enumerate(pieces, start=1)}
    return tuple(
        ParcelRow(
            parcel_id=parcel.id,
            number=parcel.number,
            piece=parcel.piece,
            status=parcel.status.value,
            void=parcel.void,
            weight_g=parcel.weight_g,
            size=sizes.get(parcel.piece, ""),
            bag="",
            handover="",
        )
        for parcel in parcels
    )


def _size(piece: Piece) -> str:
    sides = (piece.length_mm, piece.width_mm, piece.height_mm)
    return " × ".join(f"{side / 10:g}" for side in sides) if all(sides) else ""


def _order_row(work: ReadWork, waybill: str) -> OrderRow:
    told = work.inbound.get(waybill)
    if told is None:
        raise LookupError(waybill)
    order, parcels = _order(told), work.inbound.of_waybill(waybill)
    draft = order.draft
    status = min((parcel.status for parcel in parcels), key=ORDER_TAKES_FIRST.index)
    return OrderRow(
        order_id=told.order_id,
        number=waybill,
        accepted_at=told.accepted_at,
        status=status.value,
        void=told.void,
        sender_name=mask_name(draft.sender.name),
        sender_phone=mask_phone_screen(draft.sender.phone),
        recipient_name=mask_name(draft.recipient.name),
        recipient_phone=mask_phone_screen(draft.recipient.phone),
        destination=_area(draft.recipient.address),
        service=draft.service,
        pieces=len(parcels),
        weight_g=sum(parcel.weight_g for parcel in parcels),
        total_fen=order.total_fen,
        currency=order.currency,
        operator="",
        origin=told.origin_station,
    )


def _area(address: Address) -> str:
    city = "" if address.city == address.province else address.city
    return f"{address.province}{city}{address.district}"

"""An order out of the operation that told of it: the other direction of what ``services.orders`` says."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from courier_desk.base.ids import new_id
from courier_desk.domain.acceptance import IdentityProof, Inspection
from courier_desk.domain.accepted_order import Order
from courier_desk.domain.order import (
    GoodsLine,
    HandlingMark,
    OrderDraft,
    Payer,
    PayWay,
    Piece,
    Route,
    Source,
)
from courier_desk.domain.parcel import Parcel
from courier_desk.domain.party import Address, Party
from courier_desk.domain.quote_lines import QuoteLine
from courier_desk.protocol.messages import Operation

_PLACE = ("province", "city", "district", "street", "detail", "postcode", "division", "country")


def order_told(operation: Operation) -> Order:
    """The order of an ``order.accepted``. Its pieces get ids of this database's own. Errors: KeyError, TypeError,
    ValueError, UserError for a body that is no order."""
    said = operation.body
    route = Route(said["routing_code"], said["package_centre"], said["line"])
    inspection = _inspection(said)
    return Order(
        id=operation.entity_id,
        number=said["number"],
        draft=_draft(said),
        parcels=tuple(
            _parcel(operation.entity_id, said["number"], position, piece, route, inspected=inspection.complete)
            for position, piece in enumerate(said["pieces"], start=1)
        ),
        charges=tuple(QuoteLine.from_data(line) for line in said["charges"]),
        total_fen=said["total_fen"],
        currency=said["currency"],
        chargeable_g=said["chargeable_g"],
        route=route,
        inspection=inspection,
        accepted_at=datetime.fromisoformat(said["accepted_at"]),
        business_date=operation.business_date,
        promised_at=datetime.fromisoformat(said["promised_at"]) if said["promised_at"] else None,
        operator_id=said["operator_id"],
        tariff_version=said["tariff_version"],
        change_fen=said["change_fen"],
    )


def party_told(said: Mapping[str, str]) -> Party:
    """A sender or recipient; the other direction of ``orders.party_body``."""
    return Party(said["name"], said["phone"], said["company"], Address(**{part: said[part] for part in _PLACE}))


def _draft(said: Mapping[str, Any]) -> OrderDraft:
    return OrderDraft(
        sender=party_told(said["sender"]),
        recipient=party_told(said["recipient"]),
        customer_id=said["customer_id"],
        visit_id=said["visit_id"],
        source=Source(said["source"]),
        service=said["service"],
        pieces=tuple(Piece(*piece[1:5]) for piece in said["pieces"]),
        goods=tuple(GoodsLine(*line) for line in said["goods"]),
        marks=frozenset(HandlingMark(mark) for mark in said["marks"]),
        declared_value_fen=said["declared_value_fen"],
        cod_fen=said["cod_fen"],
        payer=Payer(said["payer"]),
        pay_way=PayWay(said["pay_way"]),
        tendered_fen=said["tendered_fen"],
        note=said["note"],
    )


def _parcel(
    order_id: str, waybill: str, position: int, piece: tuple[str, int], route: Route, *, inspected: bool
) -> Parcel:
    return Parcel(
        id=new_id(),
        order_id=order_id,
        waybill=waybill,
        number=piece[0],
        piece=position,
        inspected=inspected,
        weight_g=piece[1],
        destination=route.package_centre,
        line=route.line,
    )


def _inspection(said: Mapping[str, Any]) -> Inspection:
    """Nothing is accepted whose contents were not seen: ``inspected`` says both."""
    proof = None
    if said["identity"] and said["identity_seen"]:
        kind, masked, number_hash = said["identity"]
        visit_id, seen_at = said["identity_seen"]
        proof = IdentityProof(kind, masked, number_hash, visit_id, datetime.fromisoformat(seen_at))
    return Inspection(said["inspected"], proof, said["inspection_remark"], said["restricted_confirmed"])

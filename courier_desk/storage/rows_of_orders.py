"""An order's data classes to rows and back."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping

from courier_desk.base.clock import from_text, to_text
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
from courier_desk.domain.status import Status

Row = RowMapping | Mapping[str, Any]


def party_values(who: str, party: Party) -> dict[str, str]:
    """The eleven columns of a sender or recipient."""
    address = party.address
    return {
        f"{who}_name": party.name,
        f"{who}_phone": party.phone,
        f"{who}_company": party.company,
        f"{who}_province": address.province,
        f"{who}_city": address.city,
        f"{who}_district": address.district,
        f"{who}_street": address.street,
        f"{who}_detail": address.detail,
        f"{who}_postcode": address.postcode,
        f"{who}_division": address.division,
        f"{who}_country": address.country,
    }


def party_of(row: Row, prefix: str = "") -> Party:
    """A Party from columns that begin with ``prefix`` (``sender_``, ``recipient_`` or nothing)."""
    parts = ("province", "city", "district", "street", "detail", "postcode", "division", "country")
    address = Address(**{part: row[f"{prefix}{part}"] for part in parts})
    return Party(row[f"{prefix}name"], row[f"{prefix}phone"], row[f"{prefix}company"], address)


def order_values(order: Order, operator_name: str) -> dict[str, object]:
    """The row of table ``orders``."""
    draft = order.draft
    return {
        "id": order.id,
        "number": order.number,
        "source": draft.source.value,
        "customer_id": draft.customer_id,
        "visit_id": draft.visit_id,
        **party_values("sender", draft.sender),
        **party_values("recipient", draft.recipient),
        "service": draft.service,
        "marks": ",".join(sorted(mark.value for mark in draft.marks)),
        "declared_value_fen": draft.declared_value_fen,
        "cod_fen": draft.cod_fen,
        "payer": draft.payer.value,
        "pay_way": draft.pay_way.value,
        "tendered_fen": draft.tendered_fen,
        "change_fen": order.change_fen,
        "total_fen": order.total_fen,
        "currency": order.currency,
        "chargeable_g": order.chargeable_g,
        "routing_code": order.route.routing_code,
        "package_centre": order.route.package_centre,
        "line": order.route.line,
        "note": draft.note,
        "accepted_at": to_text(order.accepted_at),
        "promised_at": to_text(order.promised_at) if order.promised_at else None,
        "operator_id": order.operator_id,
        "operator_name": operator_name,
        "tariff_version": order.tariff_version,
        "pieces": len(order.parcels),
        "weight_g": draft.weight_g,
        "status": Status.INFO.value,
        "void_reason": order.void_reason,
    }


def parcel_values(parcel: Parcel, piece: Piece) -> dict[str, object]:
    """The row of table ``parcel``."""
    return {
        "id": parcel.id,
        "order_id": parcel.order_id,
        "waybill": parcel.waybill,
        "number": parcel.number,
        "piece": parcel.piece,
        "status": parcel.status.value,
        "inspected": int(parcel.inspected),
        "void": int(parcel.void),
        "weight_g": parcel.weight_g,
        "length_mm": piece.length_mm,
        "width_mm": piece.width_mm,
        "height_mm": piece.height_mm,
        "destination": parcel.destination,
        "line": parcel.line,
        "bag_id": parcel.bag_id,
        "manifest_id": parcel.manifest_id,
    }


def parcel_of(row: Row) -> Parcel:
    """A Parcel from its row."""
    return Parcel(
        id=row["id"],
        order_id=row["order_id"],
        waybill=row["waybill"],
        number=row["number"],
        piece=row["piece"],
        status=Status(row["status"]),
        inspected=bool(row["inspected"]),
        void=bool(row["void"]),
        weight_g=row["weight_g"],
        destination=row["destination"],
        line=row["line"],
        bag_id=row["bag_id"],
        manifest_id=row["manifest_id"],
        row_version=row["row_version"],
    )


def charge_values(order_id: str, position: int, line: QuoteLine, currency: str) -> dict[str, object]:
    """The row of table ``charge``: the amount to reckon with, the whole line as JSON to show."""
    return {
        "order_id": order_id,
        "position": position,
        "kind": line.kind.value,
        "line": json.dumps(line.as_data(), ensure_ascii=False, sort_keys=True),
        "amount_fen": line.amount_fen,
        "currency": currency,
    }


def charge_of(row: Row) -> QuoteLine:
    """A line of the price from its row."""
    return QuoteLine.from_data(json.loads(row["line"]))


def inspection_values(order_id: str, inspection: Inspection) -> dict[str, object]:
    """The row of table ``inspection``."""
    proof = inspection.identity
    return {
        "order_id": order_id,
        "contents_seen": int(inspection.contents_seen),
        "restricted_confirmed": int(inspection.restricted_confirmed),
        "remark": inspection.remark,
        "identity_kind": proof.kind if proof else "",
        "identity_masked": proof.masked if proof else "",
        "identity_hash": proof.number_hash if proof else "",
        "visit_id": proof.visit_id if proof else "",
        "seen_at": to_text(proof.seen_at) if proof else "",
    }


def inspection_of(row: Row | None) -> Inspection:
    """An Inspection from its row; none means nothing was seen."""
    if row is None:
        return Inspection(contents_seen=False, identity=None)
    proof = None
    if row["identity_kind"]:
        proof = IdentityProof(
            row["identity_kind"],
            row["identity_masked"],
            row["identity_hash"],
            row["visit_id"],
            from_text(row["seen_at"]),
        )
    return Inspection(bool(row["contents_seen"]), proof, row["remark"], bool(row["restricted_confirmed"]))


def _draft_of(row: Row, parcels: Sequence[Row], goods: Sequence[Row]) -> OrderDraft:
    return OrderDraft(
        sender=party_of(row, "sender_"),
        recipient=party_of(row, "recipient_"),
        customer_id=row["customer_id"],
        visit_id=row["visit_id"],
        source=Source(row["source"]),
        service=row["service"],
        pieces=tuple(Piece(p["weight_g"], p["length_mm"], p["width_mm"], p["height_mm"]) for p in parcels),
        goods=tuple(GoodsLine(g["name"], g["quantity"], g["value_fen"]) for g in goods),
        marks=frozenset(HandlingMark(mark) for mark in row["marks"].split(",") if mark),
        declared_value_fen=row["declared_value_fen"],
        cod_fen=row["cod_fen"],
        payer=Payer(row["payer"]),
        pay_way=PayWay(row["pay_way"]),
        tendered_fen=row["tendered_fen"],
        note=row["note"],
    )


def order_of(
    row: Row,
    parcels: Sequence[Row],
    goods: Sequence[Row],
    charges: Sequence[Row],
    inspection: Row | None,
) -> Order:
    """An Order from its rows."""
    return Order(
        id=row["id"],
        number=row["number"],
        draft=_draft_of(row, parcels, goods),
        parcels=tuple(parcel_of(p) for p in parcels),
        charges=tuple(charge_of(c) for c in charges),
        total_fen=row["total_fen"],
        currency=row["currency"],
        chargeable_g=row["chargeable_g"],
        route=Route(row["routing_code"], row["package_centre"], row["line"]),
        inspection=inspection_of(inspection),
        accepted_at=from_text(row["accepted_at"]),
        business_date=row["business_date"],
        promised_at=from_text(row["promised_at"]) if row["promised_at"] else None,
        operator_id=row["operator_id"],
        tariff_version=row["tariff_version"],
        change_fen=row["change_fen"],
        void_reason=row["void_reason"],
    )

"""Taking an order: one transaction saves order, waybill, parcels, payment, print jobs, audit and outbox (flow 1)."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from courier_desk.base.changes import Change
from courier_desk.base.errors import UserError
from courier_desk.base.ids import new_id
from courier_desk.base.translation import message
from courier_desk.domain.acceptance import Inspection
from courier_desk.domain.accepted_order import Order
from courier_desk.domain.contents import Verdict
from courier_desk.domain.customer import Customer
from courier_desk.domain.order import OrderDraft, Payer, Route
from courier_desk.domain.own_number import child
from courier_desk.domain.paper import PaperKind
from courier_desk.domain.parcel import Parcel
from courier_desk.domain.party import Party
from courier_desk.domain.phones import normalise_phone
from courier_desk.domain.tariff import Quote
from courier_desk.domain.user import Action, Actor
from courier_desk.services.gate import Gate
from courier_desk.services.numbering import next_number
from courier_desk.services.ports import Store, UnitOfWork
from courier_desk.services.pricing import Appraisal, PricingService
from courier_desk.services.print_queue import PaperRouting, put_in_queue
from courier_desk.services.station import StationIdentity


@dataclass(frozen=True, slots=True)
class Accepted:
    """What the clerk needs now: the number, what to take, what to give back."""

    order_id: str
    number: str
    parcel_numbers: tuple[str, ...]
    total_fen: int
    change_fen: int
    currency: str
    print_job_ids: tuple[str, ...]
    customer_id: str
    changes: tuple[Change, ...]


class OrderService:
    """Accepts orders. Runs on the db lane, urgent."""

    def __init__(
        self,
        store: Store,
        gate: Gate,
        pricing: PricingService,
        papers: PaperRouting,
        station: Callable[[], StationIdentity],
    ) -> None:
        self._store = store
        self._gate = gate
        self._pricing = pricing
        self._papers = papers
        self._station = station

    def accept(
        self,
        actor: Actor,
        draft: OrderDraft,
        inspection: Inspection,
        draft_id: str | None = None,
        agreed_fen: int | None = None,
    ) -> Accepted:
        """Number and save the order and ask for its labels. ``draft_id``: the kept form that is done with it;
        ``agreed_fen``: the price that was said for this very draft.
        Errors: UserError with the field for the first thing that is wrong; nothing is saved then."""
        self._gate.require(actor, Action.ORDER_ACCEPT)
        draft = _standard(draft)
        appraisal = self._pricing.appraise(draft)
        price = _check(appraisal, inspection)
        if agreed_fen is not None and price.total_fen != agreed_fen:
            raise UserError(message("The price has changed meanwhile: look at it and confirm again."), field="service")
        _check_visit(draft, inspection)
        with self._store.write(actor) as work:
            customer = as_customer(draft, inspection, work.customers.by_phone(draft.sender.phone), new_id())
            order = self._number(work, replace(draft, customer_id=customer.id), inspection, appraisal, price, actor)
            work.orders.add(order)
            work.customers.save(customer)
            work.customers.remember_recipient(customer.id, draft.recipient, work.now)
            jobs = [put_in_queue(work, self._papers, PaperKind.LABEL, parcel.number, actor) for parcel in order.parcels]
            if draft_id is not None:
                work.drafts.remove(draft_id, actor.operator_id)
            _tell(work, order)
            changes = work.commit()
        return Accepted(
            order_id=order.id,
            number=order.number,
            parcel_numbers=tuple(parcel.number for parcel in order.parcels),
            total_fen=order.total_fen,
            change_fen=order.change_fen,
            currency=order.currency,
            print_job_ids=tuple(job.id for job in jobs),
            customer_id=customer.id,
            changes=changes,
        )

    def _number(
        self,
        work: UnitOfWork,
        draft: OrderDraft,
        inspection: Inspection,
        appraisal: Appraisal,
        price: Quote,
        actor: Actor,
    ) -> Order:
        route = appraisal.route
        if route is None:
            raise UserError(message("The routing table does not know this district."), field="recipient_area")
        number, order_id = next_number(work, self._station().number_prefix), new_id()
        parcels = _parcels(order_id, number, draft, route, inspected=inspection.complete)
        return Order(
            id=order_id,
            number=number,
            draft=draft,
            parcels=parcels,
            charges=price.lines,
            total_fen=price.total_fen,
            currency=price.currency,
            chargeable_g=price.billed_g,
            route=route,
            inspection=inspection,
            accepted_at=work.now,
            business_date=work.business_date,
            promised_at=appraisal.promise.at if appraisal.promise else None,
            operator_id=actor.operator_id,
            tariff_version=price.tariff_version,
            change_fen=appraisal.change_fen,
        )


def _parcels(order_id: str, number: str, draft: OrderDraft, route: Route, *, inspected: bool) -> tuple[Parcel, ...]:
    """One for each piece; only an order of several gives its pieces numbers of their own."""
    alone = len(draft.pieces) == 1
    return tuple(
        Parcel(
            id=new_id(),
            order_id=order_id,
            waybill=number,
            number=number if alone else child(number, position),
            piece=position,
            inspected=inspected,
            weight_g=piece.weight_g,
            destination=route.package_centre,
            line=route.line,
        )
        for position, piece in enumerate(draft.pieces, start=1)
    )


def _standard(draft: OrderDraft) -> OrderDraft:
    """As it is stored and found: telephones in digits, characters composed; goods lines with nothing in them left
    out."""
    return replace(
        draft,
        sender=_standard_party(draft.sender, "sender_phone"),
        recipient=_standard_party(draft.recipient, "recipient_phone"),
        goods=tuple(replace(line, name=_tidy(line.name)) for line in draft.goods if line.name.strip()),
        note=_tidy(draft.note),
    )


def _standard_party(party: Party, phone_field: str) -> Party:
    address = replace(party.address, street=_tidy(party.address.street), detail=_tidy(party.address.detail))
    phone = _phone(party.phone, phone_field)
    return Party(_tidy(party.name), phone, _tidy(party.company), address)


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _phone(text: str, field: str) -> str:
    """Digits, with ``-`` and the extension of a virtual number kept, since it leads to the person."""
    try:
        phone = normalise_phone(text)
    except UserError as error:
        raise UserError(error.message, field=field) from error
    return f"{phone.digits}-{phone.extension}" if phone.extension else phone.digits


def _check(appraisal: Appraisal, inspection: Inspection) -> Quote:
    if appraisal.blocking:
        first = appraisal.blocking[0]
        raise UserError(first.text, field=first.field)
    if appraisal.quote is None:
        raise UserError(message("There is no price for this."), field="service")
    if not inspection.contents_seen:
        raise UserError(message("Look at the contents and confirm the inspection."), field="inspected")
    if inspection.identity is None:
        raise UserError(message("Check the sender's identity paper."), field="identity")
    restricted = any(finding.verdict is Verdict.RESTRICTED for finding in appraisal.findings)
    if restricted and not inspection.restricted_confirmed:
        raise UserError(message("Confirm that the conditions for restricted articles are met."), field="restricted")
    return appraisal.quote


def _check_visit(draft: OrderDraft, inspection: Inspection) -> None:
    """A paper counts for the visit in which it was seen (mission B7)."""
    proof = inspection.identity
    if proof is not None and draft.visit_id and proof.visit_id != draft.visit_id:
        raise UserError(message("Check the sender's identity paper."), field="identity")


def as_customer(draft: OrderDraft, inspection: Inspection, known: Customer | None, fresh_id: str) -> Customer:
    """The sender as a customer: ``known`` by telephone or new, with what they sent now as what they usually send."""
    proof = inspection.identity
    return Customer(
        id=known.id if known else fresh_id,
        party=draft.sender,
        usual_service=draft.service,
        usual_goods=draft.goods,
        usual_payer=draft.payer,
        usual_pay_way=draft.pay_way,
        usual_weight_g=draft.pieces[0].weight_g,
        orders=(known.orders if known else 0) + 1,
        identity_kind=proof.kind if proof else "",
        identity_masked=proof.masked if proof else "",
        identity_hash=proof.number_hash if proof else "",
    )


def _tell(work: UnitOfWork, order: Order) -> None:
    body = _spoken(order)
    work.audit("order.accepted", "order", order.id, None, {"number": order.number, "total_fen": order.total_fen})
    work.emit("order.accepted", order.id, body)
    work.change("order", order.id)


def _spoken(order: Order) -> dict[str, Any]:
    """The operation in the words of the trade, whole: headquarters has no other source."""
    draft = order.draft
    return {
        "number": order.number,
        "customer_id": draft.customer_id,
        "visit_id": draft.visit_id,
        "source": draft.source.value,
        "sender": party_body(draft.sender),
        "recipient": party_body(draft.recipient),
        "service": draft.service,
        "marks": sorted(mark.value for mark in draft.marks),
        "goods": [[line.name, line.quantity, line.value_fen] for line in draft.goods],
        "pieces": [
            [p.number, p.weight_g, s.length_mm, s.width_mm, s.height_mm]
            for p, s in zip(order.parcels, draft.pieces, strict=True)
        ],
        "declared_value_fen": draft.declared_value_fen,
        "cod_fen": draft.cod_fen,
        "payer": draft.payer.value,
        "pay_way": draft.pay_way.value,
        "paid_fen": order.total_fen if draft.payer is Payer.SENDER else 0,
        "tendered_fen": draft.tendered_fen,
        "change_fen": order.change_fen,
        "charges": [line.as_data() for line in order.charges],
        "total_fen": order.total_fen,
        "currency": order.currency,
        "tariff_version": order.tariff_version,
        "routing_code": order.route.routing_code,
        "package_centre": order.route.package_centre,
        "line": order.route.line,
        "chargeable_g": order.chargeable_g,
        **_spoken_inspection(order.inspection),
        "accepted_at": order.accepted_at.isoformat(),
        "promised_at": order.promised_at.isoformat() if order.promised_at else None,
        "operator_id": order.operator_id,
        "note": draft.note,
    }


def _spoken_inspection(inspection: Inspection) -> dict[str, Any]:
    proof = inspection.identity
    return {
        "inspected": inspection.complete,
        "restricted_confirmed": inspection.restricted_confirmed,
        "inspection_remark": inspection.remark,
        "identity": [proof.kind, proof.masked, proof.number_hash] if proof else None,
        "identity_seen": [proof.visit_id, proof.seen_at.isoformat()] if proof else None,
    }


def party_body(party: Party) -> dict[str, str]:
    """A sender or recipient for an operation."""
    address = party.address
    return {
        "name": party.name,
        "phone": party.phone,
        "company": party.company,
        "province": address.province,
        "city": address.city,
        "district": address.district,
        "street": address.street,
        "detail": address.detail,
        "postcode": address.postcode,
        "division": address.division,
        "country": address.country,
    }

"""What each kind of news does to the rows of this desk. A kind that is not here is kept aside for a newer program."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from courier_desk.base.ids import new_id
from courier_desk.domain.customer import Customer
from courier_desk.domain.own_number import is_own, mother_of
from courier_desk.domain.parcel import Parcel, told
from courier_desk.domain.party import Address, Party
from courier_desk.domain.reference import ReferenceKind
from courier_desk.domain.scan import Outcome
from courier_desk.domain.status import Status
from courier_desk.protocol.messages import FeedItem, Operation
from courier_desk.protocol.news import CustomerChanged, NewsKind, OperationSettled, ParcelEvent, ReferencePublished
from courier_desk.protocol.shared_order import SharedOrder, VoidedOrder
from courier_desk.services.exchange_ports import FieldState, InboundOrder, LinkRecord, RemoteEvent
from courier_desk.services.ports import Told, UnitOfWork
from courier_desk.services.told_scans import as_scanned_here

_ACCEPTED, _VOIDED = "order.accepted", "order.voided"
_ADDRESS = ("province", "city", "district", "street", "detail", "postcode", "division", "country")
_FIELDS = ("name", "company", *_ADDRESS)


class Broken(Exception):
    """The item cannot be right; nothing was changed. The text is for the log and for headquarters' people."""


class MustWait(Exception):
    """Operations of this desk on the same thing have to go first."""


class UnknownKind(Exception):
    """A newer program may know what to do with it."""


Apply = Callable[[UnitOfWork, LinkRecord, FeedItem, datetime], None]


def apply_item(work: UnitOfWork, record: LinkRecord, item: FeedItem, now: datetime) -> None:
    """Do what ``item`` says. Errors: Broken, MustWait, UnknownKind; then nothing was changed."""
    act = _ACTS.get(item.kind)
    if act is None:
        raise UnknownKind
    if work.news.waits(item.entity_id, record.link.epoch, item.n) or work.outbox.unsent([item.entity_id]):
        raise MustWait
    try:
        act(work, record, item, now)
    except ValueError as error:
        # pydantic's errors quote what they found; only where and what kind of fault is kept.
        raise Broken(type(error).__name__) from None


def _admit(work: UnitOfWork, item: FeedItem, key: str, desk: str = "", operator: str = "") -> bool:
    day = item.at.date()
    return work.admit(Told(key, item.station, desk, item.at, day, operator))


def _operation(item: FeedItem, kind: str) -> Operation:
    found = Operation.model_validate_json(item.body)
    head = (found.kind, found.entity_id, found.station, found.op_id)
    if head != (kind, item.entity_id, item.station, item.op_id):
        raise Broken("the operation is not the one that the item names")
    return found


def _order_shared(work: UnitOfWork, _record: LinkRecord, item: FeedItem, now: datetime) -> None:
    operation = _operation(item, _ACCEPTED)
    order = SharedOrder.model_validate(operation.body)
    parcels = _pieces(order, operation.entity_id)
    own = work.orders.by_number(order.number)
    known = work.inbound.get(order.number)
    for other in (own.id if own else None, known.order_id if known else None):
        if other not in (None, operation.entity_id):
            raise Broken("the number belongs to another order")
    if own is not None or known is not None or not _admit(work, item, f"{item.op_id}:{item.kind}", operation.desk):
        return
    inbound = InboundOrder(
        waybill=order.number,
        order_id=operation.entity_id,
        op_id=item.op_id,
        origin_station=operation.station,
        origin_desk=operation.desk,
        routing_code=order.routing_code,
        service=order.service,
        recipient_name=order.recipient.name,
        recipient_phone=order.recipient.phone,
        sender_phone=order.sender.phone,
        accepted_at=order.accepted_at,
        body=item.body.encode(),
    )
    work.inbound.add(inbound, as_scanned_here(work, parcels), now)
    work.change("inbound", order.number)


def _pieces(order: SharedOrder, order_id: str) -> list[Parcel]:
    if not is_own(order.number, (order.number[:2],)):
        raise Broken("no waybill number")
    found = [
        Parcel(
            id=number,
            order_id=order_id,
            waybill=order.number,
            number=number,
            piece=mother_of(number)[1] or 1,
            # It was taken in somewhere, or nobody would have told of it.
            status=Status.PICK,
            weight_g=weight_g,
            destination=order.package_centre,
            line=order.line,
        )
        for number, weight_g in order.parcels()
    ]
    if len({each.piece for each in found}) != len(found) or any(mother_of(p.number)[0] != order.number for p in found):
        raise Broken("pieces of another waybill")
    return found


def _order_voided(work: UnitOfWork, _record: LinkRecord, item: FeedItem, _now: datetime) -> None:
    operation = _operation(item, _VOIDED)
    said = VoidedOrder.model_validate(operation.body)
    known = work.inbound.get(said.number)
    if work.orders.by_number(said.number) is not None:
        raise Broken("an order of this desk is not cancelled elsewhere")
    if known is None:
        return
    if (known.order_id, known.origin_station) != (operation.entity_id, operation.station):
        raise Broken("the number belongs to another order")
    if not known.void and _admit(work, item, f"{item.op_id}:{item.kind}", operation.desk):
        work.inbound.void(said.number, said.reason)
        work.change("inbound", said.number)


def _parcel_event(work: UnitOfWork, record: LinkRecord, item: FeedItem, _now: datetime) -> None:
    event = ParcelEvent.model_validate_json(item.body)
    if event.station != item.station or mother_of(event.number)[0] != event.waybill:
        raise Broken("the event is not the one that the item names")
    if (event.station, event.desk) == (record.link.station_id, record.link.desk_id):
        return
    own = work.orders.by_number(event.waybill)
    if own is not None and work.outbox.unsent([own.id]):
        raise MustWait
    row = RemoteEvent(
        op_id=item.op_id,
        waybill=event.waybill,
        number=event.number,
        at=event.at,
        station=event.station,
        place=event.place or event.station,
        operation=event.operation,
        outcome=event.outcome,
        remark=event.remark,
    )
    # The row itself is there once only; what is admitted is this one look at it.
    if not work.news.add_event(row) or not _admit(work, item, new_id(), event.desk):
        return
    if own is not None:
        work.change("order", own.id)
        _move(work, list(own.parcels), event, work.parcels.save)
    else:
        work.change("inbound", event.waybill)
        _move(work, list(work.inbound.of_waybill(event.waybill)), event, lambda p: work.inbound.save(p, event.at))


def _move(work: UnitOfWork, parcels: list[Parcel], event: ParcelEvent, save: Callable[[Parcel], None]) -> None:
    for parcel in parcels:
        moved = told(parcel, event.operation)
        if parcel.number == event.number and event.outcome == Outcome.ACCEPTED and moved != parcel:
            save(moved)
            work.change("parcel", parcel.id)


def _customer_changed(work: UnitOfWork, _record: LinkRecord, item: FeedItem, _now: datetime) -> None:
    said = CustomerChanged.model_validate_json(item.body)
    if said.phone != item.entity_id:
        raise Broken("another customer than the one that the item names")
    known = work.customers.by_phone(said.phone)
    customer = known or Customer(new_id(), Party(phone=said.phone))
    spoken = work.customer_words.spoken(said.phone)
    here = work.customer_words.last_order_at(customer.id) if known else None
    values, changed = _values(customer.party), False
    for name, word in sorted(said.fields.items()):
        if name not in _FIELDS:
            continue
        at = max((each for each in (spoken.get(name), here) if each is not None), default=None)
        newer = at is None or word.at > at
        if word.value != values[name]:
            older = FieldState(values[name], at or item.at) if newer else FieldState(word.value, word.at)
            if known is not None:
                work.customer_words.keep_older(said.phone, name, older, word.op_id)
        if newer:
            changed = changed or word.value != values[name]
            values[name] = word.value
            work.customer_words.speak(said.phone, name, word.at, word.op_id)
    if changed and _admit(work, item, new_id()):
        address = Address(**{part: values[part] for part in _ADDRESS})
        party = Party(values["name"], said.phone, values["company"], address)
        work.customers.save(replace(customer, party=party))
        work.change("customer", customer.id)


def _values(party: Party) -> dict[str, str]:
    address = {part: str(getattr(party.address, part)) for part in _ADDRESS}
    return {"name": party.name, "company": party.company, **address}


def _reference_published(work: UnitOfWork, _record: LinkRecord, item: FeedItem, _now: datetime) -> None:
    said = ReferencePublished.model_validate_json(item.body)
    if said.kind not in set(ReferenceKind):
        return
    kind = ReferenceKind(said.kind)
    known = work.reference.get(kind, said.version)
    if known is not None and known.digest != said.digest:
        raise Broken("a version that is here says something else")
    # One that a later version has replaced before this desk heard of it is never fetched.
    work.change("reference.published", said.kind)


def _operation_settled(work: UnitOfWork, _record: LinkRecord, item: FeedItem, now: datetime) -> None:
    said = OperationSettled.model_validate_json(item.body)
    if work.news.settle(said.op_id, said.how, said.text, now):
        work.change("refused_operation", said.op_id)


_ACTS: Mapping[str, Apply] = {
    NewsKind.ORDER_SHARED: _order_shared,
    NewsKind.ORDER_VOIDED: _order_voided,
    NewsKind.PARCEL_EVENT: _parcel_event,
    NewsKind.CUSTOMER_CHANGED: _customer_changed,
    NewsKind.REFERENCE_PUBLISHED: _reference_published,
    NewsKind.OPERATION_SETTLED: _operation_settled,
}

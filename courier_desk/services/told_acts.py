"""What an operation of the past did to the rows of this station: the same acts as when it was done, at its own time."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from courier_desk.domain.approval import Approval, Grade, RequestKind
from courier_desk.domain.bag import Bag, BagState
from courier_desk.domain.customer import Customer
from courier_desk.domain.manifest import Manifest, ManifestItem, ManifestState
from courier_desk.domain.paper import PaperKind
from courier_desk.domain.parcel import Parcel
from courier_desk.domain.print_job import PrintJob, PrintState
from courier_desk.protocol import messages
from courier_desk.services.orders import as_customer
from courier_desk.services.ports import DoesNotFit, UnitOfWork
from courier_desk.services.told_orders import order_told
from courier_desk.services.told_scans import Touched, known_bag, known_manifest, scan_recorded

_PERSON = frozenset({"name", "company"})
_PLACE = frozenset({"province", "city", "district", "street", "detail", "postcode", "division", "country"})


def admit(work: UnitOfWork, told: messages.Operation, touched: Touched) -> None:
    """Write the rows of an operation; ``work`` has admitted it. What the desk itself has worked on meanwhile keeps its
    newer state. Errors: DoesNotFit, and KeyError, TypeError, ValueError, UserError for a body that lacks something."""
    ACTS[told.kind](work, told, touched)


def _order_accepted(work: UnitOfWork, told: messages.Operation, touched: Touched) -> None:
    order = order_told(told)
    phone = order.draft.sender.phone
    known = work.customers.by_phone(phone)
    customer = as_customer(order.draft, order.inspection, known, order.draft.customer_id or told.entity_id)
    older = known is not None and phone in touched
    if known is not None:
        customer = _with_older(known, customer) if older else _with_newer_words(work, told.at, known, customer)
    work.orders.add(replace(order, draft=replace(order.draft, customer_id=customer.id)))
    work.customers.save(customer)
    work.customers.remember_recipient(customer.id, order.draft.recipient, work.now, older=older)


def _with_older(known: Customer, older: Customer) -> Customer:
    """One order more; of what an older order says only the paper counts, where none was seen since."""
    counted = replace(known, orders=older.orders)
    if known.identity_hash:
        return counted
    return replace(
        counted,
        identity_kind=older.identity_kind,
        identity_masked=older.identity_masked,
        identity_hash=older.identity_hash,
    )


def _with_newer_words(work: UnitOfWork, at: datetime, known: Customer, told: Customer) -> Customer:
    """By field, a word of another station that was spoken after this order stands."""
    newer = {name for name, moment in work.customer_words.spoken(known.party.phone).items() if moment > at}
    if not newer:
        return told
    here, there = known.party, told.party
    address = replace(there.address, **{part: getattr(here.address, part) for part in _PLACE & newer})
    party = replace(there, address=address, **{part: getattr(here, part) for part in _PERSON & newer})
    return replace(told, party=party)


def _order_voided(work: UnitOfWork, told: messages.Operation, _touched: Touched) -> None:
    pieces = _pieces(work, told.body["number"])
    if any(piece.void for piece in pieces):
        raise DoesNotFit("void already")
    work.orders.void(told.entity_id, told.body["reason"])
    work.history.voided(told.entity_id)
    if told.body["refund_fen"]:
        _give_back(work, told)
    _use_approval(work, told)


def _payment_refunded(work: UnitOfWork, told: messages.Operation, _touched: Touched) -> None:
    _pieces(work, told.body["number"])
    _give_back(work, told)
    _use_approval(work, told)


def _give_back(work: UnitOfWork, told: messages.Operation) -> None:
    said = told.body
    work.orders.add_refund(told.entity_id, said["refund_fen"], said["currency"], said["way"], said["reason"])


def _use_approval(work: UnitOfWork, told: messages.Operation) -> None:
    """Operations of the first version did not name theirs."""
    if told.body.get("approval"):
        work.approvals.use(told.body["approval"], work.now)


def _bag_opened(work: UnitOfWork, told: messages.Operation, _touched: Touched) -> None:
    said = told.body
    work.bags.add(Bag(told.entity_id, said["tag"], said["destination"], said["line"], BagState.OPEN, work.now))


def _bag_sealed(work: UnitOfWork, told: messages.Operation, touched: Touched) -> None:
    bag, seal = known_bag(work, told.entity_id), told.body["seal"]
    if not work.bags.use_seal(seal, bag.id):
        raise DoesNotFit("the seal was used before")
    if bag.id not in touched:
        work.bags.save(replace(bag, state=BagState.SEALED, seal=seal, sealed_at=work.now))


def _bag_unsealed(work: UnitOfWork, told: messages.Operation, touched: Touched) -> None:
    bag = known_bag(work, told.entity_id)
    if bag.id not in touched:
        work.bags.save(replace(bag, state=BagState.OPEN, seal="", sealed_at=None))
    _use_approval(work, told)


def _handover_opened(work: UnitOfWork, told: messages.Operation, _touched: Touched) -> None:
    said = told.body
    work.manifests.add(
        Manifest(
            id=told.entity_id,
            number=said["number"],
            line=said["line"],
            business_date=told.business_date,
            state=ManifestState.OPEN,
            opened_at=work.now,
            plate=said["plate"],
            driver=said["driver"],
            supplement_of=said["supplement_of"],
        )
    )


def _handover_closed(work: UnitOfWork, told: messages.Operation, _touched: Touched) -> None:
    """The list is as both have signed it, also where a scan of it is missing here."""
    said, manifest = told.body, known_manifest(work, told.entity_id)
    if manifest.state is ManifestState.CLOSED:
        raise DoesNotFit("closed already")
    signed = tuple(ManifestItem(*item) for item in said["items"])
    if signed != manifest.items:
        work.manifests.set_items(manifest.id, signed)
    work.manifests.save(
        replace(
            manifest,
            plate=said["plate"],
            driver=said["driver"],
            differences=tuple(said["differences"]),
            closed_at=work.now,
            state=ManifestState.CLOSED,
            digest=said["digest"],
        )
    )
    work.manifests.dispatch(manifest.id)


def _acceptance_refused(work: UnitOfWork, told: messages.Operation, _touched: Touched) -> None:
    said = told.body
    work.identities.refuse(said["reason"], said["action"], said["remark"], refusal_id=told.entity_id)


def _approval_given(work: UnitOfWork, told: messages.Operation, _touched: Touched) -> None:
    said = told.body
    work.approvals.add(
        Approval(
            told.entity_id,
            RequestKind(said["kind"]),
            said["digest"],
            Grade(said["grade"]),
            told.operator,
            said["approver"],
            work.now,
        )
    )


def _paper_reprinted(work: UnitOfWork, told: messages.Operation, _touched: Touched) -> None:
    """That it was asked for: the marks of later copies go on from it. It came out of a printer that is not here."""
    said = told.body
    work.print_jobs.add(
        PrintJob(
            id=told.entity_id,
            kind=PaperKind(said["kind"]),
            subject=said["subject"],
            printer="",
            state=PrintState.PRINTED,
            created_at=work.now,
            changed_at=work.now,
            operator_id=told.operator,
            copy=said["copy"],
            reason=said["reason"],
        )
    )
    _use_approval(work, told)


def _pieces(work: UnitOfWork, number: str) -> list[Parcel]:
    pieces = list(work.parcels.of_waybill(number))
    if not pieces:
        raise DoesNotFit("no such order")
    return pieces


ACTS: Mapping[str, Callable[[UnitOfWork, messages.Operation, Touched], Any]] = {
    "order.accepted": _order_accepted,
    "order.voided": _order_voided,
    "payment.refunded": _payment_refunded,
    "scan.recorded": scan_recorded,
    "bag.opened": _bag_opened,
    "bag.sealed": _bag_sealed,
    "bag.unsealed": _bag_unsealed,
    "handover.opened": _handover_opened,
    "handover.closed": _handover_closed,
    "acceptance.refused": _acceptance_refused,
    "approval.given": _approval_given,
    "paper.reprinted": _paper_reprinted,
}
"""Every kind of operation whose rows are told whole; what is not here is kept aside."""

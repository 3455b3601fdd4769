"""What a scan of the past did to parcels, bags and lists, and how it meets with news that came before it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from courier_desk.domain.bag import Bag
from courier_desk.domain.manifest import Manifest
from courier_desk.domain.parcel import Parcel
from courier_desk.domain.parcel import told as forward
from courier_desk.domain.scan import Operation, Outcome, ScanEvent
from courier_desk.protocol import messages
from courier_desk.services.handovers import put_bag_on, put_parcel_on, take_off
from courier_desk.services.ports import DoesNotFit, UnitOfWork
from courier_desk.services.scans import move

Touched = Collection[str]
"""Parcel numbers, telephone numbers and ids that this desk has worked on meanwhile: its own word on them is newer."""


def scan_recorded(work: UnitOfWork, told: messages.Operation, touched: Touched) -> None:
    event = _event(told)
    if event.outcome is Outcome.ACCEPTED and event.number not in touched:
        _do_scan(work, event, touched)
    work.scans.add(event)


def _do_scan(work: UnitOfWork, event: ScanEvent, touched: Touched) -> None:
    if event.operation is Operation.UNLOADED and event.manifest_id:
        take_off(work, known_manifest(work, event.manifest_id), event.number)
        return
    if event.operation is Operation.LOADED and not event.waybill:
        loaded = work.bags.by_tag(event.number)
        if loaded is not None and loaded.id not in touched:
            put_bag_on(work, event.manifest_id, loaded)
        return
    parcel = work.parcels.by_number(event.number)
    if parcel is None:
        # A parcel of another station, or one whose order is not here: the scan is evidence all the same.
        _do_inbound_scan(work, event)
        return
    if event.operation is Operation.LOADED and event.manifest_id:
        put_parcel_on(work, event.manifest_id, parcel)
        return
    bag = known_bag(work, event.bag_id) if event.operation is Operation.BAGGED else None
    move(work, parcel, event.operation, bag)


def _do_inbound_scan(work: UnitOfWork, event: ScanEvent) -> None:
    for piece in work.inbound.of_waybill(event.waybill):
        moved = forward(piece, event.operation)
        if piece.number == event.number and moved != piece:
            work.inbound.save(moved, work.now)


def catch_up(work: UnitOfWork, waybill: str) -> None:
    """Pieces of this desk stand where the newest news puts them: it came before the past that they belong to."""
    pieces = {piece.number: piece for piece in work.parcels.of_waybill(waybill)}
    before = dict(pieces)
    for number, operation in work.history.done_elsewhere(waybill):
        if number in pieces:
            pieces[number] = forward(pieces[number], operation)
    for number, piece in pieces.items():
        if piece != before[number]:
            work.parcels.save(piece)


def as_scanned_here(work: UnitOfWork, pieces: Sequence[Parcel]) -> list[Parcel]:
    """Pieces of another station's order as this desk's own scans leave them: the past was here before the order."""
    moved = {piece.number: piece for piece in pieces}
    for waybill in {piece.waybill for piece in pieces}:
        for number, operation in work.history.done_here(waybill):
            if number in moved:
                moved[number] = forward(moved[number], operation)
    return list(moved.values())


def _event(told: messages.Operation) -> ScanEvent:
    said = told.body
    return ScanEvent(
        id=told.entity_id,
        text=said["text"],
        number=said["number"],
        waybill=said["waybill"],
        operation=Operation(said["operation"]),
        outcome=Outcome(said["outcome"]),
        device=said["device"],
        keyed=said["keyed"],
        scanned_at=datetime.fromisoformat(said["scanned_at"]),
        bag_id=said["bag_id"],
        manifest_id=said["manifest_id"],
        reason=said["reason"],
    )


def known_bag(work: UnitOfWork, bag_id: str) -> Bag:
    """The bag. Errors: DoesNotFit."""
    bag = work.bags.get(bag_id)
    if bag is None:
        raise DoesNotFit("no such bag")
    return bag


def known_manifest(work: UnitOfWork, manifest_id: str) -> Manifest:
    """The handover list. Errors: DoesNotFit."""
    manifest = work.manifests.get(manifest_id)
    if manifest is None:
        raise DoesNotFit("no such list")
    return manifest

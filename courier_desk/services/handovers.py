"""Handover lists (出港交接清单): opened for a line, loaded by scans, closed and sealed by a digest (mission D4)."""

from dataclasses import dataclass, replace

from courier_desk.base.changes import Change
from courier_desk.base.errors import UserError
from courier_desk.base.ids import new_id
from courier_desk.base.translation import Message, message
from courier_desk.domain.bag import LIST_PREFIX, Bag, BagState
from courier_desk.domain.manifest import Manifest, ManifestItem, ManifestState, Totals, seal_digest, totals
from courier_desk.domain.paper import PaperKind
from courier_desk.domain.parcel import Parcel, after, judge
from courier_desk.domain.scan import CodeKind, Operation, Outcome
from courier_desk.domain.user import Action, Actor
from courier_desk.services.gate import Gate
from courier_desk.services.numbering import next_number
from courier_desk.services.ports import ReadWork, Store, UnitOfWork
from courier_desk.services.print_queue import PaperRouting, put_in_queue
from courier_desk.services.scans import ScanCommand, ScanResult, ScanService, keep, why_not
from courier_desk.services.station import StationIdentity

_CLOSED = message("This list is closed; make a supplement.")


@dataclass(frozen=True, slots=True)
class HandoverView:
    """A list beside what should be on it. ``short`` stands in the station and is not loaded; both in numbers."""

    manifest: Manifest
    totals: Totals
    short_bags: tuple[Bag, ...]
    short_parcels: tuple[Parcel, ...]


@dataclass(frozen=True, slots=True)
class HandoverResult:
    """The list as it is now."""

    manifest: Manifest
    changes: tuple[Change, ...]


class HandoverService:
    """One line's list of a business day. Runs on the db lane."""

    def __init__(
        self, store: Store, gate: Gate, station: StationIdentity, papers: PaperRouting, scans: ScanService
    ) -> None:
        self._store = store
        self._gate = gate
        self._station = station
        self._papers = papers
        self._scans = scans

    def open(self, actor: Actor, line: str, plate: str = "", driver: str = "") -> HandoverResult:
        """A fresh list for a line."""
        self._gate.require(actor, Action.HANDOVER_WORK)
        if not line.strip():
            raise UserError(message("Choose the line."), field="line")
        with self._store.write(actor) as work:
            manifest = self._new(work, line, plate, driver)
            return HandoverResult(manifest, work.commit())

    def view(self, actor: Actor, manifest_id: str) -> HandoverView:
        """The list and what is missing from it."""
        self._gate.require(actor, Action.HANDOVER_WORK)
        with self._store.read() as work:
            return _view(work, _known(work, manifest_id))

    def load(self, actor: Actor, manifest_id: str, command: ScanCommand) -> ScanResult:
        """Scan a bag tag or a loose parcel onto the list. A doubtful one is an outcome, never an error; likewise one
        for a list that somebody has closed meanwhile."""
        self._gate.require(actor, Action.HANDOVER_WORK)
        code = self._scans.understand(command.raw.text)
        with self._store.write(actor) as work:
            manifest = _known(work, manifest_id)
            if code.kind is CodeKind.BAG:
                return _load_bag(work, manifest, command, code.text)
            pieces = list(work.parcels.of_waybill(code.number)) if code.kind is CodeKind.WAYBILL else []
            found = [p for p in pieces if p.piece == code.piece] if code.piece else pieces
            if len(found) == 1:
                return _load_parcel(work, manifest, command, found[0], len(pieces))
        return self._scans.record(actor, command)

    def unload(self, actor: Actor, manifest_id: str, number: str, command: ScanCommand) -> HandoverResult:
        """Take a bag or parcel off the open list again, with a reason; the scan stays and a new one says so."""
        self._gate.require(actor, Action.HANDOVER_WORK)
        if not command.reason.strip():
            raise UserError(message("Give a reason."), field="reason")
        with self._store.write(actor) as work:
            manifest = _open(work, manifest_id)
            waybill = take_off(work, manifest, number)
            unloaded = replace(command, operation=Operation.UNLOADED)
            parcel = work.parcels.by_number(number)
            keep(work, unloaded, number, waybill, Outcome.ACCEPTED, manifest_id=manifest_id, parcel=parcel)
            work.change("manifest", manifest_id)
            return HandoverResult(_known(work, manifest_id), work.commit())

    def close(
        self, actor: Actor, manifest_id: str, plate: str, driver: str, *, short_confirmed: bool
    ) -> HandoverResult:
        """Seal the list: differences are written first, then nothing changes but by a supplement."""
        self._gate.require(actor, Action.HANDOVER_CLOSE)
        with self._store.write(actor) as work:
            view = _view(work, _open(work, manifest_id))
            _check_close(view, plate, driver, short_confirmed=short_confirmed)
            closing = replace(
                view.manifest,
                plate=plate.strip(),
                driver=driver.strip(),
                differences=tuple(b.tag for b in view.short_bags) + tuple(p.number for p in view.short_parcels),
                closed_at=work.now,
                state=ManifestState.CLOSED,
            )
            closed = replace(closing, digest=seal_digest(closing))
            work.manifests.save(closed)
            work.manifests.dispatch(manifest_id)
            put_in_queue(work, self._papers, PaperKind.HANDOVER_LIST, manifest_id, actor)
            _tell_closed(work, closed)
            return HandoverResult(closed, work.commit())

    def supplement(self, actor: Actor, manifest_id: str) -> HandoverResult:
        """A new list that adds to a closed one; the closed one stays as both have signed it."""
        self._gate.require(actor, Action.HANDOVER_WORK)
        with self._store.write(actor) as work:
            first = _known(work, manifest_id)
            if first.state is not ManifestState.CLOSED:
                raise UserError(message("This list is still open: add to it directly."))
            manifest = self._new(work, first.line, first.plate, first.driver, supplement_of=first.number)
            return HandoverResult(manifest, work.commit())

    def note_export(self, actor: Actor, manifest_id: str) -> None:
        """The list leaves as a file: who may do that is checked, that it was done is logged."""
        self._gate.require(actor, Action.LIST_EXPORT)
        with self._store.write(actor) as work:
            number = _known(work, manifest_id).number
            work.audit("handover.exported", "manifest", manifest_id, None, {"number": number})
            work.commit()

    def _new(self, work: UnitOfWork, line: str, plate: str, driver: str, *, supplement_of: str = "") -> Manifest:
        number = LIST_PREFIX + next_number(work, self._station.number_prefix)
        manifest = Manifest(
            id=new_id(),
            number=number,
            line=line,
            business_date=work.business_date,
            state=ManifestState.OPEN,
            opened_at=work.now,
            plate=plate.strip(),
            driver=driver.strip(),
            supplement_of=supplement_of,
        )
        work.manifests.add(manifest)
        body = {
            "number": number,
            "line": line,
            "plate": manifest.plate,
            "driver": manifest.driver,
            "supplement_of": supplement_of,
        }
        work.audit("handover.opened", "manifest", manifest.id, None, body)
        work.emit("handover.opened", manifest.id, body)
        work.change("manifest", manifest.id)
        return manifest


def _known(work: ReadWork, manifest_id: str) -> Manifest:
    manifest = work.manifests.get(manifest_id)
    if manifest is None:
        raise UserError(message("There is no such handover list."))
    return manifest


def _open(work: ReadWork, manifest_id: str) -> Manifest:
    manifest = _known(work, manifest_id)
    if manifest.state is not ManifestState.OPEN:
        raise UserError(_CLOSED)
    return manifest


def _unless_closed(work: UnitOfWork, manifest: Manifest, outcome: Outcome) -> Outcome:
    """Nothing goes onto a list that both have signed; the page that still shows it open looks again."""
    if manifest.state is ManifestState.OPEN:
        return outcome
    work.change("manifest", manifest.id)
    return Outcome.OUT_OF_ORDER if outcome is Outcome.ACCEPTED else outcome


def _view(work: ReadWork, manifest: Manifest) -> HandoverView:
    still_open = manifest.state is ManifestState.OPEN
    bags = work.bags.sealed_for_line(manifest.line) if still_open else ()
    parcels = work.parcels.loose_for_line(manifest.line) if still_open else ()
    return HandoverView(manifest, totals(manifest.items), tuple(bags), tuple(parcels))


def _load_bag(work: UnitOfWork, manifest: Manifest, command: ScanCommand, tag: str) -> ScanResult:
    bag = work.bags.by_tag(tag)
    outcome = _unless_closed(work, manifest, _judge_bag(bag, manifest))
    where = bag.line if bag else ""
    if bag is not None and outcome is Outcome.ACCEPTED:
        put_bag_on(work, manifest.id, bag)
        where = bag.destination
    keep(work, command, tag, "", outcome, manifest_id=manifest.id)
    pieces, weight = (bag.pieces, bag.weight_g) if bag else (0, 0)
    why = _CLOSED if outcome is Outcome.OUT_OF_ORDER else None
    return ScanResult(outcome, tag, tag, where, pieces=pieces, weight_g=weight, why=why, changes=work.commit())


def _judge_bag(bag: Bag | None, manifest: Manifest) -> Outcome:
    if bag is None:
        return Outcome.UNKNOWN_NUMBER
    if bag.state is BagState.HANDED_OVER:
        return Outcome.REPEAT
    if bag.state is BagState.OPEN:
        return Outcome.BAG_NOT_SEALED
    return Outcome.ACCEPTED if bag.line == manifest.line else Outcome.WRONG_LINE


def _load_parcel(work: UnitOfWork, manifest: Manifest, command: ScanCommand, parcel: Parcel, pieces: int) -> ScanResult:
    judged = judge(parcel, Operation.LOADED, line=manifest.line)
    outcome = _unless_closed(work, manifest, judged)
    why = _CLOSED if outcome is not judged else why_not(work, parcel, outcome)
    where = parcel.line if outcome is Outcome.WRONG_LINE else parcel.destination
    if outcome is Outcome.IN_OTHER_BAG and parcel.bag_id:
        bag = work.bags.get(parcel.bag_id)
        where = bag.tag if bag else ""
    if outcome is Outcome.ACCEPTED:
        put_parcel_on(work, manifest.id, parcel)
    keep(work, command, parcel.number, parcel.waybill, outcome, manifest_id=manifest.id, parcel=parcel)
    return ScanResult(
        outcome,
        command.raw.text,
        parcel.number,
        where,
        piece=parcel.piece,
        pieces=pieces,
        weight_g=parcel.weight_g,
        why=why,
        changes=work.commit(),
    )


def put_bag_on(work: UnitOfWork, manifest_id: str, bag: Bag) -> None:
    """A sealed bag goes with this list."""
    work.bags.save(replace(bag, state=BagState.HANDED_OVER, manifest_id=manifest_id))
    position = work.manifests.next_position(manifest_id)
    item = ManifestItem(position, bag.tag, True, bag.destination, bag.pieces, bag.weight_g)
    work.manifests.add_item(manifest_id, item)
    work.change("manifest", manifest_id)
    work.change("bag", bag.id)


def put_parcel_on(work: UnitOfWork, manifest_id: str, parcel: Parcel) -> None:
    """A loose parcel goes with this list."""
    work.parcels.save(after(parcel, Operation.LOADED, manifest_id=manifest_id))
    position = work.manifests.next_position(manifest_id)
    item = ManifestItem(position, parcel.number, False, parcel.destination, 1, parcel.weight_g)
    work.manifests.add_item(manifest_id, item)
    work.change("manifest", manifest_id)
    work.change("parcel", parcel.id)


def take_off(work: UnitOfWork, manifest: Manifest, number: str) -> str:
    """It does not go with this list after all; returns the waybill it belongs to, empty for a bag. Errors: UserError
    when it is not on the list."""
    item = next((i for i in manifest.items if i.number == number), None)
    if item is None:
        raise UserError(message("This is not on the list: {number}", number=number))
    work.manifests.drop_item(manifest.id, number)
    if item.is_bag:
        bag = work.bags.by_tag(number)
        if bag is not None:
            work.bags.save(replace(bag, state=BagState.SEALED, manifest_id=None))
            work.change("bag", bag.id)
        return ""
    parcel = work.parcels.by_number(number)
    if parcel is None:
        return ""
    work.parcels.save(after(parcel, Operation.UNLOADED, manifest_id=None))
    work.change("parcel", parcel.id)
    return parcel.waybill


def _check_close(view: HandoverView, plate: str, driver: str, *, short_confirmed: bool) -> None:
    if not view.manifest.items:
        raise UserError(message("Nothing is loaded yet."))
    if not plate.strip():
        raise UserError(message("Enter the number plate."), field="plate")
    if not driver.strip():
        raise UserError(message("Enter the driver's name."), field="driver")
    missing = len(view.short_bags) + len(view.short_parcels)
    if missing and not short_confirmed:
        raise UserError(_short(missing), field="short")


def _short(missing: int) -> Message:
    return message("{n} bags or parcels of this line are not loaded; confirm the difference.", n=missing)


def _tell_closed(work: UnitOfWork, closed: Manifest) -> None:
    body = {
        "number": closed.number,
        "line": closed.line,
        "business_date": closed.business_date.isoformat(),
        "plate": closed.plate,
        "driver": closed.driver,
        "supplement_of": closed.supplement_of,
        "differences": list(closed.differences),
        "digest": closed.digest,
        "items": [
            [i.position, i.number, i.is_bag, i.destination, i.pieces, i.weight_g, i.remark] for i in closed.items
        ],
    }
    work.audit("handover.closed", "manifest", closed.id, None, {"number": closed.number, "digest": closed.digest})
    work.emit("handover.closed", closed.id, body)
    work.change("manifest", closed.id)

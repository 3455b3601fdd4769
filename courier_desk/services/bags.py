"""Bags: opened for a destination, filled by scans, sealed with a seal number (mission D2, domain.md 5.2)."""

from dataclasses import dataclass, replace

from courier_desk.base.changes import Change
from courier_desk.base.errors import UserError
from courier_desk.base.ids import new_id
from courier_desk.base.translation import message
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.bag import TAG_PREFIX, Bag, BagState
from courier_desk.domain.paper import PaperKind
from courier_desk.domain.user import Action, Actor
from courier_desk.services.approvals import ApprovalRequest, consume, request_for
from courier_desk.services.gate import Gate
from courier_desk.services.numbering import next_number
from courier_desk.services.ports import Store, UnitOfWork
from courier_desk.services.print_queue import PaperRouting, put_in_queue
from courier_desk.services.station import StationIdentity


@dataclass(frozen=True, slots=True)
class BagResult:
    """The bag as it is now."""

    bag: Bag
    changes: tuple[Change, ...]


class BagService:
    """Opens, seals and reopens bags. Runs on the db lane."""

    def __init__(self, store: Store, gate: Gate, station: StationIdentity, papers: PaperRouting) -> None:
        self._store = store
        self._gate = gate
        self._station = station
        self._papers = papers

    def open(self, actor: Actor, destination: str, line: str) -> BagResult:
        """A fresh bag for one destination; its tag is printed at once."""
        self._gate.require(actor, Action.BAG_WORK)
        if not destination.strip():
            raise UserError(message("Say where the bag goes."), field="destination")
        with self._store.write(actor) as work:
            tag = TAG_PREFIX + next_number(work, self._station.number_prefix)
            bag = Bag(new_id(), tag, destination, line, BagState.OPEN, work.now)
            work.bags.add(bag)
            put_in_queue(work, self._papers, PaperKind.BAG_TAG, bag.id, actor)
            _tell(work, "bag.opened", None, bag)
            return BagResult(bag, work.commit())

    def by_tag(self, actor: Actor, tag: str) -> Bag | None:
        """The bag with this tag."""
        self._gate.require(actor, Action.BAG_WORK)
        with self._store.read() as work:
            return work.bags.by_tag(tag)

    def seal(self, actor: Actor, bag_id: str, seal: str, counted: int) -> BagResult:
        """Close the bag: the pieces counted again must be those scanned in; the seal number is used once."""
        self._gate.require(actor, Action.BAG_WORK)
        number = seal.strip().upper()
        if not number:
            raise UserError(message("Scan or type the seal number."), field="seal")
        with self._store.write(actor) as work:
            bag = _known(work, bag_id)
            if bag.state is not BagState.OPEN:
                raise UserError(message("This bag is sealed already."))
            if bag.pieces == 0:
                raise UserError(message("The bag is empty."))
            if counted != bag.pieces:
                raise UserError(
                    message("Counted {counted}, scanned {scanned}: look again.", counted=counted, scanned=bag.pieces),
                    field="counted",
                )
            if not work.bags.use_seal(number, bag.id):
                raise UserError(message("This seal number was used before."), field="seal")
            sealed = replace(bag, state=BagState.SEALED, seal=number, sealed_at=work.now)
            work.bags.save(sealed)
            put_in_queue(work, self._papers, PaperKind.BAG_TAG, bag.id, actor)
            contents = [parcel.number for parcel in work.parcels.in_bag(bag.id)]
            _tell(work, "bag.sealed", bag, sealed, contents=contents)
            return BagResult(sealed, work.commit())

    def unseal(self, actor: Actor, request: ApprovalRequest, approval_id: str) -> BagResult:
        """Open a sealed bag again, with a second person's word."""
        self._gate.require(actor, Action.BAG_WORK)
        with self._store.write(actor) as work:
            bag = _known(work, request.subject)
            if bag.state is not BagState.SEALED:
                raise UserError(message("Only a sealed bag that is on no list can be opened again."))
            consume(work, request_for(RequestKind.UNSEAL, bag.id, request.reason), approval_id, actor)
            opened = replace(bag, state=BagState.OPEN, seal="", sealed_at=None)
            work.bags.save(opened)
            _tell(work, "bag.unsealed", bag, opened, reason=request.reason, approval=approval_id)
            return BagResult(opened, work.commit())


def _known(work: UnitOfWork, bag_id: str) -> Bag:
    bag = work.bags.get(bag_id)
    if bag is None:
        raise UserError(message("There is no such bag."))
    return bag


def _tell(work: UnitOfWork, action: str, before: Bag | None, after: Bag, **more: object) -> None:
    body = _spoken(after) | more
    work.audit(action, "bag", after.id, _spoken(before) if before else None, body)
    work.emit(action, after.id, body)
    work.change("bag", after.id)


def _spoken(bag: Bag) -> dict[str, object]:
    return {
        "tag": bag.tag,
        "destination": bag.destination,
        "line": bag.line,
        "state": bag.state.value,
        "pieces": bag.pieces,
        "weight_g": bag.weight_g,
        "seal": bag.seal,
    }

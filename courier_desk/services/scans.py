"""A scan becomes a fact: event, status, audit and outbox in one transaction; nothing scanned is ever dropped."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from courier_desk.base.changes import Change
from courier_desk.base.ids import new_id
from courier_desk.base.translation import Message
from courier_desk.domain.bag import Bag, BagState, fits
from courier_desk.domain.codes import parse_code
from courier_desk.domain.local_text import LocalText
from courier_desk.domain.manifest import Manifest, ManifestState
from courier_desk.domain.parcel import Parcel, after, arrived_again, judge, judge_inbound, stored
from courier_desk.domain.scan import Code, CodeKind, Operation, Outcome, RawScan, ScanEvent
from courier_desk.domain.scan_signals import why_out_of_order
from courier_desk.domain.user import Action, Actor
from courier_desk.services.gate import Gate
from courier_desk.services.ports import Store, UnitOfWork

_WITHOUT_PARCEL = {
    CodeKind.FOREIGN: Outcome.OTHER_CARRIER,
    CodeKind.UNREADABLE: Outcome.UNREADABLE,
    CodeKind.BAG: Outcome.UNREADABLE,
    CodeKind.SEAL: Outcome.UNREADABLE,
    CodeKind.LIST: Outcome.UNREADABLE,
    CodeKind.COMMAND: Outcome.UNREADABLE,
}


@dataclass(frozen=True, slots=True)
class ScanCommand:
    """What a scan is meant to do. ``reason`` allows a move into another bag (domain.md 5.3)."""

    raw: RawScan
    operation: Operation
    bag_id: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What the desk said. ``where`` names what the person needs: the right bag's destination, the line, the first
    time for a repeat, the carrier for a foreign number. ``why``: which step is missing or was done already, for a scan
    out of order. ``origin`` is the station that took it, empty for this one, ``origin_name`` what it is called."""

    outcome: Outcome
    text: str
    number: str
    where: str
    piece: int = 0
    pieces: int = 0
    weight_g: int = 0
    why: Message | None = None
    origin: str = ""
    origin_name: LocalText | None = None
    changes: tuple[Change, ...] = ()


class ScanService:
    """Records scans. Runs on the db lane, urgent."""

    def __init__(
        self,
        store: Store,
        gate: Gate,
        own_prefixes: Callable[[], Collection[str]],
        stations: Callable[[], Mapping[str, LocalText]],
    ) -> None:
        self._store = store
        self._gate = gate
        self._own_prefixes = own_prefixes
        self._stations = stations

    def understand(self, text: str) -> Code:
        """What a scanned or typed text is."""
        return parse_code(text, self._own_prefixes())

    def record(self, actor: Actor, command: ScanCommand) -> ScanResult:
        """Keep the scan and do what it says, or say why not. Errors: EnvironmentFault only; a doubtful scan is an
        outcome, never an error."""
        self._gate.require(actor, Action.SCAN_RECORD)
        code = self.understand(command.raw.text)
        with self._store.write(actor) as work:
            parcels = _meant(code, work.parcels.of_waybill(code.number))
            # What this desk did not take in itself may have come from another station.
            inbound = [] if parcels else _meant(code, work.inbound.of_waybill(code.number))
            if len(inbound) == 1:
                result = _with_inbound(work, command, code, inbound[0])
                return replace(result, origin_name=self._stations().get(result.origin))
            if len(parcels) != 1:
                return _without_parcel(work, command, code, len(parcels) or len(inbound))
            return _with_parcel(work, command, code, parcels[0])


def _meant(code: Code, pieces: Sequence[Parcel]) -> list[Parcel]:
    if code.kind is not CodeKind.WAYBILL:
        return []
    return [p for p in pieces if p.piece == code.piece] if code.piece else list(pieces)


def _without_parcel(work: UnitOfWork, command: ScanCommand, code: Code, found: int) -> ScanResult:
    """Nothing to act on: kept all the same."""
    outcome = _WITHOUT_PARCEL.get(code.kind, Outcome.WHICH_PIECE if found else Outcome.UNKNOWN_NUMBER)
    number = code.number if code.kind is CodeKind.WAYBILL else code.text
    keep(work, command, number, code.number, outcome)
    return ScanResult(outcome, code.text, number, code.carrier, pieces=found, changes=work.commit())


def _with_parcel(work: UnitOfWork, command: ScanCommand, code: Code, parcel: Parcel) -> ScanResult:
    bag = work.bags.get(command.bag_id) if command.bag_id else None
    outcome = _judge(work, parcel, command, bag)
    where, why = _where(work, parcel, command, outcome), why_not(work, parcel, outcome)
    # A scan of its return names the list that it had left with: the parcel itself will not.
    left = left_with(work, parcel) if command.operation is Operation.ARRIVED else None
    if outcome is Outcome.ACCEPTED:
        move(work, parcel, command.operation, bag)
    manifest_id = left.id if left else ""
    keep(work, command, parcel.number, parcel.waybill, outcome, manifest_id=manifest_id, parcel=parcel)
    return ScanResult(
        outcome,
        code.text,
        parcel.number,
        where,
        piece=parcel.piece,
        pieces=len(work.parcels.of_waybill(parcel.waybill)),
        weight_g=parcel.weight_g,
        why=why,
        changes=work.commit(),
    )


def _with_inbound(work: UnitOfWork, command: ScanCommand, code: Code, parcel: Parcel) -> ScanResult:
    """A parcel of another station: it arrives here and is signed for; headquarters tells the others."""
    first = work.scans.first(parcel.number, command.operation)
    outcome = judge_inbound(parcel, command.operation, arrived=first is not None)
    if outcome is Outcome.ACCEPTED:
        work.inbound.save(after(parcel, command.operation), work.now)
        work.change("inbound", parcel.waybill)
    keep(work, command, parcel.number, parcel.waybill, outcome, parcel=parcel)
    order = work.inbound.get(parcel.waybill)
    return ScanResult(
        outcome,
        code.text,
        parcel.number,
        first.scanned_at.isoformat() if first and outcome is Outcome.REPEAT else parcel.destination,
        piece=parcel.piece,
        pieces=len(work.inbound.of_waybill(parcel.waybill)),
        weight_g=parcel.weight_g,
        why=why_not(work, parcel, outcome),
        origin=order.origin_station if order else "",
        changes=work.commit(),
    )


def _judge(work: UnitOfWork, parcel: Parcel, command: ScanCommand, bag: Bag | None) -> Outcome:
    outcome = judge(parcel, command.operation, bag_id=command.bag_id)
    if command.operation is not Operation.BAGGED:
        return outcome
    if outcome is Outcome.IN_OTHER_BAG and _is_shut(work, parcel):
        return Outcome.OUT_OF_ORDER
    if bag is None and outcome is Outcome.ACCEPTED:
        return Outcome.NO_BAG_OPEN
    if outcome is Outcome.ACCEPTED and bag is not None:
        outcome = fits(bag, parcel)
    movable = outcome in (Outcome.WRONG_BAG, Outcome.IN_OTHER_BAG)
    if movable and command.reason and bag is not None and fits(bag, parcel) is not Outcome.NO_BAG_OPEN:
        return Outcome.ACCEPTED
    return outcome


def _is_shut(work: UnitOfWork, parcel: Parcel) -> bool:
    """True when the parcel's bag is sealed or handed over: what lies in it is taken out only by opening the bag."""
    bag = work.bags.get(parcel.bag_id) if parcel.bag_id else None
    return bag is not None and bag.state is not BagState.OPEN


def move(work: UnitOfWork, parcel: Parcel, operation: Operation, bag: Bag | None) -> None:
    """What an accepted scan does to the parcel and to the bags it leaves and enters. ``bag``: the one at hand."""
    if bag is not None and operation is Operation.BAGGED:
        former = work.bags.get(parcel.bag_id) if parcel.bag_id else None
        if former is not None:
            work.bags.save(replace(former, pieces=former.pieces - 1, weight_g=former.weight_g - parcel.weight_g))
            work.change("bag", former.id)
        work.bags.save(replace(bag, pieces=bag.pieces + 1, weight_g=bag.weight_g + parcel.weight_g))
        work.change("bag", bag.id)
    if operation is Operation.ARRIVED and left_with(work, parcel) is not None:
        # List and bag stay as they were signed for; the parcel is here again and goes on with others.
        work.parcels.save(arrived_again(parcel))
    else:
        work.parcels.save(after(parcel, operation, bag_id=bag.id if bag else None))
    work.change("parcel", parcel.id)
    work.change("order", parcel.order_id)


def left_with(work: UnitOfWork, parcel: Parcel) -> Manifest | None:
    """The closed list that the parcel left this station with, in a bag or loose; None while it is here."""
    manifest = work.manifests.get(parcel.manifest_id) if parcel.manifest_id else None
    return manifest if manifest is not None and manifest.state is ManifestState.CLOSED else None


def why_not(work: UnitOfWork, parcel: Parcel, outcome: Outcome) -> Message | None:
    """Which step is missing or was done already, for a scan out of order."""
    if outcome is not Outcome.OUT_OF_ORDER:
        return None
    manifest = left_with(work, parcel)
    return why_out_of_order(parcel, manifest.number if manifest else "")


def _where(work: UnitOfWork, parcel: Parcel, command: ScanCommand, outcome: Outcome) -> str:
    """The one thing the person needs to know beside the word."""
    if outcome is Outcome.REPEAT:
        first = work.scans.first(parcel.number, command.operation)
        return first.scanned_at.isoformat() if first else ""
    if outcome in (Outcome.IN_OTHER_BAG, Outcome.OUT_OF_ORDER) and parcel.bag_id:
        other = work.bags.get(parcel.bag_id)
        return other.tag if other else ""
    if outcome is Outcome.WRONG_LINE:
        return parcel.line
    return parcel.destination


def keep(
    work: UnitOfWork,
    command: ScanCommand,
    number: str,
    waybill: str,
    outcome: Outcome,
    *,
    manifest_id: str = "",
    parcel: Parcel | None = None,
) -> None:
    """Write the scan event with its audit row and its operation for headquarters. ``parcel``: as it was before."""
    event = ScanEvent(
        id=new_id(),
        text=_storable(command.raw.text),
        number=_storable(number),
        waybill=waybill,
        operation=command.operation,
        outcome=outcome,
        device=command.raw.device,
        keyed=command.raw.keyed,
        scanned_at=command.raw.at,
        bag_id=command.bag_id or "",
        manifest_id=manifest_id,
        reason=command.reason,
    )
    work.scans.add(event)
    work.change("scan", event.id)
    before, said = None, {"number": event.number, "outcome": outcome.value}
    if parcel is not None:
        then = after(parcel, command.operation) if outcome is Outcome.ACCEPTED else parcel
        before, said = {"status": parcel.status.value}, said | {"status": then.status.value}
    work.audit("scan.recorded", "scan", event.id, before, said)
    work.emit("scan.recorded", event.id, _spoken(event))


def _spoken(event: ScanEvent) -> dict[str, object]:
    return {
        "text": event.text,
        "number": event.number,
        "waybill": event.waybill,
        "operation": event.operation.value,
        "outcome": event.outcome.value,
        "counts": stored(event.outcome),
        "device": event.device,
        "keyed": event.keyed,
        "scanned_at": event.scanned_at.isoformat(),
        "bag_id": event.bag_id,
        "manifest_id": event.manifest_id,
        "reason": event.reason,
    }


def _storable(text: str) -> str:
    """The beginning of it; half a character, which no database takes, becomes a question mark."""
    return text[:200].encode("utf-8", "replace").decode()

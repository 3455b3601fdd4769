"""A parcel (one piece) and the life it may lead: what each scan does to its status."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from courier_desk.domain.scan import Operation, Outcome
from courier_desk.domain.status import Status


@dataclass(frozen=True, slots=True)
class Parcel:
    """One box with its number; ``waybill`` is the mother number that all pieces of an order share."""

    id: str
    order_id: str
    waybill: str
    number: str
    piece: int
    status: Status = Status.INFO
    inspected: bool = False
    void: bool = False
    weight_g: int = 0
    destination: str = ""
    line: str = ""
    bag_id: str | None = None
    manifest_id: str | None = None
    row_version: int = 1


def may_collect(parcel: Parcel) -> bool:
    """Nothing is accepted without acceptance inspection and identity (收寄验视, mission B7)."""
    return parcel.inspected and not parcel.void


_AFTER: Mapping[Operation, Status] = {
    Operation.COLLECTED: Status.PICK,
    Operation.BAGGED: Status.SORT,
    Operation.DISPATCHED: Status.TRAN,
    Operation.ARRIVED: Status.TRAN,
    Operation.SIGNED: Status.DLVD,
}
_FINAL = frozenset({Status.DLVD, Status.RETD})
_ALREADY: Mapping[Operation, frozenset[Status]] = {
    Operation.COLLECTED: frozenset({Status.PICK, Status.SORT, Status.TRAN}),
    Operation.DISPATCHED: frozenset({Status.TRAN}),
    Operation.SIGNED: frozenset({Status.DLVD}),
}


def judge(parcel: Parcel, operation: Operation, *, bag_id: str | None = None, line: str = "") -> Outcome:
    """What the desk says to this scan of this parcel. For BAGGED ``bag_id`` is the open bag, for LOADED ``line`` the
    line of the open handover list."""
    if parcel.void:
        return Outcome.VOID_LABEL
    if operation is Operation.BAGGED and parcel.bag_id is not None:
        return Outcome.REPEAT if parcel.bag_id == bag_id else Outcome.IN_OTHER_BAG
    if operation is Operation.LOADED and parcel.manifest_id is not None:
        return Outcome.REPEAT
    if parcel.status in _ALREADY.get(operation, frozenset()):
        return Outcome.REPEAT
    if not may_collect(parcel):
        return Outcome.NOT_INSPECTED
    return _in_order(parcel, operation, line)


def _in_order(parcel: Parcel, operation: Operation, line: str) -> Outcome:
    if parcel.status in _FINAL or (operation is not Operation.COLLECTED and parcel.status is Status.INFO):
        return Outcome.OUT_OF_ORDER
    if operation is Operation.BAGGED and parcel.manifest_id is not None:
        # It stands on a list as a loose parcel: in a bag too, it would be handed over twice.
        return Outcome.OUT_OF_ORDER
    if operation is Operation.LOADED and parcel.bag_id is not None:
        return Outcome.IN_OTHER_BAG
    if operation is Operation.LOADED and parcel.line != line:
        return Outcome.WRONG_LINE
    return Outcome.ACCEPTED


def stored(outcome: Outcome) -> bool:
    """True when the scan counts as an event in the parcel's life: accepted, or an illegal jump, kept but flagged
    (domain.md 5.1)."""
    return outcome in (Outcome.ACCEPTED, Outcome.OUT_OF_ORDER)


def after(parcel: Parcel, operation: Operation, *, bag_id: str | None = None, manifest_id: str | None = None) -> Parcel:
    """The parcel after an accepted scan."""
    status = _AFTER.get(operation, parcel.status)
    if operation is Operation.BAGGED:
        return replace(parcel, status=status, bag_id=bag_id)
    if operation in (Operation.LOADED, Operation.UNLOADED):
        return replace(parcel, manifest_id=manifest_id)
    return replace(parcel, status=status)


def arrived_again(parcel: Parcel) -> Parcel:
    """One that had left and is back here (missent, or sent on over this station): free of the bag and the list that it
    left with, so that it may go into another."""
    return replace(after(parcel, Operation.ARRIVED), bag_id=None, manifest_id=None)


_FURTHEST = (Status.INFO, Status.PICK, Status.SORT, Status.TRAN, Status.DLVD)


def told(parcel: Parcel, operation: str) -> Parcel:
    """The parcel after something was done to it elsewhere. News come late and in any order: they only ever move it
    forward, and what has ended stays as it is."""
    status = _AFTER.get(Operation(operation)) if operation in set(Operation) else None
    if status is None or parcel.status not in _FURTHEST:
        return parcel
    behind = _FURTHEST.index(status) <= _FURTHEST.index(parcel.status)
    return parcel if behind else replace(parcel, status=status)


def judge_inbound(parcel: Parcel, operation: Operation, *, arrived: bool) -> Outcome:
    """What the desk says to a scan of another station's parcel: it may arrive (once) and be signed for here."""
    outcome = judge(parcel, operation)
    if outcome is not Outcome.ACCEPTED:
        return outcome
    if operation is Operation.ARRIVED:
        return Outcome.REPEAT if arrived else Outcome.ACCEPTED
    return Outcome.ACCEPTED if operation is Operation.SIGNED else Outcome.OUT_OF_ORDER

"""A scan: what came from the device, what it means, and what the desk says to it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Operation(StrEnum):
    """What a scan does (mission D2; the terms of domain.md 5.1)."""

    COLLECTED = "collected"
    BAGGED = "bagged"
    LOADED = "loaded"
    UNLOADED = "unloaded"
    DISPATCHED = "dispatched"
    ARRIVED = "arrived"
    SIGNED = "signed"


class Outcome(StrEnum):
    """What the desk says to a scan; each has its own signal and next step (mission D3)."""

    ACCEPTED = "accepted"
    REPEAT = "repeat"
    UNKNOWN_NUMBER = "unknown_number"
    OTHER_CARRIER = "other_carrier"
    VOID_LABEL = "void_label"
    NOT_INSPECTED = "not_inspected"
    WRONG_BAG = "wrong_bag"
    IN_OTHER_BAG = "in_other_bag"
    NO_BAG_OPEN = "no_bag_open"
    BAG_NOT_SEALED = "bag_not_sealed"
    WRONG_LINE = "wrong_line"
    WHICH_PIECE = "which_piece"
    OUT_OF_ORDER = "out_of_order"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class RawScan:
    """What a device delivered: the text of one code, the device's name, and when (UTC)."""

    text: str
    device: str
    at: datetime
    keyed: bool = False


class CodeKind(StrEnum):
    """What a scanned text is."""

    WAYBILL = "waybill"
    BAG = "bag"
    SEAL = "seal"
    LIST = "list"
    COMMAND = "command"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Code:
    """A scan understood: ``number`` is the mother number of our waybill, ``piece`` 0 for the mother itself.
    ``carrier`` names whose it looks like when it is not ours."""

    kind: CodeKind
    text: str
    number: str = ""
    piece: int = 0
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class ScanEvent:
    """A scan as kept for ever (evidence: append-only, domain.md 0.2). ``number`` is empty when it could not be read."""

    id: str
    text: str
    number: str
    waybill: str
    operation: Operation
    outcome: Outcome
    device: str
    keyed: bool
    scanned_at: datetime
    bag_id: str = ""
    manifest_id: str = ""
    reason: str = ""

"""How the floor's pages say bags, lists and the results of scans."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from courier_desk.base.translation import Message, _, message
from courier_desk.domain.bag import BagState
from courier_desk.domain.carriers import Carrier
from courier_desk.domain.manifest import ManifestState
from courier_desk.domain.scan import Code, CodeKind, Operation, Outcome
from courier_desk.domain.scan_signals import SIGNALS
from courier_desk.domain.words import CARRIER_WORDS
from courier_desk.services.scans import ScanResult
from courier_desk.ui.figures import kilograms, moment_text, number_text, station_text

KEYED_DEVICE = "keyed"

BAG_TONES: Mapping[str, tuple[str, str]] = {
    BagState.OPEN: ("info", "tote-simple"),
    BagState.SEALED: ("good", "lock-simple"),
    BagState.HANDED_OVER: ("muted", "truck"),
}
LIST_TONES: Mapping[str, tuple[str, str]] = {
    ManifestState.OPEN: ("info", "truck"),
    ManifestState.CLOSED: ("good", "lock-simple"),
}
TONE_SIGNS = {"good": "check-circle", "warn": "warning", "bad": "x-circle", "info": "info", "muted": "clock"}


class NextStep(StrEnum):
    """What one key does about the last result."""

    NONE = "none"
    LIFE = "life"
    ENTER = "enter"
    MOVE = "move"
    NEW_BAG = "new_bag"
    TYPE = "type"
    SEAL = "seal"


STEPS: Mapping[Outcome, NextStep] = {
    Outcome.REPEAT: NextStep.LIFE,
    Outcome.UNKNOWN_NUMBER: NextStep.ENTER,
    Outcome.OTHER_CARRIER: NextStep.TYPE,
    Outcome.VOID_LABEL: NextStep.LIFE,
    Outcome.NOT_INSPECTED: NextStep.LIFE,
    Outcome.WRONG_BAG: NextStep.MOVE,
    Outcome.IN_OTHER_BAG: NextStep.MOVE,
    Outcome.NO_BAG_OPEN: NextStep.NEW_BAG,
    Outcome.BAG_NOT_SEALED: NextStep.SEAL,
    Outcome.WRONG_LINE: NextStep.LIFE,
    Outcome.WHICH_PIECE: NextStep.TYPE,
    Outcome.OUT_OF_ORDER: NextStep.LIFE,
    Outcome.UNREADABLE: NextStep.TYPE,
}
STEP_WORDS: Mapping[NextStep, Message] = {
    NextStep.NONE: message(""),
    NextStep.LIFE: message("Show its life"),
    NextStep.ENTER: message("Enter its order"),
    NextStep.MOVE: message("Put it in with a reason"),
    NextStep.NEW_BAG: message("Open a bag for it"),
    NextStep.TYPE: message("Type our number"),
    NextStep.SEAL: message("Seal this bag"),
}
_MISREAD = message("One digit was misread: the check digit does not fit.")
_OTHER_STATION = message("another kind of station")
_PLACE_NAMES: Mapping[Outcome, Message] = {
    Outcome.OTHER_CARRIER: message("Looks like"),
    Outcome.IN_OTHER_BAG: message("Lies in"),
    Outcome.WRONG_LINE: message("Goes with line"),
    Outcome.WRONG_BAG: message("Belongs into"),
    Outcome.WHICH_PIECE: message("Pieces"),
    Outcome.ACCEPTED: message("Goes to"),
    Outcome.NO_BAG_OPEN: message("Goes to"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A result as it is shown: ``place`` is the one thing the person needs beside the word."""

    tone: str
    word: str
    number: str = ""
    detail: str = ""
    place_name: str = ""
    place: str = ""
    next_step: str = ""


def result_said(result: ScanResult, code: Code, operation: Operation, zone: ZoneInfo, now: datetime) -> Said:
    """What the screen says to a result."""
    signal = SIGNALS[result.outcome]
    name, place = _place(result, code, operation, zone, now)
    unknown_bag = code.kind is CodeKind.BAG and result.outcome is Outcome.UNKNOWN_NUMBER
    details = [str(_MISREAD)] if code.kind is CodeKind.UNREADABLE and code.carrier == Carrier.OWN else []
    if result.piece and result.pieces > 1:
        details.append(_("Piece {piece} of {pieces}").format(piece=result.piece, pieces=result.pieces))
    if result.weight_g:
        details.append(kilograms(result.weight_g))
    if result.origin:
        details.append(_("Taken at {station}").format(station=station_text(result.origin, result.origin_name)))
    next_step = _(signal.next_step)
    if result.why is not None:
        next_step = _("{why} The scan was kept and marked.").format(why=result.why)
    return Said(
        tone=signal.tone.value,
        word=_("No such bag") if unknown_bag else _(signal.word),
        number=number_text(result.number)[:60],
        detail="  ·  ".join(details),
        place_name=name,
        place=place,
        next_step=_("This tag was not made here; look at the bag.") if unknown_bag else next_step,
    )


def _place(result: ScanResult, code: Code, operation: Operation, zone: ZoneInfo, now: datetime) -> tuple[str, str]:
    """Name and text of what stands at the right."""
    outcome, where = result.outcome, result.where
    if outcome is Outcome.REPEAT and operation is not Operation.LOADED:
        # A repeat says when the first scan was; ports give it as ISO text.
        return _("First scanned"), moment_text(datetime.fromisoformat(where), zone, now) if where else ""
    if outcome is Outcome.OTHER_CARRIER and code.carrier == Carrier.OWN:
        where = str(_OTHER_STATION)
    elif outcome is Outcome.OTHER_CARRIER and where in CARRIER_WORDS:
        where = _(CARRIER_WORDS[Carrier(where)])
    elif outcome is Outcome.IN_OTHER_BAG:
        where = number_text(where)
    elif outcome is Outcome.WHICH_PIECE:
        where = str(result.pieces)
    name = _PLACE_NAMES.get(outcome)
    return (str(name), where) if name else ("", "")

"""How each outcome of a scan is said: tone, one large word, and what to do next (mission D3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from courier_desk.base.translation import N_, Message, message
from courier_desk.domain.parcel import Parcel
from courier_desk.domain.scan import Operation, Outcome
from courier_desk.domain.status import Status


class Tone(StrEnum):
    """Green, amber, red; each with its own sound."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Signal:
    """English source texts; translated where they are shown."""

    tone: Tone
    word: str
    next_step: str


SIGNALS: Mapping[Outcome, Signal] = {
    Outcome.ACCEPTED: Signal(Tone.GOOD, N_("Accepted"), ""),
    Outcome.REPEAT: Signal(Tone.WARN, N_("Scanned before"), N_("Nothing was counted twice; go on with the next.")),
    Outcome.UNKNOWN_NUMBER: Signal(
        Tone.WARN, N_("No such order"), N_("Keep the parcel aside and enter its order; the scan was kept.")
    ),
    Outcome.OTHER_CARRIER: Signal(
        Tone.WARN, N_("Not our number"), N_("Look for our own label on the box, or give it back.")
    ),
    Outcome.VOID_LABEL: Signal(Tone.BAD, N_("Label is void"), N_("Take the label off and ask why it was cancelled.")),
    Outcome.NOT_INSPECTED: Signal(
        Tone.BAD, N_("Not inspected"), N_("Inspect the contents and check the identity first.")
    ),
    Outcome.WRONG_BAG: Signal(
        Tone.BAD, N_("Wrong bag"), N_("Take it out and put it into the bag shown, or give a reason.")
    ),
    Outcome.IN_OTHER_BAG: Signal(
        Tone.BAD, N_("In another bag"), N_("Scan that bag, or move the parcel with a reason.")
    ),
    Outcome.NO_BAG_OPEN: Signal(Tone.BAD, N_("No open bag"), N_("Open a bag or scan the tag of an open one.")),
    Outcome.BAG_NOT_SEALED: Signal(Tone.BAD, N_("Bag is not sealed"), N_("Seal the bag first, then load it.")),
    Outcome.WRONG_LINE: Signal(Tone.BAD, N_("Wrong line"), N_("Unload it; it goes with the line shown.")),
    Outcome.WHICH_PIECE: Signal(
        Tone.WARN, N_("Several pieces"), N_("Scan the bar code of each piece, not the QR code.")
    ),
    Outcome.OUT_OF_ORDER: Signal(
        Tone.WARN, N_("Out of order"), N_("The scan was kept and marked; look at the life of the parcel.")
    ),
    Outcome.UNREADABLE: Signal(Tone.BAD, N_("Not readable"), N_("Scan again, or type the number twice by hand.")),
}

_WHY: Mapping[Status, Message] = {
    Status.INFO: message("It has not been collected yet."),
    Status.DLVD: message("It was signed for already."),
    Status.RETD: message("It went back to the sender already."),
}


def why_out_of_order(parcel: Parcel, list_number: str = "") -> Message:
    """Which step is missing, or was done already. ``list_number``: of the closed list that the parcel left with."""
    if parcel.status in _WHY:
        return _WHY[parcel.status]
    if list_number:
        return message("It was dispatched on list {number} already.", number=list_number)
    if parcel.bag_id:
        return message("It lies in a sealed bag.")
    if parcel.manifest_id:
        return message("It is on an open handover list.")
    return message("It belongs to another station: here it only arrives and is signed for.")


OPERATION_TITLES: Mapping[Operation, str] = {
    Operation.COLLECTED: N_("Collected"),
    Operation.BAGGED: N_("Bagged"),
    Operation.LOADED: N_("Loaded"),
    Operation.UNLOADED: N_("Unloaded"),
    Operation.DISPATCHED: N_("Dispatched"),
    Operation.ARRIVED: N_("Arrived"),
    Operation.SIGNED: N_("Signed for"),
}

"""What the scan station says while it waits, and what it counts."""

from collections.abc import Mapping

from courier_desk.base.translation import Message, _, message
from courier_desk.domain.scan import Operation
from courier_desk.domain.scan_signals import OPERATION_TITLES
from courier_desk.services.floor import Expected
from courier_desk.ui.floor_words import Said
from courier_desk.ui.pages.scan_line import Tally
from courier_desk.ui.widgets.tally import Figure

OPERATIONS = (
    Operation.COLLECTED,
    Operation.BAGGED,
    Operation.DISPATCHED,
    Operation.ARRIVED,
    Operation.SIGNED,
)
_MEANINGS: Mapping[Operation, Message] = {
    Operation.COLLECTED: message("The parcel was inspected, paid and taken over from the sender."),
    Operation.BAGGED: message("The parcel goes into the bag that is shown."),
    Operation.DISPATCHED: message("The parcel left for the next station, outside of a handover list."),
    Operation.ARRIVED: message("The parcel arrived here from another station."),
    Operation.SIGNED: message("The recipient has the parcel and signed for it."),
}


def operation_word(operation: Operation) -> str:
    """The name of a scan."""
    return _(OPERATION_TITLES[operation])


def waiting_said(operation: Operation) -> Said:
    """What stands there until the first scan comes."""
    return Said("muted", operation_word(operation), detail=str(_MEANINGS[operation]))


def figures(tally: Tally, expected: Expected | None) -> list[Figure]:
    """Accepted, repeats, doubtful, and how much of the expected is done where that is known."""
    shown = [
        Figure(str(tally.accepted), _("accepted"), "check-circle", "good"),
        Figure(str(tally.repeats), _("repeats"), "copy-simple", "warn" if tally.repeats else "muted"),
        Figure(str(tally.doubtful), _("doubtful"), "warning-circle", "bad" if tally.doubtful else "muted"),
    ]
    if expected is not None and expected.wanted:
        share = expected.done * 1000 // expected.wanted
        tone = "good" if expected.done >= expected.wanted else "accent"
        shown.append(Figure(f"{expected.done} / {expected.wanted}", _("expected"), "target", tone, share))
    return shown

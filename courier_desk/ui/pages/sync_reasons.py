"""Why headquarters did not apply something, why the desk needs a code, why days differ: in words, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass

from courier_desk.base.translation import Message, _, message
from courier_desk.services.exchange_state import LinkTrouble, RefusedRow
from courier_desk.ui.widgets.fact_list import Fact


@dataclass(frozen=True, slots=True)
class Advice:
    """``why`` and ``act`` for a person."""

    why: Message
    act: Message


_NOTHING = message("Nothing at this desk: headquarters' people see it and settle it.")
REFUSED: Mapping[str, Advice] = {
    "bad_message": Advice(message("Headquarters cannot read it."), _NOTHING),
    "bad_body": Advice(message("Something in it breaks a rule of headquarters."), _NOTHING),
    "wrong_sender": Advice(
        message("It names another desk or station than this one."),
        message("Tell headquarters: this desk's data may have been copied from another computer."),
    ),
    "repeated_id": Advice(
        message("Headquarters has had it before."), message("Nothing: it counts once, as it was at first.")
    ),
    "unknown_kind": Advice(
        message("This program is newer than headquarters' and says something new."),
        message("Nothing: it is applied when headquarters has the newer program too."),
    ),
    "number_not_leased": Advice(
        message("Its number does not belong to the ranges of this desk."),
        message("Keep the parcel back and call headquarters before it leaves."),
    ),
    "number_used": Advice(
        message("Another parcel has the same number."),
        message("Keep the parcel back: make the order void and take it anew under a new number."),
    ),
    "unknown_order": Advice(
        message("Headquarters has no order of this station with that number."),
        message("Nothing: headquarters' people try again once the order is there."),
    ),
    "before_log": Advice(
        message("It is of a day that headquarters has put away, and may have come then."),
        message("Nothing: headquarters' people bring the day back and look."),
    ),
}
_OTHER = Advice(message("Headquarters could not apply it."), _NOTHING)
_SETTLED: Mapping[str, Message] = {
    "retried": message("Applied later"),
    "dropped": message("Left out"),
    "amended": message("Mended"),
}
TROUBLES: Mapping[LinkTrouble, Message] = {
    LinkTrouble.SET_BACK: message(
        "Work that was saved is missing here: an old copy of the data was put back. With a new code headquarters sends "
        "what it has, and numbers that may have been used are not used again."
    ),
    LinkTrouble.DIVERGED: message(
        "Another computer has sent under this desk's name: the data were copied, or the disk was cloned. Use this desk "
        "on one computer only, and ask headquarters for a new code for each that shall stay."
    ),
    LinkTrouble.FENCED: message(
        "This desk was entered anew on another computer. If that one took its place, close this one; if this one shall "
        "go on, ask headquarters for a new code."
    ),
    LinkTrouble.NOT_KNOWN: message(
        "Headquarters does not know this desk any more. Ask there whether it was taken out of use, and for a new code."
    ),
    LinkTrouble.OTHER_MACHINE: message(
        "The data were moved to this computer from another one. Before it gives numbers here it needs a new code, so "
        "that no number is given twice."
    ),
}
_TROUBLE = message("Headquarters asks this desk for a new one-time code.")


def trouble_text(trouble: LinkTrouble) -> str:
    """Why the desk needs a code, and what to do about it."""
    return str(TROUBLES.get(trouble, _TROUBLE))


def why_refused(row: RefusedRow) -> str:
    """Why, in the words of the trade; where we have none, in headquarters' own."""
    advice = REFUSED.get(row.reason)
    if advice is None:
        return row.text or str(_OTHER.why)
    return str(advice.why)


def what_to_do(row: RefusedRow) -> str:
    """What the desk can do; nothing once somebody has settled it."""
    if row.settled_how:
        return row.settled_text or _("Nothing more.")
    return str(REFUSED.get(row.reason, _OTHER).act)


def refused_state(row: RefusedRow) -> str:
    """Open, or how it was settled."""
    known = _SETTLED.get(row.settled_how)
    return _("Not settled") if not row.settled_how else str(known) if known else _("Settled")


def refused_facts(row: RefusedRow) -> list[Fact]:
    """All of it, beneath the table."""
    own = row.text if row.text != why_refused(row) else ""
    act = Fact(_("What to do"), what_to_do(row), "muted" if row.settled_how else "text")
    return [Fact(_("Why"), why_refused(row)), Fact(_("Headquarters says"), own), act]

"""The tables of the page of headquarters: refused, kept aside, days compared, reference data."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from courier_desk.base.translation import Message, _, message
from courier_desk.services.care import KeptRow, KindDifference, ProofRow, ReferenceRow
from courier_desk.services.exchange_state import RefusedRow
from courier_desk.ui.figures import number_text
from courier_desk.ui.pages.sync_reasons import refused_state, what_to_do, why_refused
from courier_desk.ui.pages.sync_words import columns, kind_word, moment
from courier_desk.ui.table_model import RIGHT, Column, RowTableModel
from courier_desk.ui.widgets.data_table import TablePanel

_NEWS: Mapping[str, Message] = {
    "order.shared": message("Order of another station"),
    "order.voided": message("Order made void"),
    "parcel.event": message("Parcel seen elsewhere"),
    "customer.changed": message("Customer changed"),
    "reference.published": message("New reference data"),
    "operation.settled": message("Refused operation settled"),
    "desk.message": message("Message of headquarters"),
}
_WHY_KEPT: Mapping[str, Message] = {
    "waiting_for_own": message("Waits until what this desk did with it has arrived at headquarters."),
    "unknown_kind": message("This program does not know it yet; it is kept for a newer one."),
    "broken": message("It cannot be read; it was kept, and nothing was changed by it."),
    "past": message("It is of this desk's past and does not fit what is here; it was kept. Tell headquarters."),
}
_KEPT_SIGNS = {
    "waiting_for_own": ("info", "hourglass"),
    "unknown_kind": ("muted", "question"),
    "broken": ("bad", "warning"),
    "past": ("warn", "warning"),
}
_REFERENCE: Mapping[str, Message] = {
    "company": message("Company"),
    "people": message("People"),
    "tariff": message("Price list"),
    "areas": message("Areas"),
    "routing": message("Routing codes"),
    "lines": message("Lines"),
    "calendar": message("Calendar"),
    "forbidden": message("Forbidden articles"),
    "announcements": message("Announcements"),
    "knowledge": message("Knowledge"),
}
_USE: Mapping[str, tuple[Message, str, str]] = {
    "in_use": (message("In use"), "good", "check-circle"),
    "later": (message("Holds later"), "info", "calendar-blank"),
    "over": (message("No longer"), "muted", "archive"),
}


def latest_table(zone: ZoneInfo, parent: QWidget) -> TablePanel:
    """The operations saved last."""
    panel = TablePanel(RowTableModel(columns(zone), lambda row: str(row.seq)), "sync.latest", parent)
    panel.set_empty_texts(_no_latest)
    return panel


def refused_table(zone: ZoneInfo, parent: QWidget) -> TablePanel:
    """What headquarters keeps and could not apply."""
    shown = (
        Column("state", message("State"), refused_state, 132, tone=_refused_tone, icon=_refused_icon),
        Column("number", message("About"), lambda row: number_text(row.number) or "–", 172),
        Column("kind", message("What"), lambda row: kind_word(row.kind), 132),
        Column("at", message("When"), lambda row: moment(row.refused_at, zone), 124, order=_refused_at),
        Column("why", message("Why"), why_refused, 210),
        Column("act", message("What to do"), what_to_do, 200),
    )
    return _panel(shown, lambda row: str(row.op_id), "sync.refused", parent, _nothing_refused)


def kept_table(zone: ZoneInfo, parent: QWidget) -> TablePanel:
    """News that were not applied."""
    shown = (
        Column("n", message("No."), _number_shown, 70, RIGHT, order=_number_of),
        Column("at", message("When"), lambda row: moment(row.at, zone), 124, order=_kept_at),
        Column("kind", message("What"), _news_word, 176),
        Column("number", message("About"), lambda row: number_text(row.number) or "–", 172),
        Column("why", message("Why"), _why_kept, 300, tone=_kept_tone, icon=_kept_icon),
    )
    return _panel(shown, lambda row: str(row.n), "sync.kept", parent, _nothing_kept)


def proof_table(zone: ZoneInfo, parent: QWidget) -> TablePanel:
    """The days as both sides hold them."""
    shown = (
        Column("day", message("Business day"), lambda row: row.day.isoformat(), 124),
        Column("state", message("State"), _proof_state, 120, tone=_proof_tone, icon=_proof_icon),
        Column("what", message("Difference"), difference_text, 400),
        Column("at", message("Compared"), lambda row: moment(row.answered_at, zone), 124, order=_proof_at),
    )
    return _panel(shown, lambda row: row.day.isoformat(), "sync.proofs", parent, _nothing_proved)


def reference_table(zone: ZoneInfo, parent: QWidget) -> TablePanel:
    """Every version that is here."""
    shown = (
        Column("kind", message("What"), _reference_word, 180),
        Column("version", message("Version"), lambda row: str(row.version), 80, RIGHT, order=_version_of),
        Column("state", message("State"), _use_word, 150, tone=_use_tone, icon=_use_icon),
        Column("first", message("Holds from"), lambda row: row.valid_from.isoformat(), 110),
        Column("last", message("Until"), lambda row: _day(row.valid_until), 110),
        Column("at", message("Received"), lambda row: moment(row.received_at, zone), 124, order=_received_at),
    )
    return _panel(shown, lambda row: f"{row.kind}/{row.version}", "sync.references", parent, _no_references)


def difference_text(row: ProofRow) -> str:
    """What differs: counts of each kind, ours first."""
    if row.agrees:
        return _("Counts and digests of every kind are the same.")
    parts = [_one_difference(each) for each in row.differences]
    return _(", ").join(parts) or _("The contents differ.")


def _one_difference(each: KindDifference) -> str:
    kind = kind_word(each.kind)
    if each.ours == each.theirs:
        return _("{kind}: the contents differ").format(kind=kind)
    return _("{kind}: {ours} here, {theirs} there").format(kind=kind, ours=each.ours, theirs=each.theirs)


def _panel(
    shown: tuple[Column, ...],
    identity: Callable[..., str],
    name: str,
    parent: QWidget,
    empty: Callable[[], tuple[str, str, str]],
) -> TablePanel:
    panel = TablePanel(RowTableModel(shown, identity), name, parent)
    panel.set_empty_texts(empty)
    return panel


def _refused_tone(row: RefusedRow) -> str:
    return "muted" if row.settled_how else "bad"


def _refused_icon(row: RefusedRow) -> str:
    return "check-circle" if row.settled_how else "warning"


def _refused_at(row: RefusedRow) -> datetime:
    return row.refused_at


def _number_shown(row: KeptRow) -> str:
    return str(row.n) if row.n > 0 else "–"


def _number_of(row: KeptRow) -> int:
    return row.n


def _kept_at(row: KeptRow) -> datetime:
    return row.at


def _news_word(row: KeptRow) -> str:
    known = _NEWS.get(row.kind)
    return str(known) if known else kind_word(row.kind)


def _why_kept(row: KeptRow) -> str:
    known = _WHY_KEPT.get(row.why)
    return str(known) if known else row.why


def _kept_tone(row: KeptRow) -> str:
    return _KEPT_SIGNS.get(row.why, ("muted", ""))[0]


def _kept_icon(row: KeptRow) -> str:
    return _KEPT_SIGNS.get(row.why, ("muted", "question"))[1]


def _proof_state(row: ProofRow) -> str:
    return _("Agreed") if row.agrees else _("Different")


def _proof_tone(row: ProofRow) -> str:
    return "good" if row.agrees else "bad"


def _proof_icon(row: ProofRow) -> str:
    return "check-circle" if row.agrees else "warning"


def _proof_at(row: ProofRow) -> datetime:
    return row.answered_at


def _reference_word(row: ReferenceRow) -> str:
    known = _REFERENCE.get(row.kind)
    return str(known) if known else row.kind


def _version_of(row: ReferenceRow) -> int:
    return row.version


def _use_word(row: ReferenceRow) -> str:
    return str(_USE[row.state][0])


def _use_tone(row: ReferenceRow) -> str:
    return _USE[row.state][1]


def _use_icon(row: ReferenceRow) -> str:
    return _USE[row.state][2]


def _received_at(row: ReferenceRow) -> datetime:
    return row.received_at


def _day(day: date | None) -> str:
    return day.isoformat() if day else "–"


def _no_latest() -> tuple[str, str, str]:
    return _("Nothing yet"), _("Orders, scans, bags and lists appear here in the moment they are saved."), ""


def _nothing_refused() -> tuple[str, str, str]:
    note = _("What headquarters cannot apply is kept there and told here, with what to do.")
    return _("Nothing was refused"), note, ""


def _nothing_kept() -> tuple[str, str, str]:
    return _("Nothing is kept aside"), _("News that must wait, or that this program does not know, stand here."), ""


def _nothing_proved() -> tuple[str, str, str]:
    return _("No day was compared yet"), _("After each business day both sides compare counts and digests."), ""


def _no_references() -> tuple[str, str, str]:
    return _("No reference data"), "", ""

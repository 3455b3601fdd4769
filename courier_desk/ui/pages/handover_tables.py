"""The tables of the handover pages: lines of the evening, lists of the last days, what waits and what is loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from courier_desk.base.translation import _, message, plural
from courier_desk.domain.bag import TAG_PREFIX
from courier_desk.domain.cut_off import Urgency, urgency
from courier_desk.domain.manifest import ManifestState
from courier_desk.domain.words import MANIFEST_WORDS
from courier_desk.services.floor import LineRow
from courier_desk.services.handovers import HandoverView
from courier_desk.services.rows import ManifestRow
from courier_desk.ui.figures import kilograms, moment_text, number_text
from courier_desk.ui.floor_words import LIST_TONES
from courier_desk.ui.table_model import RIGHT, Column, RowTableModel
from courier_desk.ui.widgets.data_table import DataTable, TablePanel

Now = Callable[[], datetime]
URGENCY_TONES = {Urgency.CALM: "good", Urgency.NEAR: "warn", Urgency.LATE: "bad"}
URGENCY_SIGNS = {Urgency.CALM: "clock", Urgency.NEAR: "hourglass-medium", Urgency.LATE: "warning"}
REASONS_UNLOAD = (
    message("It goes with another line"),
    message("The truck is full"),
    message("It is damaged"),
    message("It was loaded by mistake"),
)
REASONS_REPRINT = (
    message("The list is damaged"),
    message("The other side wants one more"),
    message("The printer cut it off"),
)


@dataclass(frozen=True, slots=True)
class Thing:
    """A bag or loose parcel, waiting or loaded. ``position`` 0 while it waits."""

    number: str
    is_bag: bool
    destination: str
    pieces: int
    weight_g: int
    position: int = 0


def expected_things(view: HandoverView) -> list[Thing]:
    """What should go and is not loaded; of a closed list, what both sides have written down as its difference."""
    if view.manifest.state is ManifestState.CLOSED:
        return [Thing(number, number.startswith(TAG_PREFIX), "", 0, 0) for number in view.manifest.differences]
    bags = [Thing(bag.tag, True, bag.destination, bag.pieces, bag.weight_g) for bag in view.short_bags]
    loose = [Thing(p.number, False, p.destination, 1, p.weight_g) for p in view.short_parcels]
    return bags + loose


def loaded_things(view: HandoverView) -> list[Thing]:
    """What is on the list, the last loaded first."""
    return [
        Thing(item.number, item.is_bag, item.destination, item.pieces, item.weight_g, item.position)
        for item in reversed(view.manifest.items)
    ]


def minutes_words(left: int) -> str:
    """``in 32 min``, ``5 min late``."""
    if left < 0:
        late = -left
        if late >= 60:
            return _("{hours} h {minutes} min late").format(hours=late // 60, minutes=late % 60)
        return _("{n} min late").format(n=late)
    if left >= 60:
        return _("in {hours} h {minutes} min").format(hours=left // 60, minutes=left % 60)
    return _("in {n} min").format(n=left)


def waiting_words(row: LineRow) -> str:
    """What waits for a line."""
    waits = row.waiting
    parts = []
    if waits.sealed_bags:
        parts.append(plural("{n} bag", "{n} bags", waits.sealed_bags))
    if waits.loose:
        parts.append(_("{n} loose").format(n=waits.loose))
    if waits.open_bags:
        parts.append(plural("{n} bag not sealed", "{n} bags not sealed", waits.open_bags))
    return _(", ").join(parts) or "–"


def line_table(parent: QWidget) -> DataTable:
    """The lines of the evening."""
    columns = (
        Column("line", message("Line"), lambda row: f"{row.code}   {row.name}", 262, order=lambda row: row.code),
        Column("cut_off", message("Cut-off"), lambda row: f"{row.cut_off:%H:%M}", 76, order=lambda row: row.cut_off),
        Column(
            "left", message("Time left"), lambda row: minutes_words(row.left_minutes), 176,
            order=lambda row: row.left_minutes, tone=_urgent_tone, icon=_urgent_sign,
        ),
        Column("waiting", message("Waiting"), waiting_words, 256, order=lambda row: row.waiting.pieces),
        Column("list", message("List"), _list_words, 240, tone=_list_tone, icon=_list_sign),
    )  # fmt: skip
    return DataTable(RowTableModel(columns, lambda row: row.code), "handover.lines", parent)


def past_table(zone: ZoneInfo, now: Now, parent: QWidget) -> TablePanel:
    """The lists of the last days."""
    columns = (
        Column("number", message("Number"), lambda row: number_text(row.number), 220, order=lambda row: row.number),
        Column("line", message("Line"), lambda row: row.line, 96),
        Column("day", message("Business day"), lambda row: row.business_date.isoformat(), 104),
        Column("state", message("State"), _state, 140, tone=_state_tone, icon=_state_sign),
        Column("bags", message("Bags"), lambda row: str(row.bags), 60, RIGHT, lambda row: row.bags),
        Column("loose", message("Loose"), lambda row: str(row.loose), 60, RIGHT, lambda row: row.loose),
        Column("pieces", message("Pieces"), lambda row: str(row.pieces), 64, RIGHT, lambda row: row.pieces),
        Column("weight", message("Weight"), lambda row: kilograms(row.weight_g), 90, RIGHT, lambda row: row.weight_g),
        Column("closed", message("Closed at"), _closed_at(zone, now), 110),
    )
    return TablePanel(RowTableModel(columns, lambda row: row.manifest_id), "handover.past", parent)


def thing_table(name: str, parent: QWidget) -> DataTable:
    """Bags and parcels."""
    columns = (
        Column("number", message("Number"), lambda row: number_text(row.number), 218, icon=_kind_sign),
        Column("destination", message("Goes to"), lambda row: row.destination, 132),
        Column("pieces", message("Pieces"), _pieces, 54, RIGHT, lambda row: row.pieces),
        Column("weight", message("Weight"), _weight, 80, RIGHT, lambda row: row.weight_g),
    )
    return DataTable(RowTableModel(columns, lambda row: row.number), name, parent)


def _urgent_tone(row: LineRow) -> str:
    return URGENCY_TONES[urgency(row.left_minutes)]


def _urgent_sign(row: LineRow) -> str:
    return URGENCY_SIGNS[urgency(row.left_minutes)]


def _list_words(row: LineRow) -> str:
    if row.open_id:
        return plural("Loading: {n} piece", "Loading: {n} pieces", row.loaded)
    return plural("{n} list closed", "{n} lists closed", row.closed) if row.closed else _("Not begun")


def _list_tone(row: LineRow) -> str:
    return "info" if row.open_id else "good" if row.closed else "muted"


def _list_sign(row: LineRow) -> str:
    return "truck" if row.open_id else "lock-simple" if row.closed else ""


def _state(row: ManifestRow) -> str:
    word = _(MANIFEST_WORDS[ManifestState(row.state)])
    return _("{state} (supplement)").format(state=word) if row.supplement_of else word


def _state_tone(row: ManifestRow) -> str:
    return LIST_TONES[row.state][0]


def _state_sign(row: ManifestRow) -> str:
    return LIST_TONES[row.state][1]


def _closed_at(zone: ZoneInfo, now: Now) -> Callable[[ManifestRow], str]:
    return lambda row: moment_text(row.closed_at, zone, now()) if row.closed_at else ""


def _kind_sign(row: Thing) -> str:
    return "tote-simple" if row.is_bag else "package"


def _pieces(row: Thing) -> str:
    return str(row.pieces) if row.pieces else ""


def _weight(row: Thing) -> str:
    return kilograms(row.weight_g) if row.pieces else ""

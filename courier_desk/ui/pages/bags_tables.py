"""The tables of the page of bags, and the reasons one gives there."""

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from courier_desk.base.translation import Message, _, message
from courier_desk.domain.bag import BagState
from courier_desk.domain.parcel import Parcel
from courier_desk.domain.scan_signals import OPERATION_TITLES
from courier_desk.domain.words import BAG_WORDS, STATUS_WORDS
from courier_desk.services.rows import BagRow, LifeRow
from courier_desk.ui.figures import kilograms, moment_text, number_text
from courier_desk.ui.floor_words import BAG_TONES
from courier_desk.ui.table_model import RIGHT, Column, RowTableModel
from courier_desk.ui.widgets.data_table import DataTable, TablePanel

Now = Callable[[], datetime]

UNSEAL_REASONS = (
    message("A parcel was put in wrongly"),
    message("A parcel has to be taken out"),
    message("The seal is damaged"),
    message("The count was wrong"),
)
REPRINT_REASONS = (
    message("The tag is damaged"),
    message("The tag was lost"),
    message("The printer cut it off"),
)
_ACTS: Mapping[str, Message] = {
    "bag.opened": message("Opened"),
    "bag.sealed": message("Sealed"),
    "bag.unsealed": message("Opened again"),
}


def bag_table(zone: ZoneInfo, now: Now, parent: QWidget) -> TablePanel:
    """All bags of the list."""
    columns = (
        Column("tag", message("Tag"), lambda row: number_text(row.tag), 180, order=lambda row: row.tag),
        Column("destination", message("Goes to"), lambda row: row.destination, 130),
        Column("state", message("State"), _state, 164, tone=_tone, icon=_sign),
        Column("pieces", message("Pieces"), lambda row: str(row.pieces), 54, RIGHT, order=lambda row: row.pieces),
        Column("weight", message("Weight"), lambda row: kilograms(row.weight_g), 72, RIGHT, lambda row: row.weight_g),
        Column("seal", message("Seal"), lambda row: row.seal, 110),
        Column(
            "opened",
            message("Opened at"),
            lambda row: moment_text(row.opened_at, zone, now()),
            96,
            order=lambda row: row.opened_at,
        ),
        Column("line", message("Line"), lambda row: row.line, 96),
        Column("list", message("List"), lambda row: number_text(row.handover) if row.handover else "", 190),
    )
    return TablePanel(RowTableModel(columns, lambda row: row.bag_id), "bags", parent)


def content_table(parent: QWidget) -> DataTable:
    """What lies in a bag."""
    columns = (
        Column("number", message("Number"), lambda row: number_text(row.number), 178),
        Column("weight", message("Weight"), lambda row: kilograms(row.weight_g), 68, RIGHT, lambda row: row.weight_g),
        Column("status", message("Status"), _status, 60),
    )
    return DataTable(RowTableModel(columns, lambda row: row.id), "bags.content", parent)


def life_table(zone: ZoneInfo, now: Now, parent: QWidget) -> DataTable:
    """What happened to a bag."""
    columns = (
        Column("at", message("Time"), lambda row: moment_text(row.at, zone, now()), 92, order=lambda row: row.at),
        Column("what", message("What"), _what, 100),
        Column("number", message("Number"), lambda row: number_text(row.number), 180),
        Column("operator", message("By"), lambda row: row.operator, 80),
        Column("remark", message("Remark"), lambda row: _(row.remark) if row.remark else "", 160),
    )
    return DataTable(RowTableModel(columns, lambda row: f"{row.at} {row.kind} {row.number}"), "bags.life", parent)


def _state(row: BagRow) -> str:
    return _(BAG_WORDS[BagState(row.state)])


def _tone(row: BagRow) -> str:
    return BAG_TONES[row.state][0]


def _sign(row: BagRow) -> str:
    return BAG_TONES[row.state][1]


def _status(parcel: Parcel) -> str:
    return _(STATUS_WORDS[parcel.status])


def _what(row: LifeRow) -> str:
    if row.kind in _ACTS:
        return str(_ACTS[row.kind])
    titles = {operation.value: title for operation, title in OPERATION_TITLES.items()}
    return _(titles[row.kind]) if row.kind in titles else row.kind

"""The columns of found orders, for the screen, the clipboard and the workbook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from courier_desk.base.translation import _, message
from courier_desk.domain.local_text import LocalText
from courier_desk.services.rows import OrderRow
from courier_desk.ui.figures import kilograms, moment, money, number_text, station_text
from courier_desk.ui.status_signs import status_sign, status_word
from courier_desk.ui.table_model import RIGHT, Column

Cell = str | int | Decimal | datetime

# What a head sorts by when it is clicked up and down; the query knows no other orders.
HEAD_SORTS: Mapping[str, tuple[str, str]] = {
    "number": ("number", "number_down"),
    "accepted": ("oldest", "newest"),
    "weight": ("weight_up", "weight"),
    "total": ("amount_up", "amount"),
}


@dataclass(slots=True)
class OrderWords:
    """What the cells need beside the row: the station's zone, and the names of services and stations once they are
    read."""

    zone: ZoneInfo
    services: Mapping[str, LocalText] = field(default_factory=dict)
    stations: Mapping[str, LocalText] = field(default_factory=dict)

    def service(self, code: str) -> str:
        """The name of a service in the language in use."""
        return str(self.services.get(code, code))

    def taker(self, row: OrderRow) -> str:
        """Who took it; of another station's, which one."""
        origin = station_text(row.origin, self.stations.get(row.origin))
        return _("at {station}").format(station=origin) if row.origin else row.operator

    def cells(self, row: OrderRow) -> tuple[Cell, ...]:
        """One row as the workbook takes it: numbers as numbers, masked names as they are."""
        return (
            row.number,
            row.accepted_at.astimezone(self.zone).replace(tzinfo=None),
            status_word(row.status, void=row.void),
            row.sender_name,
            row.sender_phone,
            row.recipient_name,
            row.recipient_phone,
            row.destination,
            self.service(row.service),
            row.pieces,
            Decimal(row.weight_g) / 1000,
            Decimal(row.total_fen) / 100,
            row.currency,
            row.operator,
        )


EXPORT_HEADS = (
    message("Waybill"),
    message("Taken at"),
    message("Status"),
    message("Sender"),
    message("Sender's telephone"),
    message("Recipient"),
    message("Recipient's telephone"),
    message("Destination"),
    message("Service"),
    message("Pieces"),
    message("Weight kg"),
    message("Total"),
    message("Currency"),
    message("Operator"),
)
MONEY_COLUMNS = frozenset({11})


def order_columns(words: OrderWords) -> tuple[Column, ...]:
    """The columns of the list."""

    return (
        Column(
            "number", message("Waybill"), lambda row: number_text(row.number), 188, tone=_origin_tone, icon=_origin_icon
        ),
        Column("accepted", message("Taken at"), lambda row: moment(row.accepted_at, words.zone), 126),
        Column(
            "status",
            message("Status"),
            lambda row: status_word(row.status, void=row.void),
            118,
            tone=lambda row: status_sign(row.status, void=row.void)[0],
            icon=lambda row: status_sign(row.status, void=row.void)[1],
        ),
        Column("sender", message("Sender"), lambda row: _person(row.sender_name, row.sender_phone), 140),
        Column("recipient", message("Recipient"), lambda row: _person(row.recipient_name, row.recipient_phone), 140),
        Column("destination", message("Destination"), lambda row: row.destination, 150),
        Column("service", message("Service"), lambda row: words.service(row.service), 72),
        Column("pieces", message("Pieces"), lambda row: str(row.pieces), 52, RIGHT),
        Column("weight", message("Weight"), lambda row: kilograms(row.weight_g), 72, RIGHT),
        Column("total", message("Total"), lambda row: money(row.total_fen, row.currency), 82, RIGHT),
        Column("operator", message("Operator"), words.taker, 80),
    )


def _origin_tone(row: OrderRow) -> str:
    return "info" if row.origin else ""


def _origin_icon(row: OrderRow) -> str:
    return "arrow-square-in" if row.origin else ""


def _person(name: str, phone: str) -> str:
    return f"{name}  {phone}" if phone else name

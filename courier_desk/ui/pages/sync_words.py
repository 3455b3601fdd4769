"""The words of the page of headquarters: what kinds of operations there are, moments, ages, sizes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from courier_desk.base.translation import Message, _, message, plural
from courier_desk.services.care import OperationRow
from courier_desk.ui.table_model import RIGHT, Column

KIND_WORDS: Mapping[str, Message] = {
    "order.accepted": message("Order accepted"),
    "order.voided": message("Order made void"),
    "payment.refunded": message("Money given back"),
    "acceptance.refused": message("Acceptance refused"),
    "scan.recorded": message("Scan"),
    "bag.opened": message("Bag opened"),
    "bag.sealed": message("Bag sealed"),
    "bag.unsealed": message("Sealed bag opened again"),
    "handover.opened": message("Handover list opened"),
    "handover.closed": message("Handover list closed"),
    "paper.reprinted": message("Paper printed once more"),
    "approval.given": message("Approval given"),
}
CHAIN_WORDS: Mapping[str, Message] = {
    "audit": message("the log of acts"),
    "outbox": message("the operations for headquarters"),
}


def kind_word(kind: str) -> str:
    """The kind of an operation; one without words as it is named."""
    known = KIND_WORDS.get(kind)
    return str(known) if known else kind


def columns(zone: ZoneInfo) -> tuple[Column, ...]:
    """Of the table of the latest operations; moments in the station's zone."""
    return (
        Column("seq", message("No."), lambda row: str(row.seq), 60, RIGHT, order=lambda row: row.seq),
        Column("at", message("When"), lambda row: moment(row.at, zone), 130, order=lambda row: row.at),
        Column("kind", message("What"), lambda row: kind_word(row.kind), 170),
        Column("about", message("About"), lambda row: row.number, 170),
        Column("state", message("State"), _state, 80, tone=_tone, icon=_icon),
    )


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A moment of this or another day, to the second: ``11-22 18:04:31``."""
    return at.astimezone(zone).strftime("%m-%d %H:%M:%S")


def age(span: timedelta) -> str:
    """How long ago, in the largest unit that fits: for a figure, so short."""
    minutes = max(0, int(span.total_seconds())) // 60
    if minutes < 60:
        return plural("{n} min", "{n} min", minutes)
    if minutes < 48 * 60:
        return plural("{n} h", "{n} h", minutes // 60)
    return plural("{n} day", "{n} days", minutes // (24 * 60))


def size(count: int) -> str:
    """Bytes as people say them."""
    return f"{count / 1_000_000:.1f} MB" if count < 1_000_000_000 else f"{count / 1_000_000_000:.1f} GB"


def _state(row: OperationRow) -> str:
    return _("Received") if row.acknowledged else _("Waiting")


def _tone(row: OperationRow) -> str:
    return "good" if row.acknowledged else "muted"


def _icon(row: OperationRow) -> str:
    return "check-circle" if row.acknowledged else "clock"

"""Orders: an accepted one is the beginning of a waybill's life, a voided one its end before it left."""

from courier_desk.hq.core.bodies import OrderAccepted, OrderVoided
from courier_desk.hq.core.entries import Entry
from courier_desk.hq.core.news import Item, shared
from courier_desk.hq.core.sheet import Sheet
from courier_desk.hq.core.transaction import Copy, Cursor
from courier_desk.hq.tables.parcels import WAYBILL
from courier_desk.protocol.news import NewsKind

_WAYBILL = Copy(
    WAYBILL,
    *("station_id", "number", "order_id", "desk_id", "routing_code", "destination_station", "pieces", "accepted_at"),
    *("void", "op_id"),
)
_VOID = "UPDATE waybill SET void = true WHERE station_id = %s AND number = ANY(%s)"


def accepted(sheet: Sheet, entry: Entry, body: OrderAccepted) -> None:
    """``order.accepted``. Whoever scanned the parcel before its order came gets the order now, if it may have it; the
    station of the order gets what happened before."""
    track = sheet.tracks.get(body.number, entry.day)
    if track is None:
        raise ValueError(f"operation {entry.op_id} was not checked")
    here = sheet.sender.station_id
    newcomer = here not in track.stations
    if newcomer:
        track.stations.append(here)
    track.origin, track.order_id, track.order_op = here, entry.entity_id, entry.op_id
    track.routing_code, track.order_text, track.changed = body.routing_code, entry.content, True
    sheet.admit(track)
    sheet.news.tell(track.holders, shared(track, entry.content))
    if newcomer:
        sheet.news.joined(track, here, with_order=False)
    towards = [station for station in sheet.destinations.get(body.routing_code, ()) if station != here]
    sheet.waybills.append(
        (
            *(here, body.number, entry.entity_id, sheet.sender.desk.desk_id),
            *(body.routing_code, towards[0] if towards else None, len(body.pieces)),
            *(body.accepted_at, False, entry.op_id),
        )
    )


def voided(sheet: Sheet, entry: Entry, body: OrderVoided) -> None:
    """``order.voided``: told to those who have the order."""
    track = sheet.tracks.get(body.number, entry.day)
    if track is None:
        raise ValueError(f"operation {entry.op_id} was not checked")
    sheet.voided.append(body.number)
    item = Item(NewsKind.ORDER_VOIDED, entry.entity_id, entry.op_id, sheet.sender.station_id, entry.at, entry.content)
    sheet.news.tell(track.holders, item)


def write(cursor: Cursor, sheet: Sheet) -> None:
    """Keep the waybills. Errors: psycopg.errors.UniqueViolation when a number is taken."""
    _WAYBILL.write(cursor, sheet.waybills)
    if sheet.voided:
        cursor.execute(_VOID, (sheet.sender.station_id, sheet.voided))

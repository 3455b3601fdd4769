"""Handover lists: what is on a closed one has left, and the station it goes to is told of it. Whoever scanned
it before gets the order."""

from collections.abc import Mapping, Sequence
from uuid import uuid5

from courier_desk.domain import own_number
from courier_desk.domain.scan import Operation, Outcome
from courier_desk.hq.core.bodies import BagSealed, HandoverClosed, OrderAccepted
from courier_desk.hq.core.entries import Entry
from courier_desk.hq.core.sheet import Loads, Sender, Sheet
from courier_desk.hq.core.tracks import Tracks
from courier_desk.hq.core.transaction import Cursor

_BAGS = "SELECT tag, parcels FROM bag WHERE station_id = %s AND tag = ANY(%s)"
_STATIONS = "SELECT routing_code, station_id FROM station WHERE active AND routing_code = ANY(%s) ORDER BY station_id"
_SEAL = """
INSERT INTO bag (station_id, tag, parcels) VALUES (%s, %s, %s)
ON CONFLICT (station_id, tag) DO UPDATE SET parcels = excluded.parcels
"""


def read(cursor: Cursor, sender: Sender, entries: Sequence[Entry]) -> Loads:
    """What left with the lists among ``entries``: loose pieces, and those that lay in bags when these were sealed."""
    wanted = {
        number
        for entry in entries
        if isinstance(entry.body, HandoverClosed)
        for number, is_bag in entry.body.loaded()
        if is_bag
    }
    bags: dict[str, list[str]] = {}
    if wanted:
        cursor.execute(_BAGS, (sender.station_id, sorted(wanted)))
        bags.update(cursor.fetchall())
    loads = Loads()
    for entry in entries:
        if isinstance(entry.body, BagSealed):
            bags[entry.body.tag] = loads.sealed[entry.body.tag] = entry.body.contents
        elif isinstance(entry.body, HandoverClosed):
            loads.left[entry.seq] = _pieces(entry.body, bags)
    return loads


def _pieces(body: HandoverClosed, bags: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    """Waybill and number of each piece on the list."""
    numbers = (piece for number, is_bag in body.loaded() for piece in (bags.get(number, ()) if is_bag else (number,)))
    found = {number: own_number.read(number, (number[:2],)) for number in numbers}
    return [(own.mother, number) for number, own in found.items() if own is not None and own.sound]


def destinations(
    cursor: Cursor, sender: Sender, entries: Sequence[Entry], tracks: Tracks
) -> Mapping[str, tuple[str, ...]]:
    """The stations that the routing codes of ``entries`` lead to, and those of orders that are new to the sender."""
    codes = {entry.body.routing_code for entry in entries if isinstance(entry.body, OrderAccepted)}
    if any(isinstance(entry.body, HandoverClosed) for entry in entries):
        codes |= tracks.routing_codes()
    else:
        codes |= tracks.codes_beyond(sender.station_id)
    codes.discard("")
    found: dict[str, tuple[str, ...]] = {}
    if codes:
        cursor.execute(_STATIONS, (sorted(codes),))
        for code, station in cursor.fetchall():
            found[code] = (*found.get(code, ()), station)
    return found


def closed(sheet: Sheet, entry: Entry) -> None:
    """``handover.closed``: every piece on it is dispatched."""
    here = sheet.sender.station_id
    for waybill, number in sheet.loads.left[entry.seq]:
        track = sheet.tracks.get(waybill, entry.day)
        if track is None:
            continue
        track.left(here)
        sheet.join(track, here)
        for station in sheet.destinations.get(track.routing_code or "", ()):
            sheet.join(track, station)
        for station in sheet.admit(track):
            sheet.news.admitted(track, station)
        op_id = uuid5(entry.op_id, number)
        sheet.happened(track, entry, number, Operation.DISPATCHED.value, Outcome.ACCEPTED.value, op_id)


def write(cursor: Cursor, sheet: Sheet) -> None:
    """Keep what lies in the bags."""
    if sheet.loads.sealed:
        rows = [(sheet.sender.station_id, tag, parcels) for tag, parcels in sorted(sheet.loads.sealed.items())]
        cursor.executemany(_SEAL, rows)

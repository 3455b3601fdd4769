"""Scans: whoever scans a parcel is told of it; what counts belongs to its life."""

from courier_desk.hq.core.bodies import ScanRecorded
from courier_desk.hq.core.entries import Entry
from courier_desk.hq.core.sheet import Sheet

_LONGEST_NUMBER = 20


def recorded(sheet: Sheet, entry: Entry, body: ScanRecorded) -> None:
    """``scan.recorded``. A scan that does not count, say of a parcel that the station has not heard of, still shows
    that the parcel is there."""
    track = sheet.tracks.get(body.waybill, entry.day) if body.waybill else None
    if track is None:
        return
    sheet.join(track, sheet.sender.station_id)
    if body.counts:
        piece = body.number.startswith(body.waybill) and len(body.number) <= _LONGEST_NUMBER
        sheet.happened(track, entry, body.number if piece else body.waybill, body.operation, body.outcome)

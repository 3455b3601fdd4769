"""What operations bring about: waybills, lives of parcels, customers, and the news of all this, for a whole batch.

Everything the batch names is read at once, the operations then take their effect in their order in memory, and what
came of it is written at once: the number of statements does not grow with the number of operations.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from courier_desk.hq.core import early_scans, project_customers, project_handovers, project_orders, project_scans
from courier_desk.hq.core.bodies import HandoverClosed, OrderAccepted, OrderVoided, ScanRecorded
from courier_desk.hq.core.entries import Entry
from courier_desk.hq.core.sheet import Loads, Sender, Sheet
from courier_desk.hq.core.tracks import Tracks
from courier_desk.hq.core.transaction import Cursor


def project(cursor: Cursor, sender: Sender, entries: Sequence[Entry], now: datetime) -> None:
    """Let ``entries``, which have been checked, take their effect."""
    entries = [entry for entry in entries if entry.body is not None]
    if not entries:
        return
    loads = project_handovers.read(cursor, sender, entries)
    tracks = Tracks.lock(cursor, [waybill for entry in entries for waybill in _named(entry, loads)])
    sheet = Sheet(sender, tracks, loads, project_handovers.destinations(cursor, sender, entries, tracks))
    for entry in entries:
        _apply(sheet, entry)
    sheet.news.look_up(cursor)
    project_orders.write(cursor, sheet)
    project_handovers.write(cursor, sheet)
    tracks.write(cursor)
    project_customers.project(cursor, sheet, entries)
    sheet.news.write(cursor)
    if sheet.early:
        early_scans.count(cursor, sender.desk, sheet.early, now)


def _named(entry: Entry, loads: Loads) -> Iterable[str]:
    """The waybills of an operation."""
    body = entry.body
    if isinstance(body, OrderAccepted | OrderVoided):
        return (body.number,)
    if isinstance(body, ScanRecorded):
        return (body.waybill,) if body.waybill else ()
    return (waybill for waybill, _ in loads.left.get(entry.seq, ()))


def _apply(sheet: Sheet, entry: Entry) -> None:
    body = entry.body
    if isinstance(body, ScanRecorded):
        project_scans.recorded(sheet, entry, body)
    elif isinstance(body, OrderAccepted):
        project_orders.accepted(sheet, entry, body)
    elif isinstance(body, OrderVoided):
        project_orders.voided(sheet, entry, body)
    elif isinstance(body, HandoverClosed):
        project_handovers.closed(sheet, entry)

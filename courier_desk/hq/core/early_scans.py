"""Desks that come upon many orders of other stations which never left there: numbers are consecutive, and somebody may
be going through them. They get no order by it; people at headquarters hear of it.
"""

from datetime import UTC, datetime

from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.incidents import IncidentKind, report_within
from courier_desk.hq.core.transaction import Cursor

MOST_A_DAY = 50
# The day is that of headquarters' clock: the business day is the desk's own word.
_COUNT = """
INSERT INTO early_scan AS known (station_id, desk_id, day, waybills) VALUES (%s, %s, %s, %s)
ON CONFLICT (station_id, desk_id) DO UPDATE SET day = excluded.day,
    waybills = excluded.waybills + CASE WHEN known.day = excluded.day THEN known.waybills ELSE 0 END
RETURNING waybills
"""


def count(cursor: Cursor, desk: DeskIdentity, more: int, now: datetime) -> None:
    """``desk`` has come upon ``more`` such orders."""
    day = now.astimezone(UTC).date()
    row = cursor.execute(_COUNT, (desk.station_id, desk.desk_id, day, more)).fetchone()
    if row is not None and row[0] > MOST_A_DAY:
        report_within(cursor, IncidentKind.EARLY_SCANS, {"day": day.isoformat(), "waybills": row[0]}, now, desk)

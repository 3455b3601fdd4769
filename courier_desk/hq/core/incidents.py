"""What people at headquarters have to look at, kept until somebody settles it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from psycopg.types.json import Jsonb
from sqlalchemy.dialects.postgresql import insert

from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.transaction import Cursor
from courier_desk.hq.tables.care import INCIDENT


class IncidentKind(StrEnum):
    """The stable words of ``incident.kind``."""

    PROOF_DIFFERS = "proof_differs"
    FEED_AHEAD = "feed_ahead"
    EPOCH_AHEAD = "epoch_ahead"
    DIVERGED = "diverged"
    SAME_MACHINE = "same_machine"
    NUMBERS_SET_BACK = "numbers_set_back"
    EARLY_SCANS = "early_scans"


_AGAIN = """
UPDATE incident SET details = %s WHERE station_id = %s AND desk_id = %s AND kind = %s AND settled_at IS NULL
"""
_FIRST = "INSERT INTO incident (details, station_id, desk_id, kind, at) VALUES (%s, %s, %s, %s, %s)"


def report(
    connection: sa.Connection,
    kind: IncidentKind,
    details: Mapping[str, Any],
    now: datetime,
    *,
    station_id: str = "",
    desk_id: str = "",
) -> None:
    """Keep an incident of a desk (of headquarters itself without one); one of the kind that is open keeps its time and
    gets the new details."""
    same = (INCIDENT.c.station_id == station_id, INCIDENT.c.desk_id == desk_id, INCIDENT.c.kind == kind.value)
    changed = connection.execute(
        sa.update(INCIDENT).where(*same, INCIDENT.c.settled_at.is_(None)).values(details=dict(details))
    )
    if changed.rowcount == 0:
        values = {"station_id": station_id, "desk_id": desk_id, "kind": kind.value, "details": dict(details), "at": now}
        connection.execute(insert(INCIDENT).values(values))


def report_within(
    cursor: Cursor, kind: IncidentKind, details: Mapping[str, Any], now: datetime, desk: DeskIdentity
) -> None:
    """The same of a desk, in the transaction of its push."""
    given = (Jsonb(dict(details)), desk.station_id, desk.desk_id, kind.value)
    if cursor.execute(_AGAIN, given).rowcount == 0:
        cursor.execute(_FIRST, (*given, now))

"""What people at headquarters have to look at, kept until somebody settles it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from courier_desk.hq.tables.care import INCIDENT


class IncidentKind(StrEnum):
    """The stable words of ``incident.kind``."""

    PROOF_DIFFERS = "proof_differs"
    FEED_AHEAD = "feed_ahead"
    EPOCH_AHEAD = "epoch_ahead"
    DIVERGED = "diverged"
    SAME_MACHINE = "same_machine"
    NUMBERS_SET_BACK = "numbers_set_back"


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

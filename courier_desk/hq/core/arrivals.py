"""Batches in the order in which they came; the push writes one row for each while it holds the desk's cursor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.transaction import Cursor
from courier_desk.hq.tables.log import CURSOR

_NOTE = """
INSERT INTO arrival (station_id, desk_id, incarnation, first_seq, last_seq, first_day, last_day, first_date, last_date,
    received_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


@dataclass(frozen=True, slots=True)
class Batch:
    """Operations ``first_seq`` to ``last_seq``; ``days`` are those of their rows in the log, ``dates`` their business
    dates (without those that could not be read)."""

    first_seq: int
    last_seq: int
    days: Iterable[date]
    dates: Iterable[date]


def note(cursor: Cursor, desk: DeskIdentity, batch: Batch, now: datetime) -> None:
    """Keep that ``batch`` came. The cursor row of the desk must be locked."""
    days, dates = set(batch.days), set(batch.dates)
    who = (desk.station_id, desk.desk_id, desk.incarnation)
    reach = (batch.first_seq, batch.last_seq, min(days), max(days), min(dates, default=None), max(dates, default=None))
    cursor.execute(_NOTE, (*who, *reach, now), prepare=True)


def wait_for_station(connection: sa.Connection, station_id: str) -> None:
    """Wait until no push of the station is under way; until the transaction ends none begins. Numbers of batches are
    given out before their transactions commit: without this a reader by number could pass over a late one."""
    cursors = sa.select(CURSOR.c.seq).where(CURSOR.c.station_id == station_id)
    in_order = cursors.order_by(CURSOR.c.desk_id, CURSOR.c.incarnation)
    connection.execute(in_order.with_for_update(read=True)).all()

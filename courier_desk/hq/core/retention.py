"""Old days leave the log and the lives of parcels, for the schema ``past``. Nothing is ever deleted here.

A day is a partition: it is detached and moved in a transaction of some milliseconds, which gives up when it would have
to wait for a push, and is tried again. Rows of old days that came late lie in the default partition; they go in pieces,
with the notes of batches (``arrival``), into tables of the month in which they were moved.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from psycopg import errors, sql
from sqlalchemy.exc import DBAPIError

from courier_desk.base.logging import get_logger
from courier_desk.hq.core.failpoints import Failpoint, pass_by
from courier_desk.hq.core.past import Part, begins
from courier_desk.hq.core.transaction import Cursor, transaction

# Desks ask for proofs of 27 days and can send again what was acknowledged 30 days ago; the other half is for a desk
# that was away for a month.
LEAST_DAYS = 60
SCHEMA = "past"
# One process at a time; the others come again in an hour.
_LOCK = 0x50617374
# A push that comes while the lock is waited for stands behind it: no longer than this.
_WAIT_MS = 50
_TRIES, _PAUSE_S = 40, 0.25
_PIECE = 2000


@dataclass(frozen=True, slots=True)
class Keeping:
    """How many days of the log and of the lives of parcels stay on line; 0: all. Never fewer than LEAST_DAYS."""

    log_days: int = 0
    life_days: int = 0

    def parts(self) -> Iterator[tuple[Part, int]]:
        """What has an end, and after how many days."""
        for part, days in ((Part.LOG, self.log_days), (Part.LIVES, self.life_days)):
            if days:
                yield part, max(days, LEAST_DAYS)


EVERYTHING = Keeping()


def put_away(
    engine: sa.Engine, now: datetime, keeping: Keeping, at: Failpoint = pass_by, pause_s: float = _PAUSE_S
) -> list[str]:
    """Move what ``keeping`` leaves over; returns the names of the days that went. What is in use at every try stays
    for the next time. Errors: those of SQLAlchemy; what was moved stays moved."""
    gone: list[str] = []
    for part, days in keeping.parts():
        for name, day in _older(engine, part, now.date() - timedelta(days=days)):
            if not _try(engine, part, name, day, now, at, pause_s):
                get_logger("hq.upkeep").info("day stays for now, it is in use", partition=name)
                break
            get_logger("hq.upkeep").info("day put away", partition=name)
            gone.append(name)
        with engine.connect() as connection:
            first = begins(connection, part)
        if first is not None:
            _move_late(engine, part, first, now, timedelta(days=days))
    return gone


_DAYS = sa.text(
    """
    SELECT c.relname, substring(pg_get_expr(c.relpartbound, c.oid) FROM 'FROM \\(''([0-9-]+)''\\)')::date AS day
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = to_regclass(:part) AND pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT' ORDER BY day
    """
)


def days_on_line(connection: sa.Connection, part: Part) -> list[tuple[str, date]]:
    """The partitions with a day of their own, and their days, the oldest first."""
    return [(row.relname, row.day) for row in connection.execute(_DAYS, {"part": part.value})]


def _older(engine: sa.Engine, part: Part, first: date) -> list[tuple[str, date]]:
    with engine.connect() as connection:
        return [(name, day) for name, day in days_on_line(connection, part) if day < first]


def _try(engine: sa.Engine, part: Part, name: str, day: date, now: datetime, at: Failpoint, pause_s: float) -> bool:
    """Detach and move one day, in some tries. False: it is in use all the time, or another process is at it."""
    for again in range(_TRIES):
        try:
            with transaction(engine) as cursor:
                return _detach(cursor, part, name, day, now, at)
        except DBAPIError as error:
            if not isinstance(error.orig, errors.LockNotAvailable | errors.DeadlockDetected):
                raise
        if again < _TRIES - 1:
            time.sleep(pause_s)
    return False


def _detach(cursor: Cursor, part: Part, name: str, day: date, now: datetime, at: Failpoint) -> bool:
    """In one transaction, so that no moment knows the day neither here nor there. DETACH ... CONCURRENTLY would not
    even wait for the lock, but PostgreSQL refuses it beside a default partition."""
    row = cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", (_LOCK,)).fetchone()
    if row is None or not row[0]:
        return False
    cursor.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(sql.Literal(f"{_WAIT_MS}ms")))
    named = {"part": sql.Identifier(part.value), "name": sql.Identifier(name), "past": sql.Identifier(SCHEMA)}
    cursor.execute(sql.SQL("ALTER TABLE {part} DETACH PARTITION {name}").format(**named))
    cursor.execute(sql.SQL("ALTER TABLE {name} SET SCHEMA {past}").format(**named))
    cursor.execute("INSERT INTO put_away (part, day, at) VALUES (%s, %s, %s)", (part.value, day, now))
    at("past.detached")
    return True


# What a desk sent long after its day stays on line as long as if it had been done when it came. Events have no such
# time; they stay twice as long as others.
_LATE = {
    Part.LOG: "SELECT ctid FROM op_log_far WHERE day < %(first)s AND received_at < %(before)s LIMIT %(most)s",
    Part.LIVES: "SELECT ctid FROM parcel_event_far WHERE day < %(first)s AND day < %(twice)s LIMIT %(most)s",
}
# Nearly in the order of their age: the oldest of a station are looked at.
_ARRIVALS = """
SELECT ctid FROM (
    SELECT ctid, last_day, received_at FROM arrival WHERE station_id = %(station)s ORDER BY id LIMIT %(most)s
) AS oldest WHERE last_day < %(first)s AND received_at < %(before)s
"""


def _move_late(engine: sa.Engine, part: Part, first: date, now: datetime, kept: timedelta) -> None:
    month, cut = f"{now:%Y%m}", now - kept
    values = {"first": first, "before": cut, "twice": (cut - kept).date(), "most": _PIECE}
    move(engine, f"{part.value}_far", f"{part.value}_late_{month}", _LATE[part], values)
    if part is Part.LOG:
        with engine.connect() as connection:
            stations = list(connection.execute(sa.text("SELECT station_id FROM station ORDER BY 1")).scalars())
        for station in stations:
            move(engine, "arrival", f"arrival_{month}", _ARRIVALS, {**values, "station": station})


def move(engine: sa.Engine, source: str, target: str, which: str, values: dict[str, Any]) -> int:
    """Rows of ``source`` that ``which`` finds go to the table ``target`` of the schema past, in pieces. Returns how
    many."""
    names = {
        "source": sql.Identifier(source),
        "target": sql.Identifier(SCHEMA, target),
        "which": sql.SQL(which),
    }
    made = sql.SQL("CREATE TABLE IF NOT EXISTS {target} (LIKE {source})").format(**names)
    moving = sql.SQL(
        "WITH gone AS (DELETE FROM {source} WHERE ctid = ANY (ARRAY({which})) RETURNING *)"
        " INSERT INTO {target} SELECT * FROM gone"
    ).format(**names)
    moved = 0
    while True:
        with transaction(engine) as cursor:
            cursor.execute(sql.SQL("SELECT EXISTS ({which})").format(**names), values)
            if not (cursor.fetchone() or (False,))[0]:
                return moved
            cursor.execute(made)
            cursor.execute(moving, values)
            moved += cursor.rowcount

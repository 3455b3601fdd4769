"""What has to be done now and then so that the tables stay quick: a partition for each day of the log."""

from datetime import date, timedelta

import sqlalchemy as sa
from psycopg import sql

from courier_desk.hq.core.transaction import Cursor, transaction

_AHEAD = timedelta(days=7)
# Days before the first start have no partition; the little that comes of them lies in the default one.
_BACK = timedelta(days=1)
_PARTITIONED = ("op_log", "parcel_event")
_LOCK = 0x50617274


def make_partitions(engine: sa.Engine, today: date) -> int:
    """Partitions for the days around ``today`` that have none, each with what already came for that day. Returns how
    many were made. Errors: those of SQLAlchemy; what was made stays."""
    made = 0
    day = today - _BACK
    while day <= today + _AHEAD:
        for table in _PARTITIONED:
            with transaction(engine) as cursor:
                made += _make(cursor, table, day)
        day += timedelta(days=1)
    return made


def _make(cursor: Cursor, table: str, day: date) -> int:
    name = f"{table}_{day:%Y%m%d}"
    if _there(cursor, name):
        return 0
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
    if _there(cursor, name):
        return 0
    names = {
        "name": sql.Identifier(name),
        "table": sql.Identifier(table),
        "far": sql.Identifier(f"{table}_far"),
        "day": sql.Literal(day.isoformat()),
        "next": sql.Literal((day + timedelta(days=1)).isoformat()),
    }
    # Whoever is writing to the default partition is waited for; meanwhile others wait for this, a moment.
    for statement in (
        "LOCK TABLE {far} IN ACCESS EXCLUSIVE MODE",
        "CREATE TABLE {name} (LIKE {table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)",
        "WITH moved AS (DELETE FROM {far} WHERE day = {day} RETURNING *) INSERT INTO {name} SELECT * FROM moved",
        "ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ({day}) TO ({next})",
    ):
        cursor.execute(sql.SQL(statement).format(**names))
    return 1


def _there(cursor: Cursor, name: str) -> bool:
    row = cursor.execute("SELECT to_regclass(%s) IS NOT NULL", (name,)).fetchone()
    return row is not None and bool(row[0])

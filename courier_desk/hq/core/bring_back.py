"""Days that were put away come back into the log, from the schema ``past``, where they still lie or were restored to.

Whoever wants to keep them must have raised the days that stay on line before: else they leave again with the next
upkeep. To look something up, the tables in ``past`` are read as they are.
"""

from datetime import date, timedelta

import sqlalchemy as sa
from psycopg import sql

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.hq.core.past import Part
from courier_desk.hq.core.retention import SCHEMA
from courier_desk.hq.core.transaction import Cursor, transaction
from courier_desk.hq.tables.past import PUT_AWAY

_TABLES = sa.text("SELECT tablename FROM pg_tables WHERE schemaname = :past ORDER BY tablename")
_A_DAY = timedelta(days=1)
_PIECE = 2000


def lying(connection: sa.Connection) -> list[str]:
    """The tables in the schema past."""
    return list(connection.execute(_TABLES, {"past": SCHEMA}).scalars())


def bring_back(engine: sa.Engine, first: date) -> list[str]:
    """Put every day from ``first`` on back, the youngest first; returns their names. Errors: UserError when one of them
    does not lie in the schema past (then nothing was done); those of SQLAlchemy, and what is back is back."""
    with engine.connect() as connection:
        there = set(lying(connection))
        query = sa.select(PUT_AWAY.c.part, PUT_AWAY.c.day).where(PUT_AWAY.c.day >= first)
        wanted = [(Part(row.part), row.day) for row in connection.execute(query.order_by(PUT_AWAY.c.day.desc()))]
    missing = [name for name in (_name(part, day) for part, day in wanted) if name not in there]
    if missing:
        names = ", ".join(sorted(missing)[:10])
        raise UserError(message("Not in the schema past, restore first: {names}", names=names))
    for part, day in wanted:
        with transaction(engine) as cursor:
            _attach(cursor, part, day)
    for part in Part:
        _move_back(engine, [name for name in there if name.startswith(f"{part}_late_")], part.value, "day", first)
    _move_back(engine, [name for name in there if name.startswith("arrival_")], "arrival", "last_day", first)
    return [_name(part, day) for part, day in wanted]


def _name(part: Part, day: date) -> str:
    return f"{part.value}_{day:%Y%m%d}"


def _attach(cursor: Cursor, part: Part, day: date) -> None:
    """What came for the day meanwhile lies in the default partition and has to leave it first."""
    name = _name(part, day)
    names = {
        "past": sql.Identifier(SCHEMA, name),
        "here": sql.Identifier(name),
        "part": sql.Identifier(part.value),
        "far": sql.Identifier(f"{part.value}_far"),
        "schema": sql.Identifier(_schema_of(cursor, part)),
        "day": sql.Literal(day.isoformat()),
        "next": sql.Literal((day + _A_DAY).isoformat()),
    }
    for statement in (
        "LOCK TABLE {far} IN ACCESS EXCLUSIVE MODE",
        "ALTER TABLE {past} SET SCHEMA {schema}",
        "WITH moved AS (DELETE FROM {far} WHERE day = {day} RETURNING *) INSERT INTO {here} SELECT * FROM moved",
        "ALTER TABLE {part} ATTACH PARTITION {here} FOR VALUES FROM ({day}) TO ({next})",
    ):
        cursor.execute(sql.SQL(statement).format(**names))
    cursor.execute("DELETE FROM put_away WHERE part = %s AND day = %s", (part.value, day))


def _schema_of(cursor: Cursor, part: Part) -> str:
    row = cursor.execute("SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = %s::regclass",
                         (part.value,)).fetchone()  # fmt: skip
    return str(row[0]) if row else "public"


def _move_back(engine: sa.Engine, sources: list[str], target: str, column: str, first: date) -> None:
    for source in sources:
        names = {
            "source": sql.Identifier(SCHEMA, source),
            "target": sql.Identifier(target),
            "column": sql.Identifier(column),
            "first": sql.Literal(first.isoformat()),
            "most": sql.Literal(_PIECE),
        }
        moving = sql.SQL(
            "WITH back AS (DELETE FROM {source} WHERE ctid = ANY (ARRAY("
            "SELECT ctid FROM {source} WHERE {column} >= {first} LIMIT {most})) RETURNING *)"
            " INSERT INTO {target} OVERRIDING SYSTEM VALUE SELECT * FROM back"
        ).format(**names)
        moved = _PIECE
        while moved == _PIECE:
            with transaction(engine) as cursor:
                moved = cursor.execute(moving).rowcount

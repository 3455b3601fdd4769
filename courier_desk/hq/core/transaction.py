"""Transactions of the path that carries the load: psycopg itself inside, SQLAlchemy's pool and errors outside."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import sql
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError

Cursor = psycopg.Cursor[Any]

# What COPY has to be told in its binary form; everything that is copied in is of one of these types.
_TYPES = {
    sa.Text: "text",
    sa.Uuid: "uuid",
    sa.Date: "date",
    sa.Integer: "int4",
    sa.BigInteger: "int8",
    sa.Boolean: "bool",
    sa.DateTime: "timestamptz",
    ARRAY: "text[]",
}
# A COPY takes as long as two rows that are inserted.
_FEW = 2


@contextmanager
def transaction(engine: sa.Engine) -> Iterator[Cursor]:
    """A cursor whose statements are kept together at the end, or none of them. Errors: those of SQLAlchemy."""
    with engine.begin() as connection, _driving(connection) as driver, driver.cursor() as cursor:
        yield cursor


@contextmanager
def single_statements(engine: sa.Engine) -> Iterator[Cursor]:
    """A cursor each of whose statements is kept, or fails, for itself: one journey to the database instead of three.
    Errors: those of SQLAlchemy."""
    with engine.connect() as connection, _driving(connection) as driver:
        driver.autocommit = True
        try:
            with driver.cursor() as cursor:
                yield cursor
        finally:
            if not driver.closed:
                driver.autocommit = False


@contextmanager
def _driving(connection: sa.Connection) -> Iterator[Any]:
    """The driver's own connection, its errors as those of SQLAlchemy."""
    driver: Any = connection.connection.driver_connection
    try:
        yield driver
    except psycopg.Error as error:
        lost = bool(driver.broken)
        if lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            None, None, error, psycopg.Error, connection_invalidated=lost, dialect=connection.dialect
        ) from error


class Copy:
    """Rows into ``columns`` of ``table``: many by COPY, in one stream, one or two by INSERT."""

    def __init__(self, table: sa.Table, *columns: str) -> None:
        self._types = [_type_of(table.c[name]) for name in columns]
        parts = {
            "table": sql.Identifier(table.name),
            "columns": sql.SQL(", ").join(map(sql.Identifier, columns)),
            "values": sql.SQL(", ").join(sql.Placeholder() * len(columns)),
        }
        # Made once: composing one takes as long as sending it.
        self._copy = sql.SQL("COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)").format(**parts).as_bytes()
        self._insert = sql.SQL("INSERT INTO {table} ({columns}) VALUES ({values})").format(**parts).as_bytes()

    def write(self, cursor: Cursor, rows: Iterable[Sequence[Any]]) -> None:
        """Rows in the order of the columns; nothing is said for none."""
        rows = list(rows)
        if len(rows) <= _FEW:
            for row in rows:
                cursor.execute(self._insert, row, prepare=True)
            return
        with cursor.copy(self._copy) as copy:
            copy.set_types(self._types)
            for row in rows:
                copy.write_row(row)


def _type_of(column: sa.Column[Any]) -> str:
    return next((name for kind, name in _TYPES.items() if type(column.type) is kind), "bytea")

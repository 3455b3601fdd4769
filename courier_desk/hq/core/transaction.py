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


@contextmanager
def transaction(engine: sa.Engine) -> Iterator[Cursor]:
    """A cursor whose statements are kept together at the end, or none of them. Errors: those of SQLAlchemy."""
    with engine.begin() as connection:
        driver: Any = connection.connection.driver_connection
        try:
            with driver.cursor() as cursor:
                yield cursor
        except psycopg.Error as error:
            lost = bool(driver.broken)
            if lost:
                connection.invalidate(error)
            raise DBAPIError.instance(
                None, None, error, psycopg.Error, connection_invalidated=lost, dialect=engine.dialect
            ) from error


class Copy:
    """COPY of rows into ``columns`` of ``table``, in one stream."""

    def __init__(self, table: sa.Table, *columns: str) -> None:
        self._types = [_type_of(table.c[name]) for name in columns]
        self._statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
            sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, columns))
        )

    def write(self, cursor: Cursor, rows: Iterable[Sequence[Any]]) -> None:
        """Rows in the order of the columns; nothing is said for none."""
        rows = list(rows)
        if not rows:
            return
        with cursor.copy(self._statement) as copy:
            copy.set_types(self._types)
            for row in rows:
                copy.write_row(row)


def _type_of(column: sa.Column[Any]) -> str:
    return next((name for kind, name in _TYPES.items() if type(column.type) is kind), "bytea")

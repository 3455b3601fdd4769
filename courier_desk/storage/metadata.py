"""What all tables share: the metadata, column types, the columns of the house, triggers.

Every table is STRICT. A table marked ``synchronised`` must not change without an outbox operation; the unit of work
refuses to commit otherwise.
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import SchemaItem

from courier_desk.base.clock import from_text, to_text

SYNCHRONISED = "synchronised"

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment as fixed-width ISO text in UTC: sorts and compares as text."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else to_text(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else from_text(value)


class IsoDate(sa.types.TypeDecorator[date]):
    """A calendar day as ISO text."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Flag(sa.types.TypeDecorator[bool]):
    """True or false as 1 or 0; SQLAlchemy's own type is no STRICT type."""

    impl = sa.Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: sa.Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> bool | None:
        return None if value is None else bool(value)


def table(name: str, *items: SchemaItem, synchronised: bool = False, **options: Any) -> sa.Table:
    """A STRICT table of the shared metadata."""
    return sa.Table(name, metadata, *items, sqlite_strict=True, info={SYNCHRONISED: synchronised}, **options)


def house_columns() -> list[sa.Column[Any]]:
    """The columns that every row of the trade carries: whose it is, its version, its business day."""
    return [
        sa.Column("station_id", sa.Text, nullable=False),
        sa.Column("desk_id", sa.Text, nullable=False),
        sa.Column("row_version", sa.Integer, nullable=False, server_default=sa.text("1")),
        sa.Column("business_date", IsoDate, nullable=False),
    ]


def after_create(owner: sa.Table, *statements: str) -> None:
    """Run ``statements`` (triggers, virtual tables) right after ``owner`` has been created."""

    def run(_table: sa.Table, connection: sa.Connection, **_options: Any) -> None:
        for statement in statements:
            connection.exec_driver_sql(statement)

    sa.event.listen(owner, "after_create", run)


def refuse(owner: sa.Table, act: str, when: str = "") -> None:
    """A trigger that refuses ``act`` (UPDATE, DELETE, ``UPDATE OF a, b``) on ``owner`` where ``when`` holds."""
    word = act.partition(" ")[0]
    condition = f"WHEN {when} " if when else ""
    after_create(
        owner,
        f"CREATE TRIGGER refuse_{word.lower()}_{owner.name} BEFORE {act} ON {owner.name} {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{word.lower()} of {owner.name} is refused'); END",
    )


def synchronised_tables() -> frozenset[str]:
    """The names of the tables that must not change without an outbox operation."""
    return frozenset(name for name, owner in metadata.tables.items() if owner.info.get(SYNCHRONISED))

"""PostgreSQL: connections with limits on waiting, and bringing the tables up to date."""

import time
from typing import Any

import psycopg
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from psycopg.conninfo import conninfo_to_dict
from psycopg.types.string import BytesBinaryDumper

# Desks and people wait for these statements; whatever takes longer gives its place to others and is tried again.
STATEMENT_TIMEOUT_S = 20
LOCK_TIMEOUT_S = 10
IDLE_IN_TRANSACTION_S = 30
CONNECT_TIMEOUT_S = 5

_NEVER = 2**62
_LONG_REST_S = 10.0
_RESTS_SINCE = "rests_since"

# Any number of processes may start at once; one of them migrates.
_MIGRATION_LOCK = 0x436F7572


def open_engine(dsn: str, *, connections: int = 10) -> sa.Engine:
    """A pool of at most ``connections`` to the database ``dsn`` (any form libpq takes). Nothing is connected yet.
    Errors: psycopg.ProgrammingError when ``dsn`` cannot be read."""
    settings = _settings(dsn)

    def connect() -> psycopg.Connection[Any]:
        # A plan that was made while a day's partition was empty must not be kept for the day: only what asks for it
        # (short statements by key, none of which reads a partitioned table) is prepared, and then planned once.
        connection = psycopg.connect(**settings, prepare_threshold=_NEVER)
        # COPY would take the one for DBAPI's Binary, which is not compiled.
        connection.adapters.register_dumper(bytes, BytesBinaryDumper)
        return connection

    engine = sa.create_engine(
        "postgresql+psycopg://",
        creator=connect,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=CONNECT_TIMEOUT_S,
        pool_use_lifo=True,
    )
    sa.event.listen(engine, "checkout", _look_at)
    sa.event.listen(engine, "checkin", _note_rest)
    return engine


def _note_rest(_connection: Any, record: Any) -> None:
    record.info[_RESTS_SINCE] = time.monotonic()


def _look_at(connection: psycopg.Connection[Any], record: Any, _proxy: Any) -> None:
    """Before a connection of the pool is used. That the server has said goodbye lies at this end of the line and costs
    no journey; who has rested for long is asked, since something on the way may have forgotten it."""
    try:
        # The first may read the words of farewell, the second then finds the line cut.
        connection.pgconn.consume_input()
        connection.pgconn.consume_input()
        if time.monotonic() - record.info.get(_RESTS_SINCE, time.monotonic()) > _LONG_REST_S:
            connection.execute("")
            connection.rollback()
    except psycopg.Error as error:
        # The pool makes another one instead.
        raise sa.exc.DisconnectionError from error


def _settings(dsn: str) -> dict[str, Any]:
    given = conninfo_to_dict(dsn)
    limits = {
        "timezone": "UTC",
        # All statements here are short; compiling them (enable_nestloop=off looks costly) took 400 ms for a round of 3.
        "jit": "off",
        "statement_timeout": f"{STATEMENT_TIMEOUT_S}s",
        "lock_timeout": f"{LOCK_TIMEOUT_S}s",
        "idle_in_transaction_session_timeout": f"{IDLE_IN_TRANSACTION_S}s",
    }
    options = " ".join([*(f"-c {name}={value}" for name, value in limits.items()), str(given.get("options") or "")])
    return {
        "connect_timeout": CONNECT_TIMEOUT_S,
        "application_name": "courier-desk-hq",
        "client_encoding": "UTF8",
        **given,
        "options": options.strip(),
    }


def migration_config(connection: sa.Connection) -> Config:
    """Alembic's settings for the migrations of this package over ``connection``."""
    config = Config()
    config.set_main_option("script_location", "courier_desk.hq:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def migrate(engine: sa.Engine) -> None:
    """Bring the tables up to date, all or nothing; waits while another process does. Errors: those of psycopg."""
    with engine.begin() as connection:
        connection.execute(sa.text("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0"))
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        command.upgrade(migration_config(connection), "head")

"""Migrations of the desk's database: numbered functions in one list; ``user_version`` says how many have run.

Each has a test, and from the second on a stored database of the version before it (tests/storage/test_migrations.py).
A function gets a connection inside an open transaction, with foreign keys off, which can only be set outside one.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import sqlalchemy as sa

from courier_desk.base.clock import Clock
from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.files import sync_folder
from courier_desk.base.logging import get_logger
from courier_desk.base.translation import message
from courier_desk.storage.backup import back_up, stamp
from courier_desk.storage.engine import Database, driver_of
from courier_desk.storage.migrations import m0001_first, m0002_headquarters

Migration = Callable[[sa.Connection, Clock], None]

MIGRATIONS: tuple[Migration, ...] = (m0001_first.migrate, m0002_headquarters.migrate)


def migrate(path: Path, key: bytes, backups: Path, clock: Clock, migrations: Sequence[Migration] = MIGRATIONS) -> int:
    """Bring the file to the newest version, making it when there is none; returns how many migrations ran.

    Errors: EnvironmentFault for a file of a newer program, a damaged one, or a disk that refuses; the file is then as
    it was."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentFault(message("The data folder cannot be written to."), retriable=False) from error
    database = Database(path, key)
    try:
        with database.writer.connect() as connection:
            found = _version(connection)
            if found > len(migrations):
                raise EnvironmentFault(
                    message("This database was written by a newer version of the program; install that version."),
                    retriable=False,
                )
            if 0 < found < len(migrations):
                back_up(path, key, backups, f"{stamp(clock)}-before-{len(migrations)}")
            for number, migration in enumerate(migrations[found:], found + 1):
                _run(connection, number, migration, clock)
    finally:
        database.close()
    if found == 0:
        sync_folder(path.parent)
    return len(migrations) - found


def _version(connection: sa.Connection) -> int:
    found = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    connection.rollback()
    return found


def _run(connection: sa.Connection, number: int, migration: Migration, clock: Clock) -> None:
    raw = driver_of(connection)
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.begin():
            migration(connection, clock)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"migration {number} leaves {len(broken)} rows without their parent")
            connection.exec_driver_sql(f"PRAGMA user_version = {number}")
    finally:
        raw.execute("PRAGMA foreign_keys = ON")
    get_logger(__name__).info("migrated", version=number)

"""The one way to SQLite: SQLCipher with a raw key, WAL, FULL; one connection that writes, others that only read."""

import contextlib
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver
from sqlalchemy.pool import QueuePool

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.files import USER_ONLY
from courier_desk.base.translation import message
from courier_desk.storage.faults import disk_fault, raise_fault, translate, translate_reading

# Up to 3.51.2 a race at the reset of the WAL can corrupt the file.
LOWEST_SQLITE = (3, 51, 3)
BUSY_MS = 5000
READERS = 4
# About 4 MB of log: its checkpoint takes 10 to 20 ms of the commit that fills it. A larger log made every commit
# slower, and so did a thread that did the checkpoints (6.5 ms instead of 4.3 ms for a confirm).
CHECKPOINT_PAGES = 1000
CACHE_KIB = 16_000

BEGIN_WRITING = "BEGIN IMMEDIATE"
_SAFE = {"synchronous": "FULL", "foreign_keys": "ON"}


def check_version(version: tuple[int, ...] = driver.sqlite_version_info) -> None:
    """Errors: EnvironmentFault for an SQLite that is known to lose data."""
    if version < LOWEST_SQLITE:
        found = ".".join(map(str, version))
        raise EnvironmentFault(message("SQLite {version} is too old to be safe.", version=found), retriable=False)


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    """A raw connection of the driver, in autocommit, with every pragma set. Errors: EnvironmentFault."""
    with contextlib.ExitStack() as undo:
        try:
            if not read_only and not path.exists():
                path.touch(USER_ONLY)
            raw = driver.connect(str(path), isolation_level=None, check_same_thread=False, cached_statements=512)
            undo.callback(raw.close)
            _prepare(raw, key, read_only=read_only)
        except OSError as error:
            raise disk_fault() from error
        except driver.Error as error:
            raise_fault(error)
        undo.pop_all()
    return raw


def _prepare(raw: Any, key: bytes, *, read_only: bool) -> None:
    # Nothing about keys or pages may reach a log of SQLCipher's own.
    raw.execute("PRAGMA cipher_log_level = NONE")
    raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    raw.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    raw.execute("PRAGMA temp_store = MEMORY")
    raw.execute("PRAGMA trusted_schema = OFF")
    raw.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    raw.execute("PRAGMA journal_mode = WAL")
    for name, value in _SAFE.items():
        raw.execute(f"PRAGMA {name} = {value}")
    raw.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    if read_only:
        raw.execute("PRAGMA query_only = ON")


def _engine(path: Path, key: bytes, begin: str, size: int, *, read_only: bool) -> sa.Engine:
    engine = sa.create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: connect(path, key, read_only=read_only),
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0 if size == 1 else size,
        # What was bound is personal; an error must not carry it anywhere.
        hide_parameters=True,
    )
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    sa.event.listen(engine, "handle_error", translate_reading if read_only else translate)
    return engine


def driver_of(connection: sa.Connection) -> Any:
    """The driver's connection beneath, for pragmas that have to stand outside a transaction."""
    raw = connection.connection.driver_connection
    if raw is None:
        raise RuntimeError("the connection is closed")
    return raw


class Database:
    """The engines of one file. ``writer`` is used by the database lane alone; ``reader`` by anybody."""

    def __init__(self, path: Path, key: bytes) -> None:
        check_version()
        self.path = path
        self.writer = _engine(path, key, BEGIN_WRITING, 1, read_only=False)
        self.reader = _engine(path, key, "BEGIN", READERS, read_only=True)

    def close(self) -> None:
        """Close every connection; the last one empties the log."""
        self.reader.dispose()
        self.writer.dispose()

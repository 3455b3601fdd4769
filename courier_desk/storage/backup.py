"""Backups: a copy of the encrypted file that was opened, checked and counted before it counts; seven are kept.

``back_up`` and ``check`` are plain functions of plain data: they run in a child process of the work lane.
"""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from courier_desk.base.clock import Clock
from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.files import sync_folder
from courier_desk.base.translation import message
from courier_desk.storage.engine import connect
from courier_desk.storage.faults import DatabaseDamaged, raise_fault

KEPT = 7
DUE_AFTER = timedelta(hours=24)
_PATTERN = "station-*.db"
_STAMP = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A backup that was checked: where it lies, its version, and the rows of each table."""

    path: Path
    version: int
    rows: dict[str, int]


def stamp(clock: Clock) -> str:
    """The moment as it stands in the name of a backup."""
    return clock.now().strftime(_STAMP)


def back_up(database: Path, key: bytes, folder: Path, name: str) -> BackupReport:
    """Copy ``database`` as of one moment into ``folder``, check the copy, keep the newest seven.

    Writing goes on meanwhile. Errors: EnvironmentFault when the disk refuses; DatabaseDamaged when source or copy do
    not check. Neither leaves anything that looks like a backup."""
    target = folder / f"station-{name}.db"
    fresh = target.with_suffix(".partial")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            _remove(fresh)
            counted = _copy(database, key, fresh)
            if check(fresh, key) != counted:
                raise DatabaseDamaged
            fresh.replace(target)
        finally:
            _remove(fresh)
        sync_folder(folder)
        for old in backups(folder)[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        raise EnvironmentFault(message("The backup cannot be written to the disk.")) from error
    return BackupReport(target, *counted)


def backups(folder: Path) -> list[Path]:
    """The backups that count, oldest first."""
    return sorted(folder.glob(_PATTERN))


def due(folder: Path, now: datetime) -> bool:
    """True when the newest backup is older than a day, or there is none."""
    newest = max((path.stat().st_mtime for path in backups(folder)), default=0.0)
    return now.timestamp() - newest >= DUE_AFTER.total_seconds()


def check(path: Path, key: bytes) -> tuple[int, dict[str, int]]:
    """Version and rows of each table of a file in which every page and every index is right.

    Errors: DatabaseDamaged when one is not; EnvironmentFault when the disk refuses."""
    if not path.exists():
        raise EnvironmentFault(message("There is no such file."), retriable=False)
    raw = connect(path, key, read_only=True)
    try:
        pages = raw.execute("PRAGMA cipher_integrity_check").fetchall()
        found = raw.execute("PRAGMA integrity_check(1)").fetchall()
        if pages or found != [("ok",)]:
            raise DatabaseDamaged
        return _count(raw)
    except driver.Error as error:
        raise_fault(error)
    finally:
        raw.close()


def _copy(database: Path, key: bytes, fresh: Path) -> tuple[int, dict[str, int]]:
    source = connect(database, key, read_only=True)
    target = connect(fresh, key)
    try:
        # Counted and copied in one read transaction: of one moment, whatever is written meanwhile.
        source.execute("BEGIN")
        counted = _count(source)
        source.backup(target)
        source.execute("ROLLBACK")
    except driver.Error as error:
        raise_fault(error)
    finally:
        target.close()
        source.close()
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    return counted


def _count(raw: Any) -> tuple[int, dict[str, int]]:
    version = int(raw.execute("PRAGMA user_version").fetchone()[0])
    tables = raw.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    ).fetchall()
    return version, {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}  # noqa: S608  our own tables


def _remove(path: Path) -> None:
    for each in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        each.unlink(missing_ok=True)

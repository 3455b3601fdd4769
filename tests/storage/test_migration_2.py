"""The second migration on a kept database of version 1: a working day with every kind of row, none of it changed."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver

from courier_desk.base.paths import DataFolder
from courier_desk.storage import backup
from courier_desk.storage.chains import Chain, verify_chain
from courier_desk.storage.desk_store import open_desk_store
from courier_desk.storage.engine import connect
from courier_desk.storage.migrations import MIGRATIONS, migrate
from courier_desk.storage.schema import metadata
from tests.storage.stations import KEY, StepClock

OLD = Path(__file__).parent / "data" / "version-0001.db"
_SHADOWS = ("find_trigram_", "find_unigram_")


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    found = DataFolder(tmp_path / "desk")
    found.root.mkdir()
    shutil.copy(OLD, found.database)
    return found


def _to(folder: DataFolder, version: int) -> None:
    migrate(folder.database, KEY, folder.backups, StepClock(), MIGRATIONS[:version])


def _plain(sql: str) -> str:
    """What it says, whatever the blanks: the kept text is broken into lines."""
    return "".join(sql.split())


def _schema(raw: Any) -> dict[str, str]:
    """Tables with their checks, triggers and indexes by name."""
    rows = raw.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    return {f"{kind} {name}": _plain(sql) for kind, name, sql in rows if not name.startswith(_SHADOWS)}


def _content(raw: Any) -> dict[str, list[Any]]:
    """Every row of every table, in its order."""
    names = [row[0] for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]
    return {name: raw.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def _look(path: Path) -> tuple[dict[str, str], dict[str, list[Any]]]:
    raw = connect(path, KEY, read_only=True)
    try:
        return _schema(raw), _content(raw)
    finally:
        raw.close()


def _declared() -> dict[str, str]:
    """The schema as the tables of the program declare it."""
    raw = driver.connect(":memory:", isolation_level=None, check_same_thread=False)
    engine = sa.create_engine("sqlite://", module=driver, creator=lambda: raw, poolclass=sa.StaticPool)
    metadata.create_all(engine)
    return _schema(raw)


def test_the_kept_database_holds_rows_of_every_table_of_its_time() -> None:
    _schema_then, content = _look(OLD)
    assert {name for name, rows in content.items() if not rows} == set()
    assert len(content["outbox"]) >= 30
    assert len(content["scan_event"]) >= 15


def test_the_first_migration_still_makes_what_it_made_then(tmp_path: Path) -> None:
    fresh = DataFolder(tmp_path / "fresh")
    _to(fresh, 1)
    assert _look(fresh.database)[0] == _look(OLD)[0]


def test_nothing_of_version_1_is_lost_or_changed(folder: DataFolder) -> None:
    schema_then, content_then = _look(folder.database)
    _to(folder, 2)
    schema, content = _look(folder.database)
    assert {name: sql for name, sql in schema.items() if name in schema_then} == schema_then
    assert len({name for name in schema_then if name.startswith("trigger")}) >= 15
    assert {name: rows for name, rows in content.items() if name in content_then} == content_then
    assert {"hq_link", "kept_item", "inbound_parcel", "remote_event", "proof"} <= content.keys() - content_then.keys()
    raw = connect(folder.database, KEY)
    assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    raw.close()


def test_an_old_file_and_a_fresh_one_end_at_what_the_program_declares(folder: DataFolder, tmp_path: Path) -> None:
    fresh = DataFolder(tmp_path / "fresh")
    _to(folder, 2)
    _to(fresh, 2)
    assert _look(folder.database)[0] == _look(fresh.database)[0] == _declared()


def test_a_verified_backup_of_version_1_is_there_afterwards(folder: DataFolder) -> None:
    before = {name: len(rows) for name, rows in _look(folder.database)[1].items()}
    _to(folder, 2)
    (kept,) = backup.backups(folder.backups)
    version, rows = backup.check(kept, KEY)
    assert version == 1
    assert {name: count for name, count in rows.items() if name in before} == {name: before[name] for name in rows}


def test_the_desk_goes_on_where_it_was(folder: DataFolder, expect_log: Callable[[str], None]) -> None:
    expect_log("incident")  # the file came without its anchor
    store = open_desk_store(folder, KEY, StepClock(), thread_name=None)
    with store.read() as look:
        assert all(verify_chain(look.connection, chain) is None for chain in Chain)
        assert look.station.get() is not None
    heads = store.heads
    with store.write(None) as work:
        work.emit("scan.recorded", "scan-1", {"number": "XS"})
        work.commit()
    assert (store.heads.incarnation, store.heads.outbox_seq) == (1, heads.outbox_seq + 1)
    store.close()

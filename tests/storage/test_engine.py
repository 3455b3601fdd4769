"""The engine: encrypted, durable, new enough, and clear about a damaged file or a wrong key."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.paths import DataFolder
from courier_desk.storage.engine import check_version, connect, driver_of
from courier_desk.storage.faults import DatabaseDamaged
from tests.storage.stations import KEY, EngineStore, open_station, save_one, set_up


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EngineStore]:
    opened = open_station(tmp_path)
    set_up(opened)
    yield opened
    opened.close()


def pragma(store: EngineStore, name: str) -> object:
    return driver_of(store.writer).execute(f"PRAGMA {name}").fetchone()[0]


def test_the_writer_is_durable_and_strict(store: EngineStore) -> None:
    assert pragma(store, "journal_mode") == "wal"
    assert pragma(store, "synchronous") == 2
    assert pragma(store, "foreign_keys") == 1
    assert pragma(store, "temp_store") == 2
    assert pragma(store, "busy_timeout") == 5000


def test_an_sqlite_that_loses_data_is_refused() -> None:
    check_version((3, 51, 3))
    for old in ((3, 51, 2), (3, 40, 1), (3, 7, 0)):
        with pytest.raises(EnvironmentFault, match="too old"):
            check_version(old)


def test_nothing_on_disk_is_readable_without_the_key(tmp_path: Path) -> None:
    store = open_station(tmp_path)
    set_up(store)
    with store.write(None) as work:
        work.audit("canary", "order", "CANARY-ENTITY", None, {"phone": "CANARY-13812345678"})
        work.emit("canary", "CANARY-ENTITY", {"phone": "CANARY-13812345678"})
        work.commit()
    for closed in (False, True):
        if closed:
            store.close()
        for path in tmp_path.rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            assert b"CANARY" not in content, path
            assert b"SQLite format" not in content, path
            assert KEY not in content, path
            assert KEY.hex().encode() not in content, path


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of files are another thing there")
def test_the_files_are_for_this_user_only(store: EngineStore, tmp_path: Path) -> None:
    save_one(store, 1)
    for name in ("station.db", "station.db-wal", "anchor/anchor-1.json", "anchor/anchor-2.json"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0, name


def test_a_wrong_key_is_a_damaged_file_for_whoever_asks(tmp_path: Path) -> None:
    open_station(tmp_path).close()
    with pytest.raises(DatabaseDamaged):
        connect(DataFolder(tmp_path).database, bytes(32))


def test_a_database_where_no_file_can_be_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFault):
        connect(tmp_path / "file" / "station.db", KEY)


def test_the_log_is_moved_into_the_file_at_an_idle_moment(store: EngineStore, tmp_path: Path) -> None:
    database = DataFolder(tmp_path).database
    before = database.stat().st_size
    for serial in range(1, 120):
        save_one(store, serial)
    store.checkpoint()
    assert database.stat().st_size > before

"""Migrations: each has its test and its stored old database; nothing of an old file is lost on the way."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa

from courier_desk.base.clock import Clock
from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.paths import DataFolder
from courier_desk.storage import backup
from courier_desk.storage.engine import connect
from courier_desk.storage.faults import DatabaseDamaged
from courier_desk.storage.migrations import MIGRATIONS, Migration, migrate
from tests.storage.stations import KEY, StepClock, open_station, save_one, saved, set_up

HERE = Path(__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "desk")


def run(folder: DataFolder, migrations: Sequence[Migration] = MIGRATIONS) -> int:
    return migrate(folder.database, KEY, folder.backups, StepClock(), migrations)


def schema(folder: DataFolder) -> set[tuple[str, str, str]]:
    raw = connect(folder.database, KEY, read_only=True)
    found = {tuple(row) for row in raw.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()}
    raw.close()
    return found


def version(folder: DataFolder) -> int:
    raw = connect(folder.database, KEY, read_only=True)
    found: int = raw.execute("PRAGMA user_version").fetchone()[0]
    raw.close()
    return found


def add_colour(connection: sa.Connection, _clock: Clock) -> None:
    connection.exec_driver_sql("ALTER TABLE counters ADD COLUMN colour TEXT")


def test_every_migration_from_the_second_on_has_its_tests_and_a_stored_old_database() -> None:
    for number in range(2, len(MIGRATIONS) + 1):
        assert (HERE / f"test_migration_{number}.py").exists()
        assert (HERE / "data" / f"version-{number - 1:04d}.db").exists()


def test_a_fresh_file_gets_the_whole_schema_once(folder: DataFolder) -> None:
    assert run(folder) == len(MIGRATIONS)
    made = schema(folder)
    assert {"station", "desk", "audit", "outbox", "orders"} <= {name for _kind, name, _sql in made}
    assert len({name for kind, name, _sql in made if kind == "trigger"}) >= 12
    assert version(folder) == len(MIGRATIONS)
    assert run(folder) == 0
    assert schema(folder) == made


def test_a_file_of_a_newer_program_is_refused_in_clear_words_and_left_alone(folder: DataFolder) -> None:
    run(folder, [*MIGRATIONS, add_colour])
    before = schema(folder)
    with pytest.raises(EnvironmentFault, match="newer version") as caught:
        open_station(folder.root)
    assert not caught.value.retriable
    assert schema(folder) == before


def test_a_verified_backup_is_made_before_an_old_file_is_changed(folder: DataFolder) -> None:
    store = open_station(folder.root)
    set_up(store)
    save_one(store, 1)
    store.close()
    assert run(folder, [*MIGRATIONS, add_colour]) == 1
    (kept,) = backup.backups(folder.backups)
    old_version, rows = backup.check(kept, KEY)
    assert old_version == len(MIGRATIONS)
    assert rows["outbox"] == 1
    assert version(folder) == len(MIGRATIONS) + 1


@pytest.mark.parametrize("how", ["error", "orphans"])
def test_a_migration_that_fails_leaves_the_file_as_it_was(folder: DataFolder, how: str) -> None:
    store = open_station(folder.root)
    set_up(store)
    save_one(store, 1)
    store.close()
    before = schema(folder)

    def broken(connection: sa.Connection, clock: Clock) -> None:
        add_colour(connection, clock)
        connection.exec_driver_sql("DROP TRIGGER refuse_delete_station")
        connection.exec_driver_sql("DELETE FROM station")
        if how == "error":
            raise ValueError("half-way")

    with pytest.raises((ValueError, RuntimeError), match=r"half-way|without their parent"):
        run(folder, [*MIGRATIONS, broken])
    assert schema(folder) == before
    assert version(folder) == len(MIGRATIONS)
    store = open_station(folder.root)
    assert saved(store) == {1}
    assert store.identity.station_id == "station-1"
    store.close()


def test_a_table_can_be_rebuilt_without_losing_its_children(folder: DataFolder) -> None:
    store = open_station(folder.root)
    set_up(store)
    store.close()

    def rebuild(connection: sa.Connection, _clock: Clock) -> None:
        (made,) = connection.exec_driver_sql("SELECT sql FROM sqlite_schema WHERE name = 'station'").scalars()
        connection.exec_driver_sql(made.replace("CREATE TABLE station", "CREATE TABLE fresh"))
        connection.exec_driver_sql("INSERT INTO fresh SELECT * FROM station")
        connection.exec_driver_sql("DROP TRIGGER refuse_delete_station")
        connection.exec_driver_sql("DROP TABLE station")
        connection.exec_driver_sql("ALTER TABLE fresh RENAME TO station")

    run(folder, [*MIGRATIONS, rebuild])
    raw = connect(folder.database, KEY)
    assert raw.execute("SELECT count(*) FROM desk JOIN station USING (station_id)").fetchone() == (1,)
    assert raw.execute("PRAGMA foreign_keys").fetchone() == (1,)
    raw.close()


def test_a_file_that_is_no_database_of_ours_is_refused_and_left_alone(folder: DataFolder) -> None:
    folder.root.mkdir()
    folder.database.write_bytes(b"something else" * 1000)
    with pytest.raises(DatabaseDamaged):
        run(folder)
    assert folder.database.read_bytes() == b"something else" * 1000


def test_a_folder_that_cannot_be_made_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFault):
        run(DataFolder(tmp_path / "file" / "desk"))

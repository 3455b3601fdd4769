"""Backups: made while work goes on, checked and counted before they count, seven kept; damage never passes."""

import os
import random
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.lanes import WorkLane
from courier_desk.base.paths import DataFolder
from courier_desk.storage import backup
from courier_desk.storage.engine import connect
from courier_desk.storage.faults import DatabaseDamaged, raise_fault
from courier_desk.storage.migrations import MIGRATIONS
from tests.patience import PATIENCE_S
from tests.storage.stations import KEY, StepClock, open_station, save_one, set_up

DAMAGES = 200


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A closed station with twenty saved orders."""
    store = open_station(tmp_path / "desk")
    set_up(store)
    for serial in range(1, 21):
        save_one(store, serial)
    store.close()
    return DataFolder(tmp_path / "desk")


def back_up(folder: DataFolder, name: str) -> backup.BackupReport:
    return backup.back_up(folder.database, KEY, folder.backups, name)


def test_a_backup_is_made_and_checked_in_a_child_process(folder: DataFolder) -> None:
    lane = WorkLane()
    stamp = backup.stamp(StepClock())
    report = lane.submit(backup.back_up, folder.database, KEY, folder.backups, stamp).result(PATIENCE_S)
    lane.close()
    assert report.path.name == "station-20261122T090001.db"
    assert (report.rows["outbox"], report.rows["audit"], report.version) == (20, 21, len(MIGRATIONS))
    assert backup.check(report.path, KEY) == (report.version, report.rows)
    assert b"SQLite format" not in report.path.read_bytes()[:100]


def test_a_damaged_source_comes_back_from_the_child_as_what_it_is(folder: DataFolder) -> None:
    content = bytearray(folder.database.read_bytes())
    content[5000] ^= 1
    folder.database.write_bytes(content)
    lane = WorkLane()
    with pytest.raises(DatabaseDamaged):
        lane.submit(backup.back_up, folder.database, KEY, folder.backups, "x").result(PATIENCE_S)
    lane.close()
    assert backup.backups(folder.backups) == []


def test_a_backup_holds_one_moment_while_orders_are_written(folder: DataFolder) -> None:
    store = open_station(folder.root)
    reports: list[backup.BackupReport] = []
    copying = threading.Thread(target=lambda: reports.extend(back_up(folder, str(n)) for n in range(3)))
    copying.start()
    serial = 100
    while copying.is_alive():
        serial += 1
        save_one(store, serial)
    copying.join()
    store.close()
    assert len(reports) == 3
    assert serial > 110
    for report in reports:
        assert report.rows["audit"] == report.rows["audit_payload"] == report.rows["outbox"] + 1


def test_seven_are_kept_the_newest(folder: DataFolder) -> None:
    for day in range(10, 20):
        back_up(folder, f"202611{day}T190000")
    assert [path.name for path in backup.backups(folder.backups)] == [
        f"station-202611{day}T190000.db" for day in range(13, 20)
    ]
    assert sorted(folder.backups.iterdir()) == backup.backups(folder.backups)


def test_a_backup_that_does_not_check_never_counts(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up(folder, "1")
    real = backup._copy

    def spoiled(database: Path, key: bytes, fresh: Path) -> tuple[int, dict[str, int]]:
        counted = real(database, key, fresh)
        content = bytearray(fresh.read_bytes())
        content[-100] ^= 4
        fresh.write_bytes(content)
        return counted

    monkeypatch.setattr(backup, "_copy", spoiled)
    with pytest.raises(DatabaseDamaged):
        back_up(folder, "2")
    monkeypatch.setattr(backup, "_copy", lambda *given: (real(*given)[0], {"outbox": 7}))
    with pytest.raises(DatabaseDamaged):
        back_up(folder, "3")
    assert [path.name for path in folder.backups.iterdir()] == ["station-1.db"]


def test_a_backup_is_due_a_day_after_the_last(folder: DataFolder) -> None:
    now = StepClock().now()
    assert backup.due(folder.backups, now)
    made = back_up(folder, "1").path
    os.utime(made, (now.timestamp(), now.timestamp()))
    assert not backup.due(folder.backups, now + timedelta(hours=23, minutes=59))
    assert backup.due(folder.backups, now + timedelta(hours=24))


def test_a_disk_that_refuses_is_a_fault_and_leaves_nothing(folder: DataFolder) -> None:
    folder.backups.write_text("a file where the folder should be")
    with pytest.raises(EnvironmentFault):
        back_up(folder, "1")
    with pytest.raises(EnvironmentFault):
        backup.check(folder.root / "nothing.db", KEY)
    assert not (folder.root / "nothing.db").exists()


def damaged(content: bytes, place: random.Random) -> bytes:
    """``content`` with one flipped bit, a page of noughts, two pages swapped, or its end cut off."""
    page, pages = 4096, len(content) // 4096
    one, other = sorted(place.sample(range(pages), 2))
    start, end = one * page, other * page
    match place.choice(["flip", "flip", "flip", "flip", "flip", "flip", "zero", "swap", "cut"]):
        case "flip":
            at = place.randrange(len(content))
            return content[:at] + bytes([content[at] ^ 1 << place.randrange(8)]) + content[at + 1 :]
        case "zero":
            return content[:start] + bytes(page) + content[start + page :]
        case "swap":
            head = content[:start] + content[end : end + page] + content[start + page : end]
            return head + content[start : start + page] + content[end + page :]
        case _:
            return content[: place.randrange(len(content))]


def rows_of(path: Path) -> dict[str, list[Any]]:
    """Every row of every table, read as the program reads. Errors: EnvironmentFault for what is damaged."""
    raw = connect(path, KEY, read_only=True)
    try:
        names = [n for (n,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]
        return {name: raw.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    except driver.Error as error:
        raise_fault(error)
    finally:
        raw.close()


def unnoticed(folder: DataFolder, count: int, seed: int) -> list[int]:
    place, whole = random.Random(seed), folder.database.read_bytes()
    target = folder.root / "damaged.db"
    passed = []
    for number in range(count):
        for left in folder.root.glob("damaged.db*"):
            left.unlink(missing_ok=True)
        target.write_bytes(damaged(whole, place))
        try:
            backup.check(target, KEY)
        except EnvironmentFault:
            continue
        passed.append(number)
    return passed


def test_every_damage_to_a_file_is_noticed(folder: DataFolder) -> None:
    assert unnoticed(folder, DAMAGES, seed=8) == []


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_ten_thousand_damages_to_a_file_are_noticed(folder: DataFolder) -> None:
    assert unnoticed(folder, 10_000, seed=88) == []


def test_damage_is_noticed_before_a_row_is_shown(folder: DataFolder) -> None:
    whole, rows = folder.database.read_bytes(), rows_of(folder.database)
    noticed = 0
    for page in range(1, len(whole) // 4096):
        at = page * 4096 + 1000
        folder.database.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        try:
            # The page of an index may be damaged and nobody looked at it yet; the rows are right then.
            assert rows_of(folder.database) == rows
        except DatabaseDamaged:
            noticed += 1
    assert noticed > 20

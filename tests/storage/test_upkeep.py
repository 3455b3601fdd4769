"""Upkeep: a verified backup each day without anybody thinking of it, noted in the audit; a failure is told."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from courier_desk.base.lanes import DbLane, WorkLane
from courier_desk.base.paths import DataFolder
from courier_desk.storage import backup
from courier_desk.storage.faults import DatabaseDamaged
from courier_desk.storage.upkeep import Upkeep
from tests.patience import PATIENCE_S, until
from tests.storage.stations import KEY, EngineStore, StepClock, open_station, save_one, set_up


@dataclass
class Room:
    """A running station with its lanes."""

    folder: DataFolder
    clock: StepClock = field(default_factory=StepClock)
    faults: list[Exception] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.db, self.work = DbLane(), WorkLane()
        opened = self.db.submit(lambda: open_station(self.folder.root, thread_name="db"))
        self.store: EngineStore = opened.result(PATIENCE_S)
        self.db.submit(lambda: set_up(self.store)).result(PATIENCE_S)
        self.upkeep = Upkeep(self.store, self.folder, KEY, (self.db, self.work), self.clock, self.faults.append)

    def close(self) -> None:
        self.work.close()
        self.db.submit(self.store.close).result(PATIENCE_S)
        self.db.close()

    def noted(self) -> list[str]:
        with self.store.read() as connection:
            found = connection.exec_driver_sql("SELECT action FROM audit WHERE action LIKE 'backup%%'")
            return list(found.scalars())


@pytest.fixture
def room(data_folder: DataFolder) -> Iterator[Room]:
    made = Room(data_folder)
    yield made
    made.close()


def test_an_idle_desk_makes_one_backup_a_day_and_notes_it(room: Room) -> None:
    room.upkeep.idle()
    assert not room.upkeep.back_up()
    until(room.noted)
    (made,) = backup.backups(room.folder.backups)
    os.utime(made, (room.clock.present.timestamp(),) * 2)
    room.upkeep.idle()
    room.db.submit(lambda: None).result(PATIENCE_S)
    assert backup.backups(room.folder.backups) == [made]
    room.clock.present += timedelta(days=1)
    room.upkeep.idle()
    until(lambda: len(room.noted()) == 2)
    assert len(backup.backups(room.folder.backups)) == 2
    assert room.faults == []


def test_idle_moments_empty_the_log_into_the_file(room: Room) -> None:
    before = room.folder.database.stat().st_size
    for serial in range(1, 60):
        room.db.submit(lambda serial=serial: save_one(room.store, serial)).result(PATIENCE_S)  # type: ignore[misc]
    room.upkeep.idle()
    until(lambda: room.folder.database.stat().st_size > before)
    until(room.noted)


def test_a_backup_that_fails_is_told_and_tried_again(room: Room, expect_log: Callable[[str], None]) -> None:
    expect_log("no backup")
    room.db.submit(room.store.checkpoint).result(PATIENCE_S)
    content = bytearray(room.folder.database.read_bytes())
    content[-2000] ^= 1
    room.folder.database.write_bytes(content)
    assert room.upkeep.back_up()
    until(lambda: room.faults)
    assert isinstance(room.faults[0], DatabaseDamaged)
    assert backup.backups(room.folder.backups) == []
    content[-2000] ^= 1
    room.folder.database.write_bytes(content)
    assert room.upkeep.back_up()
    until(room.noted)


def test_what_is_over_is_cleared_piece_by_piece_at_idle_moments(data_folder: DataFolder) -> None:
    room = Room(data_folder)
    pieces = [3, 2, 1]
    cleared: list[int] = []

    def clear() -> int:
        cleared.append(pieces.pop() if pieces else 0)
        return cleared[-1]

    room.upkeep = Upkeep(room.store, room.folder, KEY, (room.db, room.work), room.clock, room.faults.append, clear)
    room.upkeep.idle()
    until(lambda: cleared == [1, 2, 3, 0])
    until(lambda: room.noted() == ["backup.made"])
    room.close()

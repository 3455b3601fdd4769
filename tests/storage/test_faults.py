"""A full disk and a killed process: nothing that was called saved is lost, nothing else appears, work goes on."""

import contextlib
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.lanes import WorkLane
from courier_desk.base.paths import DataFolder
from courier_desk.storage import backup
from courier_desk.storage.chains import Chain, verify_chain
from courier_desk.storage.engine import driver_of
from courier_desk.storage.schema_core import OUTBOX
from tests.patience import PATIENCE_S
from tests.storage.children import full_disk, read_ledger
from tests.storage.stations import KEY, open_station, save_one, saved, set_up

FULL_POINTS = 30
KILLS = 8

posix = pytest.mark.skipif(sys.platform == "win32", reason="limits of files and kill -9 are known on POSIX only")


@posix
def test_a_disk_full_at_thirty_points_loses_nothing_and_work_goes_on(tmp_path: Path) -> None:
    with contextlib.closing(WorkLane()) as lane:
        assert lane.submit(full_disk, tmp_path, FULL_POINTS, 1999).result(PATIENCE_S) == []


@posix
@pytest.mark.soak
@pytest.mark.timeout(900)
def test_a_disk_full_at_five_hundred_points_loses_nothing(tmp_path: Path) -> None:
    with contextlib.closing(WorkLane()) as lane:
        assert lane.submit(full_disk, tmp_path, 500, 911, limit_s=800).result(850) == []


def test_a_file_that_may_not_grow_is_a_full_disk_in_clear_words(tmp_path: Path) -> None:
    store = open_station(tmp_path)
    set_up(store)
    raw = driver_of(store.writer)
    pages = raw.execute("PRAGMA page_count").fetchone()[0]
    raw.execute(f"PRAGMA max_page_count = {pages}")
    serial = 0
    with pytest.raises(EnvironmentFault, match="full") as caught:  # noqa: PT012  some orders still fit in
        for serial in range(1, 500):
            save_one(store, serial)
    assert caught.value.retriable
    assert saved(store) == set(range(1, serial))
    raw.execute("PRAGMA max_page_count = 1000000")
    save_one(store, serial)
    assert saved(store) == set(range(1, serial + 1))
    store.close()


def test_a_transaction_that_the_disk_broke_cannot_go_on_piece_by_piece(tmp_path: Path) -> None:
    store = open_station(tmp_path)
    set_up(store)
    with store.write(None) as work:
        driver_of(store.writer).execute("ROLLBACK")
        with pytest.raises(EnvironmentFault):
            work.audit("order.accepted", "order", "o1", None, None)
    save_one(store, 1)
    assert store.heads.audit_seq == 2
    store.close()


def kill_once(root: Path, first: int, place: random.Random) -> int:
    """Start a writer, kill it in the middle, look at what it left; returns the next free serial."""
    command = [sys.executable, "-m", "tests.storage.children", "until-killed", str(root), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(Path.cwd())}) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(place.uniform(0.0, 0.08))
        writer.kill()
    store = open_station(root)
    acknowledged, there = read_ledger(root), saved(store)
    with store.read() as connection:
        operations = connection.execute(sa.select(sa.func.count()).select_from(OUTBOX)).scalar_one()
        chains = [verify_chain(connection, chain) for chain in Chain]
    incidents = store.incidents
    store.close()
    assert there >= set(acknowledged)
    assert operations == len(there)
    assert chains == [None, None]
    assert incidents == ()
    return max(there, default=first) + 1


def kill_often(root: Path, kills: int, seed: int) -> int:
    store = open_station(root)
    set_up(store)
    store.close()
    place, first, started = random.Random(seed), 1, 1
    for number in range(1, kills + 1):
        first = kill_once(root, first, place)
        started = number
    ledger = read_ledger(root)
    assert len(ledger) == len(set(ledger))
    store = open_station(root)
    surplus = len(saved(store) - set(ledger))
    store.close()
    assert surplus <= started
    backup.check(DataFolder(root).database, KEY)
    return len(ledger)


@posix
def test_a_writer_killed_again_and_again_loses_and_doubles_nothing(tmp_path: Path) -> None:
    assert kill_often(tmp_path, KILLS, seed=9) > 0


@posix
@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_writer_killed_a_thousand_times_loses_and_doubles_nothing(tmp_path: Path) -> None:
    assert kill_often(tmp_path, 1000, seed=99) > 1000

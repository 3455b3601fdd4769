"""Power cuts (Z2): whatever the disk had not been made to keep, nothing that was called saved is missing afterwards."""

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from courier_desk.storage.chains import Chain, verify_chain
from courier_desk.storage.heads import IncidentKind
from tests.storage.power_cut import Disk, Event, Image, files_of, images, lay_out, record
from tests.storage.stations import open_station, saved, set_up

IMAGES = 60
ORDERS = 40

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace, which make test installs")


def recorded(tmp_path: Path, what: str, count: int, seed: int) -> list[Image]:
    """Images of a run of the real store that began with a closed station."""
    root = tmp_path / "desk"
    store = open_station(root)
    set_up(store)
    store.close()
    before = files_of(root)
    try:
        events = record(root, what, 1, ORDERS, tmp_path / "trace")
    except subprocess.CalledProcessError as error:
        if b"PTRACE" in error.stderr or b"ptrace" in error.stderr:
            pytest.skip("this machine does not let strace trace")
        raise
    assert sum(event.kind == "write" and event.path.endswith("ledger") for event in events) == ORDERS
    assert any(event.kind == "write" and event.path.endswith("station.db") for event in events)
    return images(root, before, events, count, seed)


def lost_after(image: Image, tmp_path: Path) -> tuple[frozenset[int], bool]:
    """What was called saved and is missing, and whether the start says so; everything else must be in order."""
    target = tmp_path / "after"
    lay_out(image, tmp_path / "desk", target)
    store = open_station(target)
    there = saved(store)
    with store.read() as connection:
        chains = [verify_chain(connection, chain) for chain in Chain]
    noticed = any(each.work_lost for each in store.incidents)
    kinds = {each.kind for each in store.incidents} - {IncidentKind.BEHIND, IncidentKind.TORN_ANCHOR}
    store.close()
    shutil.rmtree(target)
    assert chains == [None, None]
    assert there == set(range(1, len(there) + 1))
    assert kinds == set()
    return frozenset(image.acknowledged - there), noticed


@needs_strace
@pytest.mark.logs_freely
@pytest.mark.timeout(120)
def test_no_power_cut_loses_what_was_called_saved(tmp_path: Path) -> None:
    found = [lost_after(image, tmp_path) for image in recorded(tmp_path, "write", IMAGES, seed=2)]
    assert [lost for lost, _noticed in found] == [frozenset()] * IMAGES
    assert not any(noticed for _lost, noticed in found)


@needs_strace
@pytest.mark.logs_freely
@pytest.mark.timeout(120)
def test_without_full_synchronisation_work_is_lost_and_the_anchor_shows_it(tmp_path: Path) -> None:
    found = [lost_after(image, tmp_path) for image in recorded(tmp_path, "write-normal", IMAGES // 3, seed=3)]
    assert sum(bool(lost) for lost, _noticed in found) >= 3
    assert all(noticed for lost, noticed in found if lost)


@needs_strace
@pytest.mark.soak
@pytest.mark.logs_freely
@pytest.mark.timeout(3600)
def test_no_power_cut_of_many_loses_what_was_called_saved(tmp_path: Path) -> None:
    for image in recorded(tmp_path, "write", 2000, seed=20):
        assert lost_after(image, tmp_path) == (frozenset(), False)


def test_the_replay_keeps_what_was_synced_and_tears_what_was_not() -> None:
    disk = Disk({"/d/a": b"0" * 2048})
    disk.apply(Event("write", "/d/a", 0, b"1" * 1024))
    disk.apply(Event("sync", "/d/a"))
    disk.apply(Event("write", "/d/a", 1024, b"2" * 2048))
    seen: set[bytes] = {disk.cut(random.Random(seed))["/d/a"] for seed in range(60)}
    assert all(content.startswith(b"1" * 1024) for content in seen)
    assert b"1" * 1024 + b"2" * 2048 in seen
    assert b"1" * 1024 + b"0" * 1024 in seen
    torn = {content for content in seen if 0 < content.count(b"2") < 2048}
    assert torn
    assert all(content.count(b"2") % 512 == 0 for content in torn)


def test_a_new_file_may_be_missing_until_it_was_synced() -> None:
    disk = Disk()
    disk.apply(Event("create", "/d/new"))
    disk.apply(Event("write", "/d/new", 0, b"x"))
    assert {"/d/new" in disk.cut(random.Random(seed)) for seed in range(30)} == {True, False}
    disk.apply(Event("sync", "/d/new"))
    assert disk.cut(random.Random(1)) == {"/d/new": b"x"}
    disk.apply(Event("truncate", "/d/new", 0))
    assert {disk.cut(random.Random(seed))["/d/new"] for seed in range(30)} == {b"x", b""}

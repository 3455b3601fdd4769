"""The anchor: torn at any byte it gives the copy before, and it shows what every check of the file lets pass."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.paths import DataFolder
from courier_desk.storage.anchor import Anchor, AnchorRecord
from courier_desk.storage.engine import connect
from courier_desk.storage.heads import IncidentKind
from tests.storage.stations import KEY, open_station, save_one, saved, set_up

ExpectLog = Callable[[str], None]
WAL_FLIPS = 60


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A closed station with eight saved orders."""
    folder = tmp_path / "desk"
    store = open_station(folder)
    set_up(store)
    for serial in range(1, 9):
        save_one(store, serial)
    store.close()
    return folder


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """The files as a crash leaves them: all work since the start is still in the log only."""
    store = open_station(tmp_path / "running")
    set_up(store)
    for serial in range(1, 9):
        save_one(store, serial)
    shutil.copytree(tmp_path / "running", tmp_path / "crashed")
    store.close()
    return tmp_path / "crashed"


def kinds(root: Path) -> list[IncidentKind]:
    store = open_station(root)
    found = [each.kind for each in store.incidents]
    store.close()
    return found


def copies(root: Path) -> list[Path]:
    return sorted((root / "anchor").glob("anchor-?.json"))


def test_an_orderly_end_and_a_plain_crash_are_no_incidents(root: Path, crashed: Path) -> None:
    assert kinds(root) == []
    assert kinds(root) == []
    store = open_station(crashed)
    assert store.incidents == ()
    assert saved(store) == set(range(1, 9))
    store.close()


@pytest.mark.parametrize("copy", [0, 1])
def test_a_copy_cut_at_any_byte_leaves_the_one_before_it(tmp_path: Path, copy: int) -> None:
    path = tmp_path / "anchor.json"
    anchor = Anchor(path, KEY)
    anchor.open(AnchorRecord("db"))
    records = [AnchorRecord("db", outbox_seq=n, outbox_hash="ab" * 32, audit_hash="cd" * 32) for n in range(8)]
    for record in records:
        anchor.write(record)
    anchor.close()
    torn = copies_of(path)[copy]
    whole = torn.read_bytes()
    for cut in range(len(whole)):
        torn.write_bytes(whole[:cut])
        reading = Anchor(path, KEY).read()
        assert reading.torn
        assert reading.record is not None
        assert reading.record.outbox_seq in {6, 7}
    torn.write_bytes(whole)
    assert not Anchor(path, KEY).read().torn


def copies_of(path: Path) -> list[Path]:
    return sorted(path.parent.glob("anchor-?.json"))


def test_every_flipped_bit_of_the_newest_copy_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "anchor.json"
    anchor = Anchor(path, KEY)
    anchor.open(AnchorRecord("db", highest_number=5))
    anchor.write(AnchorRecord("db", highest_number=6))
    anchor.close()
    for copy in copies_of(path):
        whole = copy.read_bytes()
        for bit in range(0, len(whole.rstrip()) * 8, 3):
            flipped = bytearray(whole)
            flipped[bit // 8] ^= 1 << bit % 8
            copy.write_bytes(flipped)
            reading = Anchor(path, KEY).read()
            assert reading.torn
            assert reading.record is not None
        copy.write_bytes(whole)


def test_an_anchor_made_without_the_key_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "anchor.json"
    forged = Anchor(path, bytes(32))
    forged.open(AnchorRecord("db"))
    forged.close()
    assert Anchor(path, KEY).read().record is None


def test_a_torn_anchor_starts_the_desk_and_says_so(root: Path, expect_log: ExpectLog) -> None:
    expect_log("incident")
    newest = max(copies(root), key=lambda path: path.stat().st_mtime_ns)
    newest.write_bytes(newest.read_bytes()[:100])
    assert kinds(root) == [IncidentKind.TORN_ANCHOR]
    assert kinds(root) == []


def test_a_missing_anchor_is_said_once_history_exists(root: Path, expect_log: ExpectLog) -> None:
    expect_log("incident")
    shutil.rmtree(root / "anchor")
    assert kinds(root) == [IncidentKind.NO_ANCHOR]


def test_a_deleted_log_is_noticed(crashed: Path, expect_log: ExpectLog) -> None:
    expect_log("incident")
    (crashed / "station.db-wal").unlink()
    store = open_station(crashed)
    assert [each.kind for each in store.incidents] == [IncidentKind.BEHIND]
    assert store.incidents[0].work_lost
    assert store.incidents[0].text.values == {"operations": 8, "entries": 9}
    assert saved(store) == set()
    with store.read() as connection:
        noted = connection.exec_driver_sql("SELECT action FROM audit").scalars().all()
    assert noted == ["incident.database_behind_anchor"]
    store.close()
    assert list((crashed / "anchor").glob("incident-*"))


@pytest.mark.parametrize("cut", [0, 32, 4000, 20_000, 60_000])
def test_a_cut_log_is_noticed(crashed: Path, cut: int, expect_log: ExpectLog) -> None:
    expect_log("incident")
    log = crashed / "station.db-wal"
    log.write_bytes(log.read_bytes()[:cut])
    assert kinds(crashed) == [IncidentKind.BEHIND]


def lost_or_noticed(crashed: Path, root: Path, place: random.Random) -> bool:
    """Flip one bit of the log of a copy; True when work was lost, which must have been noticed."""
    shutil.copytree(crashed, root)
    log = root / "station.db-wal"
    content = bytearray(log.read_bytes())
    content[place.randrange(len(content))] ^= 1 << place.randrange(8)
    log.write_bytes(content)
    try:
        store = open_station(root)
    except EnvironmentFault:
        return True
    complete = saved(store) == set(range(1, 9))
    noticed = any(each.work_lost for each in store.incidents)
    store.close()
    shutil.rmtree(root)
    assert complete or noticed
    return noticed


@pytest.mark.logs_freely
def test_flipped_bits_of_the_log_never_lose_work_unnoticed(crashed: Path, tmp_path: Path) -> None:
    place = random.Random(20261122)
    noticed = sum(lost_or_noticed(crashed, tmp_path / f"flip-{n}", place) for n in range(WAL_FLIPS))
    assert noticed > WAL_FLIPS / 2


@pytest.mark.soak
@pytest.mark.logs_freely
@pytest.mark.timeout(1200)
def test_many_flipped_bits_of_the_log_never_lose_work_unnoticed(crashed: Path, tmp_path: Path) -> None:
    place = random.Random(1)
    assert sum(lost_or_noticed(crashed, tmp_path / f"flip-{n}", place) for n in range(5000)) > 2500


def test_an_older_copy_of_the_database_is_noticed_and_its_numbers_stay_burnt(
    root: Path, tmp_path: Path, expect_log: ExpectLog
) -> None:
    expect_log("incident")
    older = shutil.copy(root / "station.db", tmp_path / "older.db")
    store = open_station(root)
    save_one(store, 9)
    store.close()
    shutil.copy(older, root / "station.db")
    store = open_station(root)
    assert [each.kind for each in store.incidents] == [IncidentKind.BEHIND]
    assert store.heads.highest_number == 9
    save_one(store, 4711)
    store.close()
    assert kinds(root) == []


def test_another_database_in_the_folder_is_noticed(root: Path, tmp_path: Path, expect_log: ExpectLog) -> None:
    expect_log("incident")
    other = open_station(tmp_path / "other")
    set_up(other)
    for serial in range(1, 20):
        save_one(other, serial)
    other.close()
    shutil.copy(tmp_path / "other" / "station.db", root / "station.db")
    assert kinds(root) == [IncidentKind.OTHER_DATABASE]


def test_a_database_that_was_deleted_is_noticed(root: Path, expect_log: ExpectLog) -> None:
    expect_log("incident")
    (root / "station.db").unlink()
    assert kinds(root) == [IncidentKind.OTHER_DATABASE]


@pytest.mark.parametrize("statement", ["UPDATE audit SET hash = zeroblob(32)", "UPDATE outbox SET hash = zeroblob(32)"])
def test_a_history_that_was_written_anew_is_noticed(root: Path, statement: str, expect_log: ExpectLog) -> None:
    expect_log("incident")
    raw = connect(DataFolder(root).database, KEY)
    for name in ("refuse_update_audit", "refuse_update_outbox"):
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute(statement)
    raw.close()
    assert kinds(root) == [IncidentKind.DIVERGED]


@pytest.mark.parametrize(("table", "kind"), [("audit", IncidentKind.DIVERGED), ("outbox", IncidentKind.BEHIND)])
def test_a_history_whose_end_was_cut_off_is_noticed(
    root: Path, table: str, kind: IncidentKind, expect_log: ExpectLog
) -> None:
    expect_log("incident")
    raw = connect(DataFolder(root).database, KEY)
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute(f"DROP TRIGGER refuse_delete_{table}")
    raw.execute(f"DELETE FROM {table} WHERE seq > 7")
    raw.close()
    assert kinds(root) == [kind]
    store = open_station(root)
    save_one(store, 50)
    store.close()


def test_the_anchor_is_on_disk_before_saved_is_said(root: Path) -> None:
    store = open_station(root)
    for serial in range(20, 24):
        save_one(store, serial)
        record = Anchor(DataFolder(root).anchor, KEY).read().record
        assert record is not None
        assert (record.highest_number, record.outbox_seq) == (serial, store.heads.outbox_seq)
    store.close()


def test_an_anchor_that_cannot_be_written_stops_the_next_write_not_this_one(
    root: Path, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    expect_log("anchor not written")
    store = open_station(root)

    def refuse(_self: Anchor, _record: AnchorRecord) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Anchor, "write", refuse)
        save_one(store, 30)
        assert 30 in saved(store)
        with pytest.raises(EnvironmentFault):
            save_one(store, 31)
        assert 31 not in saved(store)
    save_one(store, 31)
    assert saved(store) >= {30, 31}
    store.close()
    assert kinds(root) == []


def test_a_folder_whose_anchor_cannot_be_used_is_a_fault(root: Path) -> None:
    for path in copies(root):
        path.unlink()
        path.mkdir()
    with pytest.raises(EnvironmentFault):
        open_station(root)

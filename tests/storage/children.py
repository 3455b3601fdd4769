"""What runs in processes of its own: a writer to be killed or traced, and a disk that is full at one point after
another. ``python -m tests.storage.children <what> <folder> ...``"""

import os
import resource
import signal
import sys
import time
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from courier_desk.base.errors import EnvironmentFault
from courier_desk.storage import engine
from courier_desk.storage.engine import driver_of
from tests.storage.stations import EngineStore, open_station, save_one, saved, set_up

LEDGER = "ledger"
CHECKPOINT_EVERY = 7


def write_ledger(root: Path, serial: int) -> None:
    """Note outside the program what it called saved."""
    descriptor = os.open(root / LEDGER, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(descriptor, b"%d\n" % serial)
    os.close(descriptor)


def read_ledger(root: Path) -> list[int]:
    """What the program called saved, in order."""
    path = root / LEDGER
    return [int(line) for line in path.read_text().splitlines()] if path.exists() else []


def write_on(root: Path, first: int, count: int) -> None:
    """Save ``count`` orders from ``first`` on, each noted in the ledger once ``commit`` returned."""
    store = open_station(root)
    for serial in range(first, first + count):
        save_one(store, serial)
        write_ledger(root, serial)
        if serial % CHECKPOINT_EVERY == 0:
            store.checkpoint()
    # No orderly end: what the files hold now is what a power cut may leave.
    os._exit(0)


def _limit(size: int) -> None:
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))


def full_disk(root: Path, points: int, step: int) -> list[str]:
    """Let the log be full ``step`` bytes further on each time, and the file too small for a checkpoint all along.

    Returns what went otherwise than it should."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    wrong: list[str] = []
    store = open_station(root)
    set_up(store)
    serial, acknowledged = 0, set[int]()
    for point in range(points):
        driver_of(store.writer).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        _limit(point * step % 60_000)
        refused = False
        for _attempt in range(40):
            serial += 1
            try:
                save_one(store, serial)
                acknowledged.add(serial)
            except EnvironmentFault as fault:
                refused = True
                wrong += [] if fault.retriable else [f"{point}: {fault} is not to be tried again"]
                break
        wrong += [] if refused else [f"{point}: the disk was never full"]
        wrong += _reading_and_writing_go_on(store, point, acknowledged)
        serial += 1
        save_one(store, serial)
        acknowledged.add(serial)
    store.close()
    again = open_station(root)
    wrong += [] if saved(again) == acknowledged else ["after the end: not what was acknowledged"]
    wrong += [str(each.text) for each in again.incidents]
    again.close()
    return wrong


def _reading_and_writing_go_on(store: EngineStore, point: int, acknowledged: set[int]) -> list[str]:
    wrong = [] if saved(store) == acknowledged else [f"{point}: reading gives other rows than were saved"]
    _limit(resource.RLIM_INFINITY)
    return wrong


def main() -> None:
    """What the parent asked for."""
    what, root, *numbers = sys.argv[1:]
    if what == "write-normal":
        engine._SAFE["synchronous"] = "NORMAL"
    if what in {"write", "write-normal"}:
        write_on(Path(root), int(numbers[0]), int(numbers[1]))
    if what == "until-killed":
        store = open_station(Path(root))
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        serial = int(numbers[0])
        while True:
            save_one(store, serial)
            write_ledger(Path(root), serial)
            serial += 1
    time.sleep(0)


if __name__ == "__main__":
    assert driver.sqlite_version_info >= engine.LOWEST_SQLITE
    main()

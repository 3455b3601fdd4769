"""The busy station of the benches: 400,000 orders and 4,000,000 scans, made once and kept between runs."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from courier_desk.storage.schema import metadata
from tests.bench.station import Size, busy_desk
from tests.desk import TestDesk, reopen_desk

FULL_SIZE = int(os.environ.get("COURIER_DESK_BENCH_ORDERS", "400000"))


def _kept(size: Size) -> Path:
    """Where the station of this size and schema is kept, below build/, which git does not know."""
    schema = "".join(
        f"{table.name}{sorted(table.c.keys())}{sorted(str(index.name) for index in table.indexes)}"
        for table in metadata.sorted_tables
    )
    kind = hashlib.sha256(schema.encode()).hexdigest()[:8]
    return Path(__file__).parents[2] / "build" / f"bench-station-{size.orders}-{size.scans_each}-{kind}"


@pytest.fixture(scope="session")
def busy_station() -> Path:
    """A folder with the large station; its making takes some minutes the first time."""
    size = Size(FULL_SIZE)
    folder = _kept(size)
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(exist_ok=True)
        busy_desk(folder, size).close()
        (folder / "made").touch()
    return folder


@pytest.fixture
def busy(busy_station: Path) -> Iterator[TestDesk]:
    """The large station, open, with everybody logged in."""
    desk = reopen_desk(busy_station)
    yield desk
    desk.close()

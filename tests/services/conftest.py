"""A station for the tests of the use cases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import TestDesk, desk_in
from tests.services.hq_stub import StubHq, join


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    with desk_in(tmp_path / "station") as found:
        yield found


@pytest.fixture
def hq() -> StubHq:
    """A headquarters in memory."""
    return StubHq()


@pytest.fixture
def joined(desk: TestDesk, hq: StubHq) -> TestDesk:
    """The desk, joined to it."""
    join(desk, hq)
    return desk

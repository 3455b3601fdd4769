"""A station for the tests of the use cases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import TestDesk, desk_in


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    with desk_in(tmp_path / "station") as found:
        yield found

"""What the tests of headquarters share: a real PostgreSQL, migrated and empty."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from courier_desk.hq.database import open_engine
from tests.hq.counters import Counter, counter
from tests.hq.desks import Network, network_over
from tests.hq_database import fresh_database


@pytest.fixture
def dsn() -> Iterator[str]:
    """A migrated, empty database of this test's own."""
    with fresh_database() as dsn:
        yield dsn


@pytest.fixture
def engine(dsn: str) -> Iterator[sa.Engine]:
    """Connections to ``dsn``."""
    engine = open_engine(dsn)
    yield engine
    engine.dispose()


@pytest.fixture
def network(engine: sa.Engine, tmp_path: Path) -> Network:
    """Headquarters over ``engine``, with a station of two desks."""
    return network_over(engine, tmp_path)


@pytest.fixture(scope="module")
def module_network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """The same for a whole module whose tests only look."""
    with fresh_database() as dsn:
        engine = open_engine(dsn)
        yield network_over(engine, tmp_path_factory.mktemp("hq"))
        engine.dispose()


@pytest.fixture
def hangzhou(network: Network) -> Counter:
    """A desk of the station of two."""
    return counter(network, "HZ001-1")


@pytest.fixture
def beside(network: Network) -> Counter:
    """The other desk of the same station."""
    return counter(network, "HZ001-2")


@pytest.fixture
def beijing(network: Network) -> Counter:
    """A desk of another station."""
    return counter(network, "BJ001-1")


@pytest.fixture
def each_thing_is_told_once(network: Network) -> Iterator[None]:
    """A desk passes over an item whose op_id it knows, so none may come twice."""
    yield
    while network.hq.sequence():
        continue
    doubled = "SELECT count(*) FROM (SELECT desk_id, op_id FROM feed_item GROUP BY 1, 2 HAVING count(*) > 1) AS d"
    assert network.count(doubled) == 0

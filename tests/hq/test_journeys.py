"""What desks do all day costs headquarters few journeys to its database, and plans that were made once are safe."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from tests.hq.counters import Counter, counter
from tests.hq.desks import Network


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is sent from now on; the beginning and the end of a transaction are not among it."""
    sent: list[str] = []

    def spied(name: str) -> None:
        plain: Callable[..., Any] = getattr(psycopg.Cursor, name)

        def spy(cursor: Any, query: Any, *given: Any, **named: Any) -> Any:
            sent.append(query.decode() if isinstance(query, bytes) else str(query))
            return plain(cursor, query, *given, **named)

        monkeypatch.setattr(psycopg.Cursor, name, spy)

    for name in ("execute", "executemany", "copy"):
        spied(name)
    return sent


@pytest.fixture
def desk(network: Network) -> Counter:
    return counter(network, "HZ001-1")


def test_a_scan_by_itself_takes_nine_statements(desk: Counter, statements: list[str]) -> None:
    number = desk.accept()
    desk.send()
    desk.scan(number)
    statements.clear()
    desk.send()
    # Two locks, the desk, the arrival, the log, the parcel's life, the news for the desk beside it, the cursor.
    assert len(statements) <= 9
    assert not [text for text in statements if text.startswith("COPY")]


def test_a_question_that_finds_nothing_takes_one_statement(
    network: Network, desk: Counter, statements: list[str]
) -> None:
    network.hq.feed(desk.desk.identity, 1, 0, 500)
    statements.clear()
    assert network.hq.feed(desk.desk.identity, 1, 0, 500).items == []
    assert len(statements) == 1


def test_a_beat_that_finds_nothing_takes_one_statement(network: Network, statements: list[str]) -> None:
    network.hq.sequence()
    statements.clear()
    assert network.hq.sequence() == 0
    assert len(statements) == 1


def test_no_plan_is_kept_of_what_reads_tables_of_days(network: Network, desk: Counter) -> None:
    """A plan that was made while the day's partition was empty would be kept while it fills."""
    for _each in range(8):
        number = desk.accept()
        desk.scan(number)
        request = desk.request()
        desk.send()
        network.hq.push(desk.desk.identity, request, 1)
        network.hq.sequence()
        network.hq.feed(desk.desk.identity, 1, 0, 500)
    with network.engine.connect() as connection:
        kept = list(connection.execute(sa.text("SELECT statement FROM pg_prepared_statements")).scalars())
        planned = connection.execute(
            sa.text("SELECT count(*) FROM pg_prepared_statements WHERE generic_plans > 0")
        ).scalar_one()
    assert not [text for text in kept if "FROM op_log" in text or "FROM parcel_event" in text or "JOIN op_log" in text]
    assert planned > 3


def test_a_connection_that_the_server_has_ended_is_replaced_unnoticed(network: Network, desk: Counter) -> None:
    desk.accept()
    with network.engine.connect() as first, network.engine.connect() as second:
        mine = [int(each.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()) for each in (first, second)]
    with network.engine.connect() as connection:
        here = int(connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one())
        ended = [process for process in mine if process != here]
        for process in ended:
            assert connection.execute(sa.text(f"SELECT pg_terminate_backend({process}, 10000)")).scalar_one()
        assert desk.send().cursor == 1

"""The chains: whatever is changed, removed, added or moved in audit and outbox is found at its place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from courier_desk.storage.chains import Chain, audit_header, erase_payloads, exact_bytes, verify_chain
from courier_desk.storage.engine import driver_of
from courier_desk.storage.schema_core import AUDIT_PAYLOAD
from tests.storage.stations import EngineStore, open_station, save_one, set_up


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EngineStore]:
    opened = open_station(tmp_path)
    set_up(opened)
    for serial in range(1, 11):
        save_one(opened, serial)
    yield opened
    opened.close()


def broken_at(store: EngineStore, chain: Chain) -> int | None:
    with store.read() as connection:
        return verify_chain(connection, chain)


def tamper(store: EngineStore, statement: str) -> None:
    """What somebody with the key and a tool of their own would do: triggers out of the way first."""
    raw = driver_of(store.writer)
    for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        raw.execute(f'DROP TRIGGER "{name}"')
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute(statement)


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        (f"UPDATE audit SET {column} = 'other' WHERE seq = 5", 5)
        for column in ("at", "business_date", "station_id", "desk_id", "session_id", "operator_id", "role", "action")
    ]
    + [
        ("UPDATE audit SET action = entity, entity = action WHERE seq = 6", 6),
        ("UPDATE audit SET entity = entity || 'x', entity_id = substr(entity_id, 2) WHERE seq = 6", 6),
        ("UPDATE audit SET digest = zeroblob(32) WHERE seq = 7", 7),
        ("UPDATE audit SET hash = zeroblob(32) WHERE seq = 7", 7),
        ("UPDATE audit_payload SET payload = x'7b7d' WHERE seq = 8", 8),
        ("UPDATE audit_payload SET payload = NULL WHERE seq = 8", 8),
        ("DELETE FROM audit_payload WHERE seq = 8", 8),
        ("DELETE FROM audit WHERE seq = 4", 4),
        ("DELETE FROM audit WHERE seq = 1", 1),
        ("UPDATE audit SET seq = 99 WHERE seq = 10", 10),
    ],
)
def test_every_way_to_change_the_audit_is_found_at_its_place(store: EngineStore, statement: str, place: int) -> None:
    assert broken_at(store, Chain.AUDIT) is None
    tamper(store, statement)
    assert broken_at(store, Chain.AUDIT) == place


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE outbox SET body = x'7b7d' WHERE seq = 3", 3),
        ("UPDATE outbox SET digest = zeroblob(32) WHERE seq = 3", 3),
        ("UPDATE outbox SET hash = zeroblob(32) WHERE seq = 3", 3),
        ("DELETE FROM outbox WHERE seq = 4", 4),
    ],
)
def test_every_way_to_change_the_outbox_is_found_at_its_place(store: EngineStore, statement: str, place: int) -> None:
    assert broken_at(store, Chain.OUTBOX) is None
    tamper(store, statement)
    assert broken_at(store, Chain.OUTBOX) == place


def test_operations_that_headquarters_has_may_be_cleared_from_the_front(store: EngineStore) -> None:
    with store.write(None) as work:
        work.connection.exec_driver_sql("UPDATE outbox SET acknowledged_at = '2026-11-22' WHERE seq <= 4")
        work.connection.exec_driver_sql("DELETE FROM outbox WHERE acknowledged_at IS NOT NULL")
        work.commit()
    assert broken_at(store, Chain.OUTBOX) is None


def test_a_payload_can_be_erased_and_the_chain_still_holds(store: EngineStore) -> None:
    with store.write(None) as work:
        assert erase_payloads(work.connection, [2, 3], work.now) == 2
        assert erase_payloads(work.connection, [3], work.now) == 0
        work.commit()
    with store.read() as connection:
        left = connection.execute(sa.select(AUDIT_PAYLOAD.c.seq).where(AUDIT_PAYLOAD.c.payload.is_not(None)))
        assert 2 not in left.scalars().all()
    assert broken_at(store, Chain.AUDIT) is None


def test_the_same_words_twice_have_different_digests(store: EngineStore) -> None:
    with store.write(None) as work:
        for _ in range(2):
            work.audit("seen", "customer", "c1", None, {"phone": "13812345678"})
        work.commit()
    with store.read() as connection:
        last = connection.exec_driver_sql("SELECT digest FROM audit ORDER BY seq DESC LIMIT 2").scalars().all()
    assert last[0] != last[1]


@given(st.lists(st.text(), min_size=2, max_size=5), st.lists(st.text(), min_size=2, max_size=5))
def test_no_two_sets_of_columns_have_one_header(one: list[str], other: list[str]) -> None:
    assert (audit_header(tuple(one)) == audit_header(tuple(other))) == (one == other)


def test_what_has_no_exact_form_is_refused() -> None:
    assert exact_bytes({"b": 1, "a": "中"}) == '{"a":"中","b":1}'.encode()
    with pytest.raises(TypeError):
        exact_bytes({"a": object()})
    with pytest.raises(ValueError, match="JSON"):
        exact_bytes({"a": float("nan")})

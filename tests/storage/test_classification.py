"""No column without a class: the table is held against the tables as they are on disk."""

from pathlib import Path

from courier_desk.storage.classification import (
    DataClass,
    class_of,
    log_keys,
    personal_columns,
    unclassed,
    without_column,
)
from tests.storage.stations import open_station


def columns_on_disk(root: Path) -> set[tuple[str, str]]:
    store = open_station(root)
    with store.read() as connection:
        listed = connection.exec_driver_sql("PRAGMA table_list").all()
        tables = [name for _schema, name, kind, *_rest in listed if kind != "shadow" and not name.startswith("sqlite_")]
        found = {(name, row[1]) for name in tables for row in connection.exec_driver_sql(f"PRAGMA table_info({name})")}
    store.close()
    return found


def test_every_column_is_classed_and_every_class_has_its_column(tmp_path: Path) -> None:
    there = columns_on_disk(tmp_path)
    assert len(there) > 150
    assert unclassed(there) == set()
    assert without_column(there) == set()


def test_a_column_that_nobody_classed_is_named() -> None:
    assert unclassed([("orders", "sender_shoe_size"), ("orders", "id")]) == {"orders.sender_shoe_size"}


def test_names_telephones_and_addresses_are_personal_and_reach_no_log() -> None:
    assert {"sender_name", "recipient_phone", "sender_detail", "recipient_street", "note"} <= set(
        personal_columns("orders")
    )
    assert "number" not in personal_columns("orders")
    assert class_of("inspection", "identity_hash") is DataClass.IDENTITY
    assert class_of("operator_login", "password_hash") is DataClass.SECRET
    assert {"sender_name", "identity_masked", "password_hash", "body", "payload"} <= log_keys()
    assert not {"number", "status", "id", "kind"} & log_keys()

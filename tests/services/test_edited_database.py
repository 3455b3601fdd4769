"""Somebody with the key edits the database behind the program's back (X14): noticed, or refused."""

import json
from pathlib import Path

import pytest

from courier_desk.base.paths import DataFolder
from courier_desk.bootstrap import build
from courier_desk.domain.user import Role
from courier_desk.security.keys import load_keys
from courier_desk.storage.engine import connect
from courier_desk.storage.faults import DatabaseDamaged
from tests.desk import PASSWORD, make_desk


def _edited(folder: Path, *statements: tuple[str, tuple[object, ...]]) -> DataFolder:
    """A station after a day's work, edited with the right key while the program was not running."""
    desk = make_desk(folder)
    desk.accept()
    desk.close()
    found = DataFolder(folder)
    raw = connect(found.database, load_keys(found.key_file, found.database, None).database)
    raw.execute("PRAGMA foreign_keys = OFF")
    for name in [row[0] for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()]:
        raw.execute(f"DROP TRIGGER {name}")
    for statement, values in statements:
        raw.execute(statement, values)
    raw.commit()
    raw.close()
    return found


def _people(folder: Path) -> bytes:
    """The set of people with the agent made a director."""
    found = DataFolder(folder)
    raw = connect(found.database, load_keys(found.key_file, found.database, None).database)
    payload = json.loads(raw.execute("SELECT payload FROM reference_set WHERE kind = 'people'").fetchone()[0])
    raw.close()
    text = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert '"agent"' in text
    return text.replace('"agent"', f'"{Role.DIRECTOR}"').encode()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reference_set SET payload = ? WHERE kind = 'people'",
        "UPDATE reference_set SET valid_until = '2030-01-01', valid_from = coalesce(NULL, valid_from) WHERE ? <> ''",
    ],
)
def test_nobody_is_promoted_by_an_edited_row(tmp_path: Path, statement: str) -> None:
    template = tmp_path / "first"
    make_desk(template).close()
    folder = _edited(tmp_path / "station", (statement, (_people(template),)))
    app = build(folder)
    try:
        opened = app.db.submit(lambda: app.services.auth.log_in("1001", PASSWORD))
        with pytest.raises(DatabaseDamaged):
            opened.result(30)
    finally:
        app.close()


@pytest.mark.parametrize(
    ("statement", "chain"),
    [
        ("UPDATE audit SET operator_id = 'somebody else' WHERE seq = 5", "audit"),
        ("DELETE FROM audit WHERE seq = 6", "audit"),
        (
            "UPDATE outbox SET body = CAST(replace(CAST(body AS TEXT), 'order', 'other') AS BLOB) WHERE seq = 1",
            "outbox",
        ),
    ],
)
def test_an_edited_history_is_named(tmp_path: Path, statement: str, chain: str) -> None:
    app = build(_edited(tmp_path / "station", (statement, ())))
    try:
        assert app.db.submit(app.desk.verify).result(30) == (chain,)
    finally:
        app.close()

"""Looking after the desk: what waits is counted and named, the chains verify beside the work, acts are logged."""

import zipfile
from functools import partial
from pathlib import Path

import pytest

from courier_desk.base.diagnostics import write_bundle
from courier_desk.base.errors import UserError
from courier_desk.domain.user import Role
from courier_desk.services.care import OperationRow
from courier_desk.storage.engine import driver_of
from tests.desk import SENDER, TestDesk


def test_what_waits_is_counted_by_kind_and_named(desk: TestDesk) -> None:
    before = desk.on_db(desk.services.care.outbox)
    numbers = [desk.accept().number for _n in range(3)]
    view = desk.on_db(desk.services.care.outbox)
    assert view.by_kind["order.accepted"] == 3
    assert view.waiting == before.waiting + 3
    assert view.numbers_left == before.numbers_left - 3
    assert view.oldest_at is not None
    assert view.oldest_at <= view.latest[0].at
    assert [(row.kind, row.number) for row in view.latest[:3]] == [("order.accepted", n) for n in reversed(numbers)]
    assert [row.seq for row in view.latest] == sorted((row.seq for row in view.latest), reverse=True)
    assert not any(row.acknowledged for row in view.latest)


def test_what_waits_is_told_in_pieces_oldest_first(desk: TestDesk) -> None:
    for _n in range(3):
        desk.accept()
    care = desk.services.care
    view = desk.on_db(care.outbox)
    told: list[OperationRow] = []
    while piece := desk.on_db(partial(care.waiting, told[-1] if told else None, 4)):
        assert len(piece) <= 4
        told += piece
    assert told == list(reversed(view.latest))


def test_what_headquarters_has_received_waits_no_more(desk: TestDesk) -> None:
    desk.accept()
    raw = driver_of(desk.app.desk.store.writer)
    desk.on_db(lambda: raw.execute("UPDATE outbox SET acknowledged_at = at"))
    view = desk.on_db(desk.services.care.outbox)
    assert (view.waiting, view.oldest_at) == (0, None)
    assert view.latest[0].acknowledged


def test_the_chains_verify_from_another_process_while_the_desk_is_open(desk: TestDesk) -> None:
    desk.accept()
    job = desk.on_db(desk.app.desk.verification)
    assert desk.app.work.submit(job).result(60) == ()
    raw = driver_of(desk.app.desk.store.writer)
    desk.on_db(lambda: raw.execute("DROP TRIGGER IF EXISTS outbox_update_of_incarnation"))
    triggers = [name for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()]
    for name in triggers:
        desk.on_db(lambda name=name: raw.execute(f'DROP TRIGGER "{name}"'))  # type: ignore[misc]
    desk.on_db(lambda: raw.execute("UPDATE outbox SET body = x'7b7d' WHERE seq = 1"))
    assert job() == ("outbox",)


def test_a_backup_by_hand_counts_and_stands_in_the_log(desk: TestDesk) -> None:
    supervisor = desk.actors[Role.SUPERVISOR]
    assert desk.on_db(desk.services.care.backups).count == 0
    report = desk.on_db(desk.app.desk.backup_job)()
    desk.on_db(lambda: desk.services.care.note(supervisor, "backup.made", {"by_hand": True}))
    state = desk.on_db(desk.services.care.backups)
    assert (state.count, state.size) == (1, report.path.stat().st_size)
    assert state.newest_at is not None
    with desk.app.desk.store.read() as look:
        row = look.connection.exec_driver_sql("SELECT action, operator_id FROM audit ORDER BY seq DESC").first()
    assert row is not None
    assert tuple(row) == ("backup.made", supervisor.operator_id)


def test_only_those_with_the_right_look_after_the_desk(desk: TestDesk) -> None:
    with pytest.raises(UserError, match="role"):
        desk.on_db(lambda: desk.services.care.note(desk.agent, "backup.made", {}))
    technician = desk.actors[Role.TECHNICAL_ADMIN]
    desk.on_db(lambda: desk.services.care.note(technician, "diagnostics.written", {}))


def test_the_diagnostics_file_names_nobody(desk: TestDesk, tmp_path: Path) -> None:
    desk.accept()
    facts = desk.on_db(desk.app.desk.facts)
    bundle = write_bundle(tmp_path / "all.zip", desk.app.folder, facts)
    with zipfile.ZipFile(bundle) as file:
        text = "".join(file.read(name).decode() for name in file.namelist())
    assert '"station_kind": "sample"' in text
    assert '"order.accepted": 1' in text
    for personal in (SENDER.name, SENDER.phone, desk.agent.name):
        assert personal not in text

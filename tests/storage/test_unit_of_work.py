"""The unit of work: all or nothing, on its own thread, never silent towards headquarters."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from courier_desk.base.changes import Change
from courier_desk.base.lanes import DbLane, Priority
from courier_desk.services.ports import Told
from courier_desk.storage.chains import Chain, verify_chain
from courier_desk.storage.metadata import synchronised_tables
from courier_desk.storage.schema_core import AUDIT, AUDIT_PAYLOAD, COUNTERS, OUTBOX
from courier_desk.storage.unit_of_work import SynchronisedTableChanged
from tests.patience import PATIENCE_S
from tests.storage.stations import ACTOR, EngineStore, open_station, save_one, saved, set_up


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EngineStore]:
    opened = open_station(tmp_path)
    set_up(opened)
    yield opened
    opened.close()


def rows(store: EngineStore, table: sa.Table) -> int:
    with store.read() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def test_one_commit_saves_row_audit_operation_and_says_what_changed(store: EngineStore) -> None:
    with store.write(ACTOR) as work:
        work.connection.execute(sa.insert(COUNTERS), {"name": "order-7", "value": 7})
        work.audit("order.accepted", "order", "o7", None, {"sender": "王小明"})
        op_id = work.emit("order.accepted", "o7", {"serial": 7, "at": work.now, "day": work.business_date})
        work.change("order", "o7")
        assert work.commit() == (Change("order", "o7"),)
    with store.read() as connection:
        audit = connection.execute(sa.select(AUDIT).where(AUDIT.c.entity_id == "o7")).one()
        payload = connection.execute(
            sa.select(AUDIT_PAYLOAD.c.payload).where(AUDIT_PAYLOAD.c.seq == audit.seq)
        ).scalar_one()
        operation = connection.execute(sa.select(OUTBOX)).one()
    assert (audit.operator_id, audit.role, audit.session_id, audit.desk_id) == (
        "operator-1",
        "agent",
        "session-1",
        "desk-1",
    )
    assert json.loads(payload)["after"] == {"sender": "王小明"}
    assert (operation.op_id, operation.seq, operation.incarnation, operation.kind) == (op_id, 1, 1, "order.accepted")
    sent = json.loads(operation.body)
    assert (sent["op_id"], sent["desk"], sent["incarnation"], sent["seq"]) == (op_id, "desk-1", 1, 1)
    assert (sent["station"], sent["operator"], sent["kind"]) == ("station-1", "operator-1", "order.accepted")
    assert sent["body"] == {"serial": 7, "at": "2026-11-22T09:00:03.000000Z", "day": "2026-11-22"}
    assert saved(store) == {7}


@pytest.mark.parametrize("how", ["error", "no commit"])
def test_what_was_not_committed_leaves_no_trace_and_the_next_one_goes_on(store: EngineStore, how: str) -> None:
    def broken() -> None:
        with store.write(ACTOR) as work:
            work.connection.execute(sa.insert(COUNTERS), {"name": "order-1", "value": 1})
            work.audit("order.accepted", "order", "o1", None, None)
            work.emit("order.accepted", "o1", {})
            if how == "error":
                raise KeyError("o1")

    if how == "error":
        with pytest.raises(KeyError):
            broken()
    else:
        broken()
    assert (rows(store, AUDIT), rows(store, OUTBOX), saved(store)) == (1, 0, set())
    save_one(store, 2)
    assert (rows(store, AUDIT), rows(store, OUTBOX), saved(store)) == (2, 1, {2})
    with store.read() as connection:
        assert verify_chain(connection, Chain.AUDIT) is None
        assert verify_chain(connection, Chain.OUTBOX) is None


def test_a_synchronised_table_may_not_change_without_an_operation(store: EngineStore) -> None:
    name = min(synchronised_tables())
    for statement in (f"DELETE FROM {name}", f'UPDATE "{name}" SET row_version = 2'):
        with store.write(ACTOR) as work:
            work.connection.exec_driver_sql(statement)
            with pytest.raises(SynchronisedTableChanged, match=name):
                work.commit()
        with store.write(ACTOR) as work:
            work.connection.exec_driver_sql(statement)
            work.emit("order.amended", "o1", {})
            work.commit()
    with store.write(ACTOR) as work:
        work.connection.exec_driver_sql(f"SELECT * FROM {name}").all()
        work.commit()


TOLD = Told("op-1", "station-1", "desk-9", datetime(2026, 11, 1, 8, tzinfo=UTC), date(2026, 11, 1), "1007", "Wang")


def test_what_headquarters_told_is_written_once_as_done_there_and_tells_nothing_back(store: EngineStore) -> None:
    name = min(synchronised_tables())
    heads = store.heads
    with store.write(None, from_hq=True) as work:
        assert work.admit(TOLD)
        work.connection.exec_driver_sql(f"DELETE FROM {name}")
        assert (work.now, work.operator_id, work.operator_name) == (TOLD.at, "1007", "Wang")
        assert work.house == {
            "station_id": "station-1",
            "desk_id": "desk-9",
            "row_version": 1,
            "business_date": TOLD.business_date,
        }
        with pytest.raises(RuntimeError, match="not told back"):
            work.emit("order.amended", "o1", {})
        work.commit()
    assert store.heads == heads
    with store.write(None, from_hq=True) as work:
        assert not work.admit(TOLD)
    with store.write(ACTOR) as work, pytest.raises(RuntimeError, match="only a unit of work from headquarters"):
        work.admit(TOLD)


def test_a_unit_of_work_from_headquarters_names_what_it_writes(store: EngineStore) -> None:
    name = min(synchronised_tables())
    with store.write(None, from_hq=True) as work:
        work.connection.exec_driver_sql(f"DELETE FROM {name}")
        with pytest.raises(SynchronisedTableChanged, match=name):
            work.commit()


def test_what_is_told_leaves_the_audit_at_its_own_time(store: EngineStore) -> None:
    with store.write(None, from_hq=True) as work:
        began = work.now
        assert work.admit(TOLD)
        work.audit("history.ended", "desk", "desk-1", None, None)
        work.commit()
    with store.read() as connection:
        row = connection.execute(sa.select(AUDIT).order_by(AUDIT.c.seq.desc()).limit(1)).one()
        assert (row.at, row.desk_id, row.operator_id) == (began, "desk-1", "")
        assert verify_chain(connection, Chain.AUDIT) is None


def test_only_the_database_lane_may_write(tmp_path: Path) -> None:
    lane = DbLane()
    store = lane.submit(lambda: open_station(tmp_path, thread_name="db")).result(PATIENCE_S)
    with pytest.raises(RuntimeError, match="own lane"), store.write(ACTOR):
        pass
    lane.submit(lambda: set_up(store), Priority.URGENT).result(PATIENCE_S)
    lane.submit(lambda: save_one(store, 3), Priority.URGENT).result(PATIENCE_S)
    assert saved(store) == {3}
    lane.submit(store.close).result(PATIENCE_S)
    lane.close()


def test_readers_cannot_change_anything_and_never_wait_for_the_writer(store: EngineStore) -> None:
    save_one(store, 1)
    with store.write(ACTOR) as work:
        work.connection.execute(sa.insert(COUNTERS), {"name": "order-2", "value": 2})
        assert saved(store) == {1}
        with store.read() as connection, pytest.raises(sa.exc.OperationalError, match="readonly"):
            connection.execute(sa.delete(COUNTERS))
        work.commit()
    assert saved(store) == {1, 2}


def test_reading_gives_one_moment_however_long_it_takes(store: EngineStore) -> None:
    save_one(store, 1)
    with store.read() as connection:
        before = connection.execute(sa.select(sa.func.count()).select_from(AUDIT)).scalar_one()
        save_one(store, 2)
        assert connection.execute(sa.select(sa.func.count()).select_from(AUDIT)).scalar_one() == before


def test_two_units_of_work_at_once_and_a_second_commit_are_defects(store: EngineStore) -> None:
    with store.write(ACTOR) as work:
        with pytest.raises(RuntimeError, match="open already"), store.write(ACTOR):
            pass
        work.commit()
        with pytest.raises(RuntimeError, match="already been committed"):
            work.commit()


def test_the_program_itself_writes_as_the_desk(store: EngineStore) -> None:
    with store.write(None) as work:
        work.audit("backup.made", "desk", work.desk_id, None, None)
        assert (work.station_id, work.desk_id, work.operator_id, work.operator_name) == ("station-1", "desk-1", "", "")
        assert work.house == {
            "station_id": "station-1",
            "desk_id": "desk-1",
            "row_version": 1,
            "business_date": work.business_date,
        }
        work.commit()


def test_a_new_incarnation_starts_its_own_operations_and_keeps_the_old_ones(store: EngineStore) -> None:
    save_one(store, 1)
    with store.write(None) as work:
        work.connection.exec_driver_sql("UPDATE desk SET incarnation = 2")
        work.commit()
    save_one(store, 2)
    with store.read() as connection:
        found = connection.execute(sa.select(OUTBOX.c.incarnation, OUTBOX.c.seq).order_by(OUTBOX.c.incarnation)).all()
        assert verify_chain(connection, Chain.OUTBOX) is None
    assert [tuple(row) for row in found] == [(1, 1), (2, 1)]
    with pytest.raises(sa.exc.IntegrityError, match="refused"), store.write(None) as work:
        work.connection.exec_driver_sql("UPDATE desk SET incarnation = 1")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET action = 'x'",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 1",
        "UPDATE audit_payload SET payload = x'00'",
        "UPDATE audit_payload SET payload = NULL",
        "DELETE FROM audit_payload",
        "INSERT OR REPLACE INTO audit_payload SELECT * FROM audit_payload",
        "UPDATE outbox SET body = x'00'",
        "DELETE FROM outbox",
        "UPDATE station SET kind = 'live'",
        "UPDATE station SET number_prefix = 'CD'",
        "DELETE FROM station",
        "UPDATE counters SET value = value - 1",
        "DELETE FROM counters",
        "UPDATE reference_set SET payload = x'00'",
        "DELETE FROM reference_set",
        "INSERT INTO installation VALUES (2, 'x', 'y')",
        "UPDATE station SET kind = 5",
    ],
)
def test_history_and_identity_of_the_station_cannot_be_rewritten(store: EngineStore, statement: str) -> None:
    save_one(store, 1)
    with store.write(None) as work:
        work.connection.exec_driver_sql(
            "INSERT INTO reference_set VALUES ('tariff', 1, '2026-01-01', NULL, x'00', x'7b7d', '2026-01-01')"
        )
        work.commit()
    with pytest.raises(sa.exc.IntegrityError), store.write(None) as work:
        work.connection.exec_driver_sql(statement)


def test_no_value_of_a_failed_statement_is_in_the_error(store: EngineStore) -> None:
    twice = [{"name": "13812345678", "value": 1}, {"name": "13812345678", "value": 1}]
    with pytest.raises(sa.exc.IntegrityError) as caught, store.write(None) as work:
        work.connection.execute(sa.insert(COUNTERS), twice)
    assert "13812345678" not in str(caught.value)


def test_many_threads_read_while_one_writes(store: EngineStore) -> None:
    errors: list[BaseException] = []
    seen: list[int] = []

    def look() -> None:
        try:
            seen.extend(len(saved(store)) for _ in range(20))
        except BaseException as error:  # noqa: BLE001  shown below, in the test's own thread
            errors.append(error)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for serial in range(1, 30):
        save_one(store, serial)
    for thread in threads:
        thread.join()
    assert errors == []
    assert max(seen) <= 29

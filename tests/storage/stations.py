"""A small station on disk for the tests of the engine: the real store, with the real tables."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from courier_desk.base.paths import DataFolder
from courier_desk.domain.user import Actor, Role
from courier_desk.storage.schema_core import COUNTERS, DESK, STATION
from courier_desk.storage.store import Store, open_store
from courier_desk.storage.unit_of_work import SqlUnitOfWork

KEY = bytes(range(32))
ACTOR = Actor("session-1", "operator-1", "1001", "Li Wei", Role.AGENT, "station-1", "desk-1")
EngineStore = Store[SqlUnitOfWork, sa.Connection]


class StepClock:
    """A clock that moves on by a second with each look."""

    def __init__(self, start: datetime = datetime(2026, 11, 22, 9, tzinfo=UTC)) -> None:
        self.present = start

    def now(self) -> datetime:
        self.present += timedelta(seconds=1)
        return self.present


def open_station(root: Path, *, thread_name: str | None = None) -> EngineStore:
    """The store of a data folder; writable from the test's own thread."""
    return open_store(DataFolder(root), KEY, StepClock(), SqlUnitOfWork, lambda c: c, thread_name=thread_name)


def set_up(store: EngineStore) -> None:
    """Station and desk as an enrolment would write them."""
    with store.write(ACTOR) as work:
        station = {"station_id": "station-1", "code": "SH01", "name": "Pudong", "company": "Sample"}
        work.connection.execute(sa.insert(STATION), {**station, "kind": "sample", "number_prefix": "XS"})
        desk = {"desk_id": "desk-1", "station_id": "station-1", "name": "Desk 1", "incarnation": 1, "is_own": True}
        work.connection.execute(sa.insert(DESK), {**desk, "enrolled_at": work.now})
        work.audit("desk.enrolled", "desk", "desk-1", None, desk)
        work.commit()


def save_one(store: EngineStore, serial: int) -> None:
    """One piece of work as a use case does it: a row, an audit entry, an operation, a number."""
    with store.write(ACTOR) as work:
        row = {"name": f"order-{serial}", "value": serial}
        work.connection.execute(sa.insert(COUNTERS), row)
        work.audit("order.accepted", "order", f"order-{serial}", None, {"sender": "Wang", "serial": serial})
        work.emit("order.accepted", f"order-{serial}", {"serial": serial})
        work.number_used(serial)
        work.commit()


def saved(store: EngineStore) -> set[int]:
    """The serials whose rows are in the database."""
    with store.read() as connection:
        query = sa.select(COUNTERS.c.value).where(COUNTERS.c.name.like("order-%"))
        return set(connection.execute(query).scalars())

"""Version 1: the first tables. Frozen as plain SQL once version 2 exists; until then it is the schema itself."""

import sqlalchemy as sa

from courier_desk.base.clock import Clock
from courier_desk.base.ids import new_id
from courier_desk.storage.schema import metadata
from courier_desk.storage.schema_core import INSTALLATION

APPLICATION_ID = 0x43445331  # "CDS1"


def migrate(connection: sa.Connection, clock: Clock) -> None:
    """Make every table and say which database this is."""
    metadata.create_all(connection)
    connection.execute(sa.insert(INSTALLATION), {"id": 1, "database_id": new_id(), "created_at": clock.now()})
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")

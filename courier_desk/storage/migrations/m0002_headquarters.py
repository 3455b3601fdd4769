"""Version 2: headquarters. Frozen as plain SQL once version 3 exists; until then it is the schema itself."""

import sqlalchemy as sa

from courier_desk.base.clock import Clock
from courier_desk.storage import schema_sync, schema_told
from courier_desk.storage.schema import metadata
from courier_desk.storage.schema_core import UNSENT_INDEX

_MODULES = (schema_told, schema_sync)


def migrate(connection: sa.Connection, _clock: Clock) -> None:
    """Add the tables; those of version 1 keep their rows, triggers and checks untouched."""
    fresh = [found for module in _MODULES for found in vars(module).values() if isinstance(found, sa.Table)]
    metadata.create_all(connection, tables=fresh, checkfirst=False)
    connection.exec_driver_sql(UNSENT_INDEX)

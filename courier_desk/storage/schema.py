"""Every module that defines tables, in one list: whoever imports this has the whole schema in ``metadata``."""

from courier_desk.storage import schema_core, schema_floor, schema_orders, schema_people, schema_sync, schema_told
from courier_desk.storage.metadata import metadata

SCHEMA_MODULES = (schema_core, schema_people, schema_orders, schema_floor, schema_told, schema_sync)

__all__ = ["SCHEMA_MODULES", "metadata"]

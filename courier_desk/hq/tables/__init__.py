"""The tables of headquarters. All hang on one ``METADATA``; the migrations make them, a test compares the two.

Tables of a station begin their key with ``station_id``, those of a parcel's life with ``waybill``: so they can be
spread over servers (see ``migrations/citus.sql``).
"""

import importlib
import pkgutil

import sqlalchemy as sa

METADATA = sa.MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "ck": "%(table_name)s_%(constraint_name)s_check",
    }
)


def whole_metadata() -> sa.MetaData:
    """``METADATA`` with every table module of this package loaded."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return METADATA

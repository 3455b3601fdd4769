"""Version 1: the first tables."""

import sqlalchemy as sa

from courier_desk.base.clock import Clock, to_text
from courier_desk.base.ids import new_id
from courier_desk.storage.migrations.m0001_tables import STATEMENTS

APPLICATION_ID = 0x43445331  # "CDS1"


def migrate(connection: sa.Connection, clock: Clock) -> None:
    """Make every table and say which database this is."""
    for statement in STATEMENTS.strip().split("\n\n"):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT INTO installation VALUES (1, ?, ?)", (new_id(), to_text(clock.now())))
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")

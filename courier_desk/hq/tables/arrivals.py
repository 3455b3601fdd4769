"""Batches in the order in which they came: one row for each push, so that the log is read by station and by date."""

import sqlalchemy as sa

from courier_desk.hq.tables import METADATA
from courier_desk.hq.tables.columns import MOMENT

# ``id`` is given while the cursor of the desk is locked: whoever holds all cursors of a station has seen all before it.
# The days are those inside the op_ids (the partitions of the log), the dates the business dates.
ARRIVAL = sa.Table(
    "arrival",
    METADATA,
    sa.Column("station_id", sa.Text, primary_key=True),
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("desk_id", sa.Text, nullable=False),
    sa.Column("incarnation", sa.Integer, nullable=False),
    sa.Column("first_seq", sa.BigInteger, nullable=False),
    sa.Column("last_seq", sa.BigInteger, nullable=False),
    sa.Column("first_day", sa.Date, nullable=False),
    sa.Column("last_day", sa.Date, nullable=False),
    # Null where none of its operations could be read.
    sa.Column("first_date", sa.Date),
    sa.Column("last_date", sa.Date),
    sa.Column("received_at", MOMENT, nullable=False),
    sa.Index("arrival_date_idx", "station_id", "desk_id", "last_date"),
)

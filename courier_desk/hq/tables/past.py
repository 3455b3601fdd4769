"""Which days of the log and of the lives of parcels are no longer on line."""

import sqlalchemy as sa

from courier_desk.hq.tables import METADATA
from courier_desk.hq.tables.columns import MOMENT

# ``part``: op_log or parcel_event. The rows of the day lie in the schema ``past`` until somebody copies and drops them.
PUT_AWAY = sa.Table(
    "put_away",
    METADATA,
    sa.Column("part", sa.Text, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("at", MOMENT, nullable=False),
)

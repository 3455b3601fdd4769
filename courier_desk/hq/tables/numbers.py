"""Waybill numbers: one space for the whole network, and the ranges that were leased out of it."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import INT8RANGE, ExcludeConstraint

from courier_desk.hq.tables import METADATA
from courier_desk.hq.tables.columns import MOMENT

NUMBER_SPACE = sa.Table(
    "number_space",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    # The next serial that nobody has; all below ``upper`` may be leased before the reserve file is extended.
    sa.Column("next", sa.BigInteger, nullable=False),
    sa.Column("upper", sa.BigInteger, nullable=False),
    sa.CheckConstraint("id = 1", name="one_row"),
    sa.CheckConstraint("next > 0 AND next <= upper AND upper <= 1000000000000", name="bounds"),
)

# A range with an empty desk was leased in hours that headquarters lost: nobody knows any more to whom.
NUMBER_RANGE = sa.Table(
    "number_range",
    METADATA,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("station_id", sa.Text, nullable=False),
    sa.Column("desk_id", sa.Text, nullable=False),
    sa.Column("incarnation", sa.Integer, nullable=False),
    sa.Column("prefix", sa.Text, nullable=False),
    sa.Column("serials", INT8RANGE, nullable=False),
    sa.Column("request_id", sa.Text, nullable=False),
    sa.Column("leased_at", MOMENT, nullable=False),
    sa.Column("burnt_at", MOMENT),
    ExcludeConstraint(("serials", "&&"), name="number_range_serials_excl", using="gist"),
    sa.UniqueConstraint("station_id", "desk_id", "incarnation", "request_id"),
)

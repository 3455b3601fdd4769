"""The parcels of the whole network: whose a waybill is, who is told of it, and what happened to it.

``waybill``, ``bag`` and ``early_scan`` belong to stations; ``interest`` and ``parcel_event`` to the waybill, wherever
it is.
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from courier_desk.hq.tables import METADATA

# One row an order. ``op_id`` is the operation that accepted it.
WAYBILL = sa.Table(
    "waybill",
    METADATA,
    sa.Column("station_id", sa.Text, primary_key=True),
    sa.Column("number", sa.Text, primary_key=True),
    sa.Column("order_id", sa.Text, nullable=False),
    sa.Column("desk_id", sa.Text, nullable=False),
    sa.Column("routing_code", sa.Text, nullable=False),
    sa.Column("destination_station", sa.Text),
    sa.Column("pieces", sa.Integer, nullable=False),
    sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("void", sa.Boolean, nullable=False),
    sa.Column("op_id", sa.Uuid, nullable=False),
)

# Who is told of a waybill: one row each, also of one that was scanned before its order came. ``origin`` is the station
# of the order, null until it is known; ``since`` the earliest day of its operations; whoever changes or tells anything
# about the waybill holds the row locked, so that two stations cannot miss each other's news. ``left_from``: who had it
# on a closed list, the origin alone once that is known; ``waiting``: those of ``stations`` that may not have the order
# yet.
INTEREST = sa.Table(
    "interest",
    METADATA,
    sa.Column("waybill", sa.Text, primary_key=True),
    sa.Column("stations", ARRAY(sa.Text), nullable=False),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("origin", sa.Text),
    sa.Column("order_id", sa.Text),
    sa.Column("order_op", sa.Uuid),
    sa.Column("routing_code", sa.Text),
    sa.Column("left_from", ARRAY(sa.Text), nullable=False, server_default="{}"),
    sa.Column("waiting", ARRAY(sa.Text), nullable=False, server_default="{}"),
)

# How many orders of other stations a desk came upon in a day before they had left there; its latest such day only.
EARLY_SCAN = sa.Table(
    "early_scan",
    METADATA,
    sa.Column("station_id", sa.Text, primary_key=True),
    sa.Column("desk_id", sa.Text, primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("waybills", sa.Integer, nullable=False),
)

# The life of a parcel. ``op_id`` is unique for each waybill: of a scan its operation, of a parcel on a handover list
# made from both. ``day`` is the date inside the operation's id.
PARCEL_EVENT = sa.Table(
    "parcel_event",
    METADATA,
    sa.Column("waybill", sa.Text, primary_key=True),
    sa.Column("op_id", sa.Uuid, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("station_id", sa.Text, nullable=False),
    sa.Column("desk_id", sa.Text, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("operation", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    postgresql_partition_by="RANGE (day)",
)

# What lay in a bag when it was last sealed: the numbers of the pieces. Tells what leaves with a handover list.
BAG = sa.Table(
    "bag",
    METADATA,
    sa.Column("station_id", sa.Text, primary_key=True),
    sa.Column("tag", sa.Text, primary_key=True),
    sa.Column("parcels", ARRAY(sa.Text), nullable=False),
)

"""What the desks have sent: where each stands, the log of exact bytes by days, what was parked, what waits for feeds.

``cursor``, ``op_log``, ``issued_again`` and ``parked`` belong to stations and begin their keys with the station.
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import BYTEA

from courier_desk.hq.tables import METADATA

# One row for each incarnation of each desk; whoever applies operations of it holds the row locked.
CURSOR = sa.Table(
    "cursor",
    METADATA,
    sa.Column("station_id", sa.Text, primary_key=True),
    sa.Column("desk_id", sa.Text, primary_key=True),
    sa.Column("incarnation", sa.Integer, primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("chain", BYTEA, nullable=False),
    # How many operations all earlier incarnations of the desk have sent.
    sa.Column("operations_before", sa.BigInteger, nullable=False),
)

# ``day`` is the date inside ``op_id``, so that the key makes an op_id unique over all partitions. ``body`` are the
# exact bytes that came; ``digest`` their SHA-256.
OP_LOG = sa.Table(
    "op_log",
    METADATA,
    sa.Column("station_id", sa.Text, primary_key=True),
    sa.Column("op_id", sa.Uuid, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("desk_id", sa.Text, nullable=False),
    sa.Column("incarnation", sa.Integer, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("entity_id", sa.Text, nullable=False),
    sa.Column("business_date", sa.Date),
    sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("parked", sa.Boolean, nullable=False),
    sa.Column("digest", BYTEA, nullable=False),
    sa.Column("body", BYTEA, nullable=False),
    sa.Index("op_log_seq_idx", "station_id", "desk_id", "incarnation", "seq"),
    postgresql_partition_by="RANGE (day)",
)

# Operations that were issued again, by the id of their first issue: an operation takes its effect once, however often
# and by whichever copy of a desk it is issued. ``op_id``: the one that came first; ``day``: the date inside
# ``first_op_id``, by which old rows can be cleared together with the log.
ISSUED_AGAIN = sa.Table(
    "issued_again",
    METADATA,
    sa.Column("station_id", sa.Text, primary_key=True),
    sa.Column("desk_id", sa.Text, primary_key=True),
    sa.Column("first_op_id", sa.Uuid, primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("op_id", sa.Uuid, nullable=False),
)

# What could not be applied, and what became of it. ``day`` finds it in the log.
PARKED = sa.Table(
    "parked",
    METADATA,
    sa.Column("station_id", sa.Text, primary_key=True),
    sa.Column("op_id", sa.Uuid, primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("desk_id", sa.Text, nullable=False),
    sa.Column("incarnation", sa.Integer, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("entity_id", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("parked_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("settled_at", sa.DateTime(timezone=True)),
    sa.Column("settled_by", sa.Text),
    sa.Column("settled_how", sa.Text),
    sa.CheckConstraint("settled_how IN ('retried', 'dropped', 'amended')", name="settled_how"),
)
sa.Index("parked_open_idx", PARKED.c.station_id, PARKED.c.desk_id, postgresql_where=PARKED.c.settled_at.is_(None))

# News for the feed of one desk, written in the transaction that causes it; the sequencer numbers it after the commit.
# ``station_id`` and ``desk_id``: who is told; ``origin``: the station it comes from.
FEED_PENDING = sa.Table(
    "feed_pending",
    METADATA,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("station_id", sa.Text, nullable=False),
    sa.Column("desk_id", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("entity_id", sa.Text, nullable=False),
    sa.Column("op_id", sa.Text, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("body", BYTEA, nullable=False),
)

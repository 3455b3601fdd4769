"""The feeds of the desks: news as the sequencer has numbered it, how far each feed goes and how far it was read."""

import sqlalchemy as sa

from courier_desk.hq.tables import METADATA
from courier_desk.hq.tables.columns import MOMENT

FEED_ITEM = sa.Table(
    "feed_item",
    METADATA,
    sa.Column("station_id", sa.Text, primary_key=True),
    sa.Column("desk_id", sa.Text, primary_key=True),
    sa.Column("n", sa.BigInteger, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("entity_id", sa.Text, nullable=False),
    # The operation that caused it, or an id of headquarters' own.
    sa.Column("op_id", sa.Text, nullable=False),
    # The station it comes from.
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    # The exact JSON text.
    sa.Column("body", sa.LargeBinary, nullable=False),
)

# ``round`` tells whoever waits which heads have moved: rounds of the sequencer become visible in their order.
FEED_ROUND = sa.Sequence("feed_round", metadata=METADATA)
FEED_HEAD = sa.Table(
    "feed_head",
    METADATA,
    sa.Column("station_id", sa.Text, primary_key=True),
    sa.Column("desk_id", sa.Text, primary_key=True),
    sa.Column("n", sa.BigInteger, nullable=False),
    sa.Column("round", sa.BigInteger, nullable=False),
    sa.Column("changed_at", MOMENT, nullable=False),
)

# Where each desk's feed stood when an epoch began: what it read beyond that in an earlier epoch is numbered anew.
FEED_START = sa.Table(
    "feed_start",
    METADATA,
    sa.Column("station_id", sa.Text, primary_key=True),
    sa.Column("desk_id", sa.Text, primary_key=True),
    sa.Column("epoch", sa.Integer, primary_key=True),
    sa.Column("n", sa.BigInteger, nullable=False),
)

# How far each desk has applied its feed, as it said by asking for what follows.
FEED_POSITION = sa.Table(
    "feed_position",
    METADATA,
    sa.Column("station_id", sa.Text, primary_key=True),
    sa.Column("desk_id", sa.Text, primary_key=True),
    sa.Column("n", sa.BigInteger, nullable=False),
    sa.Column("at", MOMENT, nullable=False),
)

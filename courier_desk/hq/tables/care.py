"""How headquarters looks after itself and its desks: epochs, daily proofs, incidents; and photographs."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from courier_desk.hq.tables import METADATA
from courier_desk.hq.tables.columns import MOMENT

EPOCH = sa.Table(
    "epoch",
    METADATA,
    sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("started_at", MOMENT, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

PROOF = sa.Table(
    "proof",
    METADATA,
    sa.Column("station_id", sa.Text, primary_key=True),
    sa.Column("desk_id", sa.Text, primary_key=True),
    sa.Column("business_date", sa.Date, primary_key=True),
    sa.Column("agrees", sa.Boolean, nullable=False),
    sa.Column("theirs", JSONB, nullable=False),
    sa.Column("ours", JSONB, nullable=False),
    sa.Column("at", MOMENT, nullable=False),
)

# What people at headquarters have to look at; ``kind`` is a stable word, ``details`` what helps to look.
INCIDENT = sa.Table(
    "incident",
    METADATA,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("station_id", sa.Text, nullable=False),
    sa.Column("desk_id", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("details", JSONB, nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("settled_at", MOMENT),
    sa.Column("settled_by", sa.Text, nullable=False, server_default=""),
    sa.Index("incident_open_idx", "at", postgresql_where=sa.text("settled_at IS NULL")),
)

PHOTOGRAPH = sa.Table(
    "photograph",
    METADATA,
    sa.Column("station_id", sa.Text, primary_key=True),
    sa.Column("sha256", sa.LargeBinary, primary_key=True),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("at", MOMENT, nullable=False),
)

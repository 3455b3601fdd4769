"""Who is in the network: stations, their desks, the secrets they had, one-time codes."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from courier_desk.hq.tables import METADATA
from courier_desk.hq.tables.columns import MOMENT

STATION = sa.Table(
    "station",
    METADATA,
    sa.Column("station_id", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    # A member for each language, zh and en; also the company.
    sa.Column("name", JSONB, nullable=False),
    sa.Column("company", JSONB, nullable=False),
    sa.Column("number_prefix", sa.Text, nullable=False),
    sa.Column("hotline", sa.Text, nullable=False, server_default=""),
    sa.Column("zone", sa.Text, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("division_code", sa.Text, nullable=False, server_default=""),
    sa.Column("routing_code", sa.Text, nullable=False, server_default=""),
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Index(None, "routing_code"),
)

DESK = sa.Table(
    "desk",
    METADATA,
    sa.Column("station_id", sa.Text, sa.ForeignKey("station.station_id"), primary_key=True),
    sa.Column("desk_id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("incarnation", sa.Integer, nullable=False, server_default="0"),
    # SHA-256 of the secret of this incarnation.
    sa.Column("secret_hash", sa.LargeBinary),
    sa.Column("machine", sa.Text, nullable=False, server_default=""),
    sa.Column("program", sa.Text, nullable=False, server_default=""),
    sa.Column("protocol", sa.Integer, nullable=False, server_default="0"),
    # New until a code was used for it, diverged when two machines spoke in its name, retired for ever.
    sa.Column("state", sa.Text, nullable=False, server_default="new"),
    sa.Column("enrolled_at", MOMENT),
    sa.Column("last_seen_at", MOMENT),
    sa.UniqueConstraint("desk_id"),
    sa.CheckConstraint("state IN ('new', 'active', 'diverged', 'retired')", name="state"),
)

# Secrets of earlier incarnations: whoever still comes with one is told that it is fenced, and nothing else.
DEAD_SECRET = sa.Table(
    "dead_secret",
    METADATA,
    sa.Column("station_id", sa.Text, primary_key=True),
    sa.Column("desk_id", sa.Text, primary_key=True),
    sa.Column("incarnation", sa.Integer, primary_key=True),
    sa.Column("secret_hash", sa.LargeBinary, nullable=False),
    sa.Column("died_at", MOMENT, nullable=False),
)

ENROLMENT_CODE = sa.Table(
    "enrolment_code",
    METADATA,
    sa.Column("code_hash", sa.LargeBinary, primary_key=True),
    sa.Column("station_id", sa.Text, nullable=False),
    sa.Column("desk_id", sa.Text, nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("made_at", MOMENT, nullable=False),
    sa.Column("expires_at", MOMENT, nullable=False),
    sa.Column("used_at", MOMENT),
    sa.ForeignKeyConstraint(["station_id", "desk_id"], ["desk.station_id", "desk.desk_id"]),
)

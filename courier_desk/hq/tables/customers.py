"""Customers as the network knows them, by telephone: field by field, the latest word counts, older ones are kept."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from courier_desk.hq.tables import METADATA

# ``fields``: {"name": ["李晓梅", "2026-11-22T08:00:00+00:00", "<op_id>"], ...}; ``stations``: who is told of changes.
CUSTOMER = sa.Table(
    "customer",
    METADATA,
    sa.Column("phone", sa.Text, primary_key=True),
    sa.Column("fields", JSONB, nullable=False),
    sa.Column("stations", ARRAY(sa.Text), nullable=False),
)

# Values that a later one has replaced, or that came after a later one was known.
CUSTOMER_OLDER = sa.Table(
    "customer_older",
    METADATA,
    sa.Column("phone", sa.Text, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("op_id", sa.Uuid, primary_key=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("value", sa.Text, nullable=False),
)

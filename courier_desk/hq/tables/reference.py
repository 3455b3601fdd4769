"""Reference data as headquarters publishes them: immutable versions, for the whole network or for one station."""

import sqlalchemy as sa

from courier_desk.hq.tables import METADATA
from courier_desk.hq.tables.columns import MOMENT

REFERENCE_VERSION = sa.Table(
    "reference_version",
    METADATA,
    sa.Column("kind", sa.Text, primary_key=True),
    # A station, or empty for the whole network.
    sa.Column("scope", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_until", sa.Date),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    # The canonical bytes that the digest was taken over.
    sa.Column("document", sa.LargeBinary, nullable=False),
    sa.Column("published_at", MOMENT, nullable=False),
    sa.Column("published_by", sa.Text, nullable=False),
)

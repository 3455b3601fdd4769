"""Days of the log that are no longer on line, and the schema where their rows wait to be copied and dropped."""

from alembic import op

revision = "0006"
down_revision = "0005"

_PUT_AWAY = """
CREATE TABLE put_away (
    part text NOT NULL,
    day date NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT put_away_pkey PRIMARY KEY (part, day)
)
"""


def upgrade() -> None:
    """Nothing leaves the tables by this."""
    op.execute("CREATE SCHEMA IF NOT EXISTS past")
    op.execute(_PUT_AWAY)

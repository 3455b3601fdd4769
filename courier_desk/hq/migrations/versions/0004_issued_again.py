"""Operations that were issued again, by the id of their first issue."""

from alembic import op

revision = "0004"
down_revision = "0003"

_ISSUED_AGAIN = """
CREATE TABLE issued_again (
    station_id text NOT NULL,
    desk_id text NOT NULL,
    first_op_id uuid NOT NULL,
    day date NOT NULL,
    op_id uuid NOT NULL,
    CONSTRAINT issued_again_pkey PRIMARY KEY (station_id, desk_id, first_op_id)
)
"""


def upgrade() -> None:
    """Make the table."""
    op.execute(_ISSUED_AGAIN)

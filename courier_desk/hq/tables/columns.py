"""Column types that the tables share."""

import sqlalchemy as sa

# Aware, in UTC.
MOMENT = sa.DateTime(timezone=True)

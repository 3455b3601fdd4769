"""How the service stands, for its health page and its watch over the feeds; each answer is one short transaction."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from courier_desk.hq.core.transaction import single_statements
from courier_desk.hq.tables.care import EPOCH
from courier_desk.hq.tables.numbers import NUMBER_SPACE

# Whatever is numbered within this is no lag: a beat, a round, and a slow disk.
_PATIENCE_S = 30

_UNNUMBERED = sa.text("SELECT count(*), min(at) FROM (SELECT at FROM feed_pending ORDER BY id LIMIT 10000) AS waiting")
_PARTITIONS = sa.text(
    "SELECT pg_get_expr(c.relpartbound, c.oid) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
    " WHERE i.inhparent = 'op_log'::regclass"
)
_MOVED = "SELECT station_id, desk_id, n, round FROM feed_head WHERE round > %s"


@dataclass(frozen=True, slots=True)
class Condition:
    """What people who run headquarters look at. ``unnumbered`` counts to 10,000; ``lag_s`` is the oldest one's age;
    ``partitions_until`` is the first day without a partition of its own; ``numbers_left`` are those that may be leased
    before the reserve file is extended."""

    epoch: int
    unnumbered: int
    lag_s: float
    partitions_until: str
    numbers_left: int
    now: datetime

    @property
    def well(self) -> bool:
        """Whether nobody has to look: news is numbered, and tomorrow has its partition."""
        return self.lag_s < _PATIENCE_S and self.partitions_until > self.now.date().isoformat()


def condition(engine: sa.Engine, now: datetime) -> Condition:
    """How the database stands at ``now``. Errors: those of SQLAlchemy when it does not answer."""
    with engine.connect() as connection:
        epoch = connection.execute(sa.select(sa.func.max(EPOCH.c.epoch))).scalar_one() or 0
        unnumbered, oldest = connection.execute(_UNNUMBERED).one()
        bounds = [re.search(r"TO \('([0-9-]+)'\)", bound) for bound in connection.execute(_PARTITIONS).scalars()]
        space = connection.execute(sa.select(NUMBER_SPACE.c.upper - NUMBER_SPACE.c.next)).scalar_one_or_none()
    return Condition(
        epoch=epoch,
        unnumbered=unnumbered,
        lag_s=max(0.0, (now - oldest).total_seconds()) if oldest else 0.0,
        partitions_until=max((found[1] for found in bounds if found), default=""),
        numbers_left=space or 0,
        now=now.astimezone(UTC),
    )


def moved(engine: sa.Engine, since: int) -> list[tuple[str, str, int, int]]:
    """(station, desk, newest n, round) of the feeds that moved after the sequencer's round ``since``."""
    with single_statements(engine) as cursor:
        return cursor.execute(_MOVED, (since,), prepare=True).fetchall()

"""Beginning a new epoch after headquarters' database was set back; before any desk is served again."""

from datetime import datetime

import sqlalchemy as sa

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.hq.core import epoch as epochs
from courier_desk.hq.core import numbers
from courier_desk.hq.core.reserve import NumberReserve, Upper
from courier_desk.hq.core.sequencer import hold_still
from courier_desk.hq.tables.care import EPOCH
from courier_desk.hq.tables.feed import FEED_HEAD, FEED_POSITION, FEED_START
from courier_desk.hq.tables.network import DESK
from courier_desk.hq.tables.numbers import NUMBER_SPACE

LONGEST_REASON = 500


def begin(engine: sa.Engine, reserve: NumberReserve, reason: str, now: datetime, upper: int | None = None) -> int:
    """Begin a new epoch after the database was set back; run it before any desk is served. ``upper`` is a person's word
    on the highest number ever taken, only for when the reserve file is lost. Returns the epoch. Errors: UserError
    without a reason, or without reserve file and ``upper``; EnvironmentFault when the file cannot be read or
    written."""
    if not reason.strip():
        raise UserError(message("Say why headquarters was set back."), field="reason")
    with engine.begin() as connection:
        hold_still(connection)
        space = connection.execute(sa.select(NUMBER_SPACE).with_for_update()).one()
        kept = reserve.read() if upper is None else Upper(upper, upper, 0)
        if kept is None:
            raise UserError(message("The number reserve is missing: say how far numbers were taken."), field="upper")
        top = max(space.upper, kept.upper)
        epoch = max(epochs.current(connection), kept.epoch) + 1
        reserve.write(Upper(upper=top, leased=top, epoch=epoch))
        connection.execute(EPOCH.insert().values(epoch=epoch, started_at=now, reason=reason.strip()[:LONGEST_REASON]))
        numbers.lose(connection, space.next, top, now)
        connection.execute(sa.update(NUMBER_SPACE).values(next=top, upper=top))
        _start_feeds(connection, epoch)
    return epoch


def _start_feeds(connection: sa.Connection, epoch: int) -> None:
    n = sa.func.coalesce(FEED_HEAD.c.n, 0)
    of_desk = sa.and_(FEED_HEAD.c.station_id == DESK.c.station_id, FEED_HEAD.c.desk_id == DESK.c.desk_id)
    heads = sa.select(DESK.c.station_id, DESK.c.desk_id, sa.literal(epoch), n).select_from(
        DESK.outerjoin(FEED_HEAD, of_desk)
    )
    connection.execute(FEED_START.insert().from_select(["station_id", "desk_id", "epoch", "n"], heads))
    started = sa.select(FEED_START.c.n).where(
        FEED_START.c.station_id == FEED_POSITION.c.station_id,
        FEED_START.c.desk_id == FEED_POSITION.c.desk_id,
        FEED_START.c.epoch == epoch,
    )
    connection.execute(
        sa.update(FEED_POSITION).values(
            n=sa.func.least(FEED_POSITION.c.n, sa.func.coalesce(started.scalar_subquery(), 0))
        )
    )

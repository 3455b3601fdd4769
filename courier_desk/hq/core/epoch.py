"""Epochs: each begins when headquarters was set back to an older state of its database, and tells all desks so.

What was numbered, heard and leased after that state is not known here any more: desks send again from headquarters'
cursor, feeds are numbered anew from where they stood, and leases come from above the reserve.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa

from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.incidents import IncidentKind, report
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.tables.care import EPOCH
from courier_desk.hq.tables.feed import FEED_START
from courier_desk.hq.tables.log import CURSOR
from courier_desk.protocol.messages import ProblemCode

# Incarnations of each epoch begin above this many times the epochs before it, so that none of lost hours comes again.
INCARNATIONS_OF_AN_EPOCH = 1000


def current(connection: sa.Connection) -> int:
    """The epoch that holds."""
    return int(connection.execute(sa.select(sa.func.max(EPOCH.c.epoch))).scalar_one())


class Ahead(Refused):
    """The desk knows what headquarters does not: headquarters was set back and nobody has begun a new epoch."""

    def __init__(self, code: ProblemCode, text: str, kind: IncidentKind, details: dict[str, int]) -> None:
        super().__init__(code, text)
        self.kind, self.details = kind, details


def check(engine: sa.Engine, desk: DeskIdentity, epoch: int | None, now: datetime, after: int | None = None) -> int:
    """As ``check_in``, in a transaction of its own."""
    with telling(engine, desk, now), engine.connect() as connection:
        return check_in(connection, desk, epoch, after)


def check_in(connection: sa.Connection, desk: DeskIdentity, epoch: int | None, after: int | None = None) -> int:
    """The epoch that holds; None stands for a desk that does not say which one it knows. Errors: as ``compare``."""
    holds = current(connection)
    compare(connection, desk, epoch, holds, after)
    return holds


def compare(connection: sa.Connection, desk: DeskIdentity, epoch: int | None, holds: int, after: int | None) -> None:
    """Whether the desk knows the epoch that holds. Errors: Refused: new_epoch with where to go on, when it knows an
    older one; Ahead when headquarters is the one that stands behind."""
    if epoch is None or epoch == holds:
        return
    if epoch < holds:
        raise _new_epoch(connection, desk, epoch, holds, after)
    details = {"desk_knows": epoch, "headquarters_knows": holds}
    raise Ahead(ProblemCode.BAD_MESSAGE, "Headquarters has not come to this epoch.", IncidentKind.EPOCH_AHEAD, details)


@contextmanager
def telling(engine: sa.Engine, desk: DeskIdentity, now: datetime) -> Iterator[None]:
    """Whatever is Ahead inside becomes an incident, after the transaction inside has ended."""
    try:
        yield
    except Ahead as ahead:
        with engine.begin() as connection:
            report(connection, ahead.kind, ahead.details, now, station_id=desk.station_id, desk_id=desk.desk_id)
        raise


def _new_epoch(connection: sa.Connection, desk: DeskIdentity, epoch: int, holds: int, after: int | None) -> Refused:
    cursor = connection.execute(
        sa.select(CURSOR.c.seq, CURSOR.c.chain).where(
            CURSOR.c.station_id == desk.station_id,
            CURSOR.c.desk_id == desk.desk_id,
            CURSOR.c.incarnation == desk.incarnation,
        )
    ).first()
    return Refused(
        ProblemCode.NEW_EPOCH,
        "Headquarters was set back; send again from its cursor.",
        epoch=holds,
        cursor=cursor.seq if cursor else None,
        chain=cursor.chain if cursor else None,
        resume_after=_resume_after(connection, desk, epoch, after),
    )


def _resume_after(connection: sa.Connection, desk: DeskIdentity, epoch: int, after: int | None) -> int:
    """How far the numbers that the desk knows are still those of its feed: the lowest start of all epochs since."""
    known = connection.execute(sa.select(EPOCH.c.epoch).where(EPOCH.c.epoch == epoch)).first()
    lowest = connection.execute(
        sa.select(sa.func.min(FEED_START.c.n)).where(
            FEED_START.c.station_id == desk.station_id,
            FEED_START.c.desk_id == desk.desk_id,
            FEED_START.c.epoch > epoch,
        )
    ).scalar_one()
    if known is None or lowest is None:
        return 0
    return int(lowest) if after is None else min(after, int(lowest))

"""Waybill numbers are leased to desks in ranges, out of one space for the whole network; none is leased twice."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from courier_desk.base.errors import EnvironmentFault
from courier_desk.hq.core import epoch as epochs
from courier_desk.hq.core import standing
from courier_desk.hq.core.access import of_desk
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.incidents import IncidentKind, report
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.core.reserve import EXTENSION, NumberReserve, Upper
from courier_desk.hq.tables.network import STATION
from courier_desk.hq.tables.numbers import NUMBER_RANGE, NUMBER_SPACE
from courier_desk.protocol.messages import Lease, LeaseRequest, ProblemCode

SMALLEST, LARGEST = 100, 100_000
# One desk that asks without end must not drain the space of all.
MOST_A_DAY = 1_000_000
# Serials have twelve digits.
_END = 10**12


def lease(engine: sa.Engine, reserve: NumberReserve, desk: DeskIdentity, request: LeaseRequest, now: datetime) -> Lease:
    """A range for this incarnation of the desk, between SMALLEST and LARGEST numbers. Asked again with the same
    ``request_id`` it is the same range. Errors: Refused: not_known, diverged, fenced, not_allowed for a foreign prefix,
    busy after a million a day, unavailable when the reserve file or the space fails."""
    with engine.begin() as connection:
        # All leases stand in one row behind this lock, so that the reserve file is written by one at a time.
        space = connection.execute(sa.select(NUMBER_SPACE).with_for_update()).one()
        standing.require(connection, desk)
        _check(connection, desk, request)
        known = _known(connection, desk, request.request_id)
        if known is not None:
            return known
        _check_thirst(connection, desk, now)
        size = min(max(request.wanted, SMALLEST), LARGEST)
        try:
            first, upper = _take(connection, reserve, space, size, now)
        except EnvironmentFault as fault:
            raise Refused(ProblemCode.UNAVAILABLE, str(fault)) from fault
        connection.execute(sa.update(NUMBER_SPACE).values(next=first + size, upper=upper))
        added = connection.execute(
            NUMBER_RANGE.insert()
            .values(
                station_id=desk.station_id,
                desk_id=desk.desk_id,
                incarnation=desk.incarnation,
                prefix=request.prefix,
                serials=sa.func.int8range(first, first + size),
                request_id=request.request_id,
                leased_at=now,
            )
            .returning(NUMBER_RANGE.c.id)
        )
        return Lease(lease_id=str(added.scalar_one()), prefix=request.prefix, first=first, last=first + size - 1)


def _check(connection: sa.Connection, desk: DeskIdentity, request: LeaseRequest) -> None:
    if request.incarnation != desk.incarnation:
        raise Refused(ProblemCode.FENCED, "The lease is asked for another incarnation.")
    prefix = sa.select(STATION.c.number_prefix).where(STATION.c.station_id == desk.station_id)
    if connection.execute(prefix).scalar_one() != request.prefix:
        raise Refused(ProblemCode.NOT_ALLOWED, "The station has another prefix.")


def _known(connection: sa.Connection, desk: DeskIdentity, request_id: str) -> Lease | None:
    row = connection.execute(
        sa.select(
            NUMBER_RANGE.c.id,
            NUMBER_RANGE.c.prefix,
            sa.func.lower(NUMBER_RANGE.c.serials).label("first"),
            sa.func.upper(NUMBER_RANGE.c.serials).label("end"),
        ).where(
            *of_desk(NUMBER_RANGE, desk.station_id, desk.desk_id),
            NUMBER_RANGE.c.incarnation == desk.incarnation,
            NUMBER_RANGE.c.request_id == request_id,
        )
    ).first()
    return None if row is None else Lease(lease_id=str(row.id), prefix=row.prefix, first=row.first, last=row.end - 1)


def _check_thirst(connection: sa.Connection, desk: DeskIdentity, now: datetime) -> None:
    size = sa.func.upper(NUMBER_RANGE.c.serials) - sa.func.lower(NUMBER_RANGE.c.serials)
    today = sa.select(sa.func.coalesce(sa.func.sum(size), 0)).where(
        *of_desk(NUMBER_RANGE, desk.station_id, desk.desk_id), NUMBER_RANGE.c.leased_at > now - timedelta(days=1)
    )
    if connection.execute(today).scalar_one() >= MOST_A_DAY:
        raise Refused(ProblemCode.BUSY, "This desk has leased a million numbers within a day.")


def _take(
    connection: sa.Connection, reserve: NumberReserve, space: sa.Row[tuple[int, ...]], size: int, now: datetime
) -> tuple[int, int]:
    """The first of ``size`` fresh numbers and the new upper end; both stand in the reserve file when this returns."""
    first, upper = space.next, space.upper
    kept = reserve.read()
    if kept is None:
        if upper > 1:
            raise Refused(ProblemCode.UNAVAILABLE, "The number reserve is missing: it must be put back first.")
        kept = Upper(upper=upper, leased=first, epoch=epochs.current(connection))
    if kept.leased > first:
        # The database was set back, and nobody has begun a new epoch yet: what it takes for free is not.
        report(connection, IncidentKind.NUMBERS_SET_BACK, {"database": first, "reserve": kept.leased}, now)
        lose(connection, first, kept.leased, now)
        first = kept.leased
    upper = max(upper, kept.upper)
    if first + size > upper:
        upper += EXTENSION
    if upper > _END:
        raise Refused(ProblemCode.UNAVAILABLE, "The number space is used up.")
    reserve.write(Upper(upper=upper, leased=first + size, epoch=max(kept.epoch, epochs.current(connection))))
    return first, upper


def lose(connection: sa.Connection, first: int, end: int, now: datetime) -> None:
    """Numbers from ``first`` to before ``end`` may have been leased in hours that headquarters lost: they are nobody's,
    are never leased again, and orders on them are taken from whoever brings them."""
    if first < end:
        connection.execute(
            NUMBER_RANGE.insert().values(
                station_id="",
                desk_id="",
                incarnation=0,
                prefix="",
                serials=sa.func.int8range(first, end),
                request_id=f"lost-{first}",
                leased_at=now,
                burnt_at=now,
            )
        )

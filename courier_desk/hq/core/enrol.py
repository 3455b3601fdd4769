"""A desk joins, or begins anew: each time a new incarnation with a secret of its own, and an end to the one before.

Locks are taken in the order of a push: first the cursors of the desk, then the desk.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from courier_desk.hq.core import epoch as epochs
from courier_desk.hq.core import feed, past, standing
from courier_desk.hq.core.access import digest, of_desk
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.incidents import IncidentKind, report
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.tables.log import CURSOR
from courier_desk.hq.tables.network import DEAD_SECRET, DESK, ENROLMENT_CODE, STATION
from courier_desk.hq.tables.numbers import NUMBER_RANGE
from courier_desk.protocol.chain import START
from courier_desk.protocol.messages import (
    VERSION,
    DeadEnd,
    EnrolReply,
    EnrolRequest,
    ProblemCode,
    RenewRequest,
    StationCard,
)

_SECRET_BYTES = 32


def enrol(engine: sa.Engine, request: EnrolRequest, now: datetime) -> EnrolReply:
    """Make whoever brings the code the desk it was made for. Errors: Refused (code_refused)."""
    with engine.begin() as connection:
        code = connection.execute(
            sa.select(ENROLMENT_CODE).where(ENROLMENT_CODE.c.code_hash == digest(request.code)).with_for_update()
        ).first()
        if (
            code is None
            or code.expires_at <= now
            or (code.used_at is not None and not _lost(connection, code, request))
        ):
            raise Refused(ProblemCode.CODE_REFUSED, "The code is wrong, used or out of date.")
        if request.desk not in (None, code.desk_id):
            raise Refused(ProblemCode.CODE_REFUSED, "The code was made for another desk.")
        connection.execute(
            sa.update(ENROLMENT_CODE).where(ENROLMENT_CODE.c.code_hash == code.code_hash).values(used_at=now)
        )
        return _new_incarnation(connection, code.station_id, code.desk_id, request, now)


def _lost(connection: sa.Connection, code: sa.Row[tuple[object, ...]], request: EnrolRequest) -> bool:
    """Whether the reply to the same question may have got lost: the same PC asks, and the secret was never used."""
    desk = connection.execute(sa.select(DESK).where(*of_desk(DESK, code.station_id, code.desk_id))).one()
    same = desk.machine == request.machine and desk.enrolled_at == code.used_at
    return same and desk.last_seen_at is None and desk.state == "active"


def renew(engine: sa.Engine, desk: DeskIdentity, request: RenewRequest, now: datetime) -> EnrolReply:
    """A new incarnation for a desk that found itself set back. Its former secret may ask again until the new one was
    used, since a reply can get lost. Errors: Refused (not_known, diverged)."""
    with engine.begin() as connection:
        _lock(connection, desk.station_id, desk.desk_id)
        now_is = connection.execute(sa.select(DESK).where(*of_desk(DESK, desk.station_id, desk.desk_id))).one()
        if desk.incarnation != now_is.incarnation and now_is.last_seen_at is None and now_is.state == "active":
            before = sa.select(sa.func.max(DEAD_SECRET.c.incarnation)).where(
                *of_desk(DEAD_SECRET, desk.station_id, desk.desk_id)
            )
            if connection.execute(before).scalar_one() == desk.incarnation:
                return _new_incarnation(connection, desk.station_id, desk.desk_id, request, now)
        standing.require(connection, desk)
        return _new_incarnation(connection, desk.station_id, desk.desk_id, request, now)


def _new_incarnation(
    connection: sa.Connection, station_id: str, desk_id: str, request: EnrolRequest | RenewRequest, now: datetime
) -> EnrolReply:
    _lock(connection, station_id, desk_id)
    desk = connection.execute(sa.select(DESK).where(*of_desk(DESK, station_id, desk_id))).one()
    station = connection.execute(sa.select(STATION).where(STATION.c.station_id == station_id)).one()
    if desk.state == "retired" or not station.active:
        raise Refused(ProblemCode.CODE_REFUSED, "The station or the desk is closed.")
    epoch = epochs.current(connection)
    fresh = _Fresh(
        incarnation=max(desk.incarnation, (epoch - 1) * epochs.INCARNATIONS_OF_AN_EPOCH) + 1,
        secret=secrets.token_urlsafe(_SECRET_BYTES),
    )
    ends = _ends(connection, station_id, desk_id)
    before = sum(end.cursor for end in ends)
    begins = past.begins(connection) if before else None
    _bury(connection, desk, now)
    _give_birth(connection, desk, fresh, before, request, now)
    _look_for_twins(connection, desk, request.machine, now)
    return EnrolReply(
        station_id=station_id,
        desk_id=desk_id,
        desk_name=desk.name,
        incarnation=fresh.incarnation,
        secret=fresh.secret,
        epoch=epoch,
        now=now,
        station=_card(station),
        ends=ends,
        operations_before=before,
        feed_after=feed.floor(connection, station_id, desk_id),
        past_from=past.whole_from(begins) if begins else None,
    )


@dataclass(frozen=True, slots=True)
class _Fresh:
    incarnation: int
    secret: str


def _lock(connection: sa.Connection, station_id: str, desk_id: str) -> None:
    """Wait until no push of the desk is under way, and let none begin."""
    cursors = sa.select(CURSOR.c.incarnation).where(*of_desk(CURSOR, station_id, desk_id))
    connection.execute(cursors.order_by(CURSOR.c.incarnation).with_for_update()).all()
    connection.execute(sa.select(DESK.c.desk_id).where(*of_desk(DESK, station_id, desk_id)).with_for_update()).all()


def _ends(connection: sa.Connection, station_id: str, desk_id: str) -> tuple[DeadEnd, ...]:
    cursors = sa.select(CURSOR).where(*of_desk(CURSOR, station_id, desk_id)).order_by(CURSOR.c.incarnation)
    return tuple(
        DeadEnd(incarnation=row.incarnation, cursor=row.seq, chain=row.chain.hex())
        for row in connection.execute(cursors.with_for_update())
    )


def _bury(connection: sa.Connection, desk: sa.Row[tuple[object, ...]], now: datetime) -> None:
    """The former incarnation: its secret is dead, its numbers are burnt."""
    if desk.secret_hash is not None:
        connection.execute(
            DEAD_SECRET.insert().values(
                station_id=desk.station_id,
                desk_id=desk.desk_id,
                incarnation=desk.incarnation,
                secret_hash=desk.secret_hash,
                died_at=now,
            )
        )
    alive = (*of_desk(NUMBER_RANGE, desk.station_id, desk.desk_id), NUMBER_RANGE.c.burnt_at.is_(None))
    connection.execute(sa.update(NUMBER_RANGE).where(*alive).values(burnt_at=now))


def _give_birth(
    connection: sa.Connection,
    desk: sa.Row[tuple[object, ...]],
    fresh: _Fresh,
    before: int,
    request: EnrolRequest | RenewRequest,
    now: datetime,
) -> None:
    connection.execute(
        CURSOR.insert().values(
            station_id=desk.station_id,
            desk_id=desk.desk_id,
            incarnation=fresh.incarnation,
            seq=0,
            chain=START,
            operations_before=before,
        )
    )
    connection.execute(
        sa.update(DESK)
        .where(*of_desk(DESK, desk.station_id, desk.desk_id))
        .values(
            incarnation=fresh.incarnation,
            secret_hash=digest(fresh.secret),
            machine=request.machine,
            program=request.program,
            protocol=min(request.protocol, VERSION),
            state="active",
            enrolled_at=now,
            last_seen_at=None,
        )
    )
    feed.forget_position(connection, desk.station_id, desk.desk_id)


def _look_for_twins(connection: sa.Connection, desk: sa.Row[tuple[object, ...]], machine: str, now: datetime) -> None:
    twins = sa.select(DESK.c.desk_id).where(
        DESK.c.machine == machine, DESK.c.desk_id != desk.desk_id, DESK.c.state == "active"
    )
    found = list(connection.execute(twins.order_by(DESK.c.desk_id).limit(20)).scalars())
    if found:
        details = {"desks": found}
        report(connection, IncidentKind.SAME_MACHINE, details, now, station_id=desk.station_id, desk_id=desk.desk_id)


def _card(station: sa.Row[tuple[object, ...]]) -> StationCard:
    return StationCard(
        code=station.code,
        name=station.name["zh"],
        company=station.company["zh"],
        number_prefix=station.number_prefix,
        hotline=station.hotline,
        zone=station.zone,
        currency=station.currency,
        division_code=station.division_code,
        routing_code=station.routing_code,
    )

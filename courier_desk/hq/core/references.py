"""Reference data: published once, checked as the desks check them, fetched by their digest."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from courier_desk.base.errors import UserError
from courier_desk.base.ids import new_id
from courier_desk.base.translation import message
from courier_desk.domain.reference import ReferenceKind, ReferenceSet, canonical_bytes
from courier_desk.domain.reference_contents import check
from courier_desk.hq.core import epoch as epochs
from courier_desk.hq.core import standing
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.tables.log import FEED_PENDING
from courier_desk.hq.tables.network import DESK, STATION
from courier_desk.hq.tables.reference import REFERENCE_VERSION
from courier_desk.protocol.messages import ProblemCode, ReferenceCard, ReferenceList
from courier_desk.protocol.news import NewsKind, ReferencePublished

# Kinds that speak of one station only.
_OF_A_STATION = frozenset({ReferenceKind.COMPANY, ReferenceKind.PEOPLE})
# Whole network: no station.
EVERYWHERE = ""
VERSIONS_OF_AN_EPOCH = 1000
_PUBLISHING = 0x52656665


def publish(
    engine: sa.Engine, scope: str, document: Mapping[str, Any], published_by: str, now: datetime
) -> ReferenceSet:
    """Publish a version for the station ``scope`` or for the whole network (EVERYWHERE), and tell the desks concerned.
    The very same document again changes nothing. Errors: UserError naming the place of what is wrong, also for a
    version that is not above all that hold in the same places."""
    reference = ReferenceSet.from_document(document)
    check(reference)
    with engine.begin() as connection:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_PUBLISHING)))
        _check_scope(connection, reference, scope)
        if _is_there(connection, reference, scope):
            return reference
        connection.execute(
            REFERENCE_VERSION.insert().values(
                kind=reference.kind.value,
                scope=scope,
                version=reference.version,
                valid_from=reference.valid_from,
                valid_until=reference.valid_until,
                digest=bytes.fromhex(reference.digest),
                document=canonical_bytes(document),
                published_at=now,
                published_by=published_by,
            )
        )
        _tell(connection, reference, scope, now)
    return reference


def next_version(engine: sa.Engine, kind: ReferenceKind, scope: str) -> int:
    """The lowest version that may be published."""
    with engine.connect() as connection:
        return _newest(connection, kind, scope) + 1


def listed(engine: sa.Engine, desk: DeskIdentity, on: date) -> ReferenceList:
    """Everything that holds for the desk's station on the day or will. Errors: Refused (not_known, diverged)."""
    # The station's day may have begun, or not have ended yet.
    today = on - timedelta(days=1)
    version, newer = REFERENCE_VERSION, REFERENCE_VERSION.alias()
    scopes = (EVERYWHERE, desk.station_id)
    hides = sa.exists().where(
        newer.c.kind == version.c.kind,
        newer.c.scope.in_(scopes),
        newer.c.version > version.c.version,
        newer.c.valid_from <= sa.func.greatest(version.c.valid_from, today),
        sa.or_(newer.c.valid_until.is_(None), newer.c.valid_until >= version.c.valid_until),
    )
    holds = sa.or_(version.c.valid_until.is_(None), version.c.valid_until >= today)
    cards = sa.select(version.c.kind, version.c.version, version.c.digest)
    with engine.connect() as connection:
        standing.require(connection, desk)
        rows = connection.execute(
            cards.where(version.c.scope.in_(scopes), holds, ~hides).order_by(version.c.kind, version.c.version)
        ).all()
    return ReferenceList(
        references=[ReferenceCard(kind=row.kind, version=row.version, digest=row.digest.hex()) for row in rows]
    )


def get(engine: sa.Engine, desk: DeskIdentity, kind: str, version: int) -> bytes:
    """The exact bytes of one version that the station may see. Errors: Refused (not_known, diverged, not_found)."""
    wanted = sa.select(REFERENCE_VERSION.c.document).where(
        REFERENCE_VERSION.c.kind == kind,
        REFERENCE_VERSION.c.version == version,
        REFERENCE_VERSION.c.scope.in_((EVERYWHERE, desk.station_id)),
    )
    with engine.connect() as connection:
        standing.require(connection, desk)
        row = connection.execute(wanted).first()
    if row is None:
        raise Refused(ProblemCode.NOT_FOUND, "There is no such version.")
    return bytes(row.document)


def _check_scope(connection: sa.Connection, reference: ReferenceSet, scope: str) -> None:
    if scope == EVERYWHERE:
        if reference.kind in _OF_A_STATION:
            raise UserError(message("“{kind}” is published for one station.", kind=reference.kind.value), field="scope")
        return
    if connection.execute(sa.select(STATION.c.active).where(STATION.c.station_id == scope)).first() is None:
        raise UserError(message("There is no station “{station}”.", station=scope), field="scope")
    if reference.kind is ReferenceKind.COMPANY and reference.payload["station"]["id"] != scope:
        raise UserError(message("These are the details of another station."), field="scope")


def _is_there(connection: sa.Connection, reference: ReferenceSet, scope: str) -> bool:
    """True for the very same version. Errors: UserError for one that is not above the newest."""
    row = connection.execute(
        sa.select(REFERENCE_VERSION.c.digest).where(
            REFERENCE_VERSION.c.kind == reference.kind.value,
            REFERENCE_VERSION.c.scope == scope,
            REFERENCE_VERSION.c.version == reference.version,
        )
    ).first()
    if row is not None and row.digest.hex() == reference.digest:
        return True
    newest = _newest(connection, reference.kind, scope)
    if reference.version <= newest:
        raise UserError(
            message("Version {n} of “{kind}” must be above {newest}.", n=reference.version, kind=reference.kind.value,
                    newest=newest),
            field="version",
        )  # fmt: skip
    return False


def _newest(connection: sa.Connection, kind: ReferenceKind, scope: str) -> int:
    """A desk knows versions by kind and number: what is for one station and what is for all share their numbers. None
    of hours that headquarters lost is given a second time: each epoch's begin above those of the epochs before."""
    lost = (epochs.current(connection) - 1) * VERSIONS_OF_AN_EPOCH
    versions = sa.select(sa.func.coalesce(sa.func.max(REFERENCE_VERSION.c.version), 0)).where(
        REFERENCE_VERSION.c.kind == kind.value
    )
    if scope != EVERYWHERE:
        versions = versions.where(REFERENCE_VERSION.c.scope.in_((EVERYWHERE, scope)))
    return max(int(connection.execute(versions).scalar_one()), lost)


def _tell(connection: sa.Connection, reference: ReferenceSet, scope: str, now: datetime) -> None:
    news = ReferencePublished(kind=reference.kind.value, version=reference.version, digest=reference.digest)
    concerned = sa.select(
        DESK.c.station_id,
        DESK.c.desk_id,
        sa.literal(NewsKind.REFERENCE_PUBLISHED.value),
        sa.literal(f"{reference.kind.value}/{reference.version}"),
        sa.literal(new_id()),
        sa.literal(""),
        sa.literal(now),
        sa.literal(news.model_dump_json().encode()),
    ).where(DESK.c.state != "retired")
    if scope != EVERYWHERE:
        concerned = concerned.where(DESK.c.station_id == scope)
    columns = ["station_id", "desk_id", "kind", "entity_id", "op_id", "origin", "at", "body"]
    connection.execute(FEED_PENDING.insert().from_select(columns, concerned))

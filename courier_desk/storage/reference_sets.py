"""The repository of reference sets, and of the station and desk themselves."""

import json
from datetime import date

from sqlalchemy import bindparam, insert, or_, select

from courier_desk.base.errors import UserError
from courier_desk.domain.paper import StationKind
from courier_desk.domain.reference import ReferenceKind, ReferenceSet, canonical_bytes
from courier_desk.services.station import StationIdentity
from courier_desk.storage.faults import DatabaseDamaged
from courier_desk.storage.rows_of_orders import Row
from courier_desk.storage.schema_core import DESK, REFERENCE_SET, STATION
from courier_desk.storage.working import Working

_CURRENT = (
    select(REFERENCE_SET)
    .where(
        REFERENCE_SET.c.kind == bindparam("wanted"),
        REFERENCE_SET.c.valid_from <= bindparam("day"),
        or_(REFERENCE_SET.c.valid_until.is_(None), REFERENCE_SET.c.valid_until >= bindparam("day")),
    )
    .order_by(REFERENCE_SET.c.version.desc())
    .limit(1)
)
_STATION = (
    select(STATION, DESK.c.desk_id, DESK.c.name.label("desk_name"), DESK.c.incarnation)
    .join(DESK, DESK.c.station_id == STATION.c.station_id)
    .where(DESK.c.is_own.is_(True))
)


class ReferenceRepository:
    """Immutable versions by kind, version and day."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def add(self, reference: ReferenceSet) -> None:
        """A new version."""
        self._work.connection.execute(
            insert(REFERENCE_SET),
            {
                "kind": reference.kind.value,
                "version": reference.version,
                "valid_from": reference.valid_from,
                "valid_until": reference.valid_until,
                "digest": bytes.fromhex(reference.digest),
                "payload": canonical_bytes(reference.payload),
                "received_at": self._work.now,
            },
        )

    def current(self, kind: ReferenceKind, on: date) -> ReferenceSet | None:
        """The newest version that holds on the day."""
        row = self._work.connection.execute(_CURRENT, {"wanted": kind.value, "day": on}).mappings().first()
        return _set_of(row) if row else None

    def get(self, kind: ReferenceKind, version: int) -> ReferenceSet | None:
        """One version."""
        found = select(REFERENCE_SET).where(REFERENCE_SET.c.kind == kind.value, REFERENCE_SET.c.version == version)
        row = self._work.connection.execute(found).mappings().first()
        return _set_of(row) if row else None

    def digest(self, kind: ReferenceKind, version: int) -> str | None:
        """The digest of one version, without reading what is in it."""
        found = select(REFERENCE_SET.c.digest).where(
            REFERENCE_SET.c.kind == kind.value, REFERENCE_SET.c.version == version
        )
        digest = self._work.connection.execute(found).scalar()
        return None if digest is None else digest.hex()


def _set_of(row: Row) -> ReferenceSet:
    """Errors: DatabaseDamaged when the row is not what came in by the door: prices and roles are not edited here."""
    try:
        found = ReferenceSet.from_document(json.loads(row["payload"]))
    except (UserError, ValueError):
        raise DatabaseDamaged from None
    head = (row["kind"], row["version"], row["valid_from"], row["valid_until"], row["digest"].hex())
    if head != (found.kind.value, found.version, found.valid_from, found.valid_until, found.digest):
        raise DatabaseDamaged
    return found


class StationRepository:
    """Which station and desk this is; written once."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def get(self) -> StationIdentity | None:
        """This desk and its station, None before the set-up."""
        row = self._work.connection.execute(_STATION).mappings().first()
        if row is None:
            return None
        return StationIdentity(
            station_id=row["station_id"],
            desk_id=row["desk_id"],
            desk_name=row["desk_name"],
            incarnation=row["incarnation"],
            code=row["code"],
            name=row["name"],
            company=row["company"],
            kind=StationKind(row["kind"]),
            number_prefix=row["number_prefix"],
            hotline=row["hotline"],
            zone=row["zone"],
            currency=row["currency"],
            division_code=row["division_code"],
            routing_code=row["routing_code"],
        )

    def add(self, identity: StationIdentity) -> None:
        """Set the station up, for ever."""
        self._work.connection.execute(
            insert(STATION),
            {
                "station_id": identity.station_id,
                "code": identity.code,
                "name": identity.name,
                "company": identity.company,
                "kind": identity.kind.value,
                "number_prefix": identity.number_prefix,
                "hotline": identity.hotline,
                "zone": identity.zone,
                "currency": identity.currency,
                "division_code": identity.division_code,
                "routing_code": identity.routing_code,
            },
        )
        self._work.connection.execute(
            insert(DESK),
            {
                "desk_id": identity.desk_id,
                "station_id": identity.station_id,
                "name": identity.desk_name,
                "incarnation": identity.incarnation,
                "enrolled_at": self._work.now,
                "is_own": True,
            },
        )

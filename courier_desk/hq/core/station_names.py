"""What the stations are called, told to every desk beside the areas served: one more list in those documents, which a
program that does not know it passes over."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from courier_desk.domain.reference import ReferenceKind
from courier_desk.hq.core import references
from courier_desk.hq.tables.network import STATION
from courier_desk.hq.tables.reference import REFERENCE_VERSION

_BY = "headquarters"
# The areas go to every desk: a day on which many stations begin makes one version, not one for each.
_BETWEEN = timedelta(hours=20)


def named(connection: sa.Connection, document: Mapping[str, Any]) -> dict[str, Any]:
    """``document`` of the areas with the stations as they are called now."""
    rows = connection.execute(sa.select(STATION.c.station_id, STATION.c.name).order_by(STATION.c.station_id))
    stations = [{"id": row.station_id, "name": {key: row.name[key] for key in ("zh", "en")}} for row in rows]
    return {**document, "stations": stations}


def tell(engine: sa.Engine, now: datetime) -> int:
    """Publish the areas in force again where a station is called otherwise than they say, at most once a day. Returns
    how many were published. What was published later and does not hold yet waits for its day."""
    with engine.connect() as connection:
        newest = _newest(connection, now.date())
        contents = [(row, named(connection, json.loads(row.document))) for row in newest]
    told = 0
    for row, content in contents:
        changed = content["stations"] != json.loads(row.document).get("stations", [])
        # What is for all would otherwise come before what one station has of its own.
        if row.scope != references.EVERYWHERE and not changed:
            changed = told > 0
        if changed and not (row.published_by == _BY and now - row.published_at < _BETWEEN):
            version = references.next_version(engine, ReferenceKind.AREAS, row.scope)
            references.publish(engine, row.scope, {**content, "version": version}, _BY, now)
            told += 1
    return told


def _newest(connection: sa.Connection, today: date) -> list[Any]:
    """The newest version of each scope that is seen, what is for all first; none while a later one waits."""
    table = REFERENCE_VERSION
    holds = table.c.valid_until.is_(None) | (table.c.valid_until >= today)
    newest = sa.select(table).where(table.c.kind == ReferenceKind.AREAS.value, holds).order_by(table.c.version)
    found = {row.scope: row for row in connection.execute(newest)}
    for_all = found.pop(references.EVERYWHERE, None)
    own = [row for row in found.values() if for_all is None or row.version > for_all.version]
    seen = own if for_all is None else [for_all, *own]
    return [] if any(row.valid_from > today for row in seen) else seen

"""What the lists show, as selects. ``pk`` names a row in the address of its page."""

from typing import Any

import sqlalchemy as sa

from courier_desk.hq.tables.care import INCIDENT, PROOF
from courier_desk.hq.tables.feed import FEED_HEAD, FEED_POSITION
from courier_desk.hq.tables.log import CURSOR, FEED_PENDING, PARKED
from courier_desk.hq.tables.network import DESK, ENROLMENT_CODE, STATION
from courier_desk.hq.tables.numbers import NUMBER_RANGE
from courier_desk.hq.tables.parcels import WAYBILL
from courier_desk.hq.tables.people import HQ_AUDIT, HQ_LOG_IN, HQ_PERSON
from courier_desk.hq.tables.reference import REFERENCE_VERSION

Source = sa.Select[Any]


def _text(column: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    return sa.cast(column, sa.Text)


def _of_desk(value: sa.ColumnElement[int], table: sa.Table, *more: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    same = (table.c.station_id == DESK.c.station_id, table.c.desk_id == DESK.c.desk_id)
    return sa.select(sa.func.coalesce(value, 0)).where(*same, *more).correlate(DESK).scalar_subquery()


STATIONS: Source = sa.select(
    STATION.c.station_id.label("pk"),
    *STATION.c,
    sa.select(sa.func.count())
    .where(DESK.c.station_id == STATION.c.station_id, DESK.c.state != "retired")
    .correlate(STATION)
    .scalar_subquery()
    .label("desks"),
)

# ``heard``: the last operation of this incarnation; ``waiting``: news that the desk has not asked beyond yet.
DESKS: Source = sa.select(
    DESK.c.desk_id.label("pk"),
    *(column for column in DESK.c if column.name not in {"secret_hash", "machine"}),
    _of_desk(sa.func.max(CURSOR.c.seq), CURSOR, CURSOR.c.incarnation == DESK.c.incarnation).label("heard"),
    (
        _of_desk(sa.func.count(FEED_PENDING.c.id), FEED_PENDING)
        + sa.func.greatest(
            _of_desk(sa.func.max(FEED_HEAD.c.n), FEED_HEAD) - _of_desk(sa.func.max(FEED_POSITION.c.n), FEED_POSITION), 0
        )
    ).label("waiting"),
    _of_desk(sa.func.count(PARKED.c.op_id), PARKED, PARKED.c.settled_at.is_(None)).label("parked"),
)

# What the code was nobody can tell: a part of its hash names the row.
CODES: Source = sa.select(
    sa.func.left(sa.func.encode(ENROLMENT_CODE.c.code_hash, "hex"), 16).label("pk"),
    *(column for column in ENROLMENT_CODE.c if column.name != "code_hash"),
)

_FIRST, _END = sa.func.lower(NUMBER_RANGE.c.serials), sa.func.upper(NUMBER_RANGE.c.serials)


def _number(serial: sa.ColumnElement[int]) -> sa.ColumnElement[str]:
    """Prefix and twelve digits: with the check digit behind them, numbers sort as their serials do."""
    return NUMBER_RANGE.c.prefix + sa.func.lpad(_text(serial), 12, "0")


# The waybills of a range that headquarters knows of.
_USED = (
    sa.select(sa.func.count())
    .select_from(WAYBILL)
    .where(
        WAYBILL.c.station_id == NUMBER_RANGE.c.station_id,
        WAYBILL.c.number.collate("C") >= _number(_FIRST),
        WAYBILL.c.number.collate("C") < _number(_END),
    )
    .correlate(NUMBER_RANGE)
    .scalar_subquery()
)

# Nothing is left of a burnt range.
NUMBERS: Source = sa.select(
    _text(NUMBER_RANGE.c.id).label("pk"),
    *(column for column in NUMBER_RANGE.c if column.name != "serials"),
    _FIRST.label("first"),
    (_END - 1).label("last"),
    (_END - _FIRST).label("size"),
    _USED.label("used"),
    sa.case((NUMBER_RANGE.c.burnt_at.is_not(None), 0), else_=_END - _FIRST - _USED).label("left"),
)

PARKED_OPERATIONS: Source = sa.select(_text(PARKED.c.op_id).label("pk"), *PARKED.c)

PROOFS: Source = sa.select((PROOF.c.desk_id + " " + _text(PROOF.c.business_date)).label("pk"), *PROOF.c)

INCIDENTS: Source = sa.select(_text(INCIDENT.c.id).label("pk"), *INCIDENT.c)

REFERENCES: Source = sa.select(
    (REFERENCE_VERSION.c.kind + " " + REFERENCE_VERSION.c.scope + " " + _text(REFERENCE_VERSION.c.version)).label("pk"),
    *(column for column in REFERENCE_VERSION.c if column.name not in {"document", "digest"}),
    sa.func.encode(REFERENCE_VERSION.c.digest, "hex").label("digest"),
)

HQ_PEOPLE: Source = sa.select(
    HQ_PERSON.c.name.label("pk"),
    *(column for column in HQ_PERSON.c if column.name not in {"password_hash", "session"}),
    sa.func.coalesce(HQ_LOG_IN.c.failures, 0).label("failures"),
).join(
    HQ_LOG_IN,
    HQ_LOG_IN.c.name_hash == sa.func.sha256(sa.func.convert_to(sa.func.lower(HQ_PERSON.c.name), "UTF8")),
    isouter=True,
)

AUDIT: Source = sa.select(_text(HQ_AUDIT.c.id).label("pk"), *HQ_AUDIT.c)

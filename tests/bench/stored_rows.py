"""What headquarters has stored already, made inside PostgreSQL: operations of 5,000 stations, and what came of them.

One in ten is an order. Half of all lie in the partition of today, which the bench writes to; the rest in the days
before. Keys are of the same shape and order as real ones, bodies as long.
"""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

import psycopg
import sqlalchemy as sa

from courier_desk.hq.core.house_keeping import make_partitions

STATIONS = 5000
DAYS = 16
_PART = 250_000

_KEYS = """
CREATE TEMP TABLE key ON COMMIT DROP AS
SELECT i, 'S' || lpad((mod(i / 10, %(stations)s) + 1)::text, 4, '0') AS station,
    'CD' || lpad((500000000000 + i / 10)::text, 12, '0') || '0' AS waybill, mod(i, 10) = 0 AS is_order, day,
    (lpad(to_hex((extract(epoch FROM day)::bigint * 1000 + mod(i * 7, 86400000))), 12, '0') || '7'
    || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 4, 15))::uuid AS op_id
FROM (SELECT i, CASE WHEN mod(i / 10, 2) = 0 THEN %(today)s::date
    ELSE %(today)s::date - 1 - mod(i / 20, %(days)s)::int END AS day
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS i) AS numbered
"""
_FILL = (
    """
    INSERT INTO op_log (station_id, op_id, day, desk_id, incarnation, seq, kind, entity_id, business_date, received_at,
        parked, digest, body)
    SELECT station, op_id, day, station || '-1', 1, 1000000000 + i, CASE WHEN is_order THEN 'order.accepted' ELSE
        'scan.recorded' END, op_id::text, day, now(), false, sha256(op_id::text::bytea),
        convert_to(replace(CASE WHEN is_order THEN %(order)s ELSE %(scan)s END, '@', waybill), 'UTF8') FROM key
    """,
    """
    INSERT INTO parcel_event (waybill, op_id, day, at, station_id, desk_id, number, operation, outcome)
    SELECT waybill, op_id, day, now(), station, station || '-1', waybill, 'arrived', 'accepted' FROM key
    WHERE NOT is_order
    """,
    """
    INSERT INTO waybill (station_id, number, order_id, desk_id, routing_code, destination_station, pieces, accepted_at,
        void, op_id)
    SELECT station, waybill, op_id::text, station || '-1', '320-A12-007', NULL, 1, now(), false, op_id FROM key
    WHERE is_order
    """,
    """
    INSERT INTO interest (waybill, stations, since, origin, order_id, order_op, routing_code)
    SELECT waybill, ARRAY[station, 'S0001'], day, station, op_id::text, op_id, '320-A12-007' FROM key WHERE is_order
    """,
    """
    INSERT INTO feed_item (station_id, desk_id, n, kind, entity_id, op_id, origin, at, body)
    SELECT station, station || '-1', 1000000000 + i, 'parcel.event', waybill, op_id::text, station, now(),
        convert_to(replace(%(event)s, '@', waybill), 'UTF8') FROM key WHERE mod(i, 2) = 0
        AND station > %(busy)s
    """,
)
_EVENT = (
    '{"waybill":"@","number":"@","operation":"arrived","outcome":"accepted","at":"2026-11-22T01:00:00Z",'
    '"station":"S0001","desk":"S0001-1","place":"样例站S0001","remark":""}'
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """The text of an ``order`` and of a ``scan``; ``busy``: the last station whose desk reads its feed."""

    order: str
    scan: str
    busy: str


def fill(engine: sa.Engine, dsn: str, first: int, last: int, today: date, like: Likeness) -> None:
    """Store operations ``first`` to ``last`` (counted from 1)."""
    for back in range(0, DAYS + 2, 8):
        make_partitions(engine, today - timedelta(days=back))
    with psycopg.connect(dsn) as connection, psycopg.ClientCursor(connection) as cursor:
        for start in range(first, last + 1, _PART):
            values = {"first": start, "last": min(start + _PART - 1, last), "today": today, "days": DAYS}
            values |= {"stations": STATIONS, "event": _EVENT, **asdict(like)}
            for statement in (_KEYS, *_FILL):
                cursor.execute(statement, values)
            connection.commit()
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")

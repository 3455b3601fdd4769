"""The floor under what headquarters takes: PostgreSQL's COPY of the rows that operations become, and nothing else.

The rows of the log, of the parcels' lives and of the feeds are ready in memory; each batch is copied with a commit of
its own into tables of the same columns that have no key and no index.
"""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

import psycopg

from courier_desk.hq.core.bodies import ScanRecorded
from courier_desk.hq.core.entries import Entry, read_all
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.log import _OP_LOG, _log_row
from courier_desk.hq.core.news import _PENDING
from courier_desk.hq.core.tracks import _EVENTS
from courier_desk.hq.core.transaction import Copy
from tests.bench.busy_network import Batch
from tests.bench.hq_stage import operations_of

_EVENT = 200
_Rows = list[tuple[object, ...]]
_OfBatch = list[tuple[Copy, _Rows]]


def bare_copy(dsn: str, batches: Sequence[Batch]) -> tuple[float, float]:
    """Operations a second: of the log's rows alone, and of all rows."""
    ready = [_rows(batch) for batch in batches]
    operations = sum(batch.operations for batch in batches)
    with psycopg.connect(dsn, options="-c search_path=bare,public") as connection:
        connection.execute("DROP SCHEMA IF EXISTS bare CASCADE")
        connection.execute("CREATE SCHEMA bare")
        for table in ("op_log", "parcel_event", "feed_pending"):
            connection.execute(f"CREATE TABLE bare.{table} (LIKE public.{table} INCLUDING IDENTITY)".encode())
        connection.commit()
        alone = _seconds(connection, [each[:1] for each in ready])
        whole = _seconds(connection, ready)
        connection.execute("DROP SCHEMA bare CASCADE")
    return operations / alone, operations / whole


def _seconds(connection: psycopg.Connection[tuple[object, ...]], ready: Sequence[_OfBatch]) -> float:
    began = time.perf_counter()
    for batch in ready:
        with connection.cursor() as cursor:
            for copy, rows in batch:
                copy.write(cursor, rows)
        connection.commit()
    return time.perf_counter() - began


def _rows(batch: Batch) -> _OfBatch:
    """Those of the log, of the lives, and one piece of news for each operation."""
    now, station_id = datetime.now(UTC), batch.token.partition("-")[0]
    desk = DeskIdentity(station_id, f"{station_id}-1", 1)
    entries = read_all(desk, 1, operations_of(batch), now)
    events = [_event(desk, entry, entry.body) for entry in entries if isinstance(entry.body, ScanRecorded)]
    return [
        (_OP_LOG, [_log_row(desk, entry, now) for entry in entries]),
        (_EVENTS, events),
        (_PENDING, [_news(desk, entry, entry.body) for entry in entries]),
    ]


def _event(desk: DeskIdentity, entry: Entry, body: ScanRecorded) -> tuple[object, ...]:
    what = (body.number, body.operation, body.outcome)
    return (body.waybill, entry.op_id, entry.day, entry.at, desk.station_id, desk.desk_id, *what)


def _news(desk: DeskIdentity, entry: Entry, body: object) -> tuple[object, ...]:
    text = entry.content[:_EVENT] if isinstance(body, ScanRecorded) else entry.content
    kind = "parcel.event" if isinstance(body, ScanRecorded) else "order.shared"
    return (desk.station_id, desk.desk_id, kind, entry.entity_id, str(entry.op_id), desk.station_id, entry.at, text)

"""What a bench of headquarters reads off the machine: processor time by part, bytes by table, bytes of WAL."""

from collections.abc import Mapping
from dataclasses import dataclass

import psutil
import psycopg

TABLES = ("op_log", "parcel_event", "waybill", "interest", "customer", "arrival", "feed_item")
_SIZE = """
SELECT pg_total_relation_size(%(table)s::regclass) + coalesce(sum(pg_total_relation_size(relid)), 0)::bigint
FROM pg_partition_tree(%(table)s::regclass) WHERE isleaf AND level > 0
"""
_WAL = "SELECT pg_current_wal_lsn() - '0/0'"
_WAITING = "SELECT count(*) FROM feed_pending"


@dataclass(frozen=True, slots=True)
class Reading:
    """Seconds of processor time so far, and bytes so far."""

    service_s: float
    postgres_s: float
    wal: int
    tables: Mapping[str, int]


def read(service: int, dsn: str) -> Reading:
    """How things stand; ``service`` is the process id of the service."""
    with psycopg.connect(dsn) as connection:
        backend = psutil.Process(connection.info.backend_pid)
        server = backend.parent()
        assert server is not None
        tables = {name: int(_one(connection, _SIZE, table=name)) for name in TABLES}
        wal = int(_one(connection, _WAL))
    return Reading(processor_s(service), processor_s(server.pid), wal, tables)


def waiting(dsn: str) -> int:
    """How much news has no number yet."""
    with psycopg.connect(dsn) as connection:
        return int(_one(connection, _WAITING))


def processor_s(process_id: int) -> float:
    """Of a process and all its children, also those that have ended."""
    process = psutil.Process(process_id)
    living = [_seconds(each) for each in (process, *process.children(recursive=True))]
    ended = process.cpu_times()
    return float(sum(living) + ended.children_user + ended.children_system)


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        # It ended meanwhile: its parent counts it.
        return 0.0
    return float(times.user + times.system)


def _one(connection: psycopg.Connection[tuple[int]], statement: str, **values: str) -> int:
    row = connection.execute(statement.encode(), values).fetchone()
    assert row is not None
    return row[0]

"""A partition for each day of the log, made ahead; what lies on far days has a place of its own."""

from datetime import date, timedelta

import sqlalchemy as sa

from courier_desk.hq.core.house_keeping import make_partitions
from tests.hq.counters import counter
from tests.hq.desks import Network

TODAY = date(2026, 11, 22)


def _partitions(network: Network, table: str) -> list[str]:
    statement = f"SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = '{table}'::regclass ORDER BY 1"
    with network.engine.connect() as connection:
        return list(connection.execute(sa.text(statement)).scalars())


def _id_on(day: date, last: int) -> str:
    stamp = (day - date(1970, 1, 1)).days * 86_400_000 + 3_600_000
    text = f"{stamp:012x}"
    return f"{text[:8]}-{text[8:]}-7000-8000-{last:012d}"


def test_yesterday_and_the_days_to_come_have_partitions(network: Network) -> None:
    assert make_partitions(network.engine, TODAY) == 18
    days = [TODAY + timedelta(days=n) for n in range(-1, 8)]
    for table in ("op_log", "parcel_event"):
        assert _partitions(network, table) == [*(f"{table}_{day:%Y%m%d}" for day in days), f"{table}_far"]
    assert make_partitions(network.engine, TODAY) == 0
    assert make_partitions(network.engine, TODAY + timedelta(days=2)) == 4


def test_what_came_before_its_partition_moves_into_it(network: Network) -> None:
    desk = counter(network, "HZ001-1")
    number = desk.accept(op_id=_id_on(TODAY, 1))
    desk.say("scan.recorded", desk.scanned(number, "collected"), op_id=_id_on(TODAY, 2))
    desk.say("scan.recorded", desk.scanned(number, "bagged"), op_id=_id_on(TODAY - timedelta(days=300), 3))
    desk.send()
    make_partitions(network.engine, TODAY)
    for table, here in (("op_log", 2), ("parcel_event", 1)):
        assert network.count(f"SELECT count(*) FROM {table}_{TODAY:%Y%m%d}") == here
        assert network.count(f"SELECT count(*) FROM {table}_far") == 1
    desk.say("scan.recorded", desk.scanned(number, "loaded"), op_id=_id_on(TODAY, 4))
    desk.send()
    assert network.count(f"SELECT count(*) FROM op_log_{TODAY:%Y%m%d}") == 3
    assert network.count("SELECT count(*) FROM op_log") == 4


def test_keeping_house_makes_them(network: Network) -> None:
    network.hq.keep_house()
    assert f"op_log_{network.clock.now():%Y%m%d}" in _partitions(network, "op_log")
    indexes = "SELECT count(*) FROM pg_index WHERE indrelid = 'op_log_20261123'::regclass"
    assert network.count(indexes) == 2

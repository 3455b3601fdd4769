"""What a push costs headquarters that brings only a few operations, as desks send them while the line is well.

Prints what each size costs: processor time of the service and of PostgreSQL for a push, and operations a second.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.busy_network import A_BATCH, ORDERS_A_BATCH
from tests.bench.figures import Figure, report
from tests.bench.hq_machine import read
from tests.bench.hq_stage import Stage, staged

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600), pytest.mark.logs_freely]
ROUNDS = int(os.environ.get("COURIER_DESK_BENCH_ROUNDS", "2"))
# Operations in a push, and orders of each desk in a round.
SIZES = ((1, 4), (5, 10), (50, ORDERS_A_BATCH), (A_BATCH, ORDERS_A_BATCH))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with staged(tmp_path) as stage:
        yield stage


def _measure(stage: Stage, size: int, orders: int) -> Figure:
    rounds = [stage.network.round(size, orders) for _each in range(ROUNDS)]
    batches = [batch for each in rounds for batch in each]
    operations = sum(batch.operations for batch in batches)
    before = read(stage.service, stage.dsn)
    load = stage.driver.run(rounds)
    after = read(stage.service, stage.dsn)
    service, postgres = after.service_s - before.service_s, after.postgres_s - before.postgres_s
    sys.stdout.write(
        f"\n{len(batches)} pushes of {size}: {len(batches) / load.elapsed_s:.0f} a second;"
        f" processor, ms a push: service {service / len(batches) * 1000:.2f}, PostgreSQL"
        f" {postgres / len(batches) * 1000:.2f}; WAL {(after.wal - before.wal) / operations:.0f} bytes an operation"
    )
    return Figure(f"operations taken in batches of {size}", "/s", (operations / load.elapsed_s,))


def test_small_batches_cost_more(stage: Stage) -> None:
    stage.driver.run([stage.network.round()])
    report(*(_measure(stage, size, orders) for size, orders in SIZES))

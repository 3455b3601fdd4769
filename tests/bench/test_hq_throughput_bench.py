"""How many operations headquarters takes through HTTP into a PostgreSQL that writes safely, its feeds included.

The load generator, the service (processes as ``serve`` makes them) and PostgreSQL share the cores of this machine.
``COURIER_DESK_BENCH_STORED`` is how many operations are stored at the far end (1e6, and 1e7 for the long run, which
takes 25 GB of disk), ``COURIER_DESK_BENCH_PUSHED`` how many are sent in a run.
"""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.bench.bare_copy import bare_copy
from tests.bench.busy_network import A_BATCH
from tests.bench.figures import RUNS, Figure, percentile, report
from tests.bench.hq_machine import TABLES, Reading, read, waiting
from tests.bench.hq_stage import STATIONS, Stage, staged

pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200), pytest.mark.logs_freely]

NEAR = 100_000
STORED = int(os.environ.get("COURIER_DESK_BENCH_STORED", "1000000"))
PUSHED = int(os.environ.get("COURIER_DESK_BENCH_PUSHED", "60000"))
_DRAIN_S = 60.0


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with staged(tmp_path) as stage:
        yield stage


@dataclass
class End:
    """The figures of the runs with so much stored."""

    rates: list[float] = field(default_factory=list)
    p99_ms: list[float] = field(default_factory=list)
    read_rates: list[float] = field(default_factory=list)
    drained_s: list[float] = field(default_factory=list)
    copied: list[float] = field(default_factory=list)
    busy: int = 0


def measure(stage: Stage) -> End:
    """Five runs, the bare COPY of the rows of each after it."""
    end = End()
    stage.driver.run([stage.network.round()])
    for _run in range(RUNS):
        rounds = [stage.network.round() for _each in range(max(1, PUSHED // (STATIONS * A_BATCH)))]
        count = sum(batch.operations for batches in rounds for batch in batches)
        before = read(stage.service, stage.dsn)
        began = time.perf_counter()
        load = stage.driver.run(rounds)
        ended = time.perf_counter()
        _drain(stage)
        end.drained_s.append(time.perf_counter() - ended)
        whole_s = load.elapsed_s + end.drained_s[-1]
        _tell(count, before, read(stage.service, stage.dsn), load.cpu_s, time.perf_counter() - began)
        end.rates.append(count / whole_s)
        end.p99_ms.append(percentile(load.seconds, 0.99) * 1000)
        end.read_rates.append(load.read / load.elapsed_s)
        end.busy += load.busy
        alone, whole = bare_copy(stage.dsn, [batch for batches in rounds for batch in batches])
        end.copied.append(whole)
        sys.stdout.write(f"; COPY of the log's rows alone {alone:.0f}/s, ratio {end.rates[-1] / alone:.2f}")
    return end


def _drain(stage: Stage) -> None:
    """Until all news of the run has its number."""
    end = time.monotonic() + _DRAIN_S
    while waiting(stage.dsn):
        assert time.monotonic() < end
        time.sleep(0.02)


def _tell(count: int, before: Reading, after: Reading, load_s: float, whole_s: float) -> None:
    parts = {
        "service": after.service_s - before.service_s,
        "PostgreSQL": after.postgres_s - before.postgres_s,
        "load": load_s,
    }
    cpu = ", ".join(f"{name} {seconds / count * 1e6:.0f}" for name, seconds in parts.items())
    sizes = ", ".join(f"{name} {(after.tables[name] - before.tables[name]) / count:.0f}" for name in TABLES)
    sys.stdout.write(
        f"\n{count} operations, {whole_s:.1f} s; processor, us an operation: {cpu}; bytes an operation: {sizes},"
        f" WAL {(after.wal - before.wal) / count:.0f}"
    )


def test_a_service_on_two_cores_takes_what_a_network_sends(stage: Stage) -> None:
    stage.store(1, NEAR)
    near = measure(stage)
    stage.store(NEAR + 1, STORED)
    far = measure(stage)
    assert near.busy == far.busy == 0
    name, (rates, floor) = f"{STORED:.0e} stored against {NEAR:.0e}", (tuple(far.rates), tuple(near.rates))
    report(
        *_figures(f"{NEAR:.0e} stored", near),
        *_figures(f"{STORED:.0e} stored", far),
        Figure(f"{name}: operations taken", "/s", rates, floor=floor, ratio_target=0.85, least=True),
    )


def _figures(name: str, end: End) -> Sequence[Figure]:
    return (
        Figure(
            f"{name}: operations taken and their news numbered", "/s", tuple(end.rates), 8000,
            floor=tuple(end.copied), ratio_target=0.1, least=True,
        ),
        Figure(f"{name}: a push of {A_BATCH} (p99)", "ms", tuple(end.p99_ms), 500),
        Figure(f"{name}: items of feeds read meanwhile", "/s", tuple(end.read_rates)),
        Figure(f"{name}: numbering after the last push", "s", tuple(end.drained_s), 2),
    )  # fmt: skip

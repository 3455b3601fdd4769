"""Confirming an order against the same rows, indexes and anchor written by the bare driver: p99 <= 3 x over 5,000."""

import gc
import re
import time
from itertools import count
from pathlib import Path
from typing import Any, Self

import pytest
import sqlalchemy as sa

from tests.bench.figures import Figure, percentile, report
from tests.desk import TestDesk, make_desk, ordinary_draft

pytestmark = pytest.mark.bench

COMMITS = 5000
RUNS = 5


class _Recorder:
    """Records the statements of one accepted order as the driver gets them."""

    def __init__(self, desk: TestDesk) -> None:
        self.statements: list[tuple[str, Any, bool]] = []
        self._engine = desk.app.desk.store.writer.engine

    def __enter__(self) -> Self:
        sa.event.listen(self._engine, "before_cursor_execute", self._on)
        return self

    def __exit__(self, *_: object) -> None:
        sa.event.remove(self._engine, "before_cursor_execute", self._on)

    def _on(self, _c: Any, _cu: Any, statement: str, values: Any, _ctx: Any, many: bool) -> None:
        self.statements.append((statement, values, many))


def _accept(desk: TestDesk, commits: int) -> list[float]:
    """Milliseconds of each accepted order, as the database lane sees it."""
    inspection, draft, took = desk.inspect(), ordinary_draft(), []

    def one() -> None:
        begun = time.perf_counter()
        desk.services.orders.accept(desk.agent, draft, inspection)
        took.append((time.perf_counter() - begun) * 1000)

    for _ in range(commits):
        desk.on_db(one)
    return took


def _bare(desk: TestDesk, recorded: list[tuple[str, Any, bool]], commits: int) -> list[float]:
    """The same writes by the bare driver: the recorded statements with fresh keys, then the anchor."""
    store = desk.app.desk.store
    raw = store.writer.connection.driver_connection
    assert raw is not None
    writes = [_Write(statement, values if many else [values]) for statement, values, many in recorded]
    writes = [write for write in writes if not write.statement.lstrip().upper().startswith(("SELECT", "BEGIN"))]
    fresh, took = count(1), []

    def one() -> None:
        n = next(fresh)
        rows = [write.renewed(n) for write in writes]
        begun = time.perf_counter()
        raw.execute("BEGIN IMMEDIATE")
        for write, values in zip(writes, rows, strict=True):
            raw.executemany(write.statement, values)
        raw.execute("COMMIT")
        store._write_anchor(store.heads)  # as the store writes it after each commit
        took.append((time.perf_counter() - begun) * 1000)

    for _ in range(commits):
        desk.on_db(one)
    return took


class _Write:
    """A recorded statement whose rows can be had again with other keys."""

    def __init__(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        self.statement = statement
        found = re.match(r"\s*INSERT INTO (\w+) ?\(([^)]*)\)", statement)
        self._table = found[1] if found else ""
        self._columns = [name.strip() for name in found[2].split(",")] if found else []
        self._rows = rows

    def renewed(self, n: int) -> list[tuple[Any, ...]]:
        """The rows with the keys of order ``n``; the customer stays the same, as at the desk."""
        if not self._columns or self._table.startswith("customer"):
            return self._rows
        names = [*self._columns, *[""] * 50]
        return [tuple(_fresh(name, value, n) for name, value in zip(names, row, strict=False)) for row in self._rows]


def _fresh(name: str, value: Any, n: int) -> Any:
    if name in ("seq", "rowid", "serial"):
        return value + n
    if isinstance(value, str) and len(value) == 36 and value.count("-") == 4 and name != "customer_id":
        return f"{value[:24]}{n:012d}"
    if isinstance(value, str) and len(value) == 15 and value[:2] == "XS":
        return f"XS{n:013d}"
    return value


def test_confirming_costs_little_more_than_the_bare_driver(tmp_path: Path) -> None:
    ours, floor = [], []
    for run in range(RUNS):
        desk = make_desk(tmp_path / f"station{run}")
        gc.freeze()  # as the program does when it is ready
        ours.append(percentile(_accept(desk, COMMITS // RUNS), 0.99))
        with _Recorder(desk) as recorder:
            _accept(desk, 1)
        floor.append(percentile(_bare(desk, recorder.statements, COMMITS // RUNS), 0.99))
        desk.close()
    report(Figure("confirm, p99", "ms", tuple(ours), floor=tuple(floor), ratio_target=3))

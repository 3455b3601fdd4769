"""Finding on 400,000 orders: exact <= 20 ms p95, any three characters <= 30 ms, with three more filters <= 200 ms."""

import random
import time
from collections.abc import Callable
from datetime import date

import pytest

from courier_desk.domain.own_number import make
from courier_desk.services.find import FindSpec
from tests.bench.conftest import FULL_SIZE
from tests.bench.figures import Figure, percentile, repeated, report
from tests.desk import TestDesk

pytestmark = pytest.mark.bench

LOOKS = 60


def _p95_ms(desk: TestDesk, spec: Callable[[random.Random], FindSpec]) -> float:
    pick, took = random.Random(7), []
    for _ in range(LOOKS):
        one = spec(pick)
        begun = time.perf_counter()
        desk.on_db(lambda s=one: desk.services.find.orders(desk.agent, s))  # type: ignore[misc]  # bound now
        took.append((time.perf_counter() - begun) * 1000)
    return percentile(took, 0.95)


_SCRAPS = ("138", "王秀英", "文一西", "毛绒玩", "1号5", "浦东新", "号31", "室13")


def _scrap(pick: random.Random) -> str:
    return pick.choice((*_SCRAPS, f"{pick.randrange(1000):03d}"))


def _filtered(pick: random.Random) -> FindSpec:
    """Three more filters; a tenth of the questions have no answer, which is the dearest."""
    service = "express" if pick.random() < 0.1 else "standard"
    return FindSpec(text=_scrap(pick), status="DLVD", service=service, since=date(2025, 1, 1))


def test_finding(busy: TestDesk) -> None:
    exact = repeated(lambda: _p95_ms(busy, lambda r: FindSpec(text=make("XS", r.randrange(1, FULL_SIZE)))))
    three = repeated(lambda: _p95_ms(busy, lambda r: FindSpec(text=_scrap(r))))
    two = repeated(lambda: _p95_ms(busy, lambda r: FindSpec(text=r.choice(("浦东", "王", "秀英", "茶叶")))))
    filtered = repeated(lambda: _p95_ms(busy, _filtered))
    report(
        Figure("exact waybill, p95", "ms", exact, target=20),
        Figure("any three characters, p95", "ms", three, target=30),
        Figure("one or two Chinese characters, p95", "ms", two, target=30),
        Figure("three characters and three filters, p95", "ms", filtered, target=200),
    )

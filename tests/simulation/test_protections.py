"""The simulation itself is tried: with one protection switched off, some world has to show it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from courier_desk.hq.core import checks, push
from courier_desk.services import exchange_push
from courier_desk.storage.history import HistoryRepository
from courier_desk.storage.leases import LeaseRepository
from courier_desk.storage.numbers import NumberRepository
from courier_desk.storage.recalled import RecalledRepository
from courier_desk.storage.unit_of_work import SqlUnitOfWork
from tests.simulation.checks import faults
from tests.simulation.lane import this_thread_is_the_lane
from tests.simulation.stage import Stage
from tests.simulation.world import Disaster, world_of

pytestmark = [pytest.mark.logs_freely, pytest.mark.timeout(900)]
STEPS = 60
MOST_SEEDS = 10
Switch = Callable[[pytest.MonkeyPatch], None]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with this_thread_is_the_lane():
        yield Stage(tmp_path_factory.mktemp("network"))


def _nothing(*_given: Any, **_named: Any) -> int:
    return 0


def _cursor_stays(patch: pytest.MonkeyPatch) -> None:
    """Headquarters forgets how far a desk is: what is sent again is taken for new."""
    patch.setattr(push, "_MOVE", b"SELECT %s::int8, %s::bytea, %s::text, %s::text, %s::int4")


def _numbers_not_burnt(patch: pytest.MonkeyPatch) -> None:
    """A desk that was set back goes on with the numbers it had then."""
    patch.setattr(LeaseRepository, "burn_all", _nothing)
    patch.setattr(NumberRepository, "pass_over", _nothing)


def _not_sent_again(patch: pytest.MonkeyPatch) -> None:
    """Headquarters was set back, and the desk goes on behind what it had sent."""
    patch.setattr(exchange_push, "_go_to", _nothing)


def _order_without_operation(patch: pytest.MonkeyPatch) -> None:
    """Rows and operation are not in one transaction: the operation gets lost."""
    emit = SqlUnitOfWork.emit

    def forgetful(work: SqlUnitOfWork, kind: str, *rest: Any) -> str:
        if kind != "order.accepted":
            return emit(work, kind, *rest)
        work._pending.operations += 1
        return ""

    patch.setattr(SqlUnitOfWork, "emit", forgetful)


def _past_not_fetched(patch: pytest.MonkeyPatch) -> None:
    """A desk that was set back does not ask for what headquarters has of it."""
    patch.setattr(HistoryRepository, "begin", _nothing)


def _past_not_kept(patch: pytest.MonkeyPatch) -> None:
    """What came back with the past is not there when headquarters has lost it."""
    patch.setattr(RecalledRepository, "keep", _nothing)


def _first_issue_forgotten(patch: pytest.MonkeyPatch) -> None:
    """Headquarters does not know again what was issued more than once."""
    patch.setattr(checks, "check_again", _nothing)


def _shown(stage: Stage, folder: Path, seed: int, disasters: Disaster) -> bool:
    """True when this world does not heal, or heals with faults."""
    with world_of(seed, stage, folder, disasters) as world:
        try:
            world.run(STEPS)
            world.heal()
            return bool(faults(world))
        except Exception:  # noqa: BLE001  whatever breaks shows it
            return True


@pytest.mark.parametrize(
    ("switch", "disasters", "first"),
    [
        (_cursor_stays, Disaster.NONE, 0),
        (_order_without_operation, Disaster.NONE, 0),
        (_numbers_not_burnt, Disaster.DESK, 5),
        (_past_not_fetched, Disaster.DESK, 1),
        (_first_issue_forgotten, Disaster.DESK, 1),
        (_not_sent_again, Disaster.HEADQUARTERS, 3),
    ],
)
def test_a_protection_that_is_switched_off_is_missed(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, switch: Switch, disasters: Disaster, first: int
) -> None:
    """``first`` is a world that showed it when this was written; the others are for when it does not any more."""
    switch(monkeypatch)
    seeds = sorted(range(MOST_SEEDS), key=lambda seed: seed != first)
    assert any(_shown(stage, tmp_path / str(seed), seed, disasters) for seed in seeds)


def test_a_past_that_is_not_kept_is_missed(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _past_not_kept(monkeypatch)
    with world_of(0, stage, tmp_path, Disaster.NONE) as world:
        world.set_both_back()
        world.heal()
        assert len([fault for fault in faults(world) if "never reached headquarters" in fault]) == 3

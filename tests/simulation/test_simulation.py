"""The whole network in one thread with a seed: whatever happens, in the end everything is where it belongs, once."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulation.checks import faults
from tests.simulation.lane import this_thread_is_the_lane
from tests.simulation.stage import Stage
from tests.simulation.world import Disaster, World

# A PC that was set back says so in the log.
pytestmark = pytest.mark.logs_freely
SEEDS = 30
STEPS = 60
_DISASTERS = (Disaster.NONE, Disaster.DESK, Disaster.HEADQUARTERS)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with this_thread_is_the_lane():
        yield Stage(tmp_path_factory.mktemp("network"))


def run(stage: Stage, folder: Path, seed: int, steps: int = STEPS) -> list[str]:
    """What is wrong after a world of this seed has healed."""
    with this_thread_is_the_lane():
        world = World(seed, stage, folder, disasters=_DISASTERS[seed % len(_DISASTERS)])
        try:
            world.run(steps)
            world.heal()
            return [*faults(world)]
        finally:
            world.close()


@pytest.mark.timeout(120)
@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_is_lost_doubled_or_given_twice(stage: Stage, tmp_path: Path, seed: int) -> None:
    assert run(stage, tmp_path, seed) == []


@pytest.mark.soak
def test_nothing_is_lost_in_many_worlds(stage: Stage, tmp_path: Path) -> None:
    """As many seeds as SIMULATION_SEEDS says, from SIMULATION_FROM on."""
    first, count = int(os.environ.get("SIMULATION_FROM", "1000")), int(os.environ.get("SIMULATION_SEEDS", "600"))
    wrong = {}
    for seed in range(first, first + count):
        found = run(stage, tmp_path / str(seed), seed)
        if found:
            wrong[seed] = found
        shutil.rmtree(tmp_path / str(seed), ignore_errors=True)
    sys.stdout.write(f"seeds {first} to {first + count - 1}, {STEPS} steps each: {len(wrong)} with faults\n")
    assert wrong == {}

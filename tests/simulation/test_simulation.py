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
from tests.simulation.world import Disaster, world_of

# A PC that was set back says so in the log.
pytestmark = pytest.mark.logs_freely
SEEDS = 30
# For each commit, and for many seeds.
FEW_STEPS, STEPS = 40, 60
_DISASTERS = (Disaster.NONE, Disaster.DESK, Disaster.HEADQUARTERS, Disaster.DESK | Disaster.HEADQUARTERS)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with this_thread_is_the_lane():
        yield Stage(tmp_path_factory.mktemp("network"))


def run(stage: Stage, folder: Path, seed: int, steps: int) -> list[str]:
    """What is wrong after a world of this seed has healed."""
    with world_of(seed, stage, folder, _DISASTERS[seed % len(_DISASTERS)]) as world:
        world.run(steps)
        world.heal()
        return [*faults(world)]


def told(stage: Stage, folder: Path, seed: int, steps: int) -> tuple[list[str], dict[str, str]]:
    """What happens in the world of this seed, and which numbers are given out."""
    with world_of(seed, stage, folder, _DISASTERS[seed % len(_DISASTERS)]) as world:
        world.run(steps)
        return world.story, world.ledger.given


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_is_lost_doubled_or_given_twice(stage: Stage, tmp_path: Path, seed: int) -> None:
    assert run(stage, tmp_path, seed, FEW_STEPS) == []


def test_what_came_back_to_a_desk_goes_to_headquarters_again(stage: Stage, tmp_path: Path) -> None:
    with world_of(0, stage, tmp_path, Disaster.NONE) as world:
        world.set_both_back()
        world.heal()
        assert [*faults(world)] == []
        assert len(world.desks[0].numbers()) == 3


def test_a_seed_tells_the_same_story_each_time(stage: Stage, tmp_path: Path) -> None:
    once, again = (told(stage, tmp_path / name, 3, FEW_STEPS) for name in ("once", "again"))
    assert once == again


@pytest.mark.soak
def test_nothing_is_lost_in_many_worlds(stage: Stage, tmp_path: Path) -> None:
    """As many seeds as SIMULATION_SEEDS says, from SIMULATION_FROM on, of SIMULATION_STEPS steps each."""
    first, count = int(os.environ.get("SIMULATION_FROM", "1000")), int(os.environ.get("SIMULATION_SEEDS", "600"))
    steps = int(os.environ.get("SIMULATION_STEPS", STEPS))
    wrong = {}
    for seed in range(first, first + count):
        try:
            found = run(stage, tmp_path / str(seed), seed, steps)
        except Exception as error:  # noqa: BLE001  the other worlds are tried all the same
            found = [repr(error)]
        if found:
            wrong[seed] = found
        shutil.rmtree(tmp_path / str(seed), ignore_errors=True)
    sys.stdout.write(f"seeds {first} to {first + count - 1}, {steps} steps each: {len(wrong)} with faults\n")
    assert wrong == {}

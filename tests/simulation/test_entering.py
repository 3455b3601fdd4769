"""A desk that was set back dies again and again while it enters its new incarnation: nothing is lost or doubled."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulation.checks import faults
from tests.simulation.lane import this_thread_is_the_lane
from tests.simulation.stage import Stage
from tests.simulation.world import Disaster, world_of

# A PC that was set back says so in the log.
pytestmark = [pytest.mark.logs_freely, pytest.mark.timeout(120)]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with this_thread_is_the_lane():
        yield Stage(tmp_path / "network")


def test_killed_after_each_piece_of_entering_nothing_is_lost_or_doubled(stage: Stage, tmp_path: Path) -> None:
    with world_of(0, stage, tmp_path / "world", Disaster.DESK) as world:
        assert world.die_while_entering() > 6
        world.heal()
        assert [*faults(world)] == []
        assert len(world.desks[0].numbers()) == 12

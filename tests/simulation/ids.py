"""Ids of a simulation: the same seed makes the same ones, so that a world can be run again exactly as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from uuid import UUID

import pytest

from courier_desk.base import ids
from tests.simulation.clocks import WorldClock

_VERSION, _VARIANT = 7 << 76, 2 << 62


class SeededIds:
    """UUIDv7 in the order in which they are made; the time inside is the world's."""

    def __init__(self, seed: int | str, clock: WorldClock) -> None:
        self._dice = Random(f"ids {seed}")
        self._clock = clock
        self._last = 0

    def __call__(self) -> UUID:
        moment = int(self._clock.now().timestamp() * 1000) << 12
        self._last = max(self._last + 1, moment)
        time, count = divmod(self._last, 1 << 12)
        return UUID(int=time << 80 | _VERSION | count << 64 | _VARIANT | self._dice.getrandbits(62))


@contextmanager
def seeded_ids(seed: int | str, clock: WorldClock) -> Iterator[None]:
    """Inside it every id comes from ``seed``, whoever makes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ids, "uuid7", SeededIds(seed, clock))
        yield

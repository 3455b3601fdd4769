"""Time in a simulation: it moves when the world moves it, and every clock may be wrong in its own way."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)


class WorldClock:
    """True time; headquarters has it."""

    def __init__(self) -> None:
        self._now = START

    def now(self) -> datetime:
        return self._now

    def pass_by(self, seconds: float) -> None:
        """Let time go on."""
        self._now += timedelta(seconds=seconds)


class DeskClock:
    """A desk's own clock, ``ahead`` of the true time by what somebody set it to."""

    def __init__(self, world: WorldClock) -> None:
        self.world = world
        self.ahead = timedelta()

    def now(self) -> datetime:
        return self.world.now() + self.ahead

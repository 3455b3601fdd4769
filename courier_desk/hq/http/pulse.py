"""The beat of each process: four times a second, and soon after each batch, news is numbered and those that wait are
woken.

One query a beat looks at the heads that moved, whatever the number of desks that wait. Any process may number (the
database lets one at a time), so a desk hears within half a second of news that came in through another process.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError

from courier_desk.base.logging import get_logger

BEAT_S = 0.25
# What several batches bring within this is numbered at once.
_GATHER_S = 0.1
_AFTER_FAULT_S = 1.0
# One round of numbering has a limit; after one that came near it the next follows at once.
_MANY = 1000
# Now and then all heads are looked at: a database that was set back counts its rounds from an earlier one.
_ALL_EACH = 20


# The newest item of one desk's feed and the round of the sequencer that made it: (station, desk, n, round).
Head = tuple[str, str, int, int]


@dataclass(eq=False, slots=True)
class Waiter:
    """One that waits for items after ``after``; it is registered before the feed is read, so that it misses none."""

    after: int
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        self._woken.set()

    async def news(self, wait_s: float) -> bool:
        """Whether there is more to read within ``wait_s``."""
        try:
            async with asyncio.timeout(wait_s):
                await self._woken.wait()
        except TimeoutError:
            return False
        return True


class Pulse:
    """``number()`` numbers news and returns how much; ``moved(round)`` gives the heads that moved after a round."""

    def __init__(self, number: Callable[[], int], moved: Callable[[int], Iterable[Head]]) -> None:
        self._number, self._moved = number, moved
        self._waiters: dict[tuple[str, str], set[Waiter]] = {}
        self._nudged = asyncio.Event()
        self._closed = False
        self._beats = 0
        self._began = 0.0
        self._round = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._well = True

    def nudge(self) -> None:
        """There may be news to number: do not wait for the next beat. From the event loop only."""
        self._nudged.set()

    def close(self) -> None:
        """Send all that wait home, so that the process can end. From any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._close)

    def _close(self) -> None:
        self._closed = True
        for waiters in self._waiters.values():
            for waiter in waiters:
                waiter.wake()
        self.nudge()

    @contextmanager
    def waiting(self, station_id: str, desk_id: str, after: int) -> Iterator[Waiter]:
        """Be woken when the desk's feed goes beyond ``after``. From the event loop only."""
        waiter = Waiter(after)
        here = self._waiters.setdefault((station_id, desk_id), set())
        here.add(waiter)
        if self._closed:
            waiter.wake()
        try:
            yield waiter
        finally:
            here.discard(waiter)
            if not here:
                self._waiters.pop((station_id, desk_id), None)

    async def run(self) -> None:
        """Beat until ``close``; a database that is away is told once and asked again each second."""
        self._loop = loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(1, "hq-pulse") as lane:
            while not self._closed:
                self._began = time.monotonic()
                try:
                    heads = await loop.run_in_executor(lane, self._beat)
                except (SQLAlchemyError, OSError) as error:
                    self._say(well=False, error=error)
                    await asyncio.sleep(_AFTER_FAULT_S)
                    continue
                except Exception as error:  # noqa: BLE001 - a defect in one beat must not end all later ones
                    get_logger("hq.pulse").error("a beat failed", error=error, exc_info=error)
                    await asyncio.sleep(_AFTER_FAULT_S)
                    continue
                self._say(well=True)
                self._wake(heads)
                await self._pause()

    def _beat(self) -> list[Head]:
        while self._number() >= _MANY:
            continue
        if not self._waiters:
            return []
        self._beats += 1
        heads = list(self._moved(0 if self._beats % _ALL_EACH == 0 else self._round))
        self._round = max((made_in for _, _, _, made_in in heads), default=self._round)
        return heads

    def _wake(self, heads: Iterable[Head]) -> None:
        for station_id, desk_id, n, _ in heads:
            for waiter in self._waiters.get((station_id, desk_id), ()):
                if n > waiter.after:
                    waiter.wake()

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(BEAT_S):
                await self._nudged.wait()
        except TimeoutError:
            return
        # Two beats are at least this far from each other; the first after some quiet comes at once.
        await asyncio.sleep(self._began + _GATHER_S - time.monotonic())
        self._nudged.clear()

    def _say(self, *, well: bool, error: Exception | None = None) -> None:
        if well != self._well:
            log = get_logger("hq.pulse")
            if well:
                log.info("the database answers again")
            else:
                log.warning("news cannot be numbered: the database does not answer", error=error)
        self._well = well

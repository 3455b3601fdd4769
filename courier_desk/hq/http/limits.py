"""Overload and guessing: places for batches, and callers whose one-time codes keep being wrong."""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from courier_desk.hq.core.refused import Refused
from courier_desk.protocol.messages import ProblemCode

# Those that wait for a place, for each place: with less than a quarter second a batch they are served in time. Who
# cannot be is told so while it still waits for an answer that is worth having: within two seconds, whatever comes.
_WAITING_A_PLACE = 6
_PATIENCE_S = 1.5
_MOST_HELD = 256 * 1024 * 1024


class Places:
    """Batches are worked on ``at_once``; a few more wait up to one and a half seconds; all others hear 429 at once."""

    def __init__(self, at_once: int, patience_s: float = _PATIENCE_S) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._most_waiting = at_once * _WAITING_A_PLACE
        self._patience_s = patience_s
        self.waiting = 0

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Hold a place. Errors: Refused (busy)."""
        if self.waiting >= self._most_waiting:
            raise Refused(ProblemCode.BUSY, "Headquarters has more to do than it can at once.")
        self.waiting += 1
        try:
            async with asyncio.timeout(self._patience_s):
                await self._free.acquire()
        except TimeoutError:
            raise Refused(ProblemCode.BUSY, "Headquarters has more to do than it can at once.") from None
        finally:
            self.waiting -= 1
        try:
            yield
        finally:
            self._free.release()


class Room:
    """How much of bodies this process holds in memory at once, however many come and however slowly."""

    def __init__(self, most: int = _MOST_HELD) -> None:
        self._most = most
        self.held = 0

    @contextmanager
    def held_by_one(self) -> Iterator[Callable[[int], None]]:
        """``add(count)`` before ``count`` more bytes are kept; all of them are given back at the end of the block.
        Errors of ``add``: Refused (busy)."""
        own = 0

        def add(count: int) -> None:
            nonlocal own
            if self.held + count > self._most:
                raise Refused(ProblemCode.BUSY, "Headquarters has more to read than it can at once.")
            self.held += count
            own += count

        try:
            yield add
        finally:
            self.held -= own


class Failures:
    """Counts wrong one-time codes by caller's address: after ``most`` within ``within_s`` it has to wait.

    Each process counts for itself and forgets when it restarts: a code has 59 bits, this only keeps the noise down.
    Secrets of desks have 256 bits and are not counted, so that one lost desk cannot shut out its whole station.
    """

    def __init__(
        self, most: int = 10, within_s: float = 60.0, callers: int = 10_000, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._within_s, self._callers, self._now = most, within_s, callers, now
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def check(self, caller: str) -> None:
        """Errors: Refused (busy) while ``caller`` has failed too often."""
        times = self._times.get(caller)
        if times is None:
            return
        while times and times[0] < self._now() - self._within_s:
            times.popleft()
        if len(times) >= self._most:
            raise Refused(ProblemCode.BUSY, "Too many wrong codes from this address; wait a minute.")

    def add(self, caller: str) -> None:
        """``caller`` came with a wrong code."""
        times = self._times.setdefault(caller, deque(maxlen=self._most))
        times.append(self._now())
        self._times.move_to_end(caller)
        while len(self._times) > self._callers:
            self._times.popitem(last=False)

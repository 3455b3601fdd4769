"""How long to wait: after a failure, so that thousands of desks do not come back in the same second; before a push, so
that thousands of desks do not send each operation by itself."""

import random
from dataclasses import dataclass

# No more doublings are counted than any limit needs.
_MOST_DOUBLINGS = 16
# A push of fewer costs headquarters nearly as much as one of so many.
_FEW = 50
# What comes within so many seconds of a push belongs to the same work, and waits so many times as long.
_SAME_WORK_S, _PATIENCE = 5.0, 5


@dataclass(slots=True)
class Pace:
    """Full jitter: anything from nothing to a limit that begins at ``first_s`` and doubles to ``most_s``. What
    headquarters asks for is kept, with up to a tenth on top."""

    dice: random.Random
    first_s: float = 1.0
    most_s: float = 60.0
    failures: int = 0

    def failed(self, retry_after_s: float | None = None) -> float:
        """Seconds to wait now that it has failed once more."""
        limit = min(self.most_s, self.first_s * 2 ** min(self.failures, _MOST_DOUBLINGS))
        self.failures += 1
        if retry_after_s is not None:
            return retry_after_s * self.dice.uniform(1.0, 1.1) + self.dice.uniform(0, self.first_s)
        return self.dice.uniform(0, limit)

    def well(self) -> None:
        """It went well: the next failure is a first one."""
        self.failures = 0


@dataclass(slots=True)
class Company:
    """How long a first operation waits for others: ``gather_s``; five times as long when it closely follows a push of
    a few. A single one after some quiet goes out soon, those of a busy hour go two and three together."""

    gather_s: float
    _until: float = 0.0

    def sent(self, count: int, now: float) -> None:
        """``count`` operations went out at ``now`` (seconds of any clock that only goes forward)."""
        self._until = now + _SAME_WORK_S if count < _FEW else 0.0

    def pause_s(self, now: float) -> float:
        """Seconds to wait for company at ``now``."""
        return self.gather_s * (_PATIENCE if now < self._until else 1)

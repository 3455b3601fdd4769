"""How long to wait after a failure, so that thousands of desks do not come back in the same second."""

import random
from dataclasses import dataclass

# No more doublings are counted than any limit needs.
_MOST_DOUBLINGS = 16


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

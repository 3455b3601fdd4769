"""How long a test waits for what it has set in motion. A wait that succeeds costs nothing, so that there is one
patience for the whole suite, and it is that of a machine with much else to do."""

import time
from collections.abc import Callable

PATIENCE_S = 30.0
PATIENCE_MS = round(PATIENCE_S * 1000)
_LOOK_S = 0.003


def until(happened: Callable[[], object], what: str = "it", patience_s: float = PATIENCE_S) -> None:
    """Wait, without an event loop, until ``happened`` gives something true. That has to be what only the awaited event
    brings about. Errors: AssertionError after ``patience_s``."""
    end = time.monotonic() + patience_s
    while not happened():
        assert time.monotonic() < end, f"{what} did not happen in {patience_s:.0f} s"
        time.sleep(_LOOK_S)

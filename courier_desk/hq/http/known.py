"""Whose secret was right a moment ago, so that a desk that asks each second is not looked up each second."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable

from courier_desk.hq.core.identity import DeskIdentity

HOLDS_S = 60.0
MOST = 20_000


class Known:
    """Desks by the digest of their tokens, each for a minute; those who came first go first. Only for the event loop.

    It gives no right by itself: every use case reads the desk's row and holds the digest of the secret against it, so
    that a desk that was retired, enrolled anew or is used twice hears so with its next word."""

    def __init__(self, holds_s: float = HOLDS_S, most: int = MOST, now: Callable[[], float] = time.monotonic) -> None:
        self._holds_s, self._most, self._now = holds_s, most, now
        self._desks: OrderedDict[bytes, tuple[float, DeskIdentity]] = OrderedDict()

    def get(self, token: str) -> DeskIdentity | None:
        """The desk, None when it has to be looked up."""
        until, desk = self._desks.get(_key(token), (0.0, None))
        return desk if self._now() < until else None

    def keep(self, token: str, desk: DeskIdentity) -> None:
        """``desk`` was looked up and its secret is right."""
        key = _key(token)
        self._desks[key] = (self._now() + self._holds_s, desk)
        self._desks.move_to_end(key)
        if len(self._desks) > self._most:
            self._desks.popitem(last=False)


def _key(token: str) -> bytes:
    """No secret lies in memory, and how long finding one takes says nothing of it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()

"""What the two threads of the exchange wait for: work, the end of a wait after a failure, or the end of all."""

import threading
import time
from enum import StrEnum


class Side(StrEnum):
    """The two threads."""

    SENDER = "sender"
    LISTENER = "listener"


class Rung(StrEnum):
    """Why a wait is over. TIME: nothing happened. WORK: there is something to send. HURRY: try again at once. END."""

    TIME = "time"
    WORK = "work"
    HURRY = "hurry"
    END = "end"


class Bell:
    """Rung from any thread; each side hears each ring once."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._work = False
        self._hurry: set[Side] = set()
        self.ended = False

    def work(self) -> None:
        """There is something to send."""
        with self._change:
            self._work = True
            self._change.notify_all()

    def hurry(self) -> None:
        """Do not wait any longer after a failure."""
        with self._change:
            self._hurry = set(Side)
            self._change.notify_all()

    def end(self) -> None:
        """Nothing is waited for any more."""
        with self._change:
            self.ended = True
            self._change.notify_all()

    def wait(self, side: Side, seconds: float | None) -> Rung:
        """Wait for one of the rings, None: for ever. Only the sender hears WORK."""
        end = None if seconds is None else time.monotonic() + seconds
        with self._change:
            while True:
                if (rung := self._heard(side)) is not None:
                    return rung
                left = None if end is None else end - time.monotonic()
                if left is not None and left <= 0:
                    return Rung.TIME
                self._change.wait(left)

    def pause(self, seconds: float) -> None:
        """Let the sender wait for company: nothing cuts it short but the end, and a person who does not want to
        wait."""
        with self._change:
            self._change.wait_for(lambda: self.ended or Side.SENDER in self._hurry, seconds)

    def _heard(self, side: Side) -> Rung | None:
        if self.ended:
            return Rung.END
        if side in self._hurry:
            self._hurry.discard(side)
            return Rung.HURRY
        if self._work and side is Side.SENDER:
            self._work = False
            return Rung.WORK
        return None

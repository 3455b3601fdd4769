"""What the two threads of the exchange know together, as the one state that people see."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from courier_desk.base.clock import Clock
from courier_desk.base.translation import Message
from courier_desk.services.sync_state import SyncState, SyncWord

# Less is nobody's business; more makes times on paper and in the life of a parcel wrong.
CLOCKS_DIFFER_S = 300


class Concern(StrEnum):
    """What is asked of headquarters; each goes well or not by itself."""

    PUSH = "push"
    FEED = "feed"
    SUPPLIES = "supplies"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is in the way of a concern. ``word`` is one of _ORDER."""

    word: SyncWord
    text: Message | None = None
    retry_at: datetime | None = None


_ORDER = (SyncWord.NOT_JOINED, SyncWord.NEEDS_CODE, SyncWord.OFFLINE, SyncWord.REFUSED)


class Board:
    """Both threads write, anybody reads; ``on_state`` is called, outside the lock, when something changed."""

    def __init__(self, clock: Clock, on_state: Callable[[SyncState], None]) -> None:
        self._clock = clock
        self._on_state = on_state
        self._guard = threading.Lock()
        self._troubles: dict[Concern, Trouble] = {}
        # In step is said only once it is known that nothing waits.
        self._counted = False
        self._state = SyncState(SyncWord.SENDING, since=clock.now())

    @property
    def state(self) -> SyncState:
        """How it stands now."""
        return self._state

    def well(self, concern: Concern, ahead_s: float | None = None) -> None:
        """Headquarters answered; ``ahead_s``: seconds that this PC's clock is ahead of it, where it said."""
        with self._guard:
            self._troubles.pop(concern, None)
            off = self._state.clock_off_s if ahead_s is None else _worth_telling(ahead_s)
            told = self._become(replace(self._state, contact_at=self._clock.now(), clock_off_s=off))
        self._tell(told)

    def quiet(self, concern: Concern) -> None:
        """There is nothing to ask: no trouble any more, and no contact either."""
        with self._guard:
            self._troubles.pop(concern, None)
            told = self._become(self._state)
        self._tell(told)

    def trouble(self, concern: Concern, word: SyncWord, text: Message | None, retry_s: float | None) -> None:
        """Something is in the way; it is tried again in ``retry_s`` seconds, None: when a person did something."""
        retry_at = None if retry_s is None else self._clock.now() + timedelta(seconds=retry_s)
        with self._guard:
            self._troubles[concern] = Trouble(word, text, retry_at)
            told = self._become(self._state)
        self._tell(told)

    def waiting(self, operations: int) -> None:
        """So many operations wait."""
        with self._guard:
            self._counted = True
            told = self._become(replace(self._state, waiting=operations))
        self._tell(told)

    def _become(self, known: SyncState) -> SyncState | None:
        """Take over what is ``known``; returns what is worth telling: a moment of contact alone is not."""
        before = self._state
        worst = min(self._troubles.values(), key=lambda each: _ORDER.index(each.word), default=None)
        calm = SyncWord.IDLE if self._counted and not known.waiting else SyncWord.SENDING
        word = worst.word if worst else calm
        self._state = replace(
            known,
            word=word,
            since=before.since if word is before.word else self._clock.now(),
            fault=worst.text if worst else None,
            retry_at=worst.retry_at if worst else None,
        )
        return None if replace(before, contact_at=self._state.contact_at) == self._state else self._state

    def _tell(self, told: SyncState | None) -> None:
        if told is not None:
            self._on_state(told)


def _worth_telling(ahead_s: float) -> int:
    return round(ahead_s) if abs(ahead_s) > CLOCKS_DIFFER_S else 0

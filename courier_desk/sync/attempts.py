"""One step of the exchange, tried: what came of it stands on the board, and how long to wait after it is said."""

import random
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.logging import get_logger
from courier_desk.base.translation import Message, message
from courier_desk.services.sync_state import SyncState, SyncWord
from courier_desk.sync.bell import Bell
from courier_desk.sync.board import Board, Concern
from courier_desk.sync.engine import Did, Step
from courier_desk.sync.pace import Pace
from courier_desk.sync.ports import Changes

_WAITS = {Did.NEEDS_CODE: SyncWord.NEEDS_CODE, Did.NOT_JOINED: SyncWord.NOT_JOINED}


@dataclass(frozen=True, slots=True)
class Callbacks:
    """Plain functions that the threads call: the state is another; news changed something; a defect came up."""

    on_state: Callable[[SyncState], None]
    on_changes: Callable[[Changes], None]
    on_defect: Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt. ``wait_s``: do not try this again before, None: not before a person did something."""

    step: Step | None
    wait_s: float | None = 0.0


class Attempts:
    """Those of one thread."""

    def __init__(
        self, board: Board, bell: Bell, callbacks: Callbacks, dice: random.Random, limits: tuple[float, float]
    ):
        self._board, self._bell, self._callbacks = board, bell, callbacks
        self._paces = {concern: Pace(dice, *limits) for concern in Concern}

    def failing(self, concern: Concern) -> bool:
        """True when the last attempt failed."""
        return self._paces[concern].failures > 0

    def make(self, concern: Concern, take_step: Callable[[], Step]) -> Outcome:
        """Take the step. What it raises ends here; at the end of all nothing is told any more."""
        try:
            step = take_step()
        except CancelledError:
            # The lane of the database has closed.
            self._bell.end()
            return Outcome(None)
        except EnvironmentFault as fault:
            get_logger(__name__).info("no line", concern=concern, fault=getattr(fault, "kind", ""), error=fault)
            asked_s = getattr(fault, "retry_after_s", None)
            return self._failed(concern, SyncWord.OFFLINE, fault.message, asked_s)
        except Exception as error:  # noqa: BLE001  a defect must not end the thread unseen
            if not self._bell.ended:
                self._callbacks.on_defect(error)
            said = message("Synchronisation rests for a while because of an error in the program.")
            return self._failed(concern, SyncWord.REFUSED, said, self._paces[concern].most_s)
        if self._bell.ended:
            # Whoever would hear of it may be gone.
            return Outcome(step)
        if step.changes:
            self._callbacks.on_changes(step.changes)
        return self._taken(concern, step)

    def _taken(self, concern: Concern, step: Step) -> Outcome:
        if step.did in _WAITS:
            self._board.trouble(concern, _WAITS[step.did], step.text, None)
            return Outcome(step, None)
        if step.did is Did.REFUSED:
            # What the desk could put right by itself is tried again at once, but not for ever.
            if step.more and not self.failing(concern):
                self._paces[concern].failed()
                return Outcome(step)
            word = SyncWord.OFFLINE if step.passes_by_itself else SyncWord.REFUSED
            outcome = self._failed(concern, word, step.text, step.retry_after_s)
            return Outcome(step, outcome.wait_s)
        came_back = self.failing(concern)
        self._paces[concern].well()
        if step.asked:
            self._board.well(concern, step.ahead_s)
            if came_back:
                self._bell.hurry()
        else:
            self._board.quiet(concern)
        return Outcome(step)

    def _failed(self, concern: Concern, word: SyncWord, text: Message | None, asked_s: float | None) -> Outcome:
        wait_s = self._paces[concern].failed(asked_s)
        if not self._bell.ended:
            self._board.trouble(concern, word, text, wait_s)
        return Outcome(None, wait_s)

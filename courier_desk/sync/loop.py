"""The two threads of the exchange: one sends, one listens. See docs/decisions for why there are two."""

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass
from functools import partial

from courier_desk.base.clock import Clock
from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.logging import get_logger
from courier_desk.services.sync_state import SyncState, SyncWord
from courier_desk.sync.attempts import Attempts, Callbacks
from courier_desk.sync.bell import Bell, Rung, Side
from courier_desk.sync.board import Board, Concern
from courier_desk.sync.engine import Did, Exchange
from courier_desk.sync.pace import Company
from courier_desk.sync.route import local_route

_WATCH_S = 1.0
# Who answers "nothing" at once, though asked to wait, is not asked again at once.
_SHORTEST_POLL_S = 1.0


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds. ``listen_s``: how long headquarters holds a question for news. ``look_s``: how often the outbox is
    looked at unasked. ``gather_s``: how long a first operation waits for company (``pace.Company``). ``refresh_s``:
    between questions for reference data, numbers and proofs. ``first_s`` to ``most_s``: waits after failures.
    ``stop_s``: how long ``stop`` waits for the threads."""

    listen_s: float = 25.0
    look_s: float = 2.0
    gather_s: float = 0.2
    refresh_s: float = 3600.0
    first_s: float = 1.0
    most_s: float = 60.0
    stop_s: float = 1.0


class SyncLoop:
    """``make_exchange`` is called once in each thread; ``count_waiting`` says how many operations wait; ``route`` gives
    another text when this PC is connected in another way."""

    def __init__(
        self,
        make_exchange: Callable[[], Exchange],
        count_waiting: Callable[[], int],
        callbacks: Callbacks,
        clock: Clock,
        rhythm: Rhythm | None = None,
        *,
        dice: random.Random | None = None,
        route: Callable[[], str] = local_route,
    ) -> None:
        self._make_exchange = make_exchange
        self._count_waiting = count_waiting
        self._callbacks = callbacks
        self._rhythm = rhythm or Rhythm()
        self._dice = dice or random.Random()
        self._route = route
        self._way: str | None = None
        self._board = Board(clock, callbacks.on_state)
        self._bell = Bell()
        self._company = Company(self._rhythm.gather_s)
        self._refresh_at = 0.0
        self._past_at = 0.0
        self._past_open = True
        self._guard = threading.Lock()
        self._exchanges: list[Exchange] = []
        self._threads = [
            threading.Thread(target=self._run, args=(work,), name=f"sync {side}", daemon=True)
            for side, work in ((Side.SENDER, self._send), (Side.LISTENER, self._listen))
        ]

    @property
    def state(self) -> SyncState:
        """How it stands now."""
        return self._board.state

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def nudge(self) -> None:
        """There is something to send. From any thread; costs next to nothing."""
        self._bell.work()

    def retry(self) -> None:
        """Do not wait any longer after a failure: a person says so, or the line is back."""
        self._bell.hurry()

    def refresh(self) -> None:
        """Ask for reference data, numbers and proofs at once."""
        self._refresh_at = 0.0
        self._bell.work()

    def stop(self) -> None:
        """End both threads; one that hangs in the system's own search for a name is left behind."""
        self._bell.end()
        with self._guard:
            exchanges = list(self._exchanges)
        for exchange in exchanges:
            exchange.interrupt()
        end = time.monotonic() + self._rhythm.stop_s
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, end - time.monotonic()))

    def _run(self, work: Callable[[Exchange, Attempts], None]) -> None:
        rhythm = self._rhythm
        attempts = Attempts(self._board, self._bell, self._callbacks, self._dice, (rhythm.first_s, rhythm.most_s))
        exchange = self._make_exchange()
        with self._guard:
            self._exchanges.append(exchange)
        try:
            work(exchange, attempts)
        finally:
            exchange.close()

    def _send(self, exchange: Exchange, attempts: Attempts) -> None:
        self._count()
        while not self._bell.ended:
            if time.monotonic() >= self._refresh_at:
                self._refresh(exchange, attempts)
            outcome = attempts.make(Concern.PUSH, exchange.push_once)
            self._count(nothing=outcome.step is not None and outcome.step.did is Did.NOTHING)
            if outcome.step is not None and outcome.step.did is Did.SENT:
                self._company.sent(outcome.step.count, time.monotonic())
            if outcome.step is not None and outcome.step.did is Did.RENEWED:
                # Its numbers are burnt: it needs others, and perhaps its past.
                self._refresh_at = 0.0
            if outcome.wait_s != 0.0:
                self._rest(outcome.wait_s, attempts)
            elif outcome.step is not None and outcome.step.did is Did.NOTHING and not self._recall(exchange, attempts):
                self._rest(self._rhythm.look_s, attempts, for_work=True)

    def _recall(self, exchange: Exchange, attempts: Attempts) -> bool:
        """A page of the past, while there is nothing to send; True when one came."""
        if not self._past_open or (attempts.failing(Concern.PAST) and time.monotonic() < self._past_at):
            return False
        outcome = attempts.make(Concern.PAST, exchange.recall_once)
        self._past_at = time.monotonic() + (outcome.wait_s or 0.0)
        self._past_open = outcome.step is None or outcome.step.did is not Did.NOTHING
        return outcome.step is not None and outcome.step.did is Did.APPLIED

    def _refresh(self, exchange: Exchange, attempts: Attempts) -> None:
        self._past_open = True
        # Before the attempt: what is published meanwhile asks for another one.
        self._refresh_at = time.monotonic() + self._rhythm.refresh_s
        outcome = attempts.make(Concern.SUPPLIES, exchange.refresh)
        if outcome.wait_s:
            self._refresh_at = time.monotonic() + outcome.wait_s
        elif outcome.step is not None and outcome.step.more:
            self._refresh_at = 0.0

    def _rest(self, seconds: float | None, attempts: Attempts, *, for_work: bool = False) -> None:
        """Wait, but for no longer than it makes sense: new work is counted at least, and the line is watched."""
        end = None if seconds is None else time.monotonic() + seconds
        while end is None or time.monotonic() < end:
            self._watch_line()
            left = _WATCH_S if end is None else min(_WATCH_S, end - time.monotonic())
            rung = self._bell.wait(Side.SENDER, max(0.0, left))
            if rung is Rung.END:
                return
            if rung is Rung.HURRY:
                if attempts.failing(Concern.SUPPLIES):
                    self._refresh_at = 0.0
                return
            if rung is Rung.WORK:
                # What is done at the counter comes in threes and fours.
                self._bell.pause(self._company.pause_s(time.monotonic()))
                if for_work:
                    return
                self._count()
            if for_work and time.monotonic() >= self._refresh_at:
                return

    def _watch_line(self) -> None:
        """Another way out of the house, while headquarters is not reached: try at once."""
        if self._board.state.word is SyncWord.OFFLINE:
            way = self._route()
            if way and self._way is not None and way != self._way:
                self._bell.hurry()
            self._way = way
        else:
            self._way = None

    def _count(self, *, nothing: bool = False) -> None:
        try:
            if not self._bell.ended:
                self._board.waiting(0 if nothing else self._count_waiting())
        except CancelledError:
            # The lane of the database has closed.
            self._bell.end()
        except EnvironmentFault as fault:
            get_logger(__name__).info("not counted", error=fault)

    def _listen(self, exchange: Exchange, attempts: Attempts) -> None:
        # The first answer, and the first after a failure, is not waited for: it shows that there is a line.
        listen_s = 0.0
        while not self._bell.ended:
            began = time.monotonic()
            outcome = attempts.make(Concern.FEED, partial(exchange.pull_once, listen_s))
            wait_s = outcome.wait_s
            if outcome.step is not None and (outcome.step.new_references or outcome.step.did is Did.RENEWED):
                self.refresh()
            if outcome.step is not None and outcome.step.did is Did.NOTHING and listen_s:
                wait_s = min(_SHORTEST_POLL_S, listen_s) - (time.monotonic() - began)
            listen_s = 0.0 if attempts.failing(Concern.FEED) else self._rhythm.listen_s
            if wait_s is None or wait_s > 0:
                self._bell.wait(Side.LISTENER, wait_s)

"""Synchronisation as the program sees it: begun with the station, ended before everything else, joined by a code."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from courier_desk.base.clock import Clock
from courier_desk.base.lanes import DbLane, Priority
from courier_desk.services.exchange import ExchangePort, Link
from courier_desk.services.first_start import FirstPassword, Progress
from courier_desk.services.sync_state import SyncState, SyncWord
from courier_desk.sync.attempts import Callbacks
from courier_desk.sync.engine import Exchange
from courier_desk.sync.joining import Joiner, NewDesk
from courier_desk.sync.loop import Rhythm, SyncLoop
from courier_desk.sync.ports import PastPort
from courier_desk.sync.route import local_route

if TYPE_CHECKING:
    from courier_desk.sync.client import HqClient
    from courier_desk.sync.wire import Patience


class Joining:
    """Joins headquarters from the first start: both methods come back at once."""

    def __init__(self, joiner: Joiner, new_desk: Callable[[], NewDesk], aside: Executor) -> None:
        self._joiner, self._new_desk, self._aside = joiner, new_desk, aside

    def join(self, address: str, code: str, progress: Progress) -> "Future[tuple[FirstPassword, ...]]":
        """Become the desk that ``code`` was made for. Errors (in the future): UserError for the field ``address`` or
        ``code``; EnvironmentFault."""
        return self._aside.submit(lambda: self._joiner.join(self._new_desk, address, code, progress))

    @property
    def past_from(self) -> date | None:
        """Once joined: from which day on headquarters has the past of this desk on line; None for all of it."""
        return self._joiner.past_from

    def stop(self) -> None:
        """Give up what goes on; its future ends with an error."""
        self._joiner.stop()


@dataclass(frozen=True, slots=True)
class Sides:
    """What talks to headquarters: ``new_desk`` an empty folder (called on the db lane); ``desk`` the station that is
    open; ``past`` what was before it, None where nothing was."""

    new_desk: Callable[[], NewDesk]
    desk: Callable[[], ExchangePort]
    past: Callable[[], PastPort | None]


class StationSync:
    """``ca_file`` names a file of certificates to believe beside the system's. Nothing is sent to anybody before
    ``start``, and never by a station without a link: sample and training stations have none."""

    def __init__(
        self,
        sides: Sides,
        db: DbLane,
        aside: Executor,
        clock: Clock,
        ca_file: Callable[[], str],
        rhythm: Rhythm | None = None,
        patience: "Patience | None" = None,
    ) -> None:
        self._sides = sides
        self._db, self._aside, self._clock = db, aside, clock
        self._ca_file, self._rhythm, self._patience = ca_file, rhythm, patience
        self._joiner = Joiner(self._client, db.run)
        self._guard = threading.Lock()
        self._loop: SyncLoop | None = None
        self._callbacks: Callbacks | None = None
        self.joining = Joining(self._joiner, sides.new_desk, aside)

    @property
    def state(self) -> SyncState:
        """How the desk stands with headquarters now; from any thread."""
        loop = self._loop
        return loop.state if loop is not None else SyncState(SyncWord.NOT_JOINED)

    def start(self, callbacks: Callbacks) -> None:
        """The station is open: talk to headquarters if it has joined. The callbacks are called in threads of their
        own. Comes back at once."""
        self._callbacks = callbacks
        self._db.submit(self._begin, Priority.READ).add_done_callback(self._begun)

    def stop(self) -> None:
        """End both threads, within a second; before devices, lanes and the database. Not on the db lane."""
        self._callbacks = None
        self._joiner.stop()
        self._end()

    def nudge(self) -> None:
        """Something may wait in the outbox; from any thread."""
        loop = self._loop
        if loop is not None:
            loop.nudge()

    def retry(self) -> None:
        """Try now, and fetch what is new: a person asks for it."""
        loop = self._loop
        if loop is not None:
            loop.refresh()
            loop.retry()

    def rejoin(self, code: str) -> "Future[None]":
        """Go on with a new one-time code, after a copy, a repair, or a desk that headquarters no longer knows. Errors
        (in the future): UserError for the field ``code``; EnvironmentFault."""
        return self._aside.submit(partial(self._rejoin, code))

    def _rejoin(self, code: str) -> None:
        try:
            changes = self._joiner.rejoin(self._sides.desk(), code, self._end)
        finally:
            if self._callbacks is not None and self._loop is None:
                self._db.submit(self._begin, Priority.READ).result()
        if self._callbacks is not None:
            self._callbacks.on_changes(changes)

    def _begin(self) -> None:
        """On the db lane."""
        desk, past = self._sides.desk(), self._sides.past()
        link = desk.link()
        with self._guard:
            if self._callbacks is None or self._loop is not None or link is None:
                return
            renewing = threading.Lock()
            self._loop = SyncLoop(
                lambda: Exchange(self._client_of, desk, self._clock, past, renewing),
                lambda: desk.standing().waiting,
                self._callbacks,
                self._clock,
                self._rhythm,
                # Plain http:// is for this very computer, to which every way leads.
                route=local_route if link.address.startswith("https:") else str,
            )
            self._loop.start()

    def _begun(self, begun: "Future[None]") -> None:
        error = None if begun.cancelled() else begun.exception()
        callbacks = self._callbacks
        if isinstance(error, Exception) and callbacks is not None:
            callbacks.on_defect(error)

    def _end(self) -> None:
        with self._guard:
            loop, self._loop = self._loop, None
        if loop is not None:
            loop.stop()

    def _client_of(self, link: Link) -> "HqClient":
        return self._client(link.address, link.token)

    def _client(self, address: str, token: str) -> "HqClient":
        # In the thread that uses it: the HTTP client takes as long to import as a page to open.
        from courier_desk.sync.client import HqClient  # noqa: PLC0415

        return HqClient(address, token, ca_file=self._ca_file(), patience=self._patience)

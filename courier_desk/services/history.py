"""The past of a station comes back: logged operations of all its desks become rows of a new folder's database.

Headquarters gives them in pages, the orders first, each oldest first; a page goes in by pieces of a few milliseconds,
so that the counter works on meanwhile, and soon knows its callers and finds its parcels. The mark of the next page is
saved in the transaction of the last piece, and an operation is admitted once: cut off anywhere, the same page is asked
for again and nothing is doubled. What this desk did meanwhile is newer and keeps its state.

What came back is kept byte for byte as well: should headquarters be set back to before it had it, this desk issues it
again (``exchange_enter``).
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

from courier_desk.base.changes import Change
from courier_desk.base.errors import UserError
from courier_desk.base.ids import new_id
from courier_desk.base.logging import get_logger
from courier_desk.protocol.messages import HistoryReply, Operation
from courier_desk.services.exchange_standing import past_standing
from courier_desk.services.exchange_state import PastStanding
from courier_desk.services.ports import DoesNotFit, HistoryProgress, Kept, OnLane, ReadWork, Store, Told, UnitOfWork
from courier_desk.services.station import StationIdentity
from courier_desk.services.told_acts import ACTS, admit
from courier_desk.services.told_scans import catch_up

PAGE = 500
# With the commit behind it, a piece stays below 25 ms on the database lane.
_PIECE_S = 0.008
_WAYBILLS = 200
# Operations of its own that are looked through in one piece.
_LEARNT = 500
_PROGRESS = (Change("history", ""),)
# Lists look again once, at the end; until then a search finds what is here.
_ALL = (*_PROGRESS, Change("order", ""), Change("bag", ""), Change("manifest", ""))


@dataclass(slots=True)
class _Page:
    """A page on its way in. ``names``: the people of the station by id; ``misfits``: by place, why an operation does
    not go in; ``now`` and ``epoch``: this desk's, as the piece under way begins; ``caught_up``: behind the last page,
    the last waybill that was brought forward."""

    reply: HistoryReply
    names: Mapping[str, str]
    now: datetime
    epoch: int = 0
    place: int = 0
    caught_up: str = ""
    saved: bool = False
    misfits: dict[int, str] = field(default_factory=dict)


class _OutOfDate(Exception):
    """The page is of a record of headquarters that is no more."""


class _Misfit(Exception):
    def __init__(self, place: int, reason: str) -> None:
        super().__init__(reason)
        self.place = place
        self.reason = reason


# A body that lacks something or says nonsense, and what the tables refuse.
_UNFIT = (DoesNotFit, UserError, KeyError, TypeError, ValueError, IndexError, AttributeError)


class HistoryService:
    """Called by the thread that talks to headquarters; ``on_lane`` runs each piece on the database lane, behind the
    work of the counter. ``names`` gives the people of the station by their id."""

    def __init__(
        self, store: Store, on_lane: OnLane, names: Callable[[], Mapping[str, str]], station: StationIdentity
    ) -> None:
        self._store = store
        self._on_lane = on_lane
        self._names = names
        self._station_id, self._desk_id = station.station_id, station.desk_id
        self._worked_to = (0, 0)
        self._worked_on: set[str] = set()

    def wanted(self) -> str | None:
        """The mark to ask headquarters on with; None where the whole past is here."""
        progress = self._on_lane(self._progress)
        return progress.mark if progress is not None and progress.more else None

    def standing(self) -> PastStanding | None:
        """For page and status bar; None for a desk without a past."""
        return self._on_lane(self._standing)

    def admit(self, reply: HistoryReply) -> tuple[Change, ...]:
        """Take a page in, in pieces; nothing of one from before or behind the epoch that this desk knows. Errors:
        EnvironmentFault; what was taken in stays, the page is asked for again."""
        page = _Page(reply, self._on_lane(lambda: dict(self._names())), datetime.min.replace(tzinfo=UTC))
        try:
            while self._on_lane(self._learn_ahead):
                continue
            while page.place < len(reply.operations):
                self._on_lane(partial(self._piece, page))
            while not page.saved:
                self._on_lane(partial(self._end, page))
        except _OutOfDate:
            get_logger(__name__).warning("page of another epoch dropped", epoch=reply.epoch)
            return ()
        return _PROGRESS if reply.more else _ALL

    def _progress(self) -> HistoryProgress | None:
        with self._store.read() as look:
            record = look.link.get()
            # First all that this desk knows itself has its place.
            return None if record is not None and record.link.entering else look.history.progress()

    def _standing(self) -> PastStanding | None:
        with self._store.read() as look:
            return past_standing(look)

    def _learn_ahead(self) -> bool:
        """A piece of what this desk has done meanwhile, which may be two weeks' work; True while there is more."""
        with self._store.read() as look:
            return self._learn(look)

    def _learn(self, look: ReadWork) -> bool:
        self._worked_to, words, more = look.history.worked_on(self._worked_to, _LEARNT)
        self._worked_on |= words
        return more

    def _piece(self, page: _Page) -> None:
        """One transaction. An operation that does not fit rolls the piece back; it then goes up to that one, which is
        kept aside."""
        try:
            self._admit_from(page)
        except _Misfit as misfit:
            page.misfits[misfit.place] = misfit.reason
            self._admit_from(page)

    def _admit_from(self, page: _Page) -> None:
        texts, started, place, counted = page.reply.operations, time.perf_counter(), page.place, 0
        with self._store.write(None, from_hq=True) as work:
            page.epoch, page.now = _epoch_of(work, page.reply), work.now
            while self._learn(work):
                continue
            while place < len(texts) and time.perf_counter() - started < _PIECE_S:
                counted += self._one(work, page, place)
                place += 1
                if place - 1 in page.misfits:
                    break
            before = _progress_of(work)
            done, total = before.done + counted, page.reply.total or before.total
            work.history.save(replace(before, done=done, total=total, since=page.reply.since))
            work.commit()
        page.place = place

    def _end(self, page: _Page) -> None:
        """Move the mark; before that, where it is the last page, parcels go on to where news has put them meanwhile."""
        started, reply, ahead = time.perf_counter(), page.reply, page.caught_up
        with self._store.write(None, from_hq=True) as work:
            _epoch_of(work, page.reply)
            waybills = [] if reply.more else work.history.told_elsewhere(ahead, _WAYBILLS)
            if waybills:
                own = Told(new_id(), self._station_id, self._desk_id, work.now, work.business_date)
                work.admit(own)
            for waybill in waybills:
                if time.perf_counter() - started > _PIECE_S:
                    break
                catch_up(work, waybill)
                ahead = waybill
            over = not waybills
            if over:
                work.history.save(replace(_progress_of(work), mark=reply.mark, more=reply.more, since=reply.since))
            work.commit()
        page.caught_up, page.saved = ahead, over

    def _one(self, work: UnitOfWork, page: _Page, place: int) -> bool:
        """False when it was taken in before, by a piece of the same page that was asked for again."""
        text = page.reply.operations[place]
        try:
            told = Operation.model_validate_json(text)
        except ValueError:
            op_id = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
            _keep_aside(work, Kept(op_id, "unreadable", "", "unreadable", text, page.now))
            return True
        if told.desk != self._desk_id or _is_own(work, told):
            return True
        if not work.admit(_whose(told, page.names)):
            return False
        work.recalled.keep(told, text, page.epoch, page.now)
        reason = page.misfits.get(place) or self._why_not(told)
        if reason:
            _keep_aside(work, Kept(told.op_id, told.kind, told.entity_id, reason, text, page.now))
            return True
        try:
            with work.history.fitting():
                admit(work, told, self._worked_on)
        except _UNFIT as error:
            raise _Misfit(place, str(error) or type(error).__name__) from error
        return True

    def _why_not(self, told: Operation) -> str:
        """Why this is not even tried; empty when it is."""
        if told.station != self._station_id:
            return "other station"
        return "" if told.kind in ACTS else "unknown kind"


def _epoch_of(work: UnitOfWork, reply: HistoryReply) -> int:
    """The epoch that this desk knows. Errors: _OutOfDate when the page is of another."""
    record = work.link.get()
    known = record.link.epoch if record is not None else reply.epoch
    if reply.epoch not in (0, known):
        raise _OutOfDate
    return known


def _is_own(work: UnitOfWork, told: Operation) -> bool:
    """True when this very database did it, under this name or that of its first issue; a copy of this desk may have
    issued again what both have."""
    if work.history.is_own(told.desk, told.incarnation, told.seq) or work.outbox.has(told.op_id):
        return True
    return told.again is not None and work.outbox.has(told.again[2])


def _progress_of(work: UnitOfWork) -> HistoryProgress:
    return work.history.progress() or HistoryProgress("", 0, 0, more=True)


def _keep_aside(work: UnitOfWork, kept: Kept) -> None:
    work.history.keep_aside(kept)
    get_logger(__name__).warning("operation kept aside", kind=kept.kind, reason=kept.reason)


def _whose(told: Operation, names: Mapping[str, str]) -> Told:
    """Named by its first issue, so that one that was issued again is taken in once. The word before it keeps it from
    being forgotten with old news."""
    return Told(
        op_id=f"past:{told.again[2] if told.again else told.op_id}",
        station_id=told.station,
        desk_id=told.desk,
        at=told.at,
        business_date=told.business_date,
        operator_id=told.operator,
        operator_name=names.get(told.operator, told.operator),
    )

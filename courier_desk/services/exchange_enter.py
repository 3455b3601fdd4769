"""A new incarnation of this desk on the folder it has: after a restored backup, a copy, a repair.

What headquarters has of the dead incarnations counts as acknowledged. What it has not is issued again under the new
one, naming its first issue, so that headquarters applies it once wherever it went: what this folder did itself, and
what came back to it with the past and headquarters has lost since. All of that in one transaction, so that what the
counter does meanwhile comes behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from courier_desk.base.changes import Change
from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.protocol.chain import START, chain_over
from courier_desk.protocol.messages import DeadEnd, EnrolReply
from courier_desk.services.exchange_ports import DeadIncarnation, LinkRecord, Place
from courier_desk.services.exchange_state import LinkState, LinkTrouble
from courier_desk.services.ports import Store, UnitOfWork

_MANY = 1000


def enter(store: Store, reply: EnrolReply, machine: str) -> tuple[Change, ...]:
    """Go on as the incarnation that headquarters gave. Errors: UserError for a reply that is about another desk or an
    incarnation that was."""
    with store.write(None) as work:
        record = work.link.get()
        if record is None:
            raise UserError(message("This desk has not joined headquarters."))
        link = record.link
        if (reply.station_id, reply.desk_id) != (link.station_id, link.desk_id):
            text = message("The code is for desk {other}, and this is desk {own}.", other=reply.desk_id,
                           own=link.desk_id)  # fmt: skip
            raise UserError(text, field="code")
        if reply.incarnation <= max(link.incarnation, *work.outbox.incarnations(), 0):
            raise UserError(message("Headquarters gave a number that this desk had before; ask for another code."))
        found = _Ends(work, record).settle(reply.ends)
        burnt = work.leases.burn_all()
        work.leases.drop_pending()
        work.begin_incarnation(reply.incarnation)
        reissued = sum(_issue_again(work, stretch) for stretch in found.again)
        work.recalled.seen_in(reply.epoch)
        _relink(work, record, reply, machine, whole=found.whole)
        if not found.whole:
            # Headquarters has operations of this desk that are not in this folder.
            work.history.begin()
        facts = {"incarnation": reply.incarnation, "again": reissued, "missing": found.missing, "blocks_burnt": burnt}
        work.audit("desk.entered", "desk", link.desk_id, {"incarnation": link.incarnation}, facts)
        work.change("sync", "entered")
        return work.commit()


def _relink(work: UnitOfWork, record: LinkRecord, reply: EnrolReply, machine: str, *, whole: bool) -> None:
    """An older epoch stays: headquarters then says how far back this desk has to go."""
    link = record.link
    tomorrow = work.business_date + timedelta(days=1)
    work.link.change(
        incarnation=reply.incarnation,
        secret=reply.secret,
        epoch=min(link.epoch, reply.epoch),
        # What headquarters has cleared was read long ago, or is lost.
        feed_after=max(link.feed_after, reply.feed_after),
        cursor=0,
        machine=machine,
        state=LinkState.JOINED,
        reason=LinkTrouble.NONE,
        prove_from=record.prove_from if whole else max(record.prove_from, tomorrow),
        counted_incarnation=0,
        counted_seq=0,
    )
    work.proofs.reset()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Of one incarnation: what this folder did behind ``after`` up to ``last``, then what came back as ``recalled``."""

    incarnation: int
    after: int
    last: int
    recalled: Sequence[str] = ()


def _issue_again(work: UnitOfWork, stretch: _Stretch) -> int:
    incarnation, after, last = stretch.incarnation, stretch.after, stretch.last
    issued = 0
    while after < last:
        rows = [row for row in work.outbox.after(incarnation, after, _MANY) if row.seq <= last]
        if not rows:
            break
        for row in rows:
            work.issue_again(row)
        after = rows[-1].seq
        issued += len(rows)
    # They go under their new names; the old ones wait for nothing any more.
    work.outbox.acknowledge(incarnation, 1, last, work.now)
    for first in range(0, len(stretch.recalled), _MANY):
        for row in work.recalled.take(stretch.recalled[first : first + _MANY]):
            work.issue_again(row)
    return issued + len(stretch.recalled)


@dataclass(slots=True)
class _Found:
    """What is to be issued again; how many operations headquarters has that are missing here; whether the days until
    now can be proved."""

    again: list[_Stretch] = field(default_factory=list)
    missing: int = 0
    whole: bool = True


class _Ends:
    """Where each incarnation ends, there and here."""

    def __init__(self, work: UnitOfWork, record: LinkRecord) -> None:
        self._work = work
        self._record = record
        self._dead = work.link.dead()

    def settle(self, ends: tuple[DeadEnd, ...]) -> _Found:
        """Bury every incarnation that was."""
        there = {end.incarnation: end for end in ends}
        here = {*self._work.outbox.incarnations(), *self._work.recalled.incarnations(), self._record.link.incarnation}
        found = _Found()
        for incarnation in sorted(here | set(there)):
            self._bury(there.get(incarnation) or DeadEnd(incarnation=incarnation, cursor=0, chain="0" * 64), found)
        return found

    def _bury(self, end: DeadEnd, found: _Found) -> None:
        work = self._work
        known = self._dead.get(end.incarnation)
        # What lies behind was issued again by the incarnation after it.
        last = known.cursor if known else work.outbox.last(end.incarnation)
        common = self._common(end, last)
        lost = self._lost(end)
        if common < last or lost:
            found.again.append(_Stretch(end.incarnation, common, last, lost))
        found.missing += end.cursor - common
        found.whole = found.whole and common == end.cursor
        work.outbox.acknowledge(end.incarnation, 1, common, work.now)
        work.news.forget_refused(end.incarnation, common)
        work.link.bury(DeadIncarnation(end.incarnation, common, bytes.fromhex(end.chain)), work.now)

    def _lost(self, end: DeadEnd) -> Sequence[str]:
        """What came back with the past and is not there any more; in doubt all, since it counts once."""
        places = self._work.recalled.places(end.incarnation)
        if self._holds_others(end, places):
            return [place.op_id for place in places]
        return [place.op_id for place in places if place.seq > end.cursor]

    def _holds_others(self, end: DeadEnd, places: Sequence[Place]) -> bool:
        """True when headquarters has, since it was set back, taken other operations under the same names.

        That can be said where all up to headquarters' end is here; else its cursor is believed."""
        there = [place for place in places if place.seq <= end.cursor]
        if not there or there[-1].seq < end.cursor:
            return False
        before = there[0].seq - 1
        row = self._work.outbox.at(end.incarnation, before) if before else None
        if before and row is None:
            return False
        steps = [place.seq - before for place in there]
        if steps != list(range(1, len(there) + 1)):
            return len(set(steps)) < len(steps)
        chain = chain_over(row.hash if row else START, (place.digest for place in there))
        return chain.hex() != end.chain

    def _common(self, end: DeadEnd, last: int) -> int:
        """Up to where both sides surely have the same.

        Where the chains do not meet, headquarters has the operations of a copy under our numbers. Then only what it
        acknowledged to us is surely there, and not even that once it was set back itself."""
        row = self._work.outbox.at(end.incarnation, end.cursor) if end.cursor <= last else None
        meets = row is not None and row.hash.hex() == end.chain
        cleared = row is None and end.cursor <= last
        if end.cursor == 0 or meets or cleared:
            return end.cursor
        acknowledged = min(self._work.outbox.acknowledged_up_to(end.incarnation), last)
        return acknowledged if acknowledged < end.cursor else 0

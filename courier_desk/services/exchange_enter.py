"""A new incarnation of this desk on the folder it has: after a restored backup, a copy, a repair.

What headquarters has of the dead incarnations counts as acknowledged. What it has not is issued again under the new
one, naming its first issue, so that headquarters applies it once wherever it went: what this folder did itself, and
what came back to it with the past and headquarters has lost since. Here it is found out what that is, and noted in one
short transaction; ``exchange_entering`` does it, piece by piece.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.protocol.chain import START, chain_over
from courier_desk.protocol.messages import DeadEnd, EnrolReply
from courier_desk.services.exchange_ports import (
    DeadIncarnation,
    Entering,
    EnteringPart,
    LinkRecord,
    OutboxRow,
    Place,
)
from courier_desk.services.exchange_state import LinkState, LinkTrouble
from courier_desk.services.ports import OnLane, Store, UnitOfWork

_A_LOOK = 1000


@dataclass(frozen=True, slots=True)
class Lost:
    """What came back with the past and is not at headquarters any more: all of an incarnation behind ``after``."""

    after: int
    count: int


def look_for_lost(store: Store, on_lane: OnLane, ends: tuple[DeadEnd, ...]) -> Mapping[int, Lost]:
    """What came back with the past, by incarnation, and how much of it is lost there; in doubt all, since it counts
    once. Found out in pieces, with the digests taken on the thread that asks."""
    there = {end.incarnation: end for end in ends}
    found: dict[int, Lost] = {}
    for incarnation, places in _places(store, on_lane).items():
        end = there.get(incarnation) or _nothing_of(incarnation)
        after = 0 if _holds_others(store, on_lane, end, places) else end.cursor
        found[incarnation] = Lost(after, sum(place.seq > after for place in places))
    return found


def _places(store: Store, on_lane: OnLane) -> Mapping[int, Sequence[Place]]:
    found: dict[int, list[Place]] = {}
    after = 0

    def look() -> Sequence[tuple[int, int, Place]]:
        with store.read() as work:
            return work.recalled.places(after, _A_LOOK)

    while some := on_lane(look):
        for row, incarnation, place in some:
            found.setdefault(incarnation, []).append(place)
            after = row
    return {each: sorted(places, key=lambda place: (place.seq, place.op_id)) for each, places in found.items()}


def _holds_others(store: Store, on_lane: OnLane, end: DeadEnd, places: Sequence[Place]) -> bool:
    """True when headquarters has, since it was set back, taken other operations under the same names.

    That can be said where all up to headquarters' end is here; else its cursor is believed."""
    there = [place for place in places if place.seq <= end.cursor]
    if not there or there[-1].seq < end.cursor:
        return False
    before = there[0].seq - 1

    def look() -> OutboxRow | None:
        with store.read() as work:
            return work.outbox.at(end.incarnation, before)

    row = on_lane(look) if before else None
    if before and row is None:
        return False
    steps = [place.seq - before for place in there]
    if steps != list(range(1, len(there) + 1)):
        return len(set(steps)) < len(steps)
    chain = chain_over(row.hash if row else START, (place.digest for place in there))
    return chain.hex() != end.chain


def _nothing_of(incarnation: int) -> DeadEnd:
    return DeadEnd(incarnation=incarnation, cursor=0, chain="0" * 64)


def begin(store: Store, reply: EnrolReply, machine: str, lost: Mapping[int, Lost]) -> None:
    """Begin as the incarnation that headquarters gave; the link is its own from now on. ``lost`` is what
    ``look_for_lost`` found. Errors: UserError for a reply that is about another desk or an incarnation that was."""
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
        former = work.incarnation
        found = _Ends(work, record, lost).settle(reply.ends)
        state = Entering(
            incarnation=reply.incarnation,
            former=former,
            epoch=reply.epoch,
            whole=found.whole,
            missing=found.missing,
            blocks_burnt=work.leases.burn_all(),
            tail=work.outbox.last(former),
            total=found.total,
        )
        work.leases.drop_pending()
        work.entering.begin(state, tuple(found.parts))
        _relink(work, record, reply, machine, whole=found.whole)
        work.change("sync", "entering")
        work.commit()


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


@dataclass(slots=True)
class _Found:
    """What is left to do; how many operations are to be issued again; how many headquarters has that are missing here;
    whether the days until now can be proved."""

    parts: list[EnteringPart] = field(default_factory=list)
    total: int = 0
    missing: int = 0
    whole: bool = True


class _Ends:
    """Where each incarnation ends, there and here."""

    def __init__(self, work: UnitOfWork, record: LinkRecord, lost: Mapping[int, Lost]) -> None:
        self._work = work
        self._record = record
        self._lost = lost
        self._dead = work.link.dead()

    def settle(self, ends: tuple[DeadEnd, ...]) -> _Found:
        """Bury every incarnation that was."""
        there = {end.incarnation: end for end in ends}
        here = {*self._work.outbox.incarnations(), *self._lost, self._record.link.incarnation}
        found = _Found()
        for incarnation in sorted(here | set(there)):
            self._bury(there.get(incarnation) or _nothing_of(incarnation), found)
        return found

    def _bury(self, end: DeadEnd, found: _Found) -> None:
        work = self._work
        known = self._dead.get(end.incarnation)
        # What lies behind was issued again by the incarnation after it.
        last = known.cursor if known else work.outbox.last(end.incarnation)
        common = self._common(end, last)
        lost = self._lost.get(end.incarnation, Lost(0, 0))
        waiting = work.outbox.first_waiting(end.incarnation)
        part = EnteringPart(
            incarnation=end.incarnation,
            acknowledged=common if waiting is None else min(common, waiting - 1),
            common=common,
            after=common,
            last=last,
            lost_after=lost.after if lost.count else None,
        )
        if part.acknowledged < common or common < last or lost.count:
            found.parts.append(part)
        found.total += max(0, last - common) + lost.count
        found.missing += end.cursor - common
        found.whole = found.whole and common == end.cursor
        work.news.forget_refused(end.incarnation, common)
        work.link.bury(DeadIncarnation(end.incarnation, common, bytes.fromhex(end.chain)), work.now)

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

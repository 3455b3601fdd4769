"""What is left to do when a new incarnation was begun: pieces of a few milliseconds, each a transaction of its own.

Operations that headquarters has not are issued again under the new incarnation, oldest first. Until the last piece the
counter works on under the old one: what it does meanwhile waits behind everything and is issued again in its turn, so
that the order stays. Nothing is sent before all is done; how far it has come stands in the database, and after a kill
it goes on from there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from courier_desk.base.changes import Change
from courier_desk.services.exchange_ports import Entering, EnteringPart, OutboxRow
from courier_desk.services.exchange_push import that_fit
from courier_desk.services.ports import OnLane, Store, UnitOfWork

# Operations in one piece: about ten milliseconds. No piece has more bytes than this, unless one operation alone has.
PIECE = 60
_PIECE_BYTES = 128 * 1024
# Acknowledging takes a twentieth of the time of issuing again.
_ACKNOWLEDGED = 10
# What is done before the caller gets to something else: less than half a second.
AT_ONCE = 30
_CHANGES = (Change("sync", "entering"),)


@dataclass(frozen=True, slots=True)
class Went:
    """What a piece changed, and whether there is more to do."""

    changes: tuple[Change, ...] = ()
    more: bool = False


class EnteringOn:
    """Goes on with what was begun."""

    def __init__(self, store: Store, on_lane: OnLane) -> None:
        self._store = store
        self._on_lane = on_lane

    def some(self) -> tuple[Change, ...]:
        """A number of pieces; nothing when there is nothing to do."""
        changes: tuple[Change, ...] = ()
        for _piece in range(AT_ONCE):
            went = self._on_lane(self._piece)
            changes = went.changes or changes
            if not went.more:
                break
        return changes

    def all(self) -> None:
        """To the end."""
        while self._on_lane(self._piece).more:
            continue

    def _piece(self) -> Went:
        with self._store.write(None) as work:
            state = work.entering.get()
            if state is None:
                return Went()
            part = work.entering.next_part()
            if part is not None:
                _go_on(work, state, part)
            elif state.seen is not None:
                seen = work.entering.see_recalled(state.seen, state.epoch, PIECE * _ACKNOWLEDGED)
                work.entering.save(replace(state, seen=seen))
            elif _last(work, state):
                work.change("sync", "entered")
                return Went(work.commit())
            work.commit()
        return Went(_CHANGES, more=True)


def _go_on(work: UnitOfWork, state: Entering, part: EnteringPart) -> None:
    """The next piece of what an incarnation has left: first what headquarters has, then what it has not, then what came
    back with the past and is lost there."""
    if part.acknowledged < part.common:
        upto = min(part.common, part.acknowledged + PIECE * _ACKNOWLEDGED)
        work.outbox.acknowledge(part.incarnation, part.acknowledged + 1, upto, work.now)
        work.entering.save_part(replace(part, acknowledged=upto))
        return
    rows = [row for row in work.outbox.after(part.incarnation, part.after, PIECE) if row.seq <= part.last]
    if rows:
        after, taken = _issue_again(work, state, rows)
        work.entering.save_part(replace(part, after=after))
        work.entering.save(replace(state, done=state.done + taken))
        return
    lost = list[OutboxRow]()
    if part.lost_after is not None:
        lost = that_fit(work.recalled.after(part.incarnation, part.lost_after, PIECE), _PIECE_BYTES)
    if lost:
        work.issue_again(work.recalled.take([row.op_id for row in lost]), state.incarnation)
        work.entering.save(replace(state, done=state.done + len(lost)))
    else:
        work.entering.end_part(part.incarnation)


def _last(work: UnitOfWork, state: Entering) -> bool:
    """What the counter did meanwhile; with the last of it the new incarnation holds. False while there is more."""
    rows = work.outbox.after(state.former, state.tail, PIECE)
    if rows:
        tail, taken = _issue_again(work, state, rows)
        state = replace(state, tail=tail, done=state.done + taken)
        work.entering.save(state)
        if tail < rows[-1].seq or len(rows) == PIECE:
            return False
    record = work.link.get()
    work.begin_incarnation(state.incarnation)
    if not state.whole:
        # Headquarters has operations of this desk that are not in this folder.
        work.history.begin()
    work.entering.end()
    facts = {
        "incarnation": state.incarnation,
        "again": state.done,
        "missing": state.missing,
        "blocks_burnt": state.blocks_burnt,
    }
    desk_id = record.link.desk_id if record else ""
    work.audit("desk.entered", "desk", desk_id, {"incarnation": state.former}, facts)
    return True


def _issue_again(work: UnitOfWork, state: Entering, rows: Sequence[OutboxRow]) -> tuple[int, int]:
    """Up to which seq, and how many. They go under their new names; the old ones wait for nothing any more."""
    taken = that_fit(rows, _PIECE_BYTES)
    work.issue_again(taken, state.incarnation)
    work.outbox.acknowledge(taken[0].incarnation, taken[0].seq, taken[-1].seq, work.now)
    return taken[-1].seq, len(taken)

"""What goes to headquarters: batches out of the outbox, what was acknowledged, and what was refused."""

from collections.abc import Sequence

from courier_desk.base.changes import Change
from courier_desk.protocol.messages import (
    MOST_BYTES,
    MOST_OPERATIONS,
    Outcome,
    Problem,
    ProblemCode,
    PushReply,
    PushRequest,
    Verdict,
)
from courier_desk.services.exchange_ports import LinkRecord, OutboxRow
from courier_desk.services.exchange_proof import count
from courier_desk.services.exchange_state import Link, LinkState, LinkTrouble
from courier_desk.services.ports import OnLane, Store, UnitOfWork

Changes = tuple[Change, ...]
SYNC = "sync"
_TROUBLE = {
    ProblemCode.FENCED: LinkTrouble.FENCED,
    ProblemCode.DIVERGED: LinkTrouble.DIVERGED,
    ProblemCode.NOT_KNOWN: LinkTrouble.NOT_KNOWN,
}


def put_in_trouble(work: UnitOfWork, trouble: LinkTrouble) -> None:
    """The link does not work any more until somebody helps: an incident, in the log for ever."""
    state = LinkState.SET_BACK if trouble is LinkTrouble.SET_BACK else LinkState.NEEDS_CODE
    work.link.change(state=state, reason=trouble)
    work.audit(f"incident.link_{trouble.value}", "desk", "", None, None)
    work.change(SYNC, trouble.value)


class Sending:
    """The way up."""

    def __init__(self, store: Store, on_lane: OnLane) -> None:
        self._store = store
        self._on_lane = on_lane

    def batch(self, most: int, most_bytes: int) -> PushRequest | None:
        """The operations behind the cursor, as they are kept, byte for byte."""
        return self._on_lane(lambda: self._batch(most, most_bytes))

    def _batch(self, most: int, most_bytes: int) -> PushRequest | None:
        with self._store.read() as look:
            record = look.link.get()
            if record is None or record.link.state is not LinkState.JOINED or record.link.entering:
                return None
            link = record.link
            rows = look.outbox.after(link.incarnation, link.cursor, min(most, MOST_OPERATIONS))
        if rows and rows[0].seq != link.cursor + 1:
            self._trouble(LinkTrouble.DIVERGED)
            return None
        rows = that_fit(rows, min(most_bytes, MOST_BYTES))
        if not rows:
            return None
        return PushRequest(
            incarnation=link.incarnation,
            first_seq=rows[0].seq,
            chain=rows[-1].hash.hex(),
            operations=[row.body.decode() for row in rows],
        )

    def acknowledge(self, request: PushRequest, reply: PushReply) -> Changes:
        """Headquarters has everything up to the reply's cursor, if its chain there is ours."""
        changes: list[Change] = []
        while found := self._on_lane(lambda: self._acknowledge(request, reply)):
            changes += found
        return tuple(changes)

    def _acknowledge(self, request: PushRequest, reply: PushReply) -> Changes:
        """One piece; nothing when there is nothing more to do, or the reply is of another life."""
        with self._store.write(None) as work:
            record = work.link.get()
            if record is None or record.link.state is not LinkState.JOINED:
                return ()
            link = record.link
            stale = (request.incarnation, reply.epoch) != (link.incarnation, link.epoch)
            if stale or reply.cursor <= link.cursor:
                return ()
            if not _agrees(work, link, reply.cursor, reply.chain):
                put_in_trouble(work, LinkTrouble.DIVERGED)
                return work.commit()
            last = min(reply.cursor, link.cursor + MOST_OPERATIONS)
            self._take(work, link, last, reply.verdicts)
            return work.commit()

    def _take(self, work: UnitOfWork, link: Link, last: int, verdicts: list[Verdict]) -> None:
        work.outbox.acknowledge(link.incarnation, link.cursor + 1, last, work.now)
        for verdict in verdicts:
            if verdict.outcome is Outcome.PARKED and link.cursor < verdict.seq <= last:
                row = work.outbox.at(link.incarnation, verdict.seq)
                if row is not None:
                    work.news.refuse(row, verdict.reason, verdict.text, work.now)
                    work.change("refused_operation", row.op_id)
        work.link.change(cursor=last)
        count(work)
        work.change(SYNC, "acknowledged")

    def refused(self, problem: Problem) -> None:
        """Headquarters said no."""
        if problem.code in _TROUBLE:
            self._trouble(_TROUBLE[ProblemCode(problem.code)])
        elif problem.code in (ProblemCode.GAP, ProblemCode.NEW_EPOCH):
            self._on_lane(lambda: self._set_back(problem))

    def _trouble(self, trouble: LinkTrouble) -> None:
        def act() -> None:
            with self._store.write(None) as work:
                record = work.link.get()
                if record is not None and record.link.reason is not trouble:
                    put_in_trouble(work, trouble)
                    work.commit()

        self._on_lane(act)

    def _set_back(self, problem: Problem) -> None:
        """Headquarters' record ends elsewhere than we thought: what it lost waits again."""
        with self._store.write(None) as work:
            record = work.link.get()
            if record is None or record.link.state is not LinkState.JOINED or problem.cursor is None:
                return
            link = record.link
            if problem.code == ProblemCode.NEW_EPOCH and (problem.epoch or 0) <= link.epoch:
                return
            if problem.cursor > work.outbox.last(link.incarnation):
                put_in_trouble(work, LinkTrouble.SET_BACK)
            elif not _agrees(work, link, problem.cursor, problem.chain or ""):
                put_in_trouble(work, LinkTrouble.DIVERGED)
            else:
                _go_to(work, record, problem.cursor)
                if problem.code == ProblemCode.NEW_EPOCH:
                    _begin_epoch(work, link, problem)
            work.change(SYNC, problem.code)
            work.commit()


def that_fit(rows: Sequence[OutboxRow], most_bytes: int) -> list[OutboxRow]:
    """The first of them that are not too much together; one alone always goes."""
    size = 0
    taken: list[OutboxRow] = []
    for row in rows:
        size += len(row.body)
        if taken and size > most_bytes:
            break
        taken.append(row)
    return taken


def _agrees(work: UnitOfWork, link: Link, cursor: int, chain: str) -> bool:
    """True when our chain at ``cursor`` is headquarters'."""
    if cursor == 0:
        return True
    row = work.outbox.at(link.incarnation, cursor)
    if row is not None:
        return row.hash.hex() == chain
    # Cleared long ago, and headquarters had it then: what follows must be here.
    behind = work.outbox.after(link.incarnation, cursor, 1)
    return cursor < link.cursor and bool(behind) and behind[0].seq == cursor + 1


def _go_to(work: UnitOfWork, record: LinkRecord, cursor: int) -> None:
    link = record.link
    if cursor < link.cursor:
        work.outbox.unacknowledge(link.incarnation, cursor)
        work.news.forget_refused(link.incarnation, cursor)
        work.proofs.reset()
        work.link.change(cursor=cursor, counted_incarnation=0, counted_seq=0)
        facts = {"from": link.cursor, "to": cursor}
        work.audit("headquarters.set_back", "desk", link.desk_id, None, facts)
    elif cursor > link.cursor:
        work.outbox.acknowledge(link.incarnation, link.cursor + 1, cursor, work.now)
        work.link.change(cursor=cursor)


def _begin_epoch(work: UnitOfWork, link: Link, problem: Problem) -> None:
    resume = link.feed_after if problem.resume_after is None else problem.resume_after
    work.link.change(epoch=problem.epoch, feed_after=min(link.feed_after, resume))
    work.audit("headquarters.new_epoch", "desk", link.desk_id, {"epoch": link.epoch}, {"epoch": problem.epoch})
    progress = work.history.progress()
    if progress is not None and progress.more:
        # The mark is a place in a record that is no more.
        work.history.begin()
    if work.recalled.before(problem.epoch or 0):
        # What came back with the past may be lost there; the reply to this says where every incarnation ends.
        work.link.change(state=LinkState.SET_BACK)

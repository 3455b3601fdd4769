"""The daily proof: both sides hold the same count and digest of each kind of operation, or it is an incident."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from courier_desk.base.changes import Change
from courier_desk.protocol.messages import KindProof, ProofReply, ProofRequest
from courier_desk.services.exchange_ports import LinkRecord
from courier_desk.services.exchange_state import LinkState
from courier_desk.services.ports import OnLane, ReadWork, Store, UnitOfWork

# Operations of older days may be cleared already.
OLDEST = timedelta(days=27)
# A day that differs is asked again: somebody may have mended it.
ASK_AGAIN = timedelta(hours=20)
_PIECE = 500
_PIECES = 20
_MOST_DAYS = 31


def count(work: UnitOfWork, most: int = _PIECE) -> bool:
    """Count the next operations that headquarters has, from the rows themselves; True when there are more."""
    record = work.link.get()
    if record is None or record.link.entering:
        # Where the earlier incarnations end is acknowledged piece by piece.
        return False
    for incarnation, last in _ends(work, record):
        behind = record.counted[1] if incarnation == record.counted[0] else 0
        if incarnation < record.counted[0] or behind >= last:
            continue
        found = work.outbox.count_after(incarnation, behind, last, most)
        if found:
            work.proofs.tally(found)
            work.link.change(counted_incarnation=incarnation, counted_seq=found[-1].seq)
            return len(found) == most or incarnation < record.link.incarnation
    return False


def _ends(work: ReadWork, record: LinkRecord) -> Iterator[tuple[int, int]]:
    for incarnation, dead in sorted(work.link.dead().items()):
        yield incarnation, dead.cursor
    yield record.link.incarnation, record.link.cursor


class Proving:
    """Which days are to be compared, and what came of it."""

    def __init__(self, store: Store, on_lane: OnLane, today: Callable[[], date]) -> None:
        self._store = store
        self._on_lane = on_lane
        self._today = today

    def due(self) -> Sequence[ProofRequest]:
        """Days before today that were not compared; none while there is much to count still."""
        for _piece in range(_PIECES):
            if not self._on_lane(self._count):
                return self._on_lane(self._due)
        return ()

    def _count(self) -> bool:
        with self._store.write(None) as work:
            more = count(work)
            work.commit()
            return more

    def _due(self) -> Sequence[ProofRequest]:
        today = self._today()
        with self._store.write(None) as work:
            record = work.link.get()
            if record is None or record.link.state is not LinkState.JOINED or record.link.entering:
                return ()
            first = max(record.prove_from, today - OLDEST)
            days = work.proofs.unproved(first, today - timedelta(days=1), work.now - ASK_AGAIN, _MOST_DAYS)
            return tuple(
                ProofRequest(
                    business_date=day,
                    incarnation=record.link.incarnation,
                    cursor=record.link.cursor,
                    kinds=_kinds(work, day),
                )
                for day in days
            )

    def answered(self, request: ProofRequest, reply: ProofReply) -> tuple[Change, ...]:
        """Keep what headquarters said of the day, unless more of it went there meanwhile. A day that is no longer on
        line there is neither agreement nor incident, and is not asked about again."""
        return self._on_lane(lambda: self._answered(request, reply))

    def _answered(self, request: ProofRequest, reply: ProofReply) -> tuple[Change, ...]:
        day = request.business_date
        with self._store.write(None) as work:
            ours = _kinds(work, day)
            if ours != list(request.kinds):
                return ()
            if reply.on_line_from is not None:
                self._note_log(work, reply.on_line_from)
                if day < reply.on_line_from:
                    return work.commit()
            theirs = sorted(reply.kinds, key=lambda each: each.kind)
            agrees = reply.agrees and theirs == ours
            work.proofs.answer(day, agrees, _said(ours), _said(theirs), work.now)
            if not agrees:
                facts = {"day": day, "ours": _said(ours), "theirs": _said(theirs)}
                work.audit("incident.proof_differs", "desk", "", None, facts)
            work.change("sync", "proof")
            return work.commit()

    def _note_log(self, work: UnitOfWork, on_line_from: date) -> None:
        """Days before are neither proved nor given again to this desk. One that cannot be is not believed."""
        record = work.link.get()
        if record is None or on_line_from > self._today():
            return
        if record.log_from is None or record.log_from < on_line_from:
            work.link.change(log_from=on_line_from)
        if record.prove_from < on_line_from:
            work.link.change(prove_from=on_line_from)
            work.change("sync", "proof")


def _kinds(work: ReadWork, day: date) -> list[KindProof]:
    found = sorted(work.proofs.tallies(day).items())
    return [KindProof(kind=kind, count=number, digest=digest.hex()) for kind, (number, digest) in found]


def _said(kinds: Sequence[KindProof]) -> str:
    return json.dumps([each.model_dump() for each in kinds], separators=(",", ":"))

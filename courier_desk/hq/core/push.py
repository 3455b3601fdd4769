"""A push: operations of one desk are checked, logged, applied and acknowledged in one transaction.

The cursor row of the desk's incarnation is locked from the beginning, so that two pushes of one desk go one after the
other. The cursor always moves: what cannot be applied is kept and parked, and the rest takes its effect.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from courier_desk.base.clock import Clock
from courier_desk.hq.core import epoch as epochs
from courier_desk.hq.core import issues, log
from courier_desk.hq.core.again import until_kept
from courier_desk.hq.core.checks import check, check_ids
from courier_desk.hq.core.entries import Entry, read_all
from courier_desk.hq.core.failpoints import Failpoint
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.incidents import IncidentKind, report
from courier_desk.hq.core.projection import project
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.core.sheet import Sender
from courier_desk.hq.core.transaction import Cursor, transaction
from courier_desk.protocol.chain import chain_over
from courier_desk.protocol.messages import Outcome, ProblemCode, PushReply, PushRequest, Verdict

_LOCK = "SELECT seq, chain FROM cursor WHERE station_id = %s AND desk_id = %s AND incarnation = %s FOR UPDATE"
_DESK = """
SELECT d.incarnation, d.state, d.secret_hash, s.name, (SELECT max(epoch) FROM epoch),
    ARRAY(SELECT o.desk_id FROM desk o WHERE o.station_id = d.station_id AND o.state <> 'retired' ORDER BY o.desk_id)
FROM desk d JOIN station s USING (station_id) WHERE d.station_id = %s AND d.desk_id = %s
"""
_MOVE = "UPDATE cursor SET seq = %s, chain = %s WHERE station_id = %s AND desk_id = %s AND incarnation = %s"
_DIVERGED = "UPDATE desk SET state = 'diverged' WHERE station_id = %s AND desk_id = %s AND incarnation = %s"


@dataclass(frozen=True, slots=True)
class _Stand:
    """How the desk stands, read under the lock of its cursor row."""

    seq: int
    chain: bytes
    incarnation: int
    state: str
    secret_hash: bytes | None
    place: dict[str, str]
    epoch: int
    desks: list[str]


class _OtherEpoch(Exception):
    """The desk knows another epoch than the one that holds."""


def push(
    engine: sa.Engine, clock: Clock, at: Failpoint, desk: DeskIdentity, request: PushRequest, epoch: int | None
) -> PushReply:
    """See ``Headquarters.push``."""
    if request.incarnation != desk.incarnation:
        raise Refused(ProblemCode.FENCED, "This incarnation of the desk is not the one that its secret was given to.")
    try:
        reply = until_kept(lambda careful: _attempt(engine, clock.now(), at, desk, request, epoch, careful=careful))
    except _OtherEpoch:
        epochs.check(engine, desk, epoch, clock.now())
        raise Refused(ProblemCode.BUSY, "A new epoch begins.") from None
    except Refused as refused:
        if refused.code is ProblemCode.DIVERGED:
            _note_divergence(engine, desk, clock.now())
        raise
    at("push.committed")
    return reply


def _attempt(
    engine: sa.Engine,
    now: datetime,
    at: Failpoint,
    desk: DeskIdentity,
    request: PushRequest,
    epoch: int | None,
    *,
    careful: bool,
) -> PushReply:
    entries = read_all(desk, request.first_seq, request.operations, now)
    with transaction(engine) as cursor:
        stand = _stand(cursor, desk)
        if epoch not in {None, stand.epoch}:
            raise _OtherEpoch
        _check_place(stand, desk, request)
        at("push.locked")
        known = [entry for entry in entries if entry.seq <= stand.seq]
        verdicts = _compare(cursor, desk, known, stand) if known else []
        new = entries[len(known) :]
        chain = _chain(stand, new, request)
        if new:
            check_ids(cursor, desk, new, careful=careful)
            check(cursor, desk, new, careful=careful)
            log.write(cursor, desk, new, now)
            issues.note(cursor, desk, new)
            at("push.logged")
            sender = Sender(desk, stand.place, tuple(stand.desks))
            project(cursor, sender, [entry for entry in new if entry.applies], now)
            at("push.projected")
            move = (new[-1].seq, chain, desk.station_id, desk.desk_id, desk.incarnation)
            cursor.execute(_MOVE, move, prepare=True)
            verdicts += map(_verdict, new)
        at("push.moved")
    reached = new[-1].seq if new else stand.seq
    return PushReply(epoch=stand.epoch, now=now, cursor=reached, chain=chain.hex(), verdicts=verdicts)


def _stand(cursor: Cursor, desk: DeskIdentity) -> _Stand:
    """Lock the cursor row, then look: a desk that is being enrolled anew meanwhile is seen as it is afterwards."""
    place = cursor.execute(_LOCK, (desk.station_id, desk.desk_id, desk.incarnation), prepare=True).fetchone()
    row = cursor.execute(_DESK, (desk.station_id, desk.desk_id), prepare=True).fetchone()
    if row is None:
        raise Refused(ProblemCode.NOT_KNOWN, "Headquarters does not know this desk.")
    if place is None:
        raise Refused(ProblemCode.FENCED, "This incarnation of the desk is not the one that holds.")
    return _Stand(*place, *row)


def _check_place(stand: _Stand, desk: DeskIdentity, request: PushRequest) -> None:
    if desk.incarnation != stand.incarnation or stand.state == "retired":
        raise Refused(ProblemCode.FENCED, "This incarnation of the desk is not the one that holds.")
    if not desk.proved_by(stand.secret_hash):
        raise Refused(ProblemCode.NOT_KNOWN, "The secret is not the one of this incarnation.")
    if stand.state == "diverged":
        raise _diverged("Two machines have spoken for this desk; it needs a new code.", stand)
    if request.first_seq > stand.seq + 1:
        raise Refused(ProblemCode.GAP, "Operations before these are missing.", cursor=stand.seq, chain=stand.chain)


def _compare(cursor: Cursor, desk: DeskIdentity, known: Sequence[Entry], stand: _Stand) -> list[Verdict]:
    """What came before must be the same, byte for byte; its verdicts are given again."""
    there = log.between(cursor, desk, known[0].seq, known[-1].seq, {entry.day for entry in known})
    verdicts = []
    for entry in known:
        logged = there.get(entry.seq)
        if logged is None or logged.digest not in {entry.digest, log.PUT_AWAY}:
            raise _diverged("Another operation was sent with the same seq.", stand)
        outcome = Outcome.PARKED if logged.parked else Outcome.REPEATED
        verdicts.append(Verdict(seq=entry.seq, outcome=outcome, reason=logged.reason or "", text=logged.text or ""))
    return verdicts


def _chain(stand: _Stand, new: Sequence[Entry], request: PushRequest) -> bytes:
    """The chain after ``new``. A request that ends before the cursor says nothing of the chain there."""
    chain = chain_over(stand.chain, (entry.digest for entry in new))
    ends_here = request.first_seq + len(request.operations) - 1 >= stand.seq
    if ends_here and chain.hex() != request.chain:
        raise _diverged("The chain does not fit what was sent before.", stand)
    return chain


def _diverged(text: str, stand: _Stand) -> Refused:
    return Refused(ProblemCode.DIVERGED, text, cursor=stand.seq, chain=stand.chain)


def _note_divergence(engine: sa.Engine, desk: DeskIdentity, now: datetime) -> None:
    """Both copies need a code from now on, and people at headquarters see it."""
    with transaction(engine) as cursor:
        cursor.execute(_DIVERGED, (desk.station_id, desk.desk_id, desk.incarnation))
    with engine.begin() as connection:
        details = {"incarnation": desk.incarnation}
        report(connection, IncidentKind.DIVERGED, details, now, station_id=desk.station_id, desk_id=desk.desk_id)


def _verdict(entry: Entry) -> Verdict:
    if entry.reason is not None:
        return Verdict(seq=entry.seq, outcome=Outcome.PARKED, reason=entry.reason.value, text=entry.text)
    return Verdict(seq=entry.seq, outcome=Outcome.REPEATED if entry.repeated else Outcome.APPLIED)

"""The daily proof: both sides count what was sent for a business date and fold its digests, kind by kind."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from courier_desk.hq.core import past, standing
from courier_desk.hq.core.access import of_desk
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.incidents import IncidentKind, report
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.tables.arrivals import ARRIVAL
from courier_desk.hq.tables.care import PROOF
from courier_desk.hq.tables.log import OP_LOG
from courier_desk.protocol.chain import digest_of, fold
from courier_desk.protocol.messages import KindProof, ProblemCode, ProofReply, ProofRequest

_A_FETCH = 2000


def prove(engine: sa.Engine, desk: DeskIdentity, request: ProofRequest, now: datetime) -> ProofReply:
    """Compare with what the desk holds, keep the result; a difference is an incident. A day that is not wholly on line
    any more is neither: nothing is compared, nothing kept. Errors:
    Refused: not_known, diverged, fenced for another incarnation, gap when the desk believes that headquarters has more
    than it has."""
    with engine.begin() as connection:
        stands = standing.require(connection, desk)
        if request.incarnation != desk.incarnation:
            raise Refused(ProblemCode.FENCED, "The proof is of another incarnation.")
        if request.cursor > stands.seq:
            raise Refused(ProblemCode.GAP, "Headquarters has not come so far.", cursor=stands.seq, chain=stands.chain)
        begins = past.begins(connection)
        whole_from = past.whole_from(begins) if begins is not None else None
        if whole_from is not None and request.business_date < whole_from:
            return ProofReply(agrees=False, kinds=[], on_line_from=whole_from)
        ours = ours_of(connection, desk, request.business_date, request.cursor)
        theirs = sorted(request.kinds, key=lambda each: each.kind)
        agrees = ours == theirs
        _keep(connection, desk, request.business_date, agrees, theirs, ours, now)
        return ProofReply(agrees=agrees, kinds=ours, on_line_from=whole_from)


def ours_of(connection: sa.Connection, desk: DeskIdentity, on: date, cursor: int) -> list[KindProof]:
    """What the log holds of ``on``, over all incarnations of the desk, of the last one up to ``cursor``. Each digest is
    taken anew from the bytes that are kept, so that bytes that were changed in the log are noticed too."""
    digests: dict[str, list[bytes]] = defaultdict(list)
    for row in connection.execute(_reach(desk, on)).all():
        last = min(row.last_seq, cursor) if row.incarnation == desk.incarnation else row.last_seq
        logged = (
            sa.select(OP_LOG.c.kind, OP_LOG.c.body)
            .where(
                *of_desk(OP_LOG, desk.station_id, desk.desk_id),
                OP_LOG.c.incarnation == row.incarnation,
                OP_LOG.c.seq.between(row.first_seq, last),
                OP_LOG.c.day.between(row.first_day, row.last_day),
                OP_LOG.c.business_date == on,
            )
            .order_by(OP_LOG.c.seq)
            .execution_options(yield_per=_A_FETCH)
        )
        for kind, body in connection.execute(logged):
            digests[kind].append(digest_of(body))
    return [KindProof(kind=kind, count=len(found), digest=fold(found).hex()) for kind, found in sorted(digests.items())]


def _reach(desk: DeskIdentity, on: date) -> sa.Select[Any]:
    """Within which seqs and days of the log the operations of a business date lie, for each incarnation."""
    return (
        sa.select(
            ARRIVAL.c.incarnation,
            sa.func.min(ARRIVAL.c.first_seq).label("first_seq"),
            sa.func.max(ARRIVAL.c.last_seq).label("last_seq"),
            sa.func.min(ARRIVAL.c.first_day).label("first_day"),
            sa.func.max(ARRIVAL.c.last_day).label("last_day"),
        )
        .where(*of_desk(ARRIVAL, desk.station_id, desk.desk_id), ARRIVAL.c.first_date <= on, ARRIVAL.c.last_date >= on)
        .group_by(ARRIVAL.c.incarnation)
        .order_by(ARRIVAL.c.incarnation)
    )


def _keep(
    connection: sa.Connection,
    desk: DeskIdentity,
    on: date,
    agrees: bool,
    theirs: list[KindProof],
    ours: list[KindProof],
    now: datetime,
) -> None:
    key = {"station_id": desk.station_id, "desk_id": desk.desk_id, "business_date": on}
    values = {
        "agrees": agrees,
        "theirs": [each.model_dump() for each in theirs],
        "ours": [each.model_dump() for each in ours],
        "at": now,
    }
    connection.execute(
        insert(PROOF).values(**key, **values).on_conflict_do_update(index_elements=list(key), set_=values)
    )
    where = {"station_id": desk.station_id, "desk_id": desk.desk_id}
    if not agrees:
        mine, others = {each.kind: each for each in ours}, {each.kind: each for each in theirs}
        differing = sorted(kind for kind in mine.keys() | others.keys() if mine.get(kind) != others.get(kind))
        report(connection, IncidentKind.PROOF_DIFFERS, {"day": on.isoformat(), "kinds": differing}, now, **where)

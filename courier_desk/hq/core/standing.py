"""How a desk stands when it asks for something: whether it may, and how far headquarters has heard it."""

from dataclasses import dataclass

import sqlalchemy as sa

from courier_desk.hq.core import epoch as epochs
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.tables.care import EPOCH
from courier_desk.hq.tables.log import CURSOR
from courier_desk.hq.tables.network import DESK
from courier_desk.protocol.messages import ProblemCode


@dataclass(frozen=True, slots=True)
class Standing:
    """The epoch that holds, and the cursor of the desk's incarnation."""

    epoch: int
    seq: int
    chain: bytes


_STANDING = (
    sa.select(
        *(DESK.c.incarnation, DESK.c.state, DESK.c.secret_hash, CURSOR.c.seq, CURSOR.c.chain),
        sa.select(sa.func.max(EPOCH.c.epoch)).scalar_subquery().label("epoch"),
    )
    .select_from(
        DESK.join(
            CURSOR,
            sa.and_(
                CURSOR.c.station_id == DESK.c.station_id,
                CURSOR.c.desk_id == DESK.c.desk_id,
                CURSOR.c.incarnation == DESK.c.incarnation,
            ),
        )
    )
    .where(DESK.c.station_id == sa.bindparam("station"), DESK.c.desk_id == sa.bindparam("desk"))
)


def require(
    connection: sa.Connection, desk: DeskIdentity, epoch: int | None = None, after: int | None = None
) -> Standing:
    """How ``desk`` stands. Errors: Refused: not_known for an incarnation that is no more, diverged for a desk that two
    machines have used, new_epoch when ``epoch`` is an older one (``after``: how far it has read its feed)."""
    row = connection.execute(_STANDING, {"station": desk.station_id, "desk": desk.desk_id}).first()
    if (
        row is None
        or row.state == "retired"
        or row.incarnation != desk.incarnation
        or not desk.proved_by(row.secret_hash)
    ):
        raise Refused(ProblemCode.NOT_KNOWN, "This incarnation of the desk is no more.")
    if row.state == "diverged":
        raise Refused(ProblemCode.DIVERGED, "Two machines have spoken as this desk; each needs a one-time code.")
    epochs.compare(connection, desk, epoch, row.epoch, after)
    return Standing(row.epoch, row.seq, row.chain)

"""How a desk stands at headquarters, in one reply."""

from datetime import datetime

import sqlalchemy as sa

from courier_desk.hq.core import epoch as epochs
from courier_desk.hq.core import feed, standing
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.protocol.messages import Hello


def hello(engine: sa.Engine, desk: DeskIdentity, epoch: int | None, now: datetime) -> Hello:
    """Errors: Refused (not_known, diverged, new_epoch)."""
    with epochs.telling(engine, desk, now), engine.connect() as connection:
        stands = standing.require(connection, desk, epoch)
        return Hello(
            epoch=stands.epoch,
            now=now,
            incarnation=desk.incarnation,
            cursor=stands.seq,
            chain=stands.chain.hex(),
            feed_head=feed.head(connection, desk),
        )

"""Headquarters as desks and its own people use it; each method is one use case, worked out in its own module."""

import sqlalchemy as sa

from courier_desk.base.clock import Clock
from courier_desk.hq.core import feed, house_keeping, push, retention, settling, station_names
from courier_desk.hq.core.desk_services import DeskServices
from courier_desk.hq.core.failpoints import Failpoint, pass_by
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.reserve import NumberReserve
from courier_desk.hq.core.retention import EVERYTHING, Keeping
from courier_desk.protocol.messages import PushReply, PushRequest


class Headquarters(DeskServices):
    """Keeps no state: any number of processes may have one over the same database, any thread may call it.

    Errors: ``Refused`` where the desk gets a Problem; those of SQLAlchemy when the database does not answer, and then
    nothing was kept. ``keeping``: which days stay on line. ``at`` is called with the name of each step, for tests that
    break off there."""

    def __init__(self, engine: sa.Engine, clock: Clock, reserve: NumberReserve, keeping: Keeping = EVERYTHING) -> None:
        super().__init__(engine, clock, reserve)
        self.keeping = keeping
        self.at: Failpoint = pass_by

    def push(self, desk: DeskIdentity, request: PushRequest, epoch: int | None = None) -> PushReply:
        """Keep and apply operations of ``desk``, all or nothing; what cannot be applied is kept and parked. ``epoch``
        is the one that the desk knows. Errors: Refused (fenced, gap, diverged, new_epoch)."""
        return push.push(self.engine, self.clock, self.at, desk, request, epoch)

    def settle(self, station_id: str, op_id: str, how: settling.How, person: str) -> None:
        """Deal with a parked operation: ``retried`` applies it now, ``dropped`` and ``amended`` say that it will not
        be. The desk is told. Errors: Refused (not_found; not_allowed when it cannot be applied still)."""
        settling.settle(self.engine, self.clock, self.at, settling.Settlement(station_id, op_id, how, person))

    def keep_house(self) -> None:
        """Make the partitions of the days to come, clear news that has had its time, tell what stations are called,
        and put old days away; once an hour, in any process."""
        house_keeping.make_partitions(self.engine, self.clock.now().date())
        feed.clear(self.engine, self.clock.now())
        station_names.tell(self.engine, self.clock.now())
        retention.put_away(self.engine, self.clock.now(), self.keeping, self.at)

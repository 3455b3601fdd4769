"""The repository of numbers that were asked of headquarters."""

from datetime import date, datetime

from sqlalchemy import bindparam, delete, insert, select, text, update

from courier_desk.services.exchange_ports import LeaseAsked
from courier_desk.storage.schema_people import number_block
from courier_desk.storage.schema_sync import lease_request
from courier_desk.storage.working import Working

_PENDING = (
    select(lease_request.c.request_id, lease_request.c.incarnation, lease_request.c.prefix, lease_request.c.wanted)
    .where(lease_request.c.answered_at.is_(None))
    .limit(1)
)
_KNOWN = select(lease_request.c.request_id).where(lease_request.c.lease_id == bindparam("lease"))
_OVERLAPS = select(number_block.c.id).where(
    number_block.c.prefix == bindparam("letters"),
    number_block.c.first <= bindparam("highest"),
    number_block.c.last >= bindparam("lowest"),
)
_BURN = (
    update(number_block)
    .where(number_block.c.next <= number_block.c.last)
    .values(next=number_block.c.last + 1, row_version=number_block.c.row_version + 1)
)
_PEAK = text(
    "SELECT COALESCE(MAX(n), 0) FROM"
    " (SELECT COUNT(*) AS n FROM orders WHERE business_date >= :since GROUP BY business_date)"
)


class LeaseRepository:
    """Numbers asked of headquarters."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def pending(self) -> LeaseAsked | None:
        """What was asked and not answered."""
        row = self._work.connection.execute(_PENDING).first()
        return LeaseAsked(*row) if row else None

    def ask(self, asked: LeaseAsked, at: datetime) -> None:
        """Remember it, so that it is asked with the same id until the answer is here."""
        values = {name: getattr(asked, name) for name in LeaseAsked.__slots__}
        self._work.connection.execute(insert(lease_request), values | {"asked_at": at})

    def answered(self, request_id: str, lease_id: str, at: datetime) -> None:
        """The numbers are here."""
        done = update(lease_request).where(lease_request.c.request_id == request_id)
        self._work.connection.execute(done.values(lease_id=lease_id, answered_at=at))

    def known(self, lease_id: str) -> bool:
        """True when this lease was taken in."""
        return self._work.connection.execute(_KNOWN, {"lease": lease_id}).first() is not None

    def overlaps(self, prefix: str, first: int, last: int) -> bool:
        """True when one of these numbers was in a block before."""
        values = {"letters": prefix, "lowest": first, "highest": last}
        return self._work.connection.execute(_OVERLAPS, values).first() is not None

    def drop_pending(self) -> None:
        """What was asked is not wanted any more."""
        self._work.connection.execute(delete(lease_request).where(lease_request.c.answered_at.is_(None)))

    def burn_all(self) -> int:
        """No number of the blocks that are here is given out any more. Returns how many blocks had some left."""
        return self._work.connection.execute(_BURN).rowcount

    def peak(self, since: date) -> int:
        """The orders of the busiest day since then."""
        return int(self._work.connection.execute(_PEAK, {"since": since.isoformat()}).scalar_one())

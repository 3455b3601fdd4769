"""Waybill numbers from headquarters: two weeks of busy days in stock, asked for in time, never the same twice."""

from collections.abc import Callable
from datetime import date, timedelta

from courier_desk.base.changes import Change
from courier_desk.base.ids import new_id
from courier_desk.domain.number_block import NumberBlock
from courier_desk.domain.own_number import LARGEST_SERIAL
from courier_desk.protocol.messages import Lease, LeaseRequest
from courier_desk.services.exchange_ports import LeaseAsked
from courier_desk.services.exchange_state import Alarm, LinkState
from courier_desk.services.ports import OnLane, ReadWork, Store, UnitOfWork

STOCK_DAYS = 14
WARN_DAYS = 3
_LOOK_BACK = timedelta(days=28)
# A station that is new, or was closed, begins with this many a day.
LEAST_A_DAY = 50
_MOST = 1_000_000


def a_day(work: ReadWork, today: date) -> int:
    """How many numbers the busiest day takes: its orders, and a quarter more for bags and lists."""
    return max(LEAST_A_DAY, work.leases.peak(today - _LOOK_BACK) * 5 // 4)


class Leasing:
    """Asks for numbers and takes them in."""

    def __init__(self, store: Store, on_lane: OnLane, today: Callable[[], date]) -> None:
        self._store = store
        self._on_lane = on_lane
        self._today = today

    def wanted(self) -> LeaseRequest | None:
        """What to ask for; the same request until its answer is here."""
        return self._on_lane(self._wanted)

    def _wanted(self) -> LeaseRequest | None:
        with self._store.read() as look:
            record, station = look.link.get(), look.station.get()
            if record is None or station is None or record.link.state is not LinkState.JOINED:
                return None
            asked = look.leases.pending()
            target = STOCK_DAYS * a_day(look, self._today())
            left = look.numbers.stock()
        if asked is None:
            if left >= target // 2:
                return None
            wanted = min(target - left, _MOST)
            asked = LeaseAsked(new_id(), record.link.incarnation, station.number_prefix, wanted)
            with self._store.write(None) as work:
                work.leases.ask(asked, work.now)
                work.commit()
        return LeaseRequest(
            request_id=asked.request_id, incarnation=asked.incarnation, prefix=asked.prefix, wanted=asked.wanted
        )

    def admit(self, lease: Lease) -> tuple[Change, ...]:
        """Numbers that were given. Those that cannot be are not taken, and an alarm says so."""
        return self._on_lane(lambda: self._admit(lease))

    def _admit(self, lease: Lease) -> tuple[Change, ...]:
        with self._store.write(None) as work:
            asked = work.leases.pending()
            if work.leases.known(lease.lease_id):
                return ()
            wrong = "nothing was asked for" if asked is None else _wrong(work, asked, lease)
            if asked is None or wrong:
                work.link.change(alarm=Alarm.LEASE, alarm_at=work.now)
                work.leases.drop_pending()
                facts = {"lease": lease.lease_id, "first": lease.first, "last": lease.last, "wrong": wrong}
                work.audit("incident.lease_refused", "desk", "", None, facts)
            else:
                block = NumberBlock(lease.lease_id, lease.prefix, lease.first, lease.last, lease.first)
                work.numbers.add(block)
                work.leases.answered(asked.request_id, lease.lease_id, work.now)
                facts = {"first": lease.first, "last": lease.last}
                work.audit("numbers.leased", "number_block", lease.lease_id, None, facts)
            work.change("sync", "numbers")
            return work.commit()


def _wrong(work: UnitOfWork, asked: LeaseAsked, lease: Lease) -> str:
    """What is wrong with a lease, empty when all is well."""
    if lease.prefix != asked.prefix:
        return "another prefix"
    if not 0 < lease.first <= lease.last <= LARGEST_SERIAL or lease.last - lease.first >= _MOST:
        return "no range"
    if work.leases.overlaps(lease.prefix, lease.first, lease.last):
        return "given before"
    return ""

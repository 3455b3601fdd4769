"""A network of many stations for the benches of headquarters: who they are, and batches as their desks send them.

Every order is scanned six times where it was taken and three times by the next station, in that station's next batch:
one operation in ten is an order, and nearly each operation becomes news for somebody.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import zstandard

from courier_desk.base.ids import new_id
from courier_desk.domain.local_text import LocalText
from courier_desk.hq.core.headquarters import Headquarters
from courier_desk.hq.network import NewStation, add_desk, add_station, make_code
from courier_desk.protocol.chain import START, chain_over, digest_of
from courier_desk.protocol.messages import EnrolRequest, LeaseRequest, PushRequest
from courier_desk.services.orders import _spoken as spoken_order
from tests.bench.past import Past
from tests.bench.station import Size, _Maker
from tests.hq.desks import MACHINE

ORDERS_A_BATCH = 50
HERE = ("collected", "bagged", "loaded", "unloaded", "bagged", "loaded")
THERE = ("arrived", "arrived", "signed")
A_BATCH = ORDERS_A_BATCH * (1 + len(HERE) + len(THERE))
_LEVEL = 3


@dataclass
class BusyDesk:
    """A desk that has joined, and where it stands; ``fresh``: the numbers that the next station has still to scan."""

    token: str
    past: Past
    chain: bytes = START
    sent: int = 0
    fresh: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Batch:
    """One push: whose, how many operations, and the compressed body."""

    token: str
    operations: int
    body: bytes


class BusyNetwork:
    """``stations`` of one desk each, named S0001 and so on, joined to ``core``; each has numbers for many batches."""

    def __init__(self, core: Headquarters, stations: int, numbers: int = 20_000) -> None:
        self._maker = _Maker(Size(stations * numbers))
        self._made = 0
        self.desks = [self._join(core, f"S{position:04d}", numbers) for position in range(1, stations + 1)]

    def _join(self, core: Headquarters, station_id: str, numbers: int) -> BusyDesk:
        desk_id, now = f"{station_id}-1", datetime.now(UTC)
        name = LocalText(f"样例站{station_id}", f"Sample station {station_id}")
        add_station(core.engine, NewStation(station_id=station_id, code=station_id, name=name, company=name,
                                            number_prefix="CD", zone="Asia/Shanghai", currency="CNY"))  # fmt: skip
        add_desk(core.engine, station_id, desk_id, desk_id)
        code = make_code(core.engine, station_id, desk_id, "bench", now).replace("-", "")
        reply = core.enrol(EnrolRequest(code=code, machine=MACHINE, program="bench"))
        token = f"{desk_id}.{reply.secret}"
        desk = core.authenticate(token)
        assert desk is not None
        wanted = LeaseRequest(request_id="bench", incarnation=reply.incarnation, prefix="CD", wanted=numbers)
        lease = core.lease(desk, wanted)
        past = Past(station_id, desk_id, "sample-1001", now, Size(1), reply.incarnation, prefix="CD")
        past.last_number = lease.first - 1
        return BusyDesk(token, past)

    def round(self, most: int = A_BATCH, orders: int = ORDERS_A_BATCH) -> list[Batch]:
        """What every desk has to tell next, ``orders`` and their scans, in batches of ``most`` in the order in which
        they may be sent."""
        before = [desk.fresh for desk in self.desks]
        told = (self._tell(desk, orders, before[position - 1]) for position, desk in enumerate(self.desks))
        return [
            _batch(desk, texts[start : start + most])
            for desk, texts in zip(self.desks, told, strict=True)
            for start in range(0, len(texts), most)
        ]

    def _tell(self, desk: BusyDesk, orders: int, elsewhere: list[str]) -> list[str]:
        now, past = datetime.now(UTC), desk.past
        desk.fresh = [past._number() for _each in range(orders)]
        texts = [self._order(past, number, now) for number in desk.fresh]
        texts += [past._scan(now, number, operation) for operation in HERE for number in desk.fresh]
        return texts + [past._scan(now, number, operation) for operation in THERE for number in elsewhere]

    def _order(self, past: Past, number: str, now: datetime) -> str:
        self._made += 1
        made = self._maker.order(self._made)
        parcel = replace(made.parcels[0], waybill=number, number=number)
        draft = replace(made.draft, customer_id=f"c{made.draft.sender.phone}")
        order = replace(made, id=new_id(), number=number, parcels=(parcel,), draft=draft, accepted_at=now,
                        business_date=now.date())  # fmt: skip
        return past._operation(now, "order.accepted", order.id, spoken_order(order))


def _batch(desk: BusyDesk, texts: list[str]) -> Batch:
    """The push of ``texts``, which follow what was sent before."""
    desk.chain = chain_over(desk.chain, (digest_of(text.encode()) for text in texts))
    first, desk.sent = desk.sent + 1, desk.sent + len(texts)
    request = PushRequest(incarnation=desk.past.incarnation, first_seq=first, chain=desk.chain.hex(), operations=texts)
    content = request.model_dump_json().encode()
    return Batch(desk.token, len(texts), zstandard.ZstdCompressor(level=_LEVEL).compress(content))

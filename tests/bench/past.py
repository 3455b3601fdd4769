"""What a busy desk told headquarters in some days, made from a seed without doing it: exact texts of operations.

Each order is collected, scanned some more times, put into a bag; bags are sealed, loaded and closed as they fill.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from courier_desk.base.clock import to_text
from courier_desk.base.ids import new_id
from courier_desk.domain.bag import LIST_PREFIX, TAG_PREFIX, Bag, BagState
from courier_desk.domain.manifest import Manifest, ManifestItem, ManifestState, seal_digest
from courier_desk.domain.own_number import make
from courier_desk.domain.parcel import Parcel
from courier_desk.services.orders import _spoken as spoken_order
from courier_desk.storage.chains import exact_bytes
from tests.bench.station import Size, _Maker

_IN_A_BAG = 30
_BAGS_ON_A_LIST = 10


@dataclass
class Past:
    """Who told it, and how many ``orders`` with how many scans each, the last one at ``until``. Numbers are of
    ``prefix``, from the serial ``first_number`` on."""

    station_id: str
    desk_id: str
    operator_id: str
    until: datetime
    size: Size
    incarnation: int = 1
    days: int = 14
    prefix: str = "XS"
    first_number: int = 1
    seq: int = 0
    last_number: int = 0
    _sealed: list[Bag] = field(default_factory=list)

    def texts(self) -> Iterator[str]:
        """In their order."""
        maker, first = _Maker(self.size), self.until - timedelta(days=self.days)
        self.last_number = self.first_number + self.size.orders - 1
        inside: list[Parcel] = []
        for serial in range(1, self.size.orders + 1):
            at = first + timedelta(days=self.days) * serial / (self.size.orders + 1)
            made, number = maker.order(serial), make(self.prefix, self.first_number + serial - 1)
            route = replace(made.route, package_centre="上海集散中心", line="HZ-SH")
            parcel = replace(made.parcels[0], destination=route.package_centre, line=route.line,
                             waybill=number, number=number)  # fmt: skip
            draft = replace(made.draft, customer_id=f"c{made.draft.sender.phone}")
            order = replace(made, number=number, route=route, parcels=(parcel,), draft=draft,
                            accepted_at=at, business_date=at.date())  # fmt: skip
            yield self._operation(at, "order.accepted", order.id, spoken_order(order))
            yield self._scan(at, order.number, "collected")
            for _again in range(self.size.scans_each - 2):
                yield self._scan(at, order.number, "collected", "repeat")
            inside.append(parcel)
            if len(inside) == _IN_A_BAG:
                yield from self._bag(at, inside)
                inside = []

    def _bag(self, at: datetime, inside: list[Parcel]) -> Iterator[str]:
        bag = Bag(new_id(), TAG_PREFIX + self._number(), inside[0].destination, inside[0].line, BagState.OPEN, at)
        yield self._operation(at, "bag.opened", bag.id, self._spoken(bag))
        for parcel in inside:
            yield self._scan(at, parcel.number, "bagged", bag_id=bag.id)
        weight = sum(parcel.weight_g for parcel in inside)
        bag = replace(bag, pieces=len(inside), weight_g=weight, seal=f"S{self.last_number}", state=BagState.SEALED)
        contents = {"contents": sorted(parcel.number for parcel in inside)}
        yield self._operation(at, "bag.sealed", bag.id, self._spoken(bag) | contents)
        self._sealed.append(bag)
        if len(self._sealed) == _BAGS_ON_A_LIST:
            yield from self._list(at)
            self._sealed = []

    def _list(self, at: datetime) -> Iterator[str]:
        one = Manifest(new_id(), LIST_PREFIX + self._number(), "HZ-SH", at.date(), ManifestState.OPEN, at)
        said = {"number": one.number, "line": one.line, "plate": "", "driver": "", "supplement_of": ""}
        yield self._operation(at, "handover.opened", one.id, said)
        for bag in self._sealed:
            yield self._scan(at, bag.tag, "loaded", waybill="", manifest_id=one.id)
        items = tuple(
            ManifestItem(place, bag.tag, True, bag.destination, bag.pieces, bag.weight_g)
            for place, bag in enumerate(self._sealed, start=1)
        )
        closed = replace(one, plate="浙A12345", driver="王师傅", items=items)
        listed = [[i.position, i.number, i.is_bag, i.destination, i.pieces, i.weight_g, i.remark] for i in items]
        more = {"plate": closed.plate, "driver": closed.driver, "business_date": one.business_date, "differences": []}
        yield self._operation(
            at, "handover.closed", one.id, said | more | {"digest": seal_digest(closed), "items": listed}
        )

    def _scan(self, at: datetime, number: str, operation: str, outcome: str = "accepted", **more: str) -> str:
        said = {
            "text": number, "number": number, "waybill": number, "operation": operation, "outcome": outcome,
            "counts": outcome == "accepted", "device": "gun 1", "keyed": False, "scanned_at": at.isoformat(),
            "bag_id": "", "manifest_id": "", "reason": "",
        }  # fmt: skip
        return self._operation(at, "scan.recorded", new_id(), said | more)

    def _number(self) -> str:
        self.last_number += 1
        return make(self.prefix, self.last_number)

    def _spoken(self, bag: Bag) -> dict[str, object]:
        return {
            "tag": bag.tag, "destination": bag.destination, "line": bag.line, "state": bag.state.value,
            "pieces": bag.pieces, "weight_g": bag.weight_g, "seal": bag.seal,
        }  # fmt: skip

    def _operation(self, at: datetime, kind: str, entity_id: str, body: dict[str, Any]) -> str:
        self.seq += 1
        return exact_bytes(
            {
                "at": to_text(at),
                "body": body,
                "business_date": at.date(),
                "desk": self.desk_id,
                "entity_id": entity_id,
                "incarnation": self.incarnation,
                "kind": kind,
                "op_id": new_id(),
                "operator": self.operator_id,
                "seq": self.seq,
                "station": self.station_id,
            }
        ).decode()

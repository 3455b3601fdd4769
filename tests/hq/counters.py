"""Counters of the small network: desks that say what real ones say, and hear what they are told."""

import itertools
import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from courier_desk.base.ids import new_id
from courier_desk.domain.own_number import make
from courier_desk.hq.tables.network import STATION
from courier_desk.protocol.chain import chain_over, digest_of
from courier_desk.protocol.messages import FeedItem, LeaseRequest, PushReply, PushRequest, Verdict
from tests.hq.desks import Joined, Network

ROUTE_TO = {"BJ001": "10-C12-03", "SH001": "21-B02-01"}
SENDER = {
    "name": "李晓梅",
    "phone": "13812345678",
    "company": "",
    "province": "浙江省",
    "city": "杭州市",
    "district": "余杭区",
    "street": "五常街道",
    "detail": "文一西路969号3幢502室",
    "postcode": "311121",
    "division": "330110005000",
    "country": "CN",
}


@dataclass
class Counter:
    """A desk with waybill numbers. What it says waits in ``said`` until ``send``; times go on by a second each."""

    network: Network
    desk: Joined
    said: list[str] = field(default_factory=list)
    heard: int = 0
    numbers: Any = None
    seconds: Any = field(default_factory=itertools.count)

    @property
    def station(self) -> str:
        return self.desk.identity.station_id

    def say(self, kind: str, body: dict[str, Any], **envelope: Any) -> str:
        """One operation; returns its op_id. ``envelope`` overrides what stands around the body."""
        identity = self.desk.identity
        said = {
            "at": self.moment(),
            "body": body,
            "business_date": self.network.clock.now().date().isoformat(),
            "desk": identity.desk_id,
            "entity_id": new_id(),
            "incarnation": identity.incarnation,
            "kind": kind,
            "op_id": new_id(),
            "operator": "1001",
            "seq": len(self.desk.sent) + len(self.said) + 1,
            "station": identity.station_id,
        } | envelope
        self.said.append(json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True))
        return str(said["op_id"])

    def moment(self) -> str:
        return (self.network.clock.now() + timedelta(seconds=next(self.seconds))).isoformat()

    def accept(self, to: str = "", number: str = "", sender: dict[str, Any] | None = None, **envelope: Any) -> str:
        """An order; returns its waybill number. ``to`` is the station it goes to."""
        number = number or next(self.numbers)
        self.say("order.accepted", self.order(number, to, sender), entity_id=f"order-{number}", **envelope)
        return number

    def void(self, number: str, **envelope: Any) -> str:
        """An order is cancelled."""
        body = {"number": number, "reason": "the sender changed their mind"}
        return self.say("order.voided", body, **{"entity_id": f"order-{number}"} | envelope)

    def order(self, number: str, to: str = "", sender: dict[str, Any] | None = None) -> dict[str, Any]:
        return {
            "number": number,
            "sender": SENDER | (sender or {}),
            "recipient": SENDER | {"name": "欧阳娜娜", "phone": "13987654321"},
            "service": "standard",
            "goods": [["棉质衬衫", 2, 8000]],
            "pieces": [[number, 1200, 300, 200, 150]],
            "total_fen": 1800,
            "currency": "CNY",
            "routing_code": ROUTE_TO.get(to, ""),
            "accepted_at": self.moment(),
        }

    def scan(self, waybill: str, operation: str = "collected", **body: Any) -> str:
        return self.say("scan.recorded", self.scanned(waybill, operation) | body)

    def scanned(self, waybill: str, operation: str) -> dict[str, Any]:
        return {
            "text": waybill,
            "number": waybill,
            "waybill": waybill,
            "operation": operation,
            "outcome": "accepted",
            "counts": True,
            "device": "gun-1",
            "keyed": False,
            "scanned_at": self.moment(),
            "bag_id": "",
            "manifest_id": "",
            "reason": "",
        }

    def seal(self, tag: str, *pieces: str) -> str:
        body = {"tag": tag, "pieces": len(pieces), "contents": list(pieces), "seal": "SE1"}
        return self.say("bag.sealed", body)

    def hand_over(self, *pieces: str, bags: tuple[str, ...] = ()) -> str:
        items = [[n, number, number in bags, "SH", 1, 1200, ""] for n, number in enumerate([*pieces, *bags], start=1)]
        return self.say("handover.closed", {"number": "HO1", "line": "HZ-EAST", "items": items})

    def request(self, first: int | None = None) -> PushRequest:
        """What waits as a request."""
        chain = chain_over(self.desk.chain, (digest_of(text.encode()) for text in self.said))
        return PushRequest(
            incarnation=self.desk.identity.incarnation,
            first_seq=first or len(self.desk.sent) + 1,
            chain=chain.hex(),
            operations=self.said,
        )

    def send(self) -> PushReply:
        """Push what waits."""
        request = self.request()
        reply = self.network.hq.push(self.desk.identity, request, 1)
        self.sent(request)
        return reply

    def sent(self, request: PushRequest) -> None:
        """Headquarters has it."""
        self.desk.sent += request.operations
        self.desk.chain = bytes.fromhex(request.chain)
        self.said = []

    def verdict(self) -> Verdict:
        """Push what waits; the verdict on the last of it."""
        return self.send().verdicts[-1]

    def news(self) -> list[FeedItem]:
        """What this desk is told since it last asked."""
        while self.network.hq.sequence():
            continue
        reply = self.network.hq.feed(self.desk.identity, 1, self.heard, 500)
        self.heard = reply.head
        return reply.items

    def told(self) -> list[tuple[str, str]]:
        """The same, short: kind, and what it is about."""
        return [(item.kind, _about(item)) for item in self.news()]


def _about(item: FeedItem) -> str:
    body = json.loads(item.body)
    if item.kind == "parcel.event":
        return str(body["operation"])
    if item.kind == "customer.changed":
        return ",".join(sorted(body["fields"]))
    return str(body.get("body", body).get("number", ""))


def counter(network: Network, desk_id: str, numbers: int = 1000) -> Counter:
    """The desk, joined, with a lease of ``numbers`` waybill numbers. Its station gets its routing code."""
    station_id = desk_id.partition("-")[0]
    network.add(station_id, desk_id)
    with network.engine.begin() as connection:
        code = ROUTE_TO.get(station_id, "")
        connection.execute(sa.update(STATION).where(STATION.c.station_id == station_id).values(routing_code=code))
    desk = network.join(desk_id)
    asked = LeaseRequest(
        request_id=f"lease-{desk_id}", incarnation=desk.identity.incarnation, prefix="CD", wanted=numbers
    )
    lease = network.hq.lease(desk.identity, asked)
    return Counter(network, desk, numbers=(make("CD", serial) for serial in range(lease.first, lease.last + 1)))

"""A desk of real work for tests: it joined a headquarters that is played in memory, and has numbers of its own."""

import functools
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from courier_desk.bootstrap import AppContext
from courier_desk.domain.login import LoginState
from courier_desk.domain.order import OrderDraft
from courier_desk.domain.reference import ReferenceKind, canonical_bytes
from courier_desk.domain.reference_contents import sample_sets
from courier_desk.protocol.messages import EnrolReply
from courier_desk.security.passwords import Argon2Hasher
from courier_desk.services.exchange_join import Joining
from courier_desk.services.orders import Accepted
from tests.desk import PASSWORD, Template, TestDesk, make_template
from tests.services.hq_stub import CARD, NOW, StubHq, outbox

ADDRESS = "https://headquarters.example.org:8443"
STATION, OTHER = "SH002", "HZ001"
_HASHER = Argon2Hasher(memory_kib=64, rounds=1)


@dataclass(slots=True)
class JoinedDesk:
    """The desk and who plays headquarters for it."""

    desk: TestDesk
    hq: StubHq

    def news(self) -> None:
        """Apply what headquarters has told."""
        link = self.desk.services.exchange.link()
        assert link is not None
        self.desk.services.exchange.apply(self.hq.feed(link.feed_after))

    def tell_order(self, operation: dict[str, Any]) -> str:
        """An order that another station took comes here; its waybill."""
        text = json.dumps(operation, ensure_ascii=False)
        more = {"op_id": operation["op_id"], "station": operation["station"]}
        self.hq.tell("order.shared", operation["entity_id"], text, **more)
        self.news()
        return str(operation["body"]["number"])

    def tell_event(self, waybill: str, operation: str, station: str, place: str, **more: Any) -> None:
        """Something was done to a parcel elsewhere."""
        body = {
            "waybill": waybill,
            "number": waybill,
            "operation": operation,
            "outcome": "accepted",
            "at": NOW.isoformat(),
            "station": station,
            "desk": f"{station}-1",
            "place": place,
            "remark": "",
        }
        self.hq.tell("parcel.event", waybill, body | more, station=station)
        self.news()

    def name_stations(self, names: Mapping[str, tuple[str, str]]) -> None:
        """What stations are called, in Chinese and English, comes with the areas."""
        areas = next(each.payload for each in sample_sets() if each.kind is ReferenceKind.AREAS)
        stations = [{"id": station, "name": {"zh": zh, "en": en}} for station, (zh, en) in names.items()]
        document = {**areas, "version": areas["version"] + 1, "stations": stations}
        self.desk.services.exchange.admit_reference(canonical_bytes(document))


@functools.cache
def _template(station: str, name: str) -> Template:
    """A desk that has just joined, whose people all have PASSWORD."""
    return make_template(partial(_set_up, station, name))


def _set_up(station: str, name: str, app: AppContext) -> None:
    reply = EnrolReply(
        station_id=station,
        desk_id=f"{station}-1",
        desk_name="二号柜台",
        incarnation=1,
        secret="s" * 40,
        epoch=1,
        now=NOW,
        station=CARD.model_copy(update={"code": station, "name": name}),
        ends=(),
        operations_before=0,
        feed_after=0,
    )
    joining = Joining(app.desk.store, _HASHER, app.desk.joining.machine)
    joining.join(ADDRESS, reply, [each.payload for each in sample_sets()])
    password_hash, people = _HASHER.hash(PASSWORD), app.services.reference.people()
    with app.desk.store.write(None) as work:
        for person in people:
            state = LoginState(person.id, password_hash, must_change=False, question="?", answer_hash="!")
            work.people.save_login_state(state)
        work.commit()


def make_joined(folder: Path, station: str = STATION, name: str = "上海徐汇站", first: int = 500_000_001) -> JoinedDesk:
    """A desk in ``folder`` with numbers from ``first`` on and everybody logged in."""
    hq = StubHq(station=station, desk=f"{station}-1", next_serial=first)
    joined = JoinedDesk(_template(station, name).copy(folder), hq)
    exchange = joined.desk.services.exchange
    request = exchange.lease_wanted()
    assert request is not None
    exchange.admit_lease(hq.lease(request))
    return joined


@contextmanager
def joined_in(folder: Path) -> Iterator[JoinedDesk]:
    """A desk that is closed at the end."""
    joined = make_joined(folder)
    try:
        yield joined
    finally:
        joined.desk.close()


@dataclass(frozen=True, slots=True)
class OtherStation:
    """A station elsewhere, which takes orders whose parcels come here."""

    desk: TestDesk

    def take(self, draft: OrderDraft | None = None) -> tuple[Accepted, dict[str, Any]]:
        """An order, and the operation that tells of it."""
        taken = self.desk.accept(draft)
        texts = [json.loads(row[2]) for row in outbox(self.desk)]
        return taken, next(each for each in reversed(texts) if each["kind"] == "order.accepted")


@contextmanager
def other_station(folder: Path) -> Iterator[OtherStation]:
    """A station of the same network that is closed at the end."""
    joined = make_joined(folder, OTHER, "杭州余杭站", 700_000_001)
    try:
        yield OtherStation(joined.desk)
    finally:
        joined.desk.close()

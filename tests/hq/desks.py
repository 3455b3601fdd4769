"""A small network for tests: stations, desks that have joined, operations they send, news they get."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from courier_desk.base.ids import new_id
from courier_desk.domain.local_text import LocalText
from courier_desk.hq.core.headquarters import Headquarters
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.reserve import NumberReserve
from courier_desk.hq.network import NewStation, add_desk, add_station, make_code
from courier_desk.hq.tables.log import FEED_PENDING
from courier_desk.protocol.chain import START, chain_over, digest_of
from courier_desk.protocol.messages import EnrolReply, EnrolRequest, PushReply, PushRequest

MACHINE = "ab" * 32
START_OF_DAY = datetime(2026, 11, 22, 1, tzinfo=UTC)


@dataclass
class StillClock:
    """Stands still until it is moved."""

    moment: datetime = START_OF_DAY

    def now(self) -> datetime:
        return self.moment

    def go_on(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass
class Joined:
    """A desk as it knows itself, and what it has sent."""

    identity: DeskIdentity
    reply: EnrolReply
    sent: list[str] = field(default_factory=list)
    chain: bytes = START

    @property
    def token(self) -> str:
        return f"{self.reply.desk_id}.{self.reply.secret}"


@dataclass
class Network:
    """Headquarters over a fresh database, with one station HZ001 and whatever a test adds."""

    engine: sa.Engine
    hq: Headquarters
    clock: StillClock

    def add(self, station_id: str, *desk_ids: str, prefix: str = "CD") -> None:
        name = LocalText("站", "Station")
        station = NewStation(
            station_id=station_id,
            code=station_id,
            name=name,
            company=name,
            number_prefix=prefix,
            zone="Asia/Shanghai",
            currency="CNY",
        )
        add_station(self.engine, station)
        for desk_id in desk_ids:
            add_desk(self.engine, station_id, desk_id, desk_id)

    def code(self, desk_id: str) -> str:
        """A fresh one-time code, as a desk sends it."""
        station_id = desk_id.split("-", maxsplit=1)[0]
        return make_code(self.engine, station_id, desk_id, "test", self.clock.now()).replace("-", "")

    def join(self, desk_id: str, machine: str = MACHINE) -> Joined:
        """The desk with a new code."""
        return self.enter(self.hq.enrol(EnrolRequest(code=self.code(desk_id), machine=machine, program="test")))

    def enter(self, reply: EnrolReply) -> Joined:
        found = self.hq.authenticate(f"{reply.desk_id}.{reply.secret}")
        assert found is not None
        return Joined(found, reply)

    def push(self, desk: Joined, texts: Sequence[str]) -> PushReply:
        """Send ``texts`` as what follows."""
        first = len(desk.sent) + 1
        chain = chain_over(desk.chain, (digest_of(text.encode()) for text in texts))
        request = PushRequest(
            incarnation=desk.identity.incarnation, first_seq=first, chain=chain.hex(), operations=list(texts)
        )
        reply = self.hq.push(desk.identity, request)
        desk.sent += texts
        desk.chain = chain
        return reply

    def work(self, desk: Joined, count: int, kind: str = "test.done", on: date | None = None) -> PushReply:
        """Send ``count`` operations of a kind that headquarters keeps but does not apply."""
        first = len(desk.sent) + 1
        texts = [operation(desk.identity, first + each, kind, self.clock.now(), on) for each in range(count)]
        return self.push(desk, texts)

    def cause(self, *desks: DeskIdentity, kind: str = "test.news") -> None:
        """One piece of news for each of ``desks``, committed and unnumbered."""
        with self.engine.begin() as connection:
            connection.execute(FEED_PENDING.insert(), [news_for(desk, kind, self.clock.now()) for desk in desks])

    def count(self, statement: str) -> int:
        with self.engine.connect() as connection:
            return int(connection.execute(sa.text(statement)).scalar_one())


def news_for(desk: DeskIdentity, kind: str, now: datetime, body: bytes = b"{}") -> dict[str, object]:
    """A row of ``feed_pending``."""
    return {
        "station_id": desk.station_id,
        "desk_id": desk.desk_id,
        "kind": kind,
        "entity_id": "x",
        "op_id": new_id(),
        "origin": "BJ001",
        "at": now,
        "body": body,
    }


def operation(desk: DeskIdentity, seq: int, kind: str, now: datetime, on: date | None = None) -> str:
    """The exact text of one operation."""
    envelope = {
        "at": now.isoformat(),
        "body": {"seq": seq, "text": "快递"},
        "business_date": (on or now.date()).isoformat(),
        "desk": desk.desk_id,
        "entity_id": f"e{seq}",
        "incarnation": desk.incarnation,
        "kind": kind,
        "op_id": new_id(),
        "operator": "1001",
        "seq": seq,
        "station": desk.station_id,
    }
    return json.dumps(envelope, ensure_ascii=False, sort_keys=True)


def empty_network(engine: sa.Engine, folder: Path) -> Network:
    """Headquarters without a station, its reserve file in ``folder``."""
    clock = StillClock()
    return Network(engine, Headquarters(engine, clock, NumberReserve(folder / "reserve.json")), clock)


def network_over(engine: sa.Engine, folder: Path) -> Network:
    """Headquarters with the station HZ001 and its desks HZ001-1 and HZ001-2."""
    network = empty_network(engine, folder)
    network.add("HZ001", "HZ001-1", "HZ001-2")
    return network

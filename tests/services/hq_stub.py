"""A headquarters in memory for the tests of the desk's side: it checks what it is sent, byte for byte, and keeps it."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from courier_desk.base.ids import new_id
from courier_desk.protocol.chain import START, chain_over, digest_of, fold
from courier_desk.protocol.messages import (
    DeadEnd,
    EnrolReply,
    FeedItem,
    FeedReply,
    KindProof,
    Lease,
    LeaseRequest,
    Outcome,
    Problem,
    ProblemCode,
    ProofReply,
    ProofRequest,
    PushReply,
    PushRequest,
    StationCard,
    Verdict,
)
from courier_desk.services.exchange_ports import LinkRecord
from courier_desk.services.exchange_state import Link, LinkState, LinkTrouble
from tests.desk import TestDesk

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
CARD = StationCard(
    code="571-YH01", name="杭州余杭站", company="示例速运", number_prefix="CD", zone="Asia/Shanghai", currency="CNY"
)


@dataclass
class StubHq:
    """``log`` holds the exact texts of each incarnation; ``parks`` the reason for an operation of a kind."""

    station: str = "HZ001"
    desk: str = "HZ001-1"
    incarnation: int = 1
    epoch: int = 1
    log: dict[int, list[str]] = field(default_factory=lambda: {1: []})
    parks: dict[str, str] = field(default_factory=dict)
    park_text: str = "why"
    news: list[FeedItem] = field(default_factory=list)
    next_serial: int = 500_000_001

    @property
    def cursor(self) -> int:
        return len(self.log[self.incarnation])

    def chain(self, incarnation: int, upto: int | None = None) -> bytes:
        texts = self.log[incarnation][:upto]
        return chain_over(START, [digest_of(text.encode()) for text in texts])

    def push(self, request: PushRequest) -> PushReply | Problem:
        """Take what follows; the rules of the protocol."""
        log = self.log[self.incarnation]
        if request.incarnation != self.incarnation:
            return Problem(code=ProblemCode.FENCED, text="")
        if request.first_seq > len(log) + 1:
            return Problem(code=ProblemCode.GAP, text="", cursor=len(log), chain=self.chain(self.incarnation).hex())
        known = len(log) + 1 - request.first_seq
        if log[request.first_seq - 1 :][:known] != request.operations[:known]:
            return Problem(code=ProblemCode.DIVERGED, text="")
        fresh = [*log, *request.operations[known:]]
        if chain_over(START, [digest_of(text.encode()) for text in fresh]).hex() != request.chain:
            return Problem(code=ProblemCode.DIVERGED, text="")
        self.log[self.incarnation] = fresh
        verdicts = [
            self._verdict(seq, json.loads(text)["kind"])
            for seq, text in enumerate(request.operations, start=request.first_seq)
        ]
        return PushReply(
            epoch=self.epoch, now=NOW, cursor=len(fresh), chain=self.chain(self.incarnation).hex(), verdicts=verdicts
        )

    def _verdict(self, seq: int, kind: str) -> Verdict:
        reason = self.parks.get(kind)
        if reason is None:
            return Verdict(seq=seq, outcome=Outcome.APPLIED)
        return Verdict(seq=seq, outcome=Outcome.PARKED, reason=reason, text=self.park_text)

    def tell(self, kind: str, entity_id: str, body: dict[str, Any] | str, **more: Any) -> FeedItem:
        """One more item in the desk's feed."""
        values: dict[str, Any] = {"n": len(self.news) + 1, "op_id": new_id(), "station": "SH002", "at": NOW}
        text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
        item = FeedItem(kind=kind, entity_id=entity_id, body=text, **(values | more))
        self.news.append(item)
        return item

    def feed(self, after: int = 0) -> FeedReply:
        """What follows a position."""
        return FeedReply(epoch=self.epoch, now=NOW, head=len(self.news), items=self.news[after:])

    def renew(self) -> EnrolReply:
        """A new incarnation; everything before is dead."""
        ends = tuple(
            DeadEnd(incarnation=each, cursor=len(texts), chain=self.chain(each).hex())
            for each, texts in self.log.items()
        )
        self.incarnation += 1
        self.log[self.incarnation] = []
        return EnrolReply(
            station_id=self.station,
            desk_id=self.desk,
            desk_name="Desk 1",
            incarnation=self.incarnation,
            secret="s" * 40,
            epoch=self.epoch,
            now=NOW,
            station=CARD,
            ends=ends,
            operations_before=sum(end.cursor for end in ends),
            feed_after=0,
        )

    def lease(self, request: LeaseRequest) -> Lease:
        """Fresh numbers."""
        first, self.next_serial = self.next_serial, self.next_serial + request.wanted
        return Lease(lease_id=new_id(), prefix=request.prefix, first=first, last=self.next_serial - 1)

    def prove(self, request: ProofRequest) -> ProofReply:
        """The same count, from the log."""
        found: dict[str, list[bytes]] = {}
        for incarnation, texts in sorted(self.log.items()):
            last = request.cursor if incarnation == request.incarnation else len(texts)
            for text in texts[:last]:
                said = json.loads(text)
                if said["business_date"] == request.business_date.isoformat():
                    found.setdefault(said["kind"], []).append(digest_of(text.encode()))
        ours = [KindProof(kind=k, count=len(d), digest=fold(d).hex()) for k, d in sorted(found.items())]
        return ProofReply(agrees=ours == list(request.kinds), kinds=ours)


def link_of(desk: TestDesk) -> Link:
    """The link as it is; there is one."""
    found = desk.services.exchange.link()
    assert found is not None
    return found


def join(desk: TestDesk, hq: StubHq) -> None:
    """Link the desk as an enrolment would."""

    def act() -> None:
        store = desk.app.desk.store
        with store.write(None) as work:
            link = Link(
                address="https://hq.example.org",
                station_id=hq.station,
                desk_id=hq.desk,
                incarnation=hq.incarnation,
                secret="s" * 40,
                epoch=hq.epoch,
                feed_after=0,
                cursor=0,
                state=LinkState.JOINED,
                reason=LinkTrouble.NONE,
                joined_at=work.now,
            )
            work.link.add(LinkRecord(link, desk.services.exchange.machine(), work.business_date))
            work.commit()

    desk.on_db(act)


def emit(desk: TestDesk, kind: str = "scan.recorded", entity_id: str = "", **body: Any) -> str:
    """One operation without rows; returns the entity."""
    entity = entity_id or new_id()

    def act() -> None:
        with desk.app.desk.store.write(None) as work:
            work.emit(kind, entity, body)
            work.commit()

    desk.on_db(act)
    return entity


def send(desk: TestDesk, hq: StubHq, *, most: int = 500) -> int:
    """Send until nothing waits; returns how many batches went."""
    exchange, batches = desk.services.exchange, 0
    while (request := exchange.batch(most)) is not None:
        reply = hq.push(request)
        assert isinstance(reply, PushReply), reply
        exchange.acknowledge(request, reply)
        batches += 1
    return batches


def outbox(desk: TestDesk) -> list[tuple[int, int, str, bool]]:
    """Every operation as it is kept: incarnation, seq, exact text, acknowledged."""

    def look() -> list[tuple[int, int, str, bool]]:
        with desk.app.desk.store.read() as found:
            rows = found.connection.exec_driver_sql(
                "SELECT incarnation, seq, body, acknowledged_at IS NOT NULL FROM outbox ORDER BY incarnation, seq"
            )
            return [(row[0], row[1], row[2].decode(), bool(row[3])) for row in rows]

    return desk.on_db(look)


def scalar(desk: TestDesk, query: str) -> Any:
    """One value out of the database."""

    def look() -> Any:
        with desk.app.desk.store.read() as found:
            return found.connection.exec_driver_sql(query).scalar()

    return desk.on_db(look)

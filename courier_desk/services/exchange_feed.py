"""News from headquarters: item n only after n-1, each with its position in one transaction, nothing twice.

What cannot be right changes nothing: it is kept aside, an alarm is raised, and the news behind it goes on. A hole stops
everything: what is missing may be what the rest stands on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from courier_desk.base.changes import Change
from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.logging import get_logger
from courier_desk.protocol.messages import LARGEST_OPERATION, FeedItem, FeedReply
from courier_desk.protocol.news import NewsKind
from courier_desk.services.exchange_news import Broken, MustWait, UnknownKind, apply_item
from courier_desk.services.exchange_ports import KeptItem, LinkRecord
from courier_desk.services.exchange_state import Alarm, LinkState
from courier_desk.services.ports import OnLane, Store, UnitOfWork

# Items in one transaction: about five milliseconds.
PIECE = 20
_WAITING, _UNKNOWN, _BROKEN = "waiting_for_own", "unknown_kind", "broken"


@dataclass(frozen=True, slots=True)
class _Done:
    """How far a piece came, and whether there is more to do."""

    changes: tuple[Change, ...] = ()
    more: bool = False


class Reading:
    """The way down."""

    def __init__(self, store: Store, on_lane: OnLane) -> None:
        self._store = store
        self._on_lane = on_lane

    def apply(self, reply: FeedReply) -> tuple[Change, ...]:
        """Everything in it that follows the position."""
        changes: list[Change] = []
        more = True
        while more:
            done = self._on_lane(lambda: self._piece(reply))
            changes += done.changes
            more = done.more
        return tuple(changes)

    def apply_waiting(self) -> tuple[Change, ...]:
        """What waited for operations that have gone meanwhile."""
        return self._on_lane(self._apply_waiting)

    def _piece(self, reply: FeedReply) -> _Done:
        try:
            return self._apply(reply, PIECE)
        except EnvironmentFault:
            raise
        except Exception as error:  # noqa: BLE001  one of them must not hold up the others for ever
            get_logger(__name__).error("news not applied", error=type(error).__name__)
        try:
            return self._apply(reply, 1)
        except EnvironmentFault:
            raise
        except Exception as error:  # noqa: BLE001  this is the one: kept aside, and seen
            return self._apply(reply, 1, broken=type(error).__name__)

    def _apply(self, reply: FeedReply, most: int, broken: str = "") -> _Done:
        """The next ``most`` items in one transaction; ``broken``: the first of them only kept aside."""
        with self._store.write(None, from_hq=True) as work:
            record = work.link.get()
            if record is None or record.link.state is not LinkState.JOINED:
                return _Done()
            link = record.link
            if reply.epoch != link.epoch:
                return self._alarm(work, record, Alarm.OTHER_EPOCH)
            items = [item for item in sorted(reply.items, key=lambda each: each.n) if item.n > link.feed_after]
            if not items:
                return _Done()
            if items[0].n != link.feed_after + 1:
                return self._alarm(work, record, Alarm.HOLE)
            taken = _in_step(items, link.feed_after)[:most]
            reading = _Items(work, record)
            for item in taken:
                reading.take(item, broken)
            work.link.change(feed_after=taken[-1].n)
            if reading.broken:
                work.link.change(alarm=Alarm.BROKEN, alarm_at=reading.now)
            elif record.alarm in (Alarm.HOLE, Alarm.OTHER_EPOCH):
                work.link.change(alarm="", alarm_at=None)
            if reading.kept:
                work.change("sync", "kept")
            return _Done(work.commit(), more=len(taken) < len(items))

    def _alarm(self, work: UnitOfWork, record: LinkRecord, alarm: Alarm) -> _Done:
        if record.alarm == alarm:
            return _Done()
        work.link.change(alarm=alarm, alarm_at=work.now)
        work.audit(f"incident.feed_{alarm.value}", "desk", record.link.desk_id, None, {"after": record.link.feed_after})
        work.change("sync", "alarm")
        return _Done(work.commit())

    def _apply_waiting(self) -> tuple[Change, ...]:
        with self._store.write(None, from_hq=True) as work:
            record = work.link.get()
            waiting = work.news.waiting(PIECE) if record is not None else ()
            if record is None or not waiting:
                return ()
            reading = _Items(work, record)
            for item in waiting:
                reading.take_again(item)
            return work.commit()


def _in_step(items: Sequence[FeedItem], after: int) -> list[FeedItem]:
    """Those that follow one another; the same number twice counts once, as it came first."""
    found: list[FeedItem] = []
    for item in items:
        if item.n == after + 1:
            found.append(item)
            after = item.n
        elif item.n != after:
            break
    return found


class _Items:
    """One item after the other within a transaction."""

    def __init__(self, work: UnitOfWork, record: LinkRecord) -> None:
        self._work = work
        self._record = record
        # What is admitted takes the time of the operation; this is ours.
        self.now = work.now
        self.kept = self.broken = 0

    def take(self, item: FeedItem, broken: str = "") -> None:
        """Apply it, or keep it aside and say why."""
        too_large = len(item.body.encode(errors="replace")) > LARGEST_OPERATION
        wrong = broken or ("too large" if too_large else "")
        if wrong:
            self._break(item, wrong)
            return
        try:
            apply_item(self._work, self._record, item, self.now)
        except MustWait:
            self._keep(item, _WAITING)
        except UnknownKind:
            self._keep(item, _UNKNOWN)
        except Broken as error:
            self._break(item, str(error))

    def take_again(self, kept: KeptItem) -> None:
        """One that waited: apply it if it may go now."""
        item = FeedItem(
            n=kept.n, kind=kept.kind, entity_id=kept.about, op_id=kept.op_id, station=kept.station, at=kept.at,
            body=kept.body,
        )  # fmt: skip
        self._work.news.drop(kept.epoch, kept.n)
        try:
            apply_item(self._work, self._record, item, self.now)
        except MustWait:
            self._work.news.keep(kept, self.now)
        except Broken as error:
            self._work.news.keep(replace(kept, why=_BROKEN, text=str(error)), self.now)
            self._work.link.change(alarm=Alarm.BROKEN, alarm_at=self.now)

    def _break(self, item: FeedItem, wrong: str) -> None:
        self.broken += 1
        self._keep(item, _BROKEN, wrong)
        facts = {"n": item.n, "kind": item.kind, "text": wrong}
        self._work.audit("incident.news_broken", "desk", self._record.link.desk_id, None, facts)

    def _keep(self, item: FeedItem, why: str, text: str = "") -> None:
        self.kept += 1
        body = item.body.encode(errors="replace")[:LARGEST_OPERATION].decode(errors="replace")
        self._work.news.keep(
            KeptItem(
                epoch=self._record.link.epoch,
                n=item.n,
                kind=item.kind,
                # A customer is known by their telephone number, which lists would show.
                about="" if item.kind == NewsKind.CUSTOMER_CHANGED else item.entity_id,
                op_id=item.op_id,
                station=item.station,
                at=item.at,
                body=body,
                why=why,
                text=text,
            ),
            self.now,
        )

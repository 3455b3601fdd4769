"""News for the feeds: what a batch has to tell, in its order, and to which desks. Numbered later by the sequencer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from courier_desk.hq.core.entries import day_of
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.tracks import Event, Track, earlier_events, order_texts
from courier_desk.hq.core.transaction import Copy, Cursor
from courier_desk.hq.tables.log import FEED_PENDING
from courier_desk.protocol.news import NewsKind, ParcelEvent

_PENDING = Copy(FEED_PENDING, "station_id", "desk_id", "kind", "entity_id", "op_id", "origin", "at", "body")
_DESKS = "SELECT station_id, desk_id FROM desk WHERE station_id = ANY(%s) AND state <> 'retired' ORDER BY desk_id"

_Desk = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news, the same for everybody who is told. ``op_id`` is never told twice to a desk."""

    kind: NewsKind
    entity_id: str
    op_id: UUID
    origin: str
    at: datetime
    body: bytes

    def item(self) -> "Item":
        return self


@dataclass(frozen=True, slots=True)
class _Happened:
    """An event in the life of ``track``; made into an item only where somebody is told."""

    track: Track
    event: Event

    def item(self) -> Item:
        event = self.event
        body = ParcelEvent(
            waybill=self.track.waybill,
            number=event.number,
            operation=event.operation,
            outcome=event.outcome,
            at=event.at,
            station=event.station_id,
            desk=event.desk_id,
            place=event.place,
        )
        text = body.model_dump_json().encode()
        return Item(NewsKind.PARCEL_EVENT, self.track.entity_id, event.op_id, event.station_id, event.at, text)


@dataclass(frozen=True, slots=True)
class _Told:
    """News for all desks of ``stations`` but one."""

    stations: tuple[str, ...]
    but: str
    what: Item | _Happened


@dataclass(frozen=True, slots=True)
class _Joined:
    """A station is told of ``track`` from now on. First it gets the order, unless it has that already or may not have
    it, and what happened before; ``events`` of that in this batch, None when it was told of all that already."""

    station: str
    track: Track
    with_order: bool
    events: int | None


class News:
    """Collects; looks up what newcomers have to know, before the batch writes anything; and writes itself last."""

    def __init__(self, desk: DeskIdentity, beside: Sequence[str] | None = None) -> None:
        """``beside``: the desks of the station of ``desk``, where they are known."""
        self._desk = desk
        self._beside = beside
        self._steps: list[_Told | _Joined] = []
        self._direct: list[Item] = []
        self._past = _Past({}, {})

    def tell(self, stations: Sequence[str], item: Item) -> None:
        """``item`` to the desks of ``stations``; the desk that sent the batch knows it already."""
        self._steps.append(_Told(tuple(stations), self._desk.desk_id, item))

    def answer(self, item: Item) -> None:
        """``item`` to the desk that sent the batch, after everything else."""
        self._direct.append(item)

    def happened(self, track: Track, event: Event) -> None:
        """An event to all who are told of the waybill."""
        self._steps.append(_Told(tuple(track.stations), event.desk_id, _Happened(track, event)))

    def joined(self, track: Track, station: str, *, with_order: bool) -> None:
        """``station`` is told of the waybill from now on."""
        self._steps.append(_Joined(station, track, with_order and track.order_op is not None, len(track.events)))

    def admitted(self, track: Track, station: str) -> None:
        """``station`` was told of the waybill so far without its order, and gets that now."""
        self._steps.append(_Joined(station, track, with_order=True, events=None))

    def look_up(self, cursor: Cursor) -> None:
        """Read what newcomers have to know: what the database has, without anything of this batch."""
        joined = [step for step in self._steps if isinstance(step, _Joined)]
        tracks = {s.track.waybill: s.track for s in joined if s.events is not None}
        orders = {s.track.waybill: s.track for s in joined if s.with_order}
        unread = [t for t in orders.values() if t.order_op is not None and t.order_text is None]
        days = [day_of(t.order_op) for t in unread if t.order_op is not None]
        self._past = _Past(earlier_events(cursor, list(tracks.values())), order_texts(cursor, unread, days))

    def write(self, cursor: Cursor) -> None:
        """Add it all to what waits for its number."""
        if self._steps or self._direct:
            _PENDING.write(cursor, [_row(desk, item) for desk, item in self._addressed(cursor)])

    def _addressed(self, cursor: Cursor) -> Iterator[tuple[_Desk, Item]]:
        desks = self._desks(cursor)
        for step in self._steps:
            if isinstance(step, _Joined):
                items = list(self._past.of(step))
                yield from ((desk, item) for desk in desks.get(step.station, ()) for item in items)
                continue
            told = [desk for station in step.stations for desk in desks.get(station, ()) if desk[1] != step.but]
            if told:
                item = step.what.item()
                yield from ((desk, item) for desk in told)
        yield from (((self._desk.station_id, self._desk.desk_id), item) for item in self._direct)

    def _desks(self, cursor: Cursor) -> Mapping[str, list[_Desk]]:
        stations = {s for step in self._steps for s in (step.stations if isinstance(step, _Told) else (step.station,))}
        desks: dict[str, list[_Desk]] = {}
        if self._beside is not None:
            stations.discard(self._desk.station_id)
            desks[self._desk.station_id] = [(self._desk.station_id, desk_id) for desk_id in self._beside]
        if not stations:
            return desks
        cursor.execute(_DESKS, (sorted(stations),), prepare=True)
        for desk in cursor.fetchall():
            desks.setdefault(desk[0], []).append(desk)
        return desks


@dataclass(frozen=True, slots=True)
class _Past:
    """What newcomers have to know, by waybill."""

    events: Mapping[str, list[Event]]
    orders: Mapping[str, bytes]

    def of(self, step: _Joined) -> Iterator[Item]:
        track = step.track
        text = track.order_text or self.orders.get(track.waybill)
        if step.with_order and text is not None:
            yield shared(track, text)
        if step.events is None:
            return
        events = [*self.events.get(track.waybill, ()), *track.events[: step.events]]
        yield from (_Happened(track, event).item() for event in events)


def shared(track: Track, text: bytes) -> Item:
    """The order of ``track``, in the exact words of the station that took it."""
    op_id = track.order_op or UUID(int=0)
    at = datetime.fromtimestamp((op_id.int >> 80) / 1000, tz=UTC)
    return Item(NewsKind.ORDER_SHARED, track.entity_id, op_id, track.origin or "", at, text)


def _row(desk: _Desk, item: Item) -> tuple[object, ...]:
    return (*desk, item.kind.value, item.entity_id, str(item.op_id), item.origin, item.at, item.body)

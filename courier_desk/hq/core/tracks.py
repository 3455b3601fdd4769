"""Who is told of which waybill, as one batch finds it and leaves it. The rows stay locked until the batch is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from courier_desk.domain import own_number
from courier_desk.hq.core.transaction import Copy, Cursor
from courier_desk.hq.tables.parcels import INTEREST, PARCEL_EVENT

_COLUMNS = ("waybill", "stations", "since", "origin", "order_id", "order_op", "routing_code", "left_from", "waiting")
_ARRAYS = [_COLUMNS.index(name) for name in ("stations", "left_from", "waiting")]
_INTEREST = Copy(INTEREST, *_COLUMNS)
_EVENTS = Copy(
    PARCEL_EVENT,
    *("waybill", "op_id", "day", "at", "station_id", "desk_id", "number", "operation", "outcome"),
)
_LOCK = """
SELECT waybill, stations, since, origin, order_id, order_op, routing_code, left_from, waiting FROM interest
WHERE waybill = ANY(%s) ORDER BY waybill FOR UPDATE
"""
# Station ids hold no blanks.
_CHANGE = """
UPDATE interest i SET stations = string_to_array(u.stations, ' '), since = u.since, origin = u.origin,
    order_id = u.order_id, order_op = u.order_op, routing_code = u.routing_code,
    left_from = string_to_array(u.left_from, ' '), waiting = string_to_array(u.waiting, ' ')
FROM unnest(%s::text[], %s::text[], %s::date[], %s::text[], %s::text[], %s::uuid[], %s::text[], %s::text[], %s::text[])
    AS u(waybill, stations, since, origin, order_id, order_op, routing_code, left_from, waiting)
WHERE i.waybill = u.waybill
"""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done to one piece. ``op_id`` is unique for the waybill, ``day`` that of the operation."""

    op_id: UUID
    day: date
    at: datetime
    station_id: str
    desk_id: str
    number: str
    operation: str
    outcome: str
    place: str


@dataclass(slots=True)
class Track:
    """One waybill. ``origin`` and what follows is None until its order has come. ``left_from``: stations that had it on
    a closed list; ``waiting``: those of ``stations`` that may not have the order yet. ``events`` are those of this
    batch."""

    waybill: str
    stations: list[str]
    since: date
    origin: str | None = None
    order_id: str | None = None
    order_op: UUID | None = None
    routing_code: str | None = None
    left_from: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    is_new: bool = False
    changed: bool = False
    order_text: bytes | None = None
    events: list[Event] = field(default_factory=list)

    @property
    def entity_id(self) -> str:
        """What news of it is about: the order, as long as that is known."""
        return self.order_id or self.waybill

    @property
    def holders(self) -> list[str]:
        """Who is told of it and has the order."""
        return [station for station in self.stations if station not in self.waiting]

    @property
    def dispatched(self) -> bool:
        """It has left the station of its order on a closed list."""
        return self.origin is not None and self.origin in self.left_from

    def left(self, station: str) -> None:
        """It was on a list that ``station`` closed. What it did elsewhere is of no account once the origin is known."""
        if self.origin in {None, station} and station not in self.left_from:
            self.left_from.append(station)
            self.changed = True

    def seen_on(self, day: date) -> None:
        """Something about it is kept under ``day``."""
        if day < self.since:
            self.since, self.changed = day, True

    def row(self) -> tuple[object, ...]:
        return (
            self.waybill,
            self.stations,
            self.since,
            self.origin,
            self.order_id,
            self.order_op,
            self.routing_code,
            self.left_from,
            self.waiting,
        )


class Tracks:
    """The waybills that a batch names."""

    def __init__(self, tracks: dict[str, Track]) -> None:
        self._tracks = tracks

    @classmethod
    def lock(cls, cursor: Cursor, waybills: Iterable[str]) -> "Tracks":
        """Those of ``waybills`` that are known, locked in the order of their numbers."""
        wanted = sorted(set(waybills))
        if not wanted:
            return cls({})
        cursor.execute(_LOCK, (wanted,), prepare=True)
        return cls({row[0]: Track(*row) for row in cursor.fetchall()})

    def get(self, waybill: str, day: date) -> Track | None:
        """The waybill, a new one if need be; None for what is no waybill number of ours."""
        track = self._tracks.get(waybill)
        if track is None:
            if not is_waybill(waybill):
                return None
            track = self._tracks[waybill] = Track(waybill, [], day, is_new=True)
        track.seen_on(day)
        return track

    def codes_beyond(self, station: str) -> set[str]:
        """The routing codes of orders that ``station`` has not had to do with so far."""
        unseen = (track for track in self._tracks.values() if station not in track.stations)
        return {track.routing_code for track in unseen if track.routing_code}

    def routing_codes(self) -> set[str]:
        """Of the orders that are known."""
        return {track.routing_code for track in self._tracks.values() if track.routing_code}

    def write(self, cursor: Cursor) -> None:
        """Keep what is new or changed. Errors: psycopg.errors.UniqueViolation when another batch was quicker."""
        _INTEREST.write(cursor, [track.row() for track in self._sorted() if track.is_new])
        changed = [track.row() for track in self._sorted() if track.changed and not track.is_new]
        if changed:
            columns = [list(column) for column in zip(*changed, strict=True)]
            for place in _ARRAYS:
                columns[place] = [" ".join(stations) for stations in columns[place] if isinstance(stations, list)]
            cursor.execute(_CHANGE, columns)
        _EVENTS.write(
            cursor,
            [
                (track.waybill, e.op_id, e.day, e.at, e.station_id, e.desk_id, e.number, e.operation, e.outcome)
                for track in self._tracks.values()
                for e in track.events
            ],
        )

    def _sorted(self) -> list[Track]:
        return sorted(self._tracks.values(), key=lambda track: track.waybill)


def is_waybill(text: str) -> bool:
    """True for the mother number of an order, of whatever company's prefix."""
    number = own_number.read(text, (text[:2],))
    return number is not None and number.sound and not number.piece


_EARLIER = """
SELECT e.waybill, e.op_id, e.day, e.at, e.station_id, e.desk_id, e.number, e.operation, e.outcome, s.name
FROM parcel_event e JOIN station s USING (station_id)
WHERE e.waybill = ANY(%s) AND e.day >= %s ORDER BY e.at, e.op_id
"""
_ORDER_TEXTS = """
SELECT u.waybill, o.body FROM unnest(%s::text[], %s::text[], %s::uuid[], %s::date[]) AS u(waybill, station, op, day)
JOIN op_log o ON o.station_id = u.station AND o.op_id = u.op AND o.day = u.day
"""


def earlier_events(cursor: Cursor, tracks: Sequence[Track]) -> Mapping[str, list[Event]]:
    """What the database has of the lives of ``tracks``, oldest first."""
    found: dict[str, list[Event]] = {}
    old = [track for track in tracks if not track.is_new]
    if old:
        cursor.execute(_EARLIER, ([track.waybill for track in old], min(track.since for track in old)))
        for waybill, *rest, name in cursor.fetchall():
            found.setdefault(waybill, []).append(Event(*(*rest, place_of(name))))
    return found


def order_texts(cursor: Cursor, tracks: Sequence[Track], days: Sequence[date]) -> Mapping[str, bytes]:
    """The exact operations ``order.accepted`` of ``tracks``, whose ids lie in ``days``."""
    if not tracks:
        return {}
    asked = ([t.waybill for t in tracks], [t.origin for t in tracks], [t.order_op for t in tracks], list(days))
    cursor.execute(_ORDER_TEXTS, asked)
    return dict(cursor.fetchall())


def place_of(name: Mapping[str, str]) -> str:
    """How a station is called on other desks."""
    return (name.get("zh") or name.get("en") or "")[:200]

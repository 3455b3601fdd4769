"""The sheet on which a batch works out what it brings about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from courier_desk.hq.core.entries import Entry
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.news import News
from courier_desk.hq.core.tracks import Event, Track, Tracks, place_of


@dataclass(slots=True)
class Loads:
    """``left``: by the seq of each closed list, waybill and number of every piece that left with it. ``sealed``: by
    tag, the numbers of the pieces in each bag that was sealed."""

    left: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    sealed: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sender:
    """The desk that a batch comes from, the name of its station by language, and the desks of that station, where they
    are known."""

    desk: DeskIdentity
    name: Mapping[str, str]
    desks: tuple[str, ...] | None = None

    @property
    def station_id(self) -> str:
        return self.desk.station_id


@dataclass(slots=True)
class Sheet:
    """``destinations``: the stations that a routing code leads to. ``waybills`` and ``voided``: still to be written.
    ``early``: how many orders of others the sender came upon before they were dispatched."""

    sender: Sender
    tracks: Tracks
    loads: Loads
    destinations: Mapping[str, tuple[str, ...]]
    waybills: list[tuple[Any, ...]] = field(default_factory=list)
    voided: list[str] = field(default_factory=list)
    early: int = 0
    news: News = field(init=False)
    _place: str = field(init=False)

    def __post_init__(self) -> None:
        self.news = News(self.sender.desk, self.sender.desks)
        self._place = place_of(self.sender.name)

    def join(self, track: Track, station: str) -> None:
        """From now on ``station`` is told of the waybill, and what happened before as well; it gets the order now, or
        waits for it."""
        if station in track.stations:
            return
        may = self.may_have(track, station)
        self.news.joined(track, station, with_order=may)
        track.stations.append(station)
        track.changed = True
        if not may:
            track.waiting.append(station)
            self.early += station == self.sender.station_id and track.origin is not None

    def may_have(self, track: Track, station: str) -> bool:
        """True when names, telephones and addresses of the order are the business of ``station``: it took the order,
        the order goes there, or the parcel has left on a list. To have scanned the number is not enough: numbers are
        consecutive, whoever has a gun could go through them."""
        if track.origin is None:
            return False
        there = self.destinations.get(track.routing_code or "", ())
        return station == track.origin or track.dispatched or station in there

    def admit(self, track: Track) -> list[str]:
        """Stations that have waited for the order and may have it now."""
        found = [station for station in track.waiting if self.may_have(track, station)]
        if found:
            track.waiting = [station for station in track.waiting if station not in found]
            track.changed = True
        return found

    def happened(
        self, track: Track, entry: Entry, number: str, operation: str, outcome: str, op_id: UUID | None = None
    ) -> None:
        """Something was done to a piece of the waybill at the sender's station."""
        desk = self.sender.desk
        moment = getattr(entry.body, "scanned_at", entry.at)
        event = Event(
            op_id=op_id or entry.op_id,
            day=entry.day,
            at=moment,
            station_id=desk.station_id,
            desk_id=desk.desk_id,
            number=number,
            operation=operation,
            outcome=outcome,
            place=self._place,
        )
        self.news.happened(track, event)
        track.events.append(event)

"""What the floor looks at while it works: what is in a bag, where bags may go, what waits for which line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from courier_desk.base.clock import Clock
from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.bag import Bag, BagState
from courier_desk.domain.cut_off import minutes_left
from courier_desk.domain.line import Line
from courier_desk.domain.local_text import LocalText
from courier_desk.domain.manifest import ManifestState
from courier_desk.domain.parcel import Parcel
from courier_desk.domain.scan import Operation
from courier_desk.domain.user import Action, Actor
from courier_desk.services.gate import Gate
from courier_desk.services.ports import Store
from courier_desk.services.reference import ReferenceService
from courier_desk.services.rows import LifeRow, ManifestRow
from courier_desk.services.station import StationIdentity

PAST_DAYS = 7
_MOST_LISTS = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """What stands in the station for one line: open bags, sealed bags, loose parcels; pieces of sealed bags and loose
    ones together."""

    open_bags: int = 0
    sealed_bags: int = 0
    loose: int = 0
    pieces: int = 0


@dataclass(frozen=True, slots=True)
class Expected:
    """``done`` of ``wanted`` pieces."""

    done: int
    wanted: int


@dataclass(frozen=True, slots=True)
class BagLine:
    """A package centre that bags go to, the line that takes them, and how many loose parcels wait for it."""

    centre: str
    line: str
    loose: int


@dataclass(frozen=True, slots=True)
class BagView:
    """A bag, what lies in it, and what happened to it, oldest first."""

    bag: Bag
    parcels: tuple[Parcel, ...]
    life: tuple[LifeRow, ...]


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of this evening. ``left_minutes`` until the cut-off, negative when it is past. ``open_id`` is the list
    that is being loaded, empty for none; ``closed`` how many lists left today."""

    code: str
    name: LocalText
    destination: LocalText
    cut_off: time
    departs: time
    left_minutes: int
    plate: str
    driver: str
    waiting: Waiting
    open_id: str
    open_number: str
    loaded: int
    closed: int


@dataclass(frozen=True, slots=True)
class WithoutOrder:
    """A parcel that was scanned and that no order is known of (有货无单); when it was seen first, and how often."""

    number: str
    operation: str
    scanned_at: datetime
    device: str
    scans: int


class FloorQueries(Protocol):
    """Plain queries of the floor."""

    def waiting(self, lines: Sequence[str]) -> Mapping[str, Waiting]: ...
    def loose_by_centre(self, lines: Sequence[str]) -> Mapping[tuple[str, str], int]: ...
    def collected(self, business_day: date) -> Expected: ...
    def without_order(self, business_day: date) -> list[WithoutOrder]: ...
    def bag_life(self, bag_id: str) -> list[LifeRow]: ...
    def manifests(self, since: date, limit: int) -> list[ManifestRow]: ...


class FloorService:
    """Looks only; changes nothing. Runs on the db lane."""

    def __init__(
        self, store: Store, queries: FloorQueries, gate: Gate, reference: ReferenceService,
        station: StationIdentity, clock: Clock,
    ) -> None:  # fmt: skip
        self._store = store
        self._queries = queries
        self._gate = gate
        self._reference = reference
        self._zone = ZoneInfo(station.zone)
        self._clock = clock

    def bag(self, actor: Actor, bag_id: str) -> BagView:
        """A bag with its content. Errors: UserError when there is none."""
        self._gate.require(actor, Action.BAG_WORK)
        with self._store.read() as work:
            bag = work.bags.get(bag_id)
            parcels = tuple(work.parcels.in_bag(bag_id))
        if bag is None:
            raise UserError(message("There is no such bag."))
        names = {person.id: person.name for person in self._reference.people()}
        life = [replace(row, operator=names.get(row.operator, row.operator)) for row in self._queries.bag_life(bag_id)]
        return BagView(bag, parcels, tuple(life))

    def bag_lines(self, actor: Actor) -> tuple[BagLine, ...]:
        """Where bags may go by the routing table, those with most parcels waiting first."""
        self._gate.require(actor, Action.BAG_WORK)
        centres = self._reference.routing().centres()
        loose = self._queries.loose_by_centre(sorted({line for _centre, line in centres}))
        rows = [BagLine(centre, line, loose.get((line, centre), 0)) for centre, line in centres]
        return tuple(sorted(rows, key=lambda row: (-row.loose, row.line, row.centre)))

    def parcel(self, actor: Actor, number: str) -> Parcel | None:
        """The piece with this number."""
        self._gate.require(actor, Action.SCAN_RECORD)
        with self._store.read() as work:
            return work.parcels.by_number(number)

    def expected(self, actor: Actor, operation: Operation, bag_id: str, business_day: date) -> Expected | None:
        """How much of what is expected is done, where that is known: of the day's parcels those collected, of the
        parcels for the bag's destination those in it."""
        self._gate.require(actor, Action.SCAN_RECORD)
        if operation is Operation.COLLECTED:
            return self._queries.collected(business_day)
        if operation is not Operation.BAGGED or not bag_id:
            return None
        with self._store.read() as work:
            bag = work.bags.get(bag_id)
        if bag is None or bag.state is not BagState.OPEN:
            return None
        loose = self._queries.loose_by_centre([bag.line]).get((bag.line, bag.destination), 0)
        return Expected(bag.pieces, bag.pieces + loose)

    def without_order(self, actor: Actor, business_day: date) -> list[WithoutOrder]:
        """Parcels of the day whose orders are still to be entered, the last one first."""
        self._gate.require(actor, Action.SCAN_RECORD)
        return self._queries.without_order(business_day)

    def lines(self, actor: Actor, business_day: date) -> tuple[LineRow, ...]:
        """The lines of the evening, the next cut-off first."""
        self._gate.require(actor, Action.HANDOVER_WORK)
        lines = self._reference.lines()
        waiting = self._queries.waiting(sorted(lines))
        lists = self._queries.manifests(business_day - timedelta(days=PAST_DAYS), _MOST_LISTS)
        rows = [self._line(line, waiting.get(code, Waiting()), lists, business_day) for code, line in lines.items()]
        return tuple(sorted(rows, key=lambda row: (row.cut_off, row.code)))

    def line_name(self, code: str) -> LocalText | None:
        """What people call a line."""
        line = self._reference.lines().get(code)
        return line.name if line else None

    def _line(self, line: Line, waiting: Waiting, lists: Sequence[ManifestRow], business_day: date) -> LineRow:
        mine = [row for row in lists if row.line == line.code]
        loading = next((row for row in mine if row.state == ManifestState.OPEN), None)
        closed = [row for row in mine if row.state == ManifestState.CLOSED and row.business_date == business_day]
        return LineRow(
            code=line.code,
            name=line.name,
            destination=line.destination,
            cut_off=line.cut_off,
            departs=line.departs,
            left_minutes=minutes_left(line.cut_off, business_day, self._clock.now(), self._zone),
            plate=line.plate,
            driver=line.driver,
            waiting=waiting,
            open_id=loading.manifest_id if loading else "",
            open_number=loading.number if loading else "",
            loaded=loading.pieces if loading else 0,
            closed=len(closed),
        )

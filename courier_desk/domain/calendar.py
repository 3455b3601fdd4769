"""When the network works: transit days by service and zone, cut-off times, closures by date and division."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from types import MappingProxyType
from zoneinfo import ZoneInfo

from courier_desk.base.translation import message
from courier_desk.domain.company import zone_from
from courier_desk.domain.data_reader import Node
from courier_desk.domain.local_text import LocalText
from courier_desk.domain.prefixes import PrefixMap, PrefixSet
from courier_desk.domain.zones import ZoneTable, zone_table_from

EVERY_WEEKDAY = frozenset(range(1, 8))


@dataclass(frozen=True, slots=True)
class Transit:
    """Delivered within so many working days of the network after leaving, until ``by`` (local time)."""

    days: int
    by: time


@dataclass(frozen=True, slots=True)
class ServiceTimes:
    """The times of a service: cut-off by origin, transit by zone, the weekdays (1 Monday .. 7 Sunday) it works on."""

    cut_offs: PrefixMap[time]
    transit: Mapping[str, Transit]
    zones: ZoneTable
    weekdays: frozenset[int]


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which divisions are closed to a service (none named: to all). ``last_day`` None: until further notice."""

    first_day: date
    last_day: date | None
    divisions: PrefixSet
    services: frozenset[str]
    reason: LocalText

    def closes(self, division: str, service: str, on: date) -> bool:
        """True when the division is closed to the service on that day."""
        return (
            self.first_day <= on
            and (self.last_day is None or on <= self.last_day)
            and (not self.services or service in self.services)
            and division in self.divisions
        )


@dataclass(frozen=True, slots=True)
class Calendar:
    """One version of the calendar. ``zone`` is the time zone of all its times of the day."""

    version: int
    zone: ZoneInfo
    services: Mapping[str, ServiceTimes]
    closures: tuple[Closure, ...]

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> "Calendar":
        """The calendar written in ``data``. Errors: UserError that names the place of what is wrong."""
        root = Node("calendar", data)
        root.only("kind", "version", "valid_from", "valid_until", "note", "zone", "zones", "services", "closures")
        zones = {name: zone_table_from(node) for name, node in root.child("zones").members()}
        services = {name: _service_times(node, zones) for name, node in root.child("services").members()}
        return cls(
            version=root.child("version").whole(minimum=1),
            zone=zone_from(root.child("zone")),
            services=MappingProxyType(services),
            closures=tuple(_closure(node, frozenset(services)) for node in root.child("closures").entries()),
        )

    def closure(self, division: str, service: str, on: date) -> Closure | None:
        """What closes the division to the service on that day; None when it is open."""
        return next((each for each in self.closures if each.closes(division, service, on)), None)


def _service_times(node: Node, zones: Mapping[str, ZoneTable]) -> ServiceTimes:
    node.only("zones", "cut_offs", "transit", "weekdays")
    named, weekdays = node.child("zones"), node.maybe("weekdays")
    if named.text() not in zones:
        named.fail(message("There is no table “{name}”.", name=named.text()))
    table = zones[named.text()]
    for zone, entry in node.child("transit").members():
        if zone not in table.names():
            entry.fail(message("The table of zones never answers “{zone}”.", zone=zone))
    days = EVERY_WEEKDAY if weekdays is None else frozenset(d.whole(minimum=1, maximum=7) for d in weekdays.entries())
    if not days:
        node.child("weekdays").fail(message("At least one weekday is needed."))
    cut_offs = _cut_offs(node.child("cut_offs"))
    transit = {zone: _transit(entry, max(cut_offs.values())) for zone, entry in node.child("transit").members()}
    return ServiceTimes(PrefixMap(cut_offs), MappingProxyType(transit), table, days)


def _cut_offs(node: Node) -> dict[str, time]:
    cut_offs = {Node(entry.place, prefix).digits(): entry.clock() for prefix, entry in node.members()}
    if "" not in cut_offs:
        node.fail(message("The cut-off for everywhere else is missing."))
    return cut_offs


def _transit(node: Node, last_cut_off: time) -> Transit:
    node.only("days", "by")
    transit = Transit(node.child("days").whole(maximum=60), node.child("by").clock())
    if transit.days == 0 and transit.by <= last_cut_off:
        node.fail(message("Delivery on the same day must be later than every cut-off."))
    return transit


def _closure(node: Node, services: frozenset[str]) -> Closure:
    node.only("first_day", "last_day", "divisions", "services", "reason")
    last_day, named = node.maybe("last_day"), node.maybe("services")
    closed = frozenset() if named is None else frozenset(entry.text() for entry in named.entries())
    for service in sorted(closed - services):
        node.fail(message("There is no service “{name}”.", name=service))
    closure = Closure(
        first_day=node.child("first_day").day(),
        last_day=None if last_day is None else last_day.day(),
        divisions=PrefixSet(entry.digits() for entry in node.child("divisions").entries()),
        services=closed,
        reason=node.child("reason").local_text(),
    )
    if closure.last_day is not None and closure.last_day < closure.first_day:
        node.child("last_day").fail(message("This is before the first day."))
    return closure

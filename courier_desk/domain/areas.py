"""The area served: which services go to a division, and whether it counts as remote."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.data_reader import Node
from courier_desk.domain.local_text import LocalText
from courier_desk.domain.prefixes import PrefixMap


@dataclass(frozen=True, slots=True)
class Area:
    """What is known of a division: the services that go there (none: not served), and what to say about it."""

    services: frozenset[str]
    remote: bool = False
    note: LocalText | None = None

    @property
    def served(self) -> bool:
        """True when any service goes there."""
        return bool(self.services)


NOT_SERVED = Area(frozenset())


@dataclass(frozen=True, slots=True)
class Areas:
    """One version of the area served. ``stations``: what the stations of the network are called, by their ids."""

    version: int
    table: PrefixMap[Area]
    stations: Mapping[str, LocalText] = field(default_factory=dict)

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> "Areas":
        """The area written in ``data``. Errors: UserError that names the place of what is wrong."""
        root = Node("areas", data)
        table: dict[str, Area] = {}
        for entry in root.child("areas").entries():
            entry.only("prefixes", "services", "remote", "note")
            area = _area(entry)
            for prefix in entry.child("prefixes").entries():
                if prefix.digits() in table:
                    prefix.fail(message("“{key}” is there twice.", key=prefix.digits()))
                table[prefix.digits()] = area
        return cls(root.child("version").whole(minimum=1), PrefixMap(table), _stations(root.maybe("stations")))

    def area(self, division: str) -> Area:
        """What is known of a division code; a smaller division goes before the larger one it lies in."""
        return self.table.find(division) or NOT_SERVED

    def serves(self, division: str, service: str) -> bool:
        """True when the service goes to the division."""
        return service in self.area(division).services

    def require(self, division: str, service: str, service_name: object) -> Area:
        """The area, when the service goes there. Errors: UserError(field="destination")."""
        area = self.area(division)
        if not area.served:
            raise UserError(message("This area is not served."), field="destination")
        if service not in area.services:
            raise UserError(message("{service} does not go to this area.", service=service_name), field="destination")
        return area


def _stations(node: Node | None) -> Mapping[str, LocalText]:
    entries = () if node is None else node.entries()
    return MappingProxyType({entry.child("id").text(): entry.child("name").local_text() for entry in entries})


def _area(entry: Node) -> Area:
    remote, note = entry.maybe("remote"), entry.maybe("note")
    return Area(
        services=frozenset(service.text() for service in entry.child("services").entries()),
        remote=False if remote is None else remote.flag(),
        note=None if note is None else note.local_text(),
    )

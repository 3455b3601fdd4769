"""Which way a parcel is sent: routing code (三段码), package centre (集包地) and evening line, by its destination."""

from collections.abc import Mapping
from dataclasses import dataclass

from courier_desk.base.translation import message
from courier_desk.domain.data_reader import Node
from courier_desk.domain.order import Route
from courier_desk.domain.prefixes import PrefixMap


@dataclass(frozen=True, slots=True)
class Routing:
    """One version of the routing table, as seen from this station. Routing codes are opaque text: each network has its
    own grammar."""

    version: int
    table: PrefixMap[Route]

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> "Routing":
        """The table written in ``data``. Errors: UserError that names the place of what is wrong."""
        root = Node("routing", data)
        table: dict[str, Route] = {}
        for entry in root.child("routes").entries():
            entry.only("prefix", "code", "centre", "line")
            prefix = entry.child("prefix").digits()
            if prefix in table:
                entry.fail(message("“{key}” is there twice.", key=prefix))
            table[prefix] = Route(
                routing_code=entry.child("code").text(),
                package_centre=entry.child("centre").text(),
                line=entry.child("line").text(),
            )
        return cls(root.child("version").whole(minimum=1), PrefixMap(table))

    def route(self, division: str) -> Route | None:
        """The route to a division code, by its longest beginning; None when the table does not know it."""
        return self.table.find(division)

    def lines(self) -> frozenset[str]:
        """The codes of all lines that the table sends parcels to."""
        return frozenset(route.line for route in self.table.values())

    def centres(self) -> tuple[tuple[str, str], ...]:
        """Every package centre with the line that bags for it take; a centre on two lines is there twice."""
        return tuple(sorted({(route.package_centre, route.line) for route in self.table.values()}))

"""Which zone a parcel crosses: an origin and a destination become the name of a column of the price card.

The table is data. It is asked in this order: pairs written out by name, same city, same province, the matrix of groups
of provinces or cities, and last "otherwise". No answer means: not served.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from courier_desk.base.translation import message
from courier_desk.domain.data_reader import Node
from courier_desk.domain.prefixes import PrefixMap

# Digits of a division code that make up its city, by the beginning of the code (GB/T 2260). A municipality is one city
# (its second level is artificial), and counties run by a province itself are a city of their own.
CITY_DIGITS: Mapping[str, int] = MappingProxyType(
    {"": 4, "11": 2, "12": 2, "31": 2, "50": 2, "71": 2, "81": 2, "82": 2, "4190": 6, "4290": 6, "4690": 6, "6590": 6}
)
_city_digits = PrefixMap(CITY_DIGITS)


def city_of(division: str) -> str:
    """The beginning of ``division`` that names its city; "" when the code is too short to tell."""
    digits = _city_digits.find(division)
    return division[:digits] if digits is not None and len(division) >= digits else ""


@dataclass(frozen=True, slots=True)
class ZoneTable:
    """Zones by origin and destination. Names of zones are the company's own."""

    pairs: PrefixMap[PrefixMap[str]]
    same_city: str | None
    same_province: str | None
    groups: PrefixMap[str]
    matrix: Mapping[str, Mapping[str, str]]
    otherwise: str | None

    def zone(self, origin: str, destination: str) -> str | None:
        """The zone between two division codes (6 digits or more); None when it is not served."""
        named = self._named_pair(origin, destination)
        if named is not None:
            return named
        if self.same_city is not None and city_of(origin) and city_of(origin) == city_of(destination):
            return self.same_city
        if self.same_province is not None and origin[:2] == destination[:2] and len(origin) >= 2:
            return self.same_province
        return self._by_group(origin, destination) or self.otherwise

    def names(self) -> frozenset[str]:
        """Every zone that the table can answer with."""
        fixed = {zone for zone in (self.same_city, self.same_province, self.otherwise) if zone is not None}
        by_name = {zone for row in self.pairs.values() for zone in row.values()}
        return frozenset(fixed.union(by_name, *(row.values() for row in self.matrix.values())))

    def _named_pair(self, origin: str, destination: str) -> str | None:
        row = self.pairs.find(origin)
        return None if row is None else row.find(destination)

    def _by_group(self, origin: str, destination: str) -> str | None:
        start, end = self.groups.find(origin), self.groups.find(destination)
        if start is None or end is None:
            return None
        return self.matrix.get(start, {}).get(end)


def zone_table_from(node: Node) -> ZoneTable:
    """The table as written in a price list or a calendar. Errors: UserError naming the place."""
    node.only("pairs", "same_city", "same_province", "groups", "matrix", "otherwise")
    groups = _groups(node)
    pairs = node.maybe("pairs")
    return ZoneTable(
        pairs=_pairs(pairs),
        same_city=_zone_name(node, "same_city"),
        same_province=_zone_name(node, "same_province"),
        groups=PrefixMap(groups),
        matrix=_matrix(node, frozenset(groups.values())),
        otherwise=_zone_name(node, "otherwise"),
    )


def _zone_name(node: Node, key: str) -> str | None:
    found = node.maybe(key)
    return None if found is None else found.text()


def _pairs(node: Node | None) -> PrefixMap[PrefixMap[str]]:
    if node is None:
        return PrefixMap({})
    return PrefixMap({_code(row, start): _pair_row(row) for start, row in node.members()})


def _pair_row(node: Node) -> PrefixMap[str]:
    return PrefixMap({_code(cell, end): cell.text() for end, cell in node.members()})


def _code(node: Node, key: str) -> str:
    """The key of a member, which must be the beginning of a division code."""
    return Node(node.place, key).digits()


def _groups(node: Node) -> dict[str, str]:
    """Beginning of a division code -> name of its group."""
    found: dict[str, str] = {}
    groups = node.maybe("groups")
    if groups is None:
        return found
    for name, members in groups.members():
        for entry in members.entries():
            prefix = entry.digits()
            if prefix in found:
                entry.fail(message("{code} is already in the group {group}.", code=prefix, group=found[prefix]))
            found[prefix] = name
    return found


def _matrix(node: Node, groups: frozenset[str]) -> Mapping[str, Mapping[str, str]]:
    matrix = node.maybe("matrix")
    if matrix is None:
        return MappingProxyType({})
    rows: dict[str, Mapping[str, str]] = {}
    for start, row in matrix.members():
        cells: dict[str, str] = {}
        for end, cell in row.members():
            for name in (start, end):
                if name not in groups:
                    cell.fail(message("There is no group “{group}”.", group=name))
            cells[end] = cell.text()
        rows[start] = MappingProxyType(cells)
    return MappingProxyType(rows)

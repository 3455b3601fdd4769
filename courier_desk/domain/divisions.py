"""The administrative divisions of China: provinces, cities, districts, streets.

The table is packed by installer/build_divisions.py: one compressed text whose parts stand below (``Packed``). The
3,300 upper divisions become objects at once; the 41,000 streets stay in long strings, cut out when they are asked for.

The tree holds no artificial levels: a municipality has one city of its own name (市辖区 and 县 of the source); a county
run by a province hangs under the province itself; a city without districts (东莞, 中山, 儋州, 嘉峪关) has its streets
directly below it.
"""

import zlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from courier_desk.base.paths import asset
from courier_desk.domain.division_columns import TextColumn

FORMAT = "divisions 1"
SECTION_END = "\f\n"
_STREET_CODE_TAIL = 3


class Level(IntEnum):
    """How high a division stands; a smaller number is higher."""

    PROVINCE = 1
    CITY = 2
    DISTRICT = 3
    STREET = 4


@dataclass(frozen=True, slots=True)
class Division:
    """One division. Postcode and area code are hints and may be empty; ``pinyin`` has blanks between syllables."""

    code: str
    level: Level
    name: str
    parent: str
    postcode: str = ""
    area_code: str = ""
    pinyin: str = ""


@dataclass(frozen=True, slots=True)
class PathNames:
    """The full names from the province down; None where there is no such level."""

    province: str | None = None
    city: str | None = None
    district: str | None = None
    street: str | None = None

    @property
    def line(self) -> str:
        """All names in one line, a municipality said once."""
        city = None if self.city == self.province else self.city
        return "".join(name for name in (self.province, city, self.district, self.street) if name)


@dataclass(frozen=True, slots=True)
class Packed:
    """The parts of the packed form. Streets stand in the order of the divisions they belong to."""

    head: str  # format and state date, tab between
    upper: str  # a line each: code, level, name, parent, postcode, area code, pinyin, number of streets, their prefix
    street_names: str  # a line each
    street_tails: str  # the last three digits of each code, without anything between
    street_pinyin: str  # a line each: syllables without blanks
    street_initials: str  # a line each

    def write(self) -> bytes:
        """The compressed file."""
        parts = (self.head, self.upper, self.street_names, self.street_tails, self.street_pinyin, self.street_initials)
        return zlib.compress(SECTION_END.join(parts).encode(), 9)

    @classmethod
    def read(cls, data: bytes) -> "Packed":
        """The parts of a compressed file. Errors: ValueError when it is not one, or torn."""
        try:
            parts = zlib.decompress(data).decode().split(SECTION_END)
        except zlib.error as error:
            raise ValueError("the division table is damaged") from error
        if len(parts) != len(cls.__slots__) or not parts[0].startswith(FORMAT + "\t"):
            raise ValueError("the division table has an unknown format")
        return cls(*parts)


class StreetTable:
    """All streets, kept in long strings; a row number stands for each."""

    def __init__(self, packed: Packed, counts: Sequence[tuple[str, str, int]]) -> None:
        """``counts``: parent, first six digits of its streets' codes (嘉峪关 differs), number of streets; in order."""
        self.names = TextColumn(packed.street_names)
        self.pinyin = TextColumn(packed.street_pinyin)
        self.initials = TextColumn(packed.street_initials)
        self._tails = packed.street_tails
        self._parents = [parent for parent, _prefix, _count in counts]
        self._ends = list(accumulate(count for _parent, _prefix, count in counts))
        self._spans = {
            parent: (end - count, end) for (parent, _prefix, count), end in zip(counts, self._ends, strict=True)
        }
        self._prefixes = {parent: prefix for parent, prefix, _count in counts}
        self._parent_of_prefix = {prefix: parent for parent, prefix, _count in counts}

    def rows(self, parent: str) -> range:
        """The rows of the streets directly below ``parent``."""
        return range(*self._spans.get(parent, (0, 0)))

    def at(self, row: int) -> Division:
        """The street of a row."""
        parent = self._parents[bisect_right(self._ends, row)]
        return Division(self.code(row, parent), Level.STREET, self.names.values[row], parent)

    def code(self, row: int, parent: str) -> str:
        """Nine digits: six that the streets of ``parent`` share, and the row's three."""
        return self._prefixes[parent] + self._tails[row * _STREET_CODE_TAIL : (row + 1) * _STREET_CODE_TAIL]

    def code_at(self, row: int) -> str:
        """The nine digits of a row's code."""
        return self.code(row, self._parents[bisect_right(self._ends, row)])

    def find_code(self, code: str) -> Division | None:
        """The street of a nine-digit code."""
        parent = self._parent_of_prefix.get(code[:-_STREET_CODE_TAIL], "")
        return next((self.at(row) for row in self.rows(parent) if self.code(row, parent) == code), None)

    def find_name(self, parent: str, name: str) -> Division | None:
        """The street of this full name directly below ``parent``."""
        return next((self.at(row) for row in self.rows(parent) if self.names.values[row] == name), None)


class Divisions:
    """The table. Codes of provinces, cities and districts have six digits, those of streets nine."""

    def __init__(self, packed: Packed) -> None:
        self.state_date = packed.head.split("\t")[1]
        counts: list[tuple[str, str, int]] = []
        self._nodes: dict[str, Division] = {}
        self._children: dict[str, list[Division]] = {}
        for line in packed.upper.split("\n"):
            code, level, name, parent, postcode, area_code, pinyin, streets, prefix = line.split("\t")
            node = Division(code, Level(int(level)), name, parent, postcode, area_code, pinyin)
            self._nodes[code] = node
            self._children.setdefault(parent, []).append(node)
            if prefix:
                counts.append((code, prefix, int(streets)))
        self.streets = StreetTable(packed, counts)

    @property
    def upper(self) -> Sequence[Division]:
        """Every province, city and district, each after its parent."""
        return tuple(self._nodes.values())

    def get(self, code: str) -> Division | None:
        """The division of a code, or None."""
        return self._nodes.get(code) if len(code) <= 6 else self.streets.find_code(code)

    def children(self, code: str = "") -> tuple[Division, ...]:
        """What lies directly below ``code``, streets last; the provinces for an empty code."""
        return self.upper_below(code) + tuple(self.streets.at(row) for row in self.streets.rows(code))

    def upper_below(self, code: str = "") -> tuple[Division, ...]:
        """The provinces, cities and districts directly below ``code``."""
        return tuple(self._children.get(code, ()))

    def path(self, code: str) -> tuple[Division, ...]:
        """The division and all above it, province first; empty for an unknown code."""
        chain: list[Division] = []
        node = self.get(code)
        while node is not None:
            chain.append(node)
            node = self._nodes.get(node.parent)
        return tuple(reversed(chain))

    def names(self, code: str) -> PathNames:
        """The full names of the path of ``code``."""
        by_level = {node.level: node.name for node in self.path(code)}
        return PathNames(*(by_level.get(level) for level in Level))

    def full_name(self, code: str) -> str:
        """The whole path in one line, such as 浙江省杭州市余杭区."""
        return self.names(code).line

    def is_within(self, code: str, above: str) -> bool:
        """True when ``code`` is ``above`` or lies below it."""
        while code != above:
            node = self.get(code)
            if node is None or not node.parent:
                return False
            code = node.parent
        return True

    def lowest_certain(self, code: str) -> str:
        """``code``, or for a municipality its one city, which has the same name."""
        below = self.upper_below(code)
        node = self._nodes.get(code)
        return below[0].code if node is not None and len(below) == 1 and below[0].name == node.name else code

    def area_code(self, code: str) -> str:
        """The telephone area code of the division or of what it lies in; empty when unknown."""
        return next((node.area_code for node in reversed(self.path(code)) if node.area_code), "")

    def postcode_hint(self, code: str) -> str:
        """The postcode of the division or of what it lies in. Old data: a difference is a warning, never an error."""
        return next((node.postcode for node in reversed(self.path(code)) if node.postcode), "")

    def find(self, province: str, city: str = "", district: str = "", street: str = "") -> Division | None:
        """The lowest division that these full names lead to; None when one of them does not lie in the one before."""
        node: Division | None = None
        for name in (province, city, district, street):
            if not name:
                continue
            node = self._below(node.code if node else "", name)
            if node is None:
                return None
        return node

    def _below(self, code: str, name: str) -> Division | None:
        """The division called ``name`` below ``code``; a level left out (a municipality's city) is passed through."""
        below = self._children.get(code, [])
        for node in below:
            if node.name == name:
                return node
        street = self.streets.find_name(code, name)
        if street is not None or not code:
            return street
        deeper = [found for node in below if node.level == Level.CITY and (found := self._below(node.code, name))]
        return deeper[0] if len(deeper) == 1 else None


@lru_cache(maxsize=2)
def _load(path: Path) -> Divisions:
    return Divisions(Packed.read(path.read_bytes()))


def load_divisions(path: Path | None = None) -> Divisions:
    """The program's own table, or that of another packed file; read once. Errors: ValueError when it is damaged."""
    return _load(path or asset("reference") / "divisions.dat")

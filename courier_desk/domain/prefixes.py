"""Finds what holds for a division by the longest beginning of its code.

``33`` is a province, ``3301`` a city, ``330106`` a district, ``330106001`` a street: a rule for the smaller one goes
before the rule for the larger one. The empty beginning stands for everywhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Generic, TypeVar

T = TypeVar("T")


class PrefixMap(Generic[T]):
    """An immutable table from beginnings of division codes to values."""

    __slots__ = ("_lengths", "_table")

    def __init__(self, table: Mapping[str, T]) -> None:
        self._table: Mapping[str, T] = MappingProxyType(dict(table))
        self._lengths = tuple(sorted({len(prefix) for prefix in table}, reverse=True))

    def find(self, division: str) -> T | None:
        """The value of the longest beginning of ``division``; None where there is none."""
        for length in self._lengths:
            if length <= len(division):
                found = self._table.get(division[:length])
                if found is not None:
                    return found
        return None

    def values(self) -> Iterable[T]:
        """All values, in the order of the table."""
        return self._table.values()

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


class PrefixSet:
    """An immutable set of divisions, given by beginnings of their codes."""

    __slots__ = ("_map",)

    def __init__(self, prefixes: Iterable[str]) -> None:
        self._map = PrefixMap(dict.fromkeys(prefixes, True))

    def __contains__(self, division: str) -> bool:
        return self._map.find(division) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._map)

    def __len__(self) -> int:
        return len(self._map)

"""Many short lines in one long string: small in memory, and quick to search as a whole."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import islice


class TextColumn:
    """The lines of one string, by row number."""

    def __init__(self, lines: str) -> None:
        # A line end in front as well, so that every line begins behind one.
        self._text = "\n" + lines

    @cached_property
    def values(self) -> list[str]:
        """Every line; made on first use."""
        return self._text[1:].split("\n")

    @cached_property
    def _starts(self) -> "array[int]":
        """Where the line end in front of each row stands."""
        starts = array("L")
        position = self._text.find("\n")
        while position >= 0:
            starts.append(position)
            position = self._text.find("\n", position + 1)
        return starts

    def begins(self, row: int, query: str) -> bool:
        """True when the line of ``row`` begins with ``query``."""
        return self._text.startswith(query, self._starts[row] + 1)

    def rows_beginning(self, query: str, most: int) -> list[int]:
        """The first ``most`` rows whose line begins with ``query``."""
        return list(islice(self._rows("\n" + query), most))

    def rows_with(self, query: str, most: int) -> list[int]:
        """The first ``most`` rows that have ``query`` anywhere."""
        return list(islice(self._rows(query), most))

    def _rows(self, wanted: str) -> Iterator[int]:
        position = self._text.find(wanted)
        while position >= 0:
            row = bisect_right(self._starts, position) - 1
            yield row
            last = row + 1 == len(self._starts)
            position = -1 if last else self._text.find(wanted, self._starts[row + 1])

"""A question that no index answers is asked stretch by stretch, so that the database lane is free in between."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from courier_desk.services.find import FindSpec
from courier_desk.services.rows import OrderRow

STRETCH = 4_000

_ORDERS: dict[str, tuple[Callable[[OrderRow], Any], bool]] = {
    "amount": (lambda row: (row.total_fen, row.accepted_at), True),
    "amount_up": (lambda row: (row.total_fen, -row.accepted_at.timestamp()), False),
    "weight": (lambda row: (row.weight_g, row.accepted_at), True),
    "weight_up": (lambda row: (row.weight_g, -row.accepted_at.timestamp()), False),
    "number": (lambda row: row.number, False),
    "number_down": (lambda row: row.number, True),
}


class Stretches:
    """One question on its way through the table. ``wanted``: so many rows from the first on are enough."""

    def __init__(self, spec: FindSpec, newest_row: int, wanted: int) -> None:
        self._spec, self._top, self._wanted = spec, newest_row, wanted
        self._upwards = spec.sort == "oldest"
        self._done = 0
        self._rows: list[OrderRow] = []

    @property
    def rows(self) -> Sequence[OrderRow]:
        """What is found so far, in order, at most as many as are wanted."""
        return self._rows

    @property
    def over(self) -> bool:
        """True when no further stretch can change the answer."""
        by_place = self._spec.sort not in _ORDERS
        return self._done >= self._top or (by_place and len(self._rows) >= self._wanted)

    def next(self) -> FindSpec:
        """The question for the next stretch."""
        if self._upwards:
            place = (self._done, min(self._top, self._done + STRETCH))
        else:
            place = (max(0, self._top - self._done - STRETCH), self._top - self._done)
        return replace(self._spec, rows=place, offset=0, limit=self._wanted)

    def take(self, found: Sequence[OrderRow]) -> None:
        """The answer of that stretch."""
        self._done += STRETCH
        self._rows += found
        if self._spec.sort in _ORDERS:
            key, descending = _ORDERS[self._spec.sort]
            self._rows.sort(key=key, reverse=descending)
        del self._rows[self._wanted :]

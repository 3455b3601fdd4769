"""Rounding as the price list names it: a mode and a unit, worked out in whole numbers so that nothing is lost before.

The modes have the names of Python's decimal module. Amounts here are never negative, so ROUND_UP is away from zero and
upward at once.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from courier_desk.domain.data_reader import Node


class RoundingMode(StrEnum):
    """Which way a remainder goes."""

    UP = "ROUND_UP"
    DOWN = "ROUND_DOWN"
    HALF_UP = "ROUND_HALF_UP"
    HALF_EVEN = "ROUND_HALF_EVEN"


@dataclass(frozen=True, slots=True)
class Rounding:
    """To multiples of ``unit`` (fen, grams or millimetres, whatever is being rounded)."""

    mode: RoundingMode
    unit: int = 1

    def ratio(self, numerator: int, denominator: int) -> int:
        """``numerator / denominator``, rounded to a multiple of the unit; both from 0, the denominator above it."""
        size = denominator * self.unit
        count, rest = divmod(numerator, size)
        if rest and self._goes_up(count, 2 * rest, size):
            count += 1
        return count * self.unit

    def whole(self, number: int) -> int:
        """A whole number, rounded to a multiple of the unit."""
        return self.ratio(number, 1)

    def percent(self, basis: int, percent: Decimal) -> int:
        """``percent`` of ``basis``, rounded."""
        numerator, denominator = percent.as_integer_ratio()
        return self.ratio(basis * numerator, denominator * 100)

    def __str__(self) -> str:
        return f"{self.mode} {self.unit}"

    def _goes_up(self, count: int, twice_rest: int, size: int) -> bool:
        if self.mode is RoundingMode.UP:
            return True
        if self.mode is RoundingMode.DOWN:
            return False
        if twice_rest == size:
            return self.mode is RoundingMode.HALF_UP or count % 2 == 1
        return twice_rest > size


def rounding_from(node: Node | None, default: Rounding) -> Rounding:
    """What the document says, ``{"mode": "ROUND_UP", "unit": 10}``, or ``default`` where it is silent."""
    if node is None:
        return default
    node.only("mode", "unit")
    unit = node.maybe("unit")
    size = default.unit if unit is None else unit.whole(minimum=1, maximum=1_000_000)
    return Rounding(node.child("mode").one_of(RoundingMode), size)


TO_THE_FEN = Rounding(RoundingMode.HALF_UP, 1)
UP_TO_THE_GRAM = Rounding(RoundingMode.UP, 1)
UP_TO_THE_KILOGRAM = Rounding(RoundingMode.UP, 1000)

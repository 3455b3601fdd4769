"""What a scale says, and the rule that says when a weight may be believed (domain.md 6.4).

A weight is taken only when the scale calls it stable, says the same twice running, and has shown zero since the parcel
before: so neither a swinging pan nor the last parcel can give its weight to this one.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Weighing:
    """One weight from a scale in grams; ``unit`` is the scale's, ``raw`` its frame, byte for character, kept with the
    weight. ``accepted`` marks the one weighing in which a parcel's weight became certain."""

    weight_g: int
    stable: bool
    unit: str
    raw: str
    at: datetime
    accepted: bool = False


class ScaleCondition(StrEnum):
    """What a scale says instead of a weight."""

    MOVING = "moving"
    OVERLOAD = "overload"
    UNDERLOAD = "underload"
    NOT_ZEROED = "not_zeroed"
    REFUSED = "refused"
    FAULT = "fault"


Reading = Weighing | ScaleCondition


class WeighingRule:
    """Follows the readings of one scale. ``offer`` every one of them, in order."""

    def __init__(self) -> None:
        self._zero_seen = False
        self._before: int | None = None

    def offer(self, reading: Reading) -> bool:
        """True when this reading settles the weight of the parcel now on the scale; once for each parcel."""
        if isinstance(reading, ScaleCondition) or not reading.stable or reading.weight_g < 0:
            self._before = None
            return False
        twice = self._before == reading.weight_g
        self._before = reading.weight_g
        if reading.weight_g == 0:
            self._zero_seen = True
            return False
        if not (twice and self._zero_seen):
            return False
        self._zero_seen = False
        return True

    def forget(self) -> None:
        """The scale was away: what it said before does not count."""
        self._zero_seen = False
        self._before = None

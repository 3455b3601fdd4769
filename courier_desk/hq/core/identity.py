"""Which desk is asking."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeskIdentity:
    """A desk that has proved who it is by its secret; ``incarnation`` is the one that the secret was given to."""

    station_id: str
    desk_id: str
    incarnation: int

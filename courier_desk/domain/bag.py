"""A bag (总包): one bag, one destination; sealed once, its content is what was scanned into it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from courier_desk.domain.parcel import Parcel
from courier_desk.domain.scan import Outcome

TAG_PREFIX = "BAG"
LIST_PREFIX = "HO"


class BagState(StrEnum):
    """Open for parcels, sealed, or handed over with a list."""

    OPEN = "open"
    SEALED = "sealed"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True)
class Bag:
    """``destination`` is the package centre (集包地) that opens it; ``line`` the line that takes it there."""

    id: str
    tag: str
    destination: str
    line: str
    state: BagState
    opened_at: datetime
    pieces: int = 0
    weight_g: int = 0
    seal: str = ""
    sealed_at: datetime | None = None
    manifest_id: str | None = None
    row_version: int = 1


def fits(bag: Bag, parcel: Parcel) -> Outcome:
    """ACCEPTED when the parcel may go into this bag, else why not."""
    if bag.state is not BagState.OPEN:
        return Outcome.NO_BAG_OPEN
    if parcel.destination != bag.destination:
        return Outcome.WRONG_BAG
    return Outcome.ACCEPTED

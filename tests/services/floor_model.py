"""The floor as it should be after what was done on it: a simple model beside the real books."""

from dataclasses import dataclass, field

from courier_desk.domain.bag import Bag
from courier_desk.domain.manifest import Manifest


@dataclass
class Piece:
    """What the model knows of a parcel."""

    order_id: str
    destination: str
    line: str
    collected: bool = False
    bag: str = ""
    list_id: str = ""
    gone: bool = False
    back: bool = False
    returns: int = 0
    void: bool = False


@dataclass
class Sack:
    """What the model knows of a bag."""

    bag: Bag
    sealed: bool = False
    list_id: str = ""
    back: int = 0
    back_g: int = 0


@dataclass
class Paper:
    """What the model knows of a handover list."""

    manifest: Manifest
    closed: bool = False
    back: int = 0


@dataclass
class Model:
    """The floor as it should be."""

    pieces: dict[str, Piece] = field(default_factory=dict)
    sacks: dict[str, Sack] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)
    serials: list[str] = field(default_factory=list)
    seals: int = 0
    scans: int = 0

    def content(self, bag_id: str) -> list[str]:
        """Numbers of the pieces in a bag."""
        return [number for number, piece in self.pieces.items() if piece.bag == bag_id]

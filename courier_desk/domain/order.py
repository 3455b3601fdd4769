"""An order as it is being written, and the words it is written in."""

from dataclasses import dataclass, field
from enum import StrEnum

from courier_desk.domain.party import Party


class Source(StrEnum):
    """How the order reached us (mission B1)."""

    COUNTER = "counter"
    TELEPHONE = "telephone"
    COURIER = "courier"
    APP = "app"
    EMAIL = "email"
    FILE = "file"


class Payer(StrEnum):
    """Who pays the freight."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    ACCOUNT = "account"


class PayWay(StrEnum):
    """How it is paid at the counter; NONE when nothing is paid now."""

    CASH = "cash"
    QR = "qr"
    CARD = "card"
    NONE = "none"


class HandlingMark(StrEnum):
    """What whoever lifts the parcel must know."""

    FRAGILE = "fragile"
    VALUABLE = "valuable"
    COLD = "cold"
    THIS_SIDE_UP = "this_side_up"


@dataclass(frozen=True, slots=True)
class Piece:
    """One box: weight in grams, outer size in millimetres (0 where not measured)."""

    weight_g: int = 0
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """What is inside: a concrete name, how many, what one is worth (fen)."""

    name: str
    quantity: int = 1
    value_fen: int = 0


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """An order as the form holds it; every part may still be missing."""

    sender: Party = field(default_factory=Party)
    recipient: Party = field(default_factory=Party)
    customer_id: str | None = None
    visit_id: str | None = None
    source: Source = Source.COUNTER
    service: str = "standard"
    pieces: tuple[Piece, ...] = (Piece(),)
    goods: tuple[GoodsLine, ...] = ()
    marks: frozenset[HandlingMark] = frozenset()
    declared_value_fen: int = 0
    cod_fen: int = 0
    payer: Payer = Payer.SENDER
    pay_way: PayWay = PayWay.CASH
    tendered_fen: int | None = None
    note: str = ""

    @property
    def weight_g(self) -> int:
        """Actual weight of all pieces."""
        return sum(piece.weight_g for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Route:
    """Where the network sends it: routing code (三段码), package centre (集包地), evening line."""

    routing_code: str
    package_centre: str
    line: str

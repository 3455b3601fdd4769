"""Surcharges: when one falls due, for which pieces, and how much it is. All of it is data of the price list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from courier_desk.domain.data_reader import Node
from courier_desk.domain.fees import PercentFee, optional_whole, percent_fee_from
from courier_desk.domain.local_text import LocalText
from courier_desk.domain.order import HandlingMark, Payer, Piece
from courier_desk.domain.prefixes import PrefixSet
from courier_desk.domain.rounding import TO_THE_FEN, UP_TO_THE_KILOGRAM, Rounding, rounding_from


class SurchargeKind(StrEnum):
    """What a surcharge is for. They are added in this order."""

    WEIGHT = "weight"
    REMOTE = "remote"
    OVERSIZE = "oversize"
    HANDLING = "handling"
    EXTRA = "extra"
    SEASON = "season"


class Per(StrEnum):
    """What a fixed amount is counted by."""

    ORDER = "order"
    PIECE = "piece"
    KILOGRAM = "kilogram"


@dataclass(frozen=True, slots=True)
class Shipment:
    """What the conditions look at."""

    service: str
    origin: str
    destination: str
    pieces: tuple[Piece, ...]
    marks: frozenset[HandlingMark]
    extras: frozenset[str]
    payer: Payer
    on_date: date


@dataclass(frozen=True, slots=True)
class PieceCondition:
    """A piece meets this when it passes any one of the measures; None does not count."""

    longest_over_mm: int | None
    girth_over_mm: int | None
    weight_over_g: int | None

    def met_by(self, piece: Piece) -> bool:
        """True when the piece is larger or heavier than one of the measures."""
        return (
            _passes(longest_side_mm(piece), self.longest_over_mm)
            or _passes(girth_mm(piece), self.girth_over_mm)
            or _passes(piece.weight_g, self.weight_over_g)
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """All that are given must hold; what is None or empty does not count."""

    services: frozenset[str]
    destinations: PrefixSet | None
    origins: PrefixSet | None
    mark: HandlingMark | None
    extra: str | None
    payer: Payer | None
    first_day: date | None
    last_day: date | None
    piece: PieceCondition | None

    def met_by(self, shipment: Shipment) -> bool:
        """True when everything but the measures of single pieces holds."""
        return (
            (not self.services or shipment.service in self.services)
            and (self.destinations is None or shipment.destination in self.destinations)
            and (self.origins is None or shipment.origin in self.origins)
            and (self.mark is None or self.mark in shipment.marks)
            and (self.extra is None or self.extra in shipment.extras)
            and (self.payer is None or self.payer is shipment.payer)
            and (self.first_day is None or self.first_day <= shipment.on_date)
            and (self.last_day is None or shipment.on_date <= self.last_day)
        )


@dataclass(frozen=True, slots=True)
class FixedCharge:
    """An amount for each order, piece or begun kilogram."""

    fen: int
    per: Per
    weight_rounding: Rounding


@dataclass(frozen=True, slots=True)
class Surcharge:
    """One surcharge. ``fuel``: the fuel percentage is taken on it too. ``unless`` names larger surcharges whose
    pieces do not pay this one as well."""

    id: str
    kind: SurchargeKind
    name: LocalText
    when: Condition
    charge: FixedCharge | PercentFee
    fuel: bool
    unless: frozenset[str]


@dataclass(frozen=True, slots=True)
class SurchargeAmount:
    """What one surcharge comes to: ``basis`` is pieces or grams, or fen for a percentage."""

    surcharge: Surcharge
    basis: int
    rate: Decimal
    rounding: str
    amount_fen: int


def longest_side_mm(piece: Piece) -> int:
    """The longest outer side."""
    return max(piece.length_mm, piece.width_mm, piece.height_mm)


def girth_mm(piece: Piece) -> int:
    """Length plus girth as the trade measures it: the longest side and twice each of the others."""
    return 2 * (piece.length_mm + piece.width_mm + piece.height_mm) - longest_side_mm(piece)


def surcharge_amounts(
    surcharges: Sequence[Surcharge], shipment: Shipment, billed_g: int, freight_fen: int
) -> list[SurchargeAmount]:
    """What falls due, in the order of the price list. ``billed_g`` and ``freight_fen`` are those of the freight."""
    due = {found.id: matched for found in surcharges if (matched := _pieces_due(found, shipment))}
    amounts = []
    for surcharge in surcharges:
        exempt = frozenset().union(*(due.get(other, frozenset()) for other in surcharge.unless))
        matched = due.get(surcharge.id, frozenset()) - exempt
        if matched:
            whole_order = surcharge.when.piece is None
            weight_g = billed_g if whole_order else sum(shipment.pieces[place].weight_g for place in matched)
            amounts.append(_amount(surcharge, len(matched), weight_g, freight_fen))
    return amounts


def _pieces_due(surcharge: Surcharge, shipment: Shipment) -> frozenset[int]:
    """The places of the pieces for which it is due; none when its condition is not met."""
    if not surcharge.when.met_by(shipment):
        return frozenset()
    condition = surcharge.when.piece
    return frozenset(
        place for place, piece in enumerate(shipment.pieces) if condition is None or condition.met_by(piece)
    )


def _amount(surcharge: Surcharge, pieces: int, weight_g: int, freight_fen: int) -> SurchargeAmount:
    charge = surcharge.charge
    if isinstance(charge, PercentFee):
        fee = charge.amount(freight_fen)
        return SurchargeAmount(surcharge, freight_fen, charge.percent, f"{charge.rounding} fen", fee)
    if charge.per is Per.KILOGRAM:
        billed = charge.weight_rounding.whole(weight_g)
        fee = TO_THE_FEN.ratio(billed * charge.fen, 1000)
        return SurchargeAmount(surcharge, billed, Decimal(charge.fen), f"{charge.weight_rounding} g", fee)
    count = pieces if charge.per is Per.PIECE else 1
    return SurchargeAmount(surcharge, count, Decimal(charge.fen), "", count * charge.fen)


def _passes(measure: int, limit: int | None) -> bool:
    return limit is not None and measure > limit


def surcharge_from(node: Node) -> Surcharge:
    """A surcharge as written in a price list. Errors: UserError naming the place."""
    node.only("id", "kind", "name", "when", "charge", "fuel", "unless")
    fuel, unless = node.maybe("fuel"), node.maybe("unless")
    return Surcharge(
        id=node.child("id").text(),
        kind=node.child("kind").one_of(SurchargeKind),
        name=node.child("name").local_text(),
        when=_condition(node.maybe("when") or Node(f"{node.place}.when", {})),
        charge=_charge(node.child("charge")),
        fuel=False if fuel is None else fuel.flag(),
        unless=frozenset() if unless is None else frozenset(entry.text() for entry in unless.entries()),
    )


def _condition(node: Node) -> Condition:
    node.only("services", "destinations", "origins", "mark", "extra", "payer", "first_day", "last_day", "piece")
    services, extra = node.maybe("services"), node.maybe("extra")
    mark, payer = node.maybe("mark"), node.maybe("payer")
    first_day, last_day = node.maybe("first_day"), node.maybe("last_day")
    return Condition(
        services=frozenset() if services is None else frozenset(entry.text() for entry in services.entries()),
        destinations=_divisions(node.maybe("destinations")),
        origins=_divisions(node.maybe("origins")),
        mark=None if mark is None else mark.one_of(HandlingMark),
        extra=None if extra is None else extra.text(),
        payer=None if payer is None else payer.one_of(Payer),
        first_day=None if first_day is None else first_day.day(),
        last_day=None if last_day is None else last_day.day(),
        piece=_piece_condition(node.maybe("piece")),
    )


def _divisions(node: Node | None) -> PrefixSet | None:
    return None if node is None else PrefixSet(entry.digits() for entry in node.entries())


def _piece_condition(node: Node | None) -> PieceCondition | None:
    if node is None:
        return None
    node.only("longest_over_mm", "girth_over_mm", "weight_over_g")
    return PieceCondition(
        longest_over_mm=optional_whole(node, "longest_over_mm", minimum=1),
        girth_over_mm=optional_whole(node, "girth_over_mm", minimum=1),
        weight_over_g=optional_whole(node, "weight_over_g", minimum=1),
    )


def _charge(node: Node) -> FixedCharge | PercentFee:
    if node.maybe("percent") is not None:
        return percent_fee_from(node)
    node.only("fen", "per", "rounding")
    return FixedCharge(
        fen=node.child("fen").whole(),
        per=node.child("per").one_of(Per),
        weight_rounding=rounding_from(node.maybe("rounding"), UP_TO_THE_KILOGRAM),
    )

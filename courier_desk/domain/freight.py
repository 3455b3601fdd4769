"""The freight: actual and volumetric weight of the pieces, and what the price card asks for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from courier_desk.base.quantities import weight_text
from courier_desk.base.translation import message
from courier_desk.domain.order import Piece
from courier_desk.domain.price_card import Charge, Part, PartKind, PriceCard
from courier_desk.domain.quote_lines import LineKind, QuoteLine, Unit, freight_line
from courier_desk.domain.tariff_data import VolumeRule, WeighBy


@dataclass(frozen=True, slots=True)
class Weights:
    """Grams of one thing that is priced by itself: a piece, or the whole order."""

    actual_g: int
    volumetric_g: int
    chargeable_g: int


@dataclass(frozen=True, slots=True)
class Freight:
    """The price of the weight. ``billed_g`` is the chargeable weight after the rounding of the card."""

    lines: tuple[QuoteLine, ...]
    actual_g: int
    volumetric_g: int
    chargeable_g: int
    billed_g: int

    @property
    def total_fen(self) -> int:
        """The sum of the lines."""
        return sum(line.amount_fen for line in self.lines)


def volumetric_g(pieces: Iterable[Piece], rule: VolumeRule | None) -> int:
    """The volumetric weight of the pieces together. A cubic millimetre over the divisor (cm3/kg) is a gram."""
    if rule is None:
        return 0
    side = rule.side_rounding.whole
    volume = sum(side(piece.length_mm) * side(piece.width_mm) * side(piece.height_mm) for piece in pieces)
    return rule.weight_rounding.ratio(volume, rule.divisor)


def weigh(pieces: Sequence[Piece], rule: VolumeRule | None, weigh_by: WeighBy) -> tuple[Weights, ...]:
    """The weights that are priced: one for the order, or one for each piece."""
    actual = sum(piece.weight_g for piece in pieces)
    if weigh_by is WeighBy.ORDER:
        volumetric = volumetric_g(pieces, rule)
        return (Weights(actual, volumetric, max(actual, volumetric)),)
    each = tuple(
        Weights(piece.weight_g, volume, max(piece.weight_g, volume))
        for piece in pieces
        for volume in (volumetric_g((piece,), rule),)
    )
    if weigh_by is WeighBy.PIECE:
        return each
    return (Weights(actual, sum(w.volumetric_g for w in each), sum(w.chargeable_g for w in each)),)


def freight(weights: Sequence[Weights], card: PriceCard) -> Freight | None:
    """The freight by the card; None when something is heavier than the card goes.

    The lines show what the actual weight would cost, and what the volume adds.
    """
    charges: list[tuple[Charge, Charge]] = []
    for weight in weights:
        by_weight, charged = card.charge(weight.actual_g), card.charge(weight.chargeable_g)
        if by_weight is None or charged is None:
            return None
        charges.append((by_weight, charged))
    billed_g = sum(charged.billed_g for _, charged in charges)
    lines = [freight_line(part) for part in _merged(part for by_weight, _ in charges for part in by_weight.parts)]
    volume = _volume_line(charges, billed_g)
    return Freight(
        lines=tuple(lines if volume is None else [*lines, volume]),
        actual_g=sum(weight.actual_g for weight in weights),
        volumetric_g=sum(weight.volumetric_g for weight in weights),
        chargeable_g=sum(weight.chargeable_g for weight in weights),
        billed_g=billed_g,
    )


def _merged(parts: Iterable[Part]) -> Iterable[Part]:
    """Parts of the same kind, size and rate as one; all first weights before all steps."""
    merged: dict[tuple[PartKind, int, Decimal], Part] = {}
    for part in parts:
        key = (part.kind, part.size_g, part.rate)
        known = merged.get(key, replace(part, count=0, amount_fen=0))
        merged[key] = replace(part, count=known.count + part.count, amount_fen=known.amount_fen + part.amount_fen)
    return sorted(merged.values(), key=lambda part: part.kind is PartKind.STEPS)


def _volume_line(charges: Sequence[tuple[Charge, Charge]], billed_g: int) -> QuoteLine | None:
    added = sum(charged.total_fen - by_weight.total_fen for by_weight, charged in charges)
    if added == 0:
        return None
    label = message("Charged by volume, as {weight} kg", weight=weight_text(billed_g))
    return QuoteLine(LineKind.VOLUME, label, billed_g, Unit.GRAM, Decimal(0), "", added)

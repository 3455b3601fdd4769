"""The lines of a price: what each is for, what it was worked out from, and its words."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from courier_desk.base.quantities import amount_text, weight_text
from courier_desk.base.translation import Message, message
from courier_desk.domain.data_reader import Node
from courier_desk.domain.local_text import LocalText
from courier_desk.domain.price_card import Part, PartKind


class LineKind(StrEnum):
    """What a line is for, in the order of the build-up."""

    BASE = "base"
    WEIGHT = "weight"
    VOLUME = "volume"
    SURCHARGE = "surcharge"
    FUEL = "fuel"
    INSURANCE = "insurance"
    COD = "cod"
    PACKAGING = "packaging"
    DISCOUNT = "discount"
    TAX = "tax"
    ROUNDING = "rounding"


class Unit(StrEnum):
    """What ``basis`` counts. The rate is fen for one of them, for a kilogram with GRAM, and per cent with FEN."""

    PIECE = "piece"
    STEP = "step"
    GRAM = "gram"
    FEN = "fen"


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One line: ``amount_fen`` is ``basis`` at ``rate``, rounded as ``rounding`` says (empty: nothing to round)."""

    kind: LineKind
    label: Message
    basis: int
    unit: Unit
    rate: Decimal
    rounding: str
    amount_fen: int

    def as_data(self) -> dict[str, object]:
        """The line as plain JSON, for keeping and sending; names of the company stay in both languages."""
        return {
            "kind": self.kind.value,
            "text": self.label.text,
            "values": {key: _plain(value) for key, value in self.label.values.items()},
            "basis": self.basis,
            "unit": self.unit.value,
            "rate": f"{self.rate:f}",
            "rounding": self.rounding,
            "amount_fen": self.amount_fen,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> "QuoteLine":
        """The line that ``as_data`` wrote. Errors: UserError naming the place."""
        node = Node("line", data)
        values = {key: _value(value) for key, value in node.child("values").members()}
        return cls(
            kind=node.child("kind").one_of(LineKind),
            label=Message(node.child("text").text(), values),
            basis=node.child("basis").whole(),
            unit=node.child("unit").one_of(Unit),
            rate=node.child("rate").decimal(),
            rounding=str(node.child("rounding").value),
            amount_fen=node.child("amount_fen").whole(minimum=-_LARGEST_AMOUNT, maximum=_LARGEST_AMOUNT),
        )


_LARGEST_AMOUNT = 10**15


def _plain(value: object) -> object:
    if isinstance(value, LocalText):
        return {"zh": value.zh, "en": value.en}
    return value if isinstance(value, int) else str(value)


def _value(node: Node) -> object:
    return node.local_text() if isinstance(node.value, Mapping) else node.value


_PART_KINDS: Mapping[PartKind, tuple[LineKind, Unit]] = {
    PartKind.FIRST_WEIGHT: (LineKind.BASE, Unit.PIECE),
    PartKind.ROW: (LineKind.BASE, Unit.PIECE),
    PartKind.PER_KILOGRAM: (LineKind.BASE, Unit.GRAM),
    PartKind.STEPS: (LineKind.WEIGHT, Unit.STEP),
}


def freight_line(part: Part) -> QuoteLine:
    """The line of a part of the freight."""
    kind, unit = _PART_KINDS[part.kind]
    return QuoteLine(kind, _part_label(part), part.count, unit, part.rate, part.rounding, part.amount_fen)


def _part_label(part: Part) -> Message:
    size, rate = weight_text(part.size_g), amount_text(int(part.rate))
    if part.kind is PartKind.PER_KILOGRAM:
        return message("{weight} kg at {rate} a kilogram", weight=weight_text(part.count), rate=rate)
    if part.kind is PartKind.STEPS:
        return message("Further weight, {count} × {weight} kg at {rate}", count=part.count, weight=size, rate=rate)
    if part.kind is PartKind.ROW:
        return message("{count} × up to {weight} kg at {rate}", count=part.count, weight=size, rate=rate)
    if part.count > 1:
        return message("{count} × first {weight} kg at {rate}", count=part.count, weight=size, rate=rate)
    return message("First {weight} kg", weight=size)

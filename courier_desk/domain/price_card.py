"""The price card of one zone: what a weight costs, before anything is added.

A card is a list of brackets, lightest first. Each bracket rounds the weight in its own way; the first whose limit is
not passed by the weight it rounded is the one that counts. Three kinds of bracket: a first weight and steps, a table of
rows, and a price for each kilogram; each charges a lighter weight as the least it is for. With ``cheaper_bracket`` a
heavier bracket is taken when it costs less.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from courier_desk.base.translation import message
from courier_desk.domain.data_reader import Node
from courier_desk.domain.rounding import TO_THE_FEN, UP_TO_THE_KILOGRAM, Rounding, RoundingMode, rounding_from


class PartKind(StrEnum):
    """The parts a freight is made of."""

    FIRST_WEIGHT = "first_weight"
    ROW = "row"
    PER_KILOGRAM = "per_kilogram"
    STEPS = "steps"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: ``count`` (pieces or steps; grams for a price per kilogram) at ``rate`` fen each, or a kilogram.
    ``size_g`` is the first weight, the step or the row."""

    kind: PartKind
    size_g: int
    count: int
    rate: Decimal
    rounding: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Charge:
    """What a weight costs: ``billed_g`` is the weight after the bracket's rounding."""

    billed_g: int
    parts: tuple[Part, ...]

    @property
    def total_fen(self) -> int:
        """The sum of the parts."""
        return sum(part.amount_fen for part in self.parts)


@dataclass(frozen=True, slots=True)
class FirstAndSteps:
    """A first weight and further steps, each begun step counted; ``tolerance_g`` over a step is let pass."""

    first_g: int
    first_fen: int
    step_g: int
    step_fen: int
    tolerance_g: int
    up_to_g: int | None

    def billed_g(self, weight_g: int) -> int:
        """The weight up to the end of its step."""
        return self.first_g + self._steps(weight_g) * self.step_g

    def charge(self, weight_g: int) -> Charge:
        """The price of ``weight_g``."""
        steps = self._steps(weight_g)
        first = Part(PartKind.FIRST_WEIGHT, self.first_g, 1, Decimal(self.first_fen), "", self.first_fen)
        if steps == 0:
            return Charge(self.first_g, (first,))
        rounding = str(Rounding(RoundingMode.UP, self.step_g))
        more = Part(PartKind.STEPS, self.step_g, steps, Decimal(self.step_fen), rounding, steps * self.step_fen)
        return Charge(self.billed_g(weight_g), (first, more))

    def _steps(self, weight_g: int) -> int:
        over = weight_g - self.first_g - self.tolerance_g
        return max(0, Rounding(RoundingMode.UP, self.step_g).whole(max(0, over)) // self.step_g)


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: up to this weight, this price."""

    rows: tuple[tuple[int, int], ...]

    @property
    def up_to_g(self) -> int:
        """The weight of the last row."""
        return self.rows[-1][0]

    def billed_g(self, weight_g: int) -> int:
        """The weight of the row; a weight above the last row stays as it is."""
        return next((up_to for up_to, _ in self.rows if weight_g <= up_to), weight_g)

    def charge(self, weight_g: int) -> Charge:
        """The price of ``weight_g``; of the last row for what a lighter bracket's tolerance let pass above it."""
        up_to, price = next((row for row in self.rows if weight_g <= row[0]), self.rows[-1])
        return Charge(up_to, (Part(PartKind.ROW, up_to, 1, Decimal(price), str(self), price),))

    def __str__(self) -> str:
        return f"{RoundingMode.UP} row"


@dataclass(frozen=True, slots=True)
class PerKilogram:
    """A price for each kilogram of the rounded weight, which counts as ``from_g`` at least."""

    from_g: int
    fen_per_kg: int
    weight_rounding: Rounding
    amount_rounding: Rounding
    up_to_g: int | None

    def billed_g(self, weight_g: int) -> int:
        """The rounded weight."""
        return max(self.from_g, self.weight_rounding.whole(weight_g))

    def charge(self, weight_g: int) -> Charge:
        """The price of ``weight_g``."""
        billed = self.billed_g(weight_g)
        amount = self.amount_rounding.ratio(billed * self.fen_per_kg, 1000)
        rounding = f"{self.weight_rounding} g, {self.amount_rounding} fen"
        part = Part(PartKind.PER_KILOGRAM, 1000, billed, Decimal(self.fen_per_kg), rounding, amount)
        return Charge(billed, (part,))


Bracket = FirstAndSteps | Rows | PerKilogram


@dataclass(frozen=True, slots=True)
class PriceCard:
    """The brackets of one zone."""

    brackets: tuple[Bracket, ...]
    cheaper_bracket: bool

    def charge(self, weight_g: int) -> Charge | None:
        """The price of ``weight_g``; None when it is heavier than the card goes."""
        position = self._bracket_at(weight_g)
        if position is None:
            return None
        found = self.brackets[position].charge(weight_g)
        if self.cheaper_bracket:
            # Every heavier bracket, not the next one alone: only so does a heavier parcel never cost less.
            for heavier in self.brackets[position + 1 :]:
                found = min(found, heavier.charge(weight_g), key=lambda charge: charge.total_fen)
        return found

    @property
    def limit_g(self) -> int | None:
        """The heaviest weight on the card; None when it has no end."""
        return self.brackets[-1].up_to_g

    def _bracket_at(self, weight_g: int) -> int | None:
        for position, bracket in enumerate(self.brackets):
            if bracket.up_to_g is None or bracket.billed_g(weight_g) <= bracket.up_to_g:
                return position
        return None


def price_card_from(node: Node) -> PriceCard:
    """The card as written in a price list. Errors: UserError naming the place."""
    node.only("brackets", "cheaper_bracket")
    brackets: list[Bracket] = []
    for entry in node.child("brackets").entries():
        if brackets and brackets[-1].up_to_g is None:
            entry.fail(message("No bracket can follow one without an upper limit."))
        bracket = _bracket(entry, (brackets[-1].up_to_g or 0) if brackets else 0)
        if brackets and bracket.up_to_g is not None and bracket.up_to_g <= (brackets[-1].up_to_g or 0):
            entry.fail(message("The brackets must go from light to heavy."))
        brackets.append(bracket)
    if not brackets:
        node.child("brackets").fail(message("At least one bracket is needed."))
    cheaper = node.maybe("cheaper_bracket")
    return PriceCard(tuple(brackets), False if cheaper is None else cheaper.flag())


def _bracket(node: Node, lighter_end_g: int) -> Bracket:
    if node.maybe("rows") is not None:
        return _rows(node)
    if node.maybe("fen_per_kg") is not None:
        return _per_kilogram(node, lighter_end_g)
    return _first_and_steps(node)


def _up_to(node: Node) -> int | None:
    found = node.maybe("up_to_g")
    return None if found is None else found.whole(minimum=1)


def _first_and_steps(node: Node) -> FirstAndSteps:
    node.only("first_g", "first_fen", "step_g", "step_fen", "tolerance_g", "up_to_g")
    tolerance = node.maybe("tolerance_g")
    return FirstAndSteps(
        first_g=node.child("first_g").whole(minimum=1),
        first_fen=node.child("first_fen").whole(),
        step_g=node.child("step_g").whole(minimum=1),
        step_fen=node.child("step_fen").whole(),
        tolerance_g=0 if tolerance is None else tolerance.whole(),
        up_to_g=_up_to(node),
    )


def _rows(node: Node) -> Rows:
    node.only("rows")
    rows: list[tuple[int, int]] = []
    for entry in node.child("rows").entries():
        entry.only("up_to_g", "fen")
        row = (entry.child("up_to_g").whole(minimum=1), entry.child("fen").whole())
        if rows and row[0] <= rows[-1][0]:
            entry.fail(message("The rows must go from light to heavy."))
        rows.append(row)
    if not rows:
        node.fail(message("At least one row is needed."))
    return Rows(tuple(rows))


def _per_kilogram(node: Node, lighter_end_g: int) -> PerKilogram:
    node.only("from_g", "fen_per_kg", "rounding", "amount_rounding", "up_to_g")
    start = node.maybe("from_g")
    return PerKilogram(
        from_g=lighter_end_g if start is None else start.whole(),
        fen_per_kg=node.child("fen_per_kg").whole(),
        weight_rounding=rounding_from(node.maybe("rounding"), UP_TO_THE_KILOGRAM),
        amount_rounding=rounding_from(node.maybe("amount_rounding"), TO_THE_FEN),
        up_to_g=_up_to(node),
    )

"""Fees that are a percentage: insurance, cash on delivery, fuel, tax."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from courier_desk.base.translation import message
from courier_desk.domain.data_reader import Node
from courier_desk.domain.rounding import TO_THE_FEN, Rounding, rounding_from


@dataclass(frozen=True, slots=True)
class PercentFee:
    """``percent`` of a basis in fen, rounded, then lifted to the minimum and cut at the maximum. ``limit_fen`` is the
    largest basis that may be asked for."""

    percent: Decimal
    minimum_fen: int
    maximum_fen: int | None
    limit_fen: int | None
    rounding: Rounding

    def amount(self, basis_fen: int) -> int:
        """The fee in fen for a basis above 0."""
        fee = max(self.minimum_fen, self.rounding.percent(basis_fen, self.percent))
        return fee if self.maximum_fen is None else min(fee, self.maximum_fen)


@dataclass(frozen=True, slots=True)
class FuelRates:
    """The fuel percentage by the day it holds from."""

    rates: tuple[tuple[date, Decimal], ...]
    rounding: Rounding

    def percent(self, on: date) -> Decimal:
        """The percentage that holds on the day; 0 before the first."""
        return next((percent for since, percent in reversed(self.rates) if since <= on), Decimal(0))


@dataclass(frozen=True, slots=True)
class Tax:
    """A tax on the sum. ``included``: the prices hold it already, nothing is added."""

    percent: Decimal
    included: bool
    rounding: Rounding


@dataclass(frozen=True, slots=True)
class DiscountRule:
    """How much may be taken off the freight, with its surcharges and fuel, and how that is rounded."""

    limit_percent: Decimal
    by_role: tuple[tuple[str, Decimal], ...]
    rounding: Rounding

    def limit_for(self, role: str) -> Decimal:
        """The largest percentage that a role may give; the general limit where the role is not named."""
        return dict(self.by_role).get(role, self.limit_percent)


NO_DISCOUNT = DiscountRule(Decimal(0), (), TO_THE_FEN)


def percent_fee_from(node: Node) -> PercentFee:
    """A fee as written in a price list. Errors: UserError naming the place."""
    node.only("percent", "minimum_fen", "maximum_fen", "limit_fen", "rounding")
    minimum = optional_whole(node, "minimum_fen") or 0
    maximum = optional_whole(node, "maximum_fen")
    if maximum is not None and maximum < minimum:
        node.fail(message("The maximum is below the minimum."))
    return PercentFee(
        percent=node.child("percent").decimal(maximum=100),
        minimum_fen=minimum,
        maximum_fen=maximum,
        limit_fen=optional_whole(node, "limit_fen"),
        rounding=rounding_from(node.maybe("rounding"), TO_THE_FEN),
    )


def fuel_rates_from(node: Node) -> FuelRates:
    """Dated fuel rates, in any order in the document. Errors: UserError naming the place."""
    node.only("rates", "rounding")
    rates: dict[date, Decimal] = {}
    for entry in node.child("rates").entries():
        entry.only("from", "percent")
        since = entry.child("from").day()
        if since in rates:
            entry.fail(message("There are two rates from {date}.", date=since))
        rates[since] = entry.child("percent").decimal(maximum=1000)
    return FuelRates(tuple(sorted(rates.items())), rounding_from(node.maybe("rounding"), TO_THE_FEN))


def tax_from(node: Node) -> Tax:
    """The tax as written in a price list. Errors: UserError naming the place."""
    node.only("percent", "included", "rounding")
    return Tax(
        percent=node.child("percent").decimal(maximum=100),
        included=node.child("included").flag(),
        rounding=rounding_from(node.maybe("rounding"), TO_THE_FEN),
    )


def discount_rule_from(node: Node | None) -> DiscountRule:
    """The discount rule; none may be given where the price list is silent. Errors: UserError naming the place."""
    if node is None:
        return NO_DISCOUNT
    node.only("limit_percent", "by_role", "rounding")
    by_role = node.maybe("by_role")
    roles = [] if by_role is None else [(role, rate.decimal(maximum=100)) for role, rate in by_role.members()]
    return DiscountRule(
        limit_percent=node.child("limit_percent").decimal(maximum=100),
        by_role=tuple(roles),
        rounding=rounding_from(node.maybe("rounding"), TO_THE_FEN),
    )


def optional_whole(node: Node, key: str, *, minimum: int = 0) -> int | None:
    """A whole number from ``minimum``, or None where the document is silent."""
    found = node.maybe(key)
    return None if found is None else found.whole(minimum=minimum)

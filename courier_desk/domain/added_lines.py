"""What is added to the freight, each as lines of the price: none where nothing falls due."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from courier_desk.base.errors import UserError
from courier_desk.base.quantities import amount_text
from courier_desk.base.translation import Message, message
from courier_desk.domain.fees import DiscountRule, FuelRates, PercentFee, Tax
from courier_desk.domain.quote_lines import LineKind, QuoteLine, Unit
from courier_desk.domain.rounding import Rounding
from courier_desk.domain.surcharges import Per, SurchargeAmount, SurchargeKind
from courier_desk.domain.tariff_data import Material

_KIND_ORDER = {kind: position for position, kind in enumerate(SurchargeKind)}
_PER_UNIT: Mapping[Per, Unit] = {Per.ORDER: Unit.PIECE, Per.PIECE: Unit.PIECE, Per.KILOGRAM: Unit.GRAM}


def surcharge_lines(due: Iterable[SurchargeAmount]) -> list[QuoteLine]:
    """Surcharges in the order of their kinds, then of the price list."""
    return [_surcharge_line(amount) for amount in sorted(due, key=lambda each: _KIND_ORDER[each.surcharge.kind])]


def _surcharge_line(due: SurchargeAmount) -> QuoteLine:
    charge = due.surcharge.charge
    unit = Unit.FEN if isinstance(charge, PercentFee) else _PER_UNIT[charge.per]
    label = message("{name}", name=due.surcharge.name)
    return QuoteLine(LineKind.SURCHARGE, label, due.basis, unit, due.rate, due.rounding, due.amount_fen)


def fuel_lines(fuel: FuelRates | None, on: date, basis_fen: int) -> list[QuoteLine]:
    """The fuel percentage of the day on freight and the surcharges marked for it."""
    percent = Decimal(0) if fuel is None else fuel.percent(on)
    if fuel is None or percent == 0:
        return []
    label = message("Fuel, {percent} %", percent=percent)
    amount = fuel.rounding.percent(basis_fen, percent)
    return [_percent_line(LineKind.FUEL, label, basis_fen, percent, fuel.rounding, amount)]


def insurance_lines(fee: PercentFee | None, declared_fen: int) -> list[QuoteLine]:
    """The fee for insuring the declared value."""
    if fee is None or declared_fen == 0:
        return []
    label = message("Insurance of {amount}", amount=amount_text(declared_fen))
    amount = fee.amount(declared_fen)
    return [_percent_line(LineKind.INSURANCE, label, declared_fen, fee.percent, fee.rounding, amount)]


def cod_lines(fee: PercentFee | None, cod_fen: int) -> list[QuoteLine]:
    """The fee for collecting cash on delivery."""
    if fee is None or cod_fen == 0:
        return []
    label = message("Collecting {amount} on delivery", amount=amount_text(cod_fen))
    return [_percent_line(LineKind.COD, label, cod_fen, fee.percent, fee.rounding, fee.amount(cod_fen))]


def packaging_lines(materials: Mapping[str, Material], used: Sequence[tuple[str, int]]) -> list[QuoteLine]:
    """Packaging materials by the piece. Errors: UserError for a material that is not sold or a count below 0."""
    lines = []
    for key, count in used:
        material = materials.get(key)
        if material is None:
            raise UserError(message("The price list has no packaging “{name}”.", name=key), field="packaging")
        if count < 0:
            raise UserError(message("This must not be negative."), field="packaging")
        if count:
            label = message("{count} × {name}", count=count, name=material.name)
            rate, amount = Decimal(material.fen), count * material.fen
            lines.append(QuoteLine(LineKind.PACKAGING, label, count, Unit.PIECE, rate, "", amount))
    return lines


def discount_lines(rule: DiscountRule, percent: Decimal, basis_fen: int) -> list[QuoteLine]:
    """A discount on freight, surcharges and fuel. Errors: UserError when it is above what the price list allows."""
    if percent < 0:
        raise UserError(message("This must not be negative."), field="discount_percent")
    if percent > rule.limit_percent:
        text = message("At most {limit} % may be taken off.", limit=rule.limit_percent)
        raise UserError(text, field="discount_percent")
    if percent == 0:
        return []
    label = message("Discount, {percent} %", percent=percent)
    # Rounding must not give away more than the whole freight.
    amount = min(basis_fen, rule.rounding.percent(basis_fen, percent))
    return [_percent_line(LineKind.DISCOUNT, label, basis_fen, percent, rule.rounding, -amount)]


def tax_lines(tax: Tax | None, basis_fen: int) -> list[QuoteLine]:
    """The tax on everything before it; no line when the prices hold it already."""
    if tax is None or tax.included or tax.percent == 0:
        return []
    label = message("Tax, {percent} %", percent=tax.percent)
    amount = tax.rounding.percent(basis_fen, tax.percent)
    return [_percent_line(LineKind.TAX, label, basis_fen, tax.percent, tax.rounding, amount)]


def rounding_lines(rounding: Rounding | None, basis_fen: int) -> list[QuoteLine]:
    """What the rounding of the total adds or takes away."""
    difference = 0 if rounding is None else rounding.whole(basis_fen) - basis_fen
    if difference == 0:
        return []
    label = message("Rounding of the total")
    return [QuoteLine(LineKind.ROUNDING, label, basis_fen, Unit.FEN, Decimal(0), f"{rounding} fen", difference)]


def _percent_line(
    kind: LineKind, label: Message, basis_fen: int, percent: Decimal, rounding: Rounding, amount_fen: int
) -> QuoteLine:
    return QuoteLine(kind, label, basis_fen, Unit.FEN, percent, f"{rounding} fen", amount_fen)

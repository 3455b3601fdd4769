"""Rating: from what is sent to what it costs, line by line.

All arithmetic is in whole numbers and Decimal; every rate and every rounding comes from the price list. The order of
the build-up is always: freight, surcharges, fuel, insurance, cash on delivery, packaging, discount, tax.

``field`` of the errors is the name of the field of QuoteRequest or of Piece (``weight_g``), and ``size`` for the sides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.added_lines import (
    cod_lines,
    discount_lines,
    fuel_lines,
    insurance_lines,
    packaging_lines,
    rounding_lines,
    surcharge_lines,
    tax_lines,
)
from courier_desk.domain.freight import Freight, freight, weigh
from courier_desk.domain.order import HandlingMark, OrderDraft, Payer, Piece
from courier_desk.domain.price_card import PriceCard
from courier_desk.domain.quote_lines import LineKind, QuoteLine, Unit
from courier_desk.domain.shipment_limits import check_fee_basis, check_marks, check_pieces, too_heavy_for_card
from courier_desk.domain.surcharges import Shipment, surcharge_amounts
from courier_desk.domain.tariff_data import Service, Tariff

__all__ = ["LineKind", "Quote", "QuoteLine", "QuoteRequest", "Tariff", "Unit", "quote"]


@dataclass(frozen=True, slots=True)
class QuoteRequest:
    """What is to be priced. ``origin`` and ``destination`` are division codes of 6 digits or more; ``packaging`` is
    pairs of material and count; ``on_date`` decides dated rates (None: the first day of the price list)."""

    service: str
    origin: str
    destination: str
    pieces: tuple[Piece, ...]
    declared_value_fen: int = 0
    cod_fen: int = 0
    marks: frozenset[HandlingMark] = frozenset()
    extras: frozenset[str] = frozenset()
    packaging: tuple[tuple[str, int], ...] = ()
    discount_percent: Decimal = Decimal(0)
    payer: Payer = Payer.SENDER
    on_date: date | None = None

    @classmethod
    def for_draft(cls, draft: OrderDraft, on_date: date) -> "QuoteRequest":
        """The request for an order as it stands on the form."""
        return cls(
            service=draft.service,
            origin=draft.sender.address.division,
            destination=draft.recipient.address.division,
            pieces=draft.pieces,
            declared_value_fen=draft.declared_value_fen,
            cod_fen=draft.cod_fen,
            marks=draft.marks,
            payer=draft.payer,
            on_date=on_date,
        )


@dataclass(frozen=True, slots=True)
class Quote:
    """A price. The lines add up to the total; weights are of all pieces together."""

    lines: tuple[QuoteLine, ...]
    total_fen: int
    currency: str
    zone: str
    actual_g: int
    volumetric_g: int
    chargeable_g: int
    billed_g: int
    tariff_version: int


def quote(request: QuoteRequest, tariff: Tariff) -> Quote:
    """What the request costs by the price list. Errors: UserError with the field that can mend it."""
    service = _service(request, tariff)
    _date(request, tariff)
    check_pieces(request.pieces, service)
    check_marks(request.marks, service)
    check_fee_basis(request.declared_value_fen, service.insurance, service, "declared_value_fen")
    check_fee_basis(request.cod_fen, service.cod, service, "cod_fen")
    zone, card = _card(request, service)
    base = _freight(request, service, card)
    lines = _lines(request, service, tariff, base)
    return Quote(
        lines=lines,
        total_fen=_sum(lines),
        currency=tariff.currency,
        zone=zone,
        actual_g=base.actual_g,
        volumetric_g=base.volumetric_g,
        chargeable_g=base.chargeable_g,
        billed_g=base.billed_g,
        tariff_version=tariff.version,
    )


def _service(request: QuoteRequest, tariff: Tariff) -> Service:
    found = tariff.services.get(request.service)
    if found is None:
        raise UserError(message("The price list has no service “{service}”.", service=request.service), field="service")
    return found


def _date(request: QuoteRequest, tariff: Tariff) -> date:
    on_date = tariff.valid_from if request.on_date is None else request.on_date
    if not tariff.in_force(on_date):
        raise UserError(message("This price list does not hold on {date}.", date=on_date), field="on_date")
    return on_date


def _card(request: QuoteRequest, service: Service) -> tuple[str, PriceCard]:
    if len(request.origin) < 6:
        raise UserError(message("The sender's district is missing."), field="origin")
    if len(request.destination) < 6:
        raise UserError(message("The recipient's district is missing."), field="destination")
    zone = service.zones.zone(request.origin, request.destination)
    if zone is None or zone not in service.cards:
        raise UserError(message("{service} does not go there from here.", service=service.name), field="destination")
    return zone, service.cards[zone]


def _freight(request: QuoteRequest, service: Service, card: PriceCard) -> Freight:
    weights = weigh(request.pieces, service.volume, service.weigh_by)
    found = freight(weights, card)
    if found is None:
        raise too_heavy_for_card(service, max(weight.actual_g for weight in weights), card.limit_g)
    return found


def _shipment(request: QuoteRequest, on_date: date) -> Shipment:
    return Shipment(
        service=request.service,
        origin=request.origin,
        destination=request.destination,
        pieces=request.pieces,
        marks=request.marks,
        extras=request.extras,
        payer=request.payer,
        on_date=on_date,
    )


def _transport_lines(request: QuoteRequest, service: Service, tariff: Tariff, base: Freight) -> list[QuoteLine]:
    """Freight, surcharges and fuel: what a discount is taken from."""
    on_date = _date(request, tariff)
    due = surcharge_amounts(tariff.surcharges, _shipment(request, on_date), base.billed_g, base.total_fen)
    fuelled_fen = base.total_fen + sum(amount.amount_fen for amount in due if amount.surcharge.fuel)
    return [*base.lines, *surcharge_lines(due), *fuel_lines(service.fuel, on_date, fuelled_fen)]


def _lines(request: QuoteRequest, service: Service, tariff: Tariff, base: Freight) -> tuple[QuoteLine, ...]:
    transport = _transport_lines(request, service, tariff, base)
    lines = [
        *transport,
        *insurance_lines(service.insurance, request.declared_value_fen),
        *cod_lines(service.cod, request.cod_fen),
        *packaging_lines(tariff.packaging, request.packaging),
        *discount_lines(tariff.discount, request.discount_percent, _sum(transport)),
    ]
    lines += tax_lines(tariff.tax, _sum(lines))
    lines += rounding_lines(tariff.total_rounding, _sum(lines))
    return tuple(lines)


def _sum(lines: Iterable[QuoteLine]) -> int:
    return sum(line.amount_fen for line in lines)

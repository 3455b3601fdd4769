"""The price list as data: one immutable version of everything that makes a price (docs/decisions/0003-rating.md)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from courier_desk.base.translation import message
from courier_desk.domain.data_reader import Node
from courier_desk.domain.fees import (
    DiscountRule,
    FuelRates,
    PercentFee,
    Tax,
    discount_rule_from,
    fuel_rates_from,
    optional_whole,
    percent_fee_from,
    tax_from,
)
from courier_desk.domain.local_text import LocalText
from courier_desk.domain.order import HandlingMark
from courier_desk.domain.price_card import PriceCard, price_card_from
from courier_desk.domain.rounding import TO_THE_FEN, UP_TO_THE_GRAM, Rounding, RoundingMode, rounding_from
from courier_desk.domain.surcharges import Surcharge, surcharge_from
from courier_desk.domain.zones import ZoneTable, zone_table_from

T = TypeVar("T")

KIND = "tariff"


class WeighBy(StrEnum):
    """How several pieces become one price."""

    ORDER = "order"  # the larger of all actual and all volumetric weight, priced once
    LARGER_OF_EACH = "larger_of_each"  # the larger weight of each piece, added up, priced once
    PIECE = "piece"  # each piece priced by itself


@dataclass(frozen=True, slots=True)
class VolumeRule:
    """Volumetric weight: cubic centimetres to a kilogram, and how sides (mm) and the weight (g) are rounded."""

    divisor: int
    side_rounding: Rounding
    weight_rounding: Rounding


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest that a service takes; None where there is no limit."""

    piece_g: int | None
    order_g: int | None
    longest_mm: int | None
    girth_mm: int | None
    pieces: int | None


@dataclass(frozen=True, slots=True)
class Service:
    """A service on the price list: its zones, the card of each zone, and the fees it knows."""

    key: str
    name: LocalText
    zones: ZoneTable
    cards: Mapping[str, PriceCard]
    weigh_by: WeighBy
    volume: VolumeRule | None
    limits: Limits
    marks: frozenset[HandlingMark]
    fuel: FuelRates | None
    insurance: PercentFee | None
    cod: PercentFee | None


@dataclass(frozen=True, slots=True)
class Material:
    """A packaging material that is sold by the piece."""

    key: str
    name: LocalText
    fen: int


@dataclass(frozen=True, slots=True)
class Tariff:
    """One version of the price list. ``currency`` is an ISO 4217 code; amounts are its hundredths."""

    version: int
    valid_from: date
    valid_until: date | None
    currency: str
    services: Mapping[str, Service]
    surcharges: tuple[Surcharge, ...]
    packaging: Mapping[str, Material]
    discount: DiscountRule
    tax: Tax | None
    total_rounding: Rounding | None
    kind: str = KIND

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> "Tariff":
        """The price list written in ``data``. Errors: UserError that names the place of what is wrong."""
        root = Node(KIND, data)
        root.only(*_HEAD, "zones", "services", "fuel", "insurance", "cod", *_REST)
        if root.child("kind").text() != KIND:
            root.child("kind").fail(message("This is not a price list."))
        until, tax, total = root.maybe("valid_until"), root.maybe("tax"), root.maybe("total_rounding")
        services = _services(root)
        return cls(
            version=root.child("version").whole(minimum=1),
            valid_from=root.child("valid_from").day(),
            valid_until=None if until is None else until.day(),
            currency=_currency(root.child("currency")),
            services=services,
            surcharges=_surcharges(root, frozenset(services)),
            packaging=_packaging(root.maybe("packaging")),
            discount=discount_rule_from(root.maybe("discount")),
            tax=None if tax is None else tax_from(tax),
            total_rounding=None if total is None else rounding_from(total, TO_THE_FEN),
        )

    def in_force(self, on: date) -> bool:
        """True when this version may be used on the day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


_HEAD = ("kind", "version", "valid_from", "valid_until", "currency", "note")
_REST = ("surcharges", "packaging", "discount", "tax", "total_rounding")


def _table(node: Node | None, read: Callable[[Node], T]) -> Mapping[str, T]:
    """An immutable table of what ``read`` makes of each member."""
    if node is None:
        return MappingProxyType({})
    return MappingProxyType({key: read(member) for key, member in node.members()})


def _currency(node: Node) -> str:
    code = node.text()
    if len(code) != 3 or not (code.isascii() and code.isupper()):
        node.fail(message("A currency code such as CNY is expected."))
    return code


def _packaging(node: Node | None) -> Mapping[str, Material]:
    materials: dict[str, Material] = {}
    for key, entry in [] if node is None else node.members():
        entry.only("name", "fen")
        materials[key] = Material(key, entry.child("name").local_text(), entry.child("fen").whole())
    return MappingProxyType(materials)


def _surcharges(root: Node, services: frozenset[str]) -> tuple[Surcharge, ...]:
    listed = root.maybe("surcharges")
    found: dict[str, Surcharge] = {}
    for entry in [] if listed is None else listed.entries():
        surcharge = surcharge_from(entry)
        if surcharge.id in found:
            entry.fail(message("“{key}” is there twice.", key=surcharge.id))
        for service in sorted(surcharge.when.services - services):
            entry.fail(message("There is no service “{name}”.", name=service))
        # Only one that stands before: so no two can excuse each other, and a misspelt name is noticed.
        for other in sorted(surcharge.unless - found.keys()):
            entry.fail(message("There is no surcharge “{name}” before this one.", name=other))
        found[surcharge.id] = surcharge
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Shared:
    """The tables that services name."""

    zones: Mapping[str, ZoneTable]
    fuel: Mapping[str, FuelRates]
    insurance: Mapping[str, PercentFee]
    cod: Mapping[str, PercentFee]


def _services(root: Node) -> Mapping[str, Service]:
    shared = _Shared(
        zones=_table(root.child("zones"), zone_table_from),
        fuel=_table(root.maybe("fuel"), fuel_rates_from),
        insurance=_table(root.maybe("insurance"), percent_fee_from),
        cod=_table(root.maybe("cod"), percent_fee_from),
    )
    services = {key: _service(key, node, shared) for key, node in root.child("services").members()}
    if not services:
        root.child("services").fail(message("At least one service is needed."))
    return MappingProxyType(services)


def _service(key: str, node: Node, shared: _Shared) -> Service:
    node.only("name", "zones", "cards", "weigh_by", "volume", "limits", "marks", "fuel", "insurance", "cod")
    weigh_by, marks = node.maybe("weigh_by"), node.maybe("marks")
    zones = _named(node.child("zones"), shared.zones)
    return Service(
        key=key,
        name=node.child("name").local_text(),
        zones=zones,
        cards=_cards(node.child("cards"), zones),
        weigh_by=WeighBy.ORDER if weigh_by is None else weigh_by.one_of(WeighBy),
        volume=_volume(node.maybe("volume")),
        limits=_limits(node.maybe("limits")),
        marks=frozenset(HandlingMark) if marks is None else frozenset(m.one_of(HandlingMark) for m in marks.entries()),
        fuel=_named_or_none(node.maybe("fuel"), shared.fuel),
        insurance=_named_or_none(node.maybe("insurance"), shared.insurance),
        cod=_named_or_none(node.maybe("cod"), shared.cod),
    )


def _named(node: Node, table: Mapping[str, T]) -> T:
    name = node.text()
    if name not in table:
        node.fail(message("There is no table “{name}”.", name=name))
    return table[name]


def _named_or_none(node: Node | None, table: Mapping[str, T]) -> T | None:
    return None if node is None else _named(node, table)


def _cards(node: Node, zones: ZoneTable) -> Mapping[str, PriceCard]:
    known = zones.names()
    for zone, card in node.members():
        if zone not in known:
            card.fail(message("The table of zones never answers “{zone}”.", zone=zone))
    return _table(node, price_card_from)


def _volume(node: Node | None) -> VolumeRule | None:
    if node is None:
        return None
    node.only("divisor", "side_rounding", "weight_rounding")
    return VolumeRule(
        divisor=node.child("divisor").whole(minimum=1),
        side_rounding=rounding_from(node.maybe("side_rounding"), Rounding(RoundingMode.UP, 1)),
        weight_rounding=rounding_from(node.maybe("weight_rounding"), UP_TO_THE_GRAM),
    )


def _limits(node: Node | None) -> Limits:
    if node is None:
        return Limits(None, None, None, None, None)
    node.only("piece_g", "order_g", "longest_mm", "girth_mm", "pieces")
    return Limits(
        piece_g=optional_whole(node, "piece_g", minimum=1),
        order_g=optional_whole(node, "order_g", minimum=1),
        longest_mm=optional_whole(node, "longest_mm", minimum=1),
        girth_mm=optional_whole(node, "girth_mm", minimum=1),
        pieces=optional_whole(node, "pieces", minimum=1),
    )

"""The company and the station, as headquarters describes them: names, hotline, address, number prefixes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from courier_desk.base.translation import message
from courier_desk.domain.data_reader import Node
from courier_desk.domain.local_text import LocalText
from courier_desk.domain.paper import StationKind
from courier_desk.domain.party import Address

_PREFIX_LETTERS = 2


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Serials of waybill numbers for this station, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Station:
    """Where the desk stands. ``zone`` is its time zone; the business day begins at ``day_starts`` (local)."""

    id: str
    desk_id: str
    code: str
    name: LocalText
    phone: str
    address: Address
    zone: ZoneInfo
    day_starts: time
    numbers: NumberRange


@dataclass(frozen=True, slots=True)
class Company:
    """Whose station it is. ``prefixes`` open the waybill numbers of each kind of station."""

    name: LocalText
    hotline: str
    prefixes: Mapping[StationKind, str]
    currency: str
    station: Station

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> "Company":
        """The company written in ``data``. Errors: UserError that names the place of what is wrong."""
        root = Node("company", data)
        company = root.child("company")
        return cls(
            name=company.child("name").local_text(),
            hotline=company.child("hotline").text(),
            prefixes=_prefixes(company.child("number_prefixes")),
            currency=company.child("currency").text(),
            station=_station(root.child("station")),
        )


def _prefixes(node: Node) -> Mapping[StationKind, str]:
    found: dict[StationKind, str] = {}
    for kind in StationKind:
        entry = node.child(kind.value)
        prefix = entry.text()
        if len(prefix) != _PREFIX_LETTERS or not (prefix.isascii() and prefix.isalpha() and prefix.isupper()):
            entry.fail(message("Two capital letters are expected."))
        if prefix in found.values():
            entry.fail(message("Each kind of station needs a prefix of its own."))
        found[kind] = prefix
    return MappingProxyType(found)


def _station(node: Node) -> Station:
    return Station(
        id=node.child("id").text(),
        desk_id=node.child("desk_id").text(),
        code=node.child("code").text(),
        name=node.child("name").local_text(),
        phone=node.child("phone").text(),
        address=_address(node.child("address")),
        zone=zone_from(node.child("zone")),
        day_starts=node.child("day_starts").clock(),
        numbers=_numbers(node.child("numbers")),
    )


def _numbers(node: Node) -> NumberRange:
    first = node.child("first").whole(minimum=1)
    return NumberRange(first, node.child("last").whole(minimum=first))


def _address(node: Node) -> Address:
    return Address(
        province=node.child("province").text(),
        city=node.child("city").text(),
        district=node.child("district").text(),
        street=node.child("street").text(),
        detail=node.child("detail").text(),
        postcode=node.child("postcode").digits(),
        division=node.child("division").digits(),
    )


def zone_from(node: Node) -> ZoneInfo:
    """A time zone by its IANA name, ``Asia/Shanghai``. Errors: UserError naming the place."""
    try:
        return ZoneInfo(node.text())
    except (ZoneInfoNotFoundError, ValueError):
        node.fail(message("A time zone such as Asia/Shanghai is expected."))

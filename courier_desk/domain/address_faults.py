"""What is doubtful about an address: kinds of doubt, and the check of an address that stands in the fields.

A doubt never stops anybody. It marks the field, says what was read or supplied, and offers choices if there are some.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from courier_desk.base.translation import Message, message
from courier_desk.domain.divisions import Division, Divisions, Level
from courier_desk.domain.party import Address
from courier_desk.domain.postcodes import fits_province, zones_around

_NUMBERED = re.compile(
    r"\d|[一二三四五六七八九十百零〇]+(?:号|栋|幢|座|单元|室|楼|层|组|队|弄|巷|社|区|期)|[A-Za-z][座栋区幢]|[甲乙丙丁]\d?号"
)
# Known to everybody who delivers there; a number would add nothing.
_FINDS_ITSELF = re.compile(
    r"(?:村|屯|寨|庄|组|社|队|大学|学院|中学|小学|幼儿园|医院|卫生院|政府|派出所|法院|公司|厂|驿站|快递点|代收点|菜鸟|邮局|支局|车站|机场|营业厅|市场|超市|酒店|宾馆"
    r"|码头|收费站|加油站|基地|部队|监狱|农场|牧场|林场|集团|中心)"
)
_ENDS_AT_BUILDING = re.compile(r"(?:\d|[一二三四五六七八九十])(?:号楼|栋|幢|单元)$")


class DoubtKind(StrEnum):
    """Kinds of fault that the staff of a station mends."""

    MISSING_NAME = "missing_name"
    MISSING_PHONE = "missing_phone"
    MISSING_PROVINCE = "missing_province"  # not written; filled where the rest leaves one possibility
    MISSING_CITY = "missing_city"
    MISSING_DISTRICT = "missing_district"
    MISSING_DETAIL = "missing_detail"
    DISTRICT_AMBIGUOUS = "district_ambiguous"
    CITY_AMBIGUOUS = "city_ambiguous"
    PROVINCE_CITY_MISMATCH = "province_city_mismatch"
    CITY_DISTRICT_MISMATCH = "city_district_mismatch"
    DISTRICT_STREET_MISMATCH = "district_street_mismatch"
    UNKNOWN_DIVISION = "unknown_division"
    SHORT_NAME = "short_name"  # a name without 区 or 街道 that could be part of the street's name
    OLD_NAME = "old_name"
    MISSPELT = "misspelt"
    NO_HOUSE_NUMBER = "no_house_number"
    NO_ROOM = "no_room"
    POSTCODE_MISMATCH = "postcode_mismatch"
    PHONE_INVALID = "phone_invalid"
    SECOND_PHONE = "second_phone"
    NAME_UNSURE = "name_unsure"
    SECOND_NAME = "second_name"
    SECOND_ADDRESS = "second_address"
    LEFT_OVER = "left_over"
    IDENTITY_NUMBER = "identity_number"
    ODD_CHARACTERS = "odd_characters"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt about one field (name, phone, province ... postcode). ``choices``: division codes, or texts."""

    kind: DoubtKind
    field: str
    message: Message
    choices: tuple[str, ...] = ()


def check_address(address: Address, divisions: Divisions) -> tuple[Doubt, ...]:
    """The doubts about an address in its fields; one abroad is judged by its country's own rules elsewhere."""
    if address.country != "CN":
        return ()
    found = list(_check_divisions(address, divisions))
    code = address.division or _code_of(address, divisions)
    return (*found, *check_detail(address.detail), *check_postcode(address.postcode, code, divisions))


def _code_of(address: Address, divisions: Divisions) -> str:
    node = divisions.find(address.province, address.city, address.district, address.street)
    node = node or divisions.find(address.province, address.city, address.district)
    return node.code if node else ""


def _check_divisions(address: Address, divisions: Divisions) -> Iterator[Doubt]:
    province = divisions.find(address.province) if address.province else None
    if province is None:
        yield _unknown("province", address.province) if address.province else missing("province")
        return
    if address.city:
        yield from _check_city(address, province, divisions)
        return
    deepest = divisions.find(address.province, "", address.district) if address.district else None
    if deepest is not None and deepest.parent == province.code:
        yield from _check_street(address, deepest, divisions)
    elif divisions.upper_below(province.code):
        yield missing("city")


def _check_city(address: Address, province: Division, divisions: Divisions) -> Iterator[Doubt]:
    city = divisions.find(address.province, address.city)
    if city is None or city.level != Level.CITY:
        known = any(node.name == address.city for node in divisions.upper if node.level == Level.CITY)
        kind = DoubtKind.PROVINCE_CITY_MISMATCH
        yield not_within(kind, "city", address.city, province.name) if known else _unknown("city", address.city)
        return
    if not divisions.upper_below(city.code):
        yield from _check_street(address, city, divisions)
    elif not address.district:
        yield missing("district")
    elif (district := divisions.find(address.province, address.city, address.district)) is None:
        kind = DoubtKind.CITY_DISTRICT_MISMATCH
        known = any(node.name == address.district for node in divisions.upper)
        yield (
            not_within(kind, "district", address.district, city.name)
            if known
            else _unknown("district", address.district)
        )
    else:
        yield from _check_street(address, district, divisions)


def _check_street(address: Address, above: Division, divisions: Divisions) -> Iterator[Doubt]:
    if address.street and divisions.streets.find_name(above.code, address.street) is None:
        yield not_within(DoubtKind.DISTRICT_STREET_MISMATCH, "street", address.street, above.name)


def check_detail(detail: str) -> Iterator[Doubt]:
    """Street without number, building without room, nothing at all."""
    if not detail.strip():
        text = message("The street and house number are missing.")
        yield Doubt(DoubtKind.MISSING_DETAIL, "detail", text)
    elif not _NUMBERED.search(detail) and not _FINDS_ITSELF.search(detail):
        yield Doubt(DoubtKind.NO_HOUSE_NUMBER, "detail", message("There is no house number. Ask for number and room."))
    elif _ENDS_AT_BUILDING.search(detail.strip()):
        yield Doubt(DoubtKind.NO_ROOM, "detail", message("The building is given, the room is not. Ask for the room."))


def check_postcode(postcode: str, code: str, divisions: Divisions) -> Iterator[Doubt]:
    """A postcode of another province or city. The data are old, so this is a warning only."""
    province = divisions.get(code[:2] + "0000") if code else None
    if not postcode or province is None:
        return
    if not re.fullmatch(r"[0-9]{6}", postcode):
        yield Doubt(DoubtKind.POSTCODE_MISMATCH, "postcode", message("A postcode of China has six digits."))
    elif not fits_province(postcode, code):
        text = message("Postcode {postcode} does not belong to {place}.", postcode=postcode, place=province.name)
        yield Doubt(DoubtKind.POSTCODE_MISMATCH, "postcode", text)
    elif (zones := zones_around(code, divisions)) and postcode[:3] not in zones:
        place = divisions.full_name(divisions.path(code)[:2][-1].code)
        text = message("Postcode {postcode} is unusual for {place}: please check it.", postcode=postcode, place=place)
        yield Doubt(DoubtKind.POSTCODE_MISMATCH, "postcode", text)


def missing(field: str) -> Doubt:
    """A level that is not there and could not be worked out."""
    texts = {
        "province": message("The province is missing."),
        "city": message("The city is missing."),
        "district": message("The district or county is missing."),
    }
    return Doubt(DoubtKind(f"missing_{field}"), field, texts[field])


def not_within(kind: DoubtKind, field: str, name: str, above: str, choices: tuple[str, ...] = ()) -> Doubt:
    """``name`` is known, but lies elsewhere."""
    return Doubt(kind, field, message("{name} does not lie in {above}.", name=name, above=above), choices)


def _unknown(field: str, name: str) -> Doubt:
    return Doubt(DoubtKind.UNKNOWN_DIVISION, field, message("{name} is not in the division table.", name=name))

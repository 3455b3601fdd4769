"""Check digits of waybill numbers: the algorithms A1 to A4 of domain.md 1.5 and UPU S10 (2.1).

Each takes the number in plain capitals, of the right shape, and says whether its check digit is right.
"""

from collections.abc import Iterable

# ISO 3166-1 alpha-2, as of 2026.
_CODES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO "
    "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE "
    "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO "
    "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW "
    "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM "
    "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
COUNTRIES = frozenset(_CODES.split())


def _weighted(digits: str, weights: Iterable[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def ups(number: str) -> bool:
    """A1: a letter counts (ASCII - 63) mod 10, every second place twice."""
    values = [int(c) if c.isdigit() else (ord(c) - 63) % 10 for c in number[2:]]
    total = sum(value * (2 if place % 2 else 1) for place, value in enumerate(values[:-1]))
    return (10 - total % 10) % 10 == values[-1]


def fedex_12(number: str) -> bool:
    """A2: weights 3, 1, 7."""
    return _weighted(number[:11], (3, 1, 7) * 4) % 11 % 10 == int(number[-1])


def fedex_34(number: str) -> bool:
    """A2 on the last 14 digits: weights 1, 7, 3."""
    return _weighted(number[:13], (1, 7, 3) * 5) % 11 % 10 == int(number[-1])


def gs1(number: str) -> bool:
    """A3: weights 3, 1 from the right of the body."""
    total = _weighted(number[-2::-1], (3, 1) * len(number))
    return (10 - total % 10) % 10 == int(number[-1])


def fedex_96(number: str) -> bool:
    """A3 on the last 15 digits."""
    return gs1(number[-15:])


def usps_20(number: str) -> bool:
    """Two kinds of number: checked as it stands, or with an implied 91 in front."""
    return gs1(number) or gs1(f"91{number}")


def mod_7(number: str) -> bool:
    """A4."""
    return int(number[:-1]) % 7 == int(number[-1])


def awb(number: str) -> bool:
    """A4 on the serial alone, without the airline's prefix."""
    return mod_7(number[3:])


def s10_check_digit(serial: str) -> str:
    """The check digit of the eight digits of a UPU S10 number."""
    rest = 11 - _weighted(serial, (8, 6, 4, 2, 3, 5, 9, 7)) % 11
    return {10: "0", 11: "5"}.get(rest, str(rest))


def s10(number: str) -> bool:
    """Right only if the country of the issuer exists, too."""
    return number[11:] in COUNTRIES and s10_check_digit(number[2:10]) == number[10]

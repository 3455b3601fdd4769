"""Identity papers shown at the counter (domain.md 3.2): their kinds, and the check digits of those that have one.

The sums stand here because stdnum takes 50 ms to import (it loads ssl), too long on a key stroke; the tests compare.
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum

from courier_desk.base.errors import UserError
from courier_desk.base.translation import Message, message


class IdentityKind(StrEnum):
    """Papers that prove who sends; USCC is a company's, with its responsible person's paper beside it."""

    RESIDENT_ID = "resident_id"
    TEMPORARY_ID = "temporary_id"
    ARMY_ID = "army_id"
    ARMED_POLICE_ID = "armed_police_id"
    HMT_RESIDENCE = "hmt_residence"
    HK_MACAU_PERMIT = "hk_macau_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    PASSPORT = "passport"
    FOREIGN_RESIDENCE = "foreign_residence"
    USCC = "uscc"
    OTHER = "other"


KIND_NAMES: dict[IdentityKind, Message] = {
    IdentityKind.RESIDENT_ID: message("Resident ID card"),
    IdentityKind.TEMPORARY_ID: message("Temporary ID card"),
    IdentityKind.ARMY_ID: message("Army ID"),
    IdentityKind.ARMED_POLICE_ID: message("Armed police ID"),
    IdentityKind.HMT_RESIDENCE: message("Residence permit (Hong Kong, Macau, Taiwan)"),
    IdentityKind.HK_MACAU_PERMIT: message("Travel permit (Hong Kong, Macau)"),
    IdentityKind.TAIWAN_PERMIT: message("Travel permit (Taiwan)"),
    IdentityKind.PASSPORT: message("Foreign passport"),
    IdentityKind.FOREIGN_RESIDENCE: message("Foreigner's permanent residence card"),
    IdentityKind.USCC: message("Company (USCC)"),
    IdentityKind.OTHER: message("Other paper"),
}

_WITH_ID_NUMBER = frozenset({IdentityKind.RESIDENT_ID, IdentityKind.TEMPORARY_ID, IdentityKind.HMT_RESIDENCE})
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_OTHER_SHAPE = re.compile(r"[0-9A-Z\u4e00-\u9fff]{5,20}")


def normalise_number(number: str) -> str:
    """Plain capitals without blanks and dashes; full-width characters made plain."""
    plain = unicodedata.normalize("NFKC", number[:200]).upper()
    return "".join(
        each for each in plain if not each.isspace() and unicodedata.category(each) not in {"Pd", "Cf", "Cc"}
    )


def check_id(number: str) -> bool:
    """True for a resident ID number with a real date of birth and its right check digit (ISO 7064 mod 11-2)."""
    plain = normalise_number(number)
    return re.fullmatch("[0-9]{17}[0-9X]", plain) is not None and _born(plain) is not None and _id_sum_is_right(plain)


def _born(plain: str) -> date | None:
    try:
        return date(int(plain[6:10]), int(plain[10:12]), int(plain[12:14]))
    except ValueError:
        return None


def _id_sum_is_right(plain: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(plain[:17], _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == plain[17]


def check_uscc(number: str) -> bool:
    """True for a unified social credit code with its right check character (GB 32100)."""
    plain = normalise_number(number)
    if re.fullmatch(f"[0-9]{{8}}[{_USCC_ALPHABET}]{{10}}", plain) is None:
        return False
    total = sum(_USCC_ALPHABET.index(each) * pow(3, place, 31) for place, each in enumerate(plain[:17]))
    return _USCC_ALPHABET[(31 - total % 31) % 31] == plain[17]


def validate(kind: IdentityKind, number: str) -> str:
    """The number in plain capitals. Errors: UserError (no field named) that says what is wrong, without the number."""
    plain = normalise_number(number)
    if not plain:
        raise UserError(message("Enter the number of the paper."))
    if kind in _WITH_ID_NUMBER:
        _validate_id(plain)
    elif kind is IdentityKind.USCC:
        _validate_uscc(plain)
    elif not _OTHER_SHAPE.fullmatch(plain):
        raise UserError(message("The number of this paper has 5 to 20 letters and digits."))
    return plain


def _validate_id(plain: str) -> None:
    if re.fullmatch("[0-9]{17}[0-9X]", plain) is None:
        raise UserError(
            message("An ID number has 17 digits and a last digit or X; this has {count}.", count=len(plain))
        )
    if _born(plain) is None:
        raise UserError(message("The date of birth in this ID number does not exist."))
    if not _id_sum_is_right(plain):
        raise UserError(message("The check digit of this ID number is wrong: compare it with the card."))


def _validate_uscc(plain: str) -> None:
    if len(plain) != 18:
        raise UserError(message("A unified social credit code has 18 characters; this has {count}.", count=len(plain)))
    if not check_uscc(plain):
        raise UserError(message("The check character of this credit code is wrong: compare it with the licence."))

"""Telephone numbers as people write them: mobile, landline, service, platform virtual numbers, foreign.

Numbers of China are read by shape alone, quick enough for each key stroke. Foreign ones need the country tables of
phonenumbers, which are loaded on first use (45 ms).
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from courier_desk.base.errors import UserError
from courier_desk.base.translation import Message, message

_LONGEST_TYPED = 60


class PhoneKind(StrEnum):
    """VIRTUAL is a platform's number that leads to the person by its extension."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    SERVICE = "service"
    VIRTUAL = "virtual"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """``display`` for screens and forms; ``digits`` to store and find by: no separators, no extension, the area code of
    a landline with its 0, a foreign number with 00 and its country code (so that +1 312... is no Chinese mobile).
    ``area`` is the area code of a landline or the country code of a foreign number."""

    display: str
    digits: str
    kind: PhoneKind
    extension: str = ""
    area: str = ""

    @property
    def last_four(self) -> str:
        """The second factor to ask a caller for."""
        return self.digits[-4:]


_EXTENSION = re.compile(r"^(?P<base>.*?[0-9)])-*(?:转|轉|分机|EXT\.?|X|#|,|_|-)[-:]*(?P<extension>[0-9]{1,6})$")
_BRACKETED = re.compile(r"^(?P<base>.*?[0-9])-*[(\[【](?P<extension>[0-9]{1,6})[)\]】]$")
_CHINA = re.compile(r"^\(?(?:\+|00)\(?86\)?-?(?:\(0\))?")
_BARE_86 = re.compile(r"^\(?86\)?-?(?=1[3-9][0-9-]{9,}$)")
_SEPARATORS = str.maketrans(dict.fromkeys("-().·", ""))
_ONE_DASH = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc~", "-"))

# A 0 in front of a mobile number is what old exchanges wanted.
_MOBILE = re.compile(r"0?(1[3-9][0-9]{9})")
# Areas of three digits have local numbers of eight; those of four have seven or eight.
_LANDLINE = re.compile(r"(?P<area>010|02[0-9]|0[3-9][0-9]{2})(?P<local>[2-9][0-9]{6,7})")
_SERVICE = re.compile(r"[48]00[0-9]{7}|95[0-9]{3,6}|96[0-9]{3,4}|100[0-9]{2}|12[0-9]{3}")


def normalise_phone(text: str) -> PhoneNumber:
    """The number in ``text``. Errors: UserError (no field named) that says what is wrong with it."""
    plain = _plain(text)
    if not plain:
        raise UserError(message("Enter a telephone number."))
    if len(plain) > _LONGEST_TYPED:
        raise UserError(message("This is too long for a telephone number."))
    china = _china_part(plain)
    if china is None:
        return _foreign(plain)
    found = _with_extension(china) or _china(china)
    if found is None:
        raise UserError(_complaint(china, plain))
    return found


def _plain(text: str) -> str:
    """Plain capitals, no blanks and nothing invisible, one kind of dash."""
    shown = (each for each in text[: _LONGEST_TYPED * 4] if unicodedata.category(each) not in {"Cf", "Cc", "Mn"})
    plain = unicodedata.normalize("NFKC", "".join(shown)).translate(_ONE_DASH).upper()
    return "".join(plain.split())


def _china_part(plain: str) -> str | None:
    """``plain`` without the country code of China; None when it names another country."""
    prefix = _CHINA.match(plain) or _BARE_86.match(plain)
    if prefix is not None:
        rest = plain[prefix.end() :]
        national = rest.translate(_SEPARATORS)
        is_landline = not re.match(r"0|1[3-9]|[48]00", national)
        return f"0{rest}" if is_landline else rest
    return None if plain.startswith(("+", "(+", "00")) else plain


def _with_extension(plain: str) -> PhoneNumber | None:
    parts = _BRACKETED.match(plain) or _EXTENSION.match(plain)
    if parts is None:
        return None
    found = _china(parts["base"])
    if found is None:
        return None
    extension = parts["extension"]
    kind = PhoneKind.VIRTUAL if found.kind is PhoneKind.MOBILE else found.kind
    return PhoneNumber(f"{found.display}-{extension}", found.digits, kind, extension, found.area)


def _china(plain: str) -> PhoneNumber | None:
    """A number of China with no extension."""
    digits = plain.translate(_SEPARATORS)
    mobile = _MOBILE.fullmatch(digits)
    if mobile is not None:
        return PhoneNumber(mobile[1], mobile[1], PhoneKind.MOBILE)
    landline = _LANDLINE.fullmatch(digits)
    if landline is not None and (len(landline["area"]) == 4 or len(landline["local"]) == 8):
        area, local = landline.groups()
        return PhoneNumber(f"{area}-{local}", digits, PhoneKind.LANDLINE, area=area)
    if _SERVICE.fullmatch(digits):
        display = f"{digits[:3]}-{digits[3:6]}-{digits[6:]}" if len(digits) == 10 else digits
        return PhoneNumber(display, digits, PhoneKind.SERVICE)
    return None


def _complaint(china: str, plain: str) -> Message:
    """What is wrong with ``plain``, whose part inside China is ``china``, as far as its shape tells."""
    digits = china.translate(_SEPARATORS)
    if re.search("[0-9][/;|、和或][0-9+]", plain) or re.fullmatch("(?:1[3-9][0-9]{9}){2,}", digits):
        return message("Enter one telephone number only.")
    if not re.fullmatch("[0-9]+", digits):
        return message("A telephone number has digits only: {text}", text=plain[:30])
    count = len(digits)
    if re.match("1[3-9]", digits) and 9 <= count <= 13:
        return message("A mobile number has 11 digits; this one has {count}.", count=count)
    if count in {7, 8} and digits[0] in "2345678":
        return message("A landline number needs its area code, as in 010-88886666.")
    if re.match("0[1-9]", digits):
        return message(
            "A landline number is an area code and 7 or 8 digits, as in 010-88886666: {text}", text=plain[:30]
        )
    return message("This is no telephone number: {text}", text=plain[:30])


def _foreign(plain: str) -> PhoneNumber:
    import phonenumbers  # noqa: PLC0415 - its tables cost 45 ms

    international = re.sub(r"^\(?(?:\+|00)", "+", plain)
    try:
        number = phonenumbers.parse(international, None)
    except phonenumbers.NumberParseException:
        raise UserError(message("This country code is not known: {text}", text=plain[:30])) from None
    if not phonenumbers.is_possible_number(number):
        raise UserError(
            message("This number is too short or too long for country code +{code}.", code=number.country_code)
        )
    extension, number.extension = number.extension or "", None
    display = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    display += f" ext. {extension}" if extension else ""
    digits = "00" + phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).removeprefix("+")
    return PhoneNumber(display, digits, PhoneKind.FOREIGN, extension, str(number.country_code))

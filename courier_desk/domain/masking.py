"""What of a person may be seen: on labels (stronger) and on screens (domain.md 1.3).

On a label at least one character of the name, six digits of the phone and the unit or room are hidden; the last four
digits stay, since carriers and shops ask for them. Nothing here raises: what cannot be read is hidden whole.
"""

import re
import unicodedata

from courier_desk.base.errors import UserError
from courier_desk.domain.party import Address
from courier_desk.domain.phones import PhoneKind, PhoneNumber, normalise_phone

_STAR = "*"
_ZERO_WIDTH_JOINER = "\u200d"
# These stay where they are, so that a masked name keeps its rhythm.
_KEPT = frozenset(" ·•・.-,'")


def graphemes(text: str) -> list[str]:
    """``text`` in characters as a person counts them: with accents, variants and joined emoji kept whole."""
    parts: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        if parts and _belongs_to(parts[-1], character):
            parts[-1] += character
        elif unicodedata.category(character) not in {"Cf", "Cc", "Cs"}:
            parts.append(character)
    return parts


def _belongs_to(before: str, character: str) -> bool:
    """True for what a person does not see as a character of its own behind ``before``."""
    if unicodedata.category(character) in {"Mn", "Mc", "Me"} or _is_skin_tone(character):
        return True
    if character == _ZERO_WIDTH_JOINER or before.endswith(_ZERO_WIDTH_JOINER):
        return True
    return len(before) == 1 and _is_flag_letter(before) and _is_flag_letter(character)


def _is_skin_tone(character: str) -> bool:
    return "\U0001f3fb" <= character <= "\U0001f3ff"


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def mask_name(name: str) -> str:
    """``张*``, ``欧***``, ``J*** *****``: all but the first character; a name of one character is hidden whole."""
    parts = graphemes(" ".join(name.split()))
    masked = [each if place == 0 or each in _KEPT else _STAR for place, each in enumerate(parts)]
    return "".join(masked) if _STAR in masked else _STAR * len(parts)


def mask_phone_label(phone: str) -> str:
    """``1******5678``, ``010-****6666``; of others all but the last four digits. The extension stays."""
    number = _read(phone)
    if number is None:
        return _last_four(phone)
    if number.kind in {PhoneKind.MOBILE, PhoneKind.VIRTUAL}:
        return f"{number.digits[0]}******{number.last_four}{_extension(number)}"
    if number.kind is PhoneKind.LANDLINE:
        hidden = _STAR * (len(number.digits) - len(number.area) - 4)
        return f"{number.area}-{hidden}{number.last_four}{_extension(number)}"
    return _last_four(number.digits) + _extension(number)


def mask_phone_screen(phone: str) -> str:
    """``138****5678``: too weak for a label. Others as on a label."""
    number = _read(phone)
    if number is None or number.kind not in {PhoneKind.MOBILE, PhoneKind.VIRTUAL}:
        return mask_phone_label(phone)
    return f"{number.digits[:3]}****{number.last_four}{_extension(number)}"


def _read(phone: str) -> PhoneNumber | None:
    try:
        return normalise_phone(phone)
    except UserError:
        return None


def _extension(number: PhoneNumber) -> str:
    return f"-{number.extension}" if number.extension else ""


def _last_four(text: str) -> str:
    """Stars and the last four characters; all stars where fewer than six would be hidden."""
    packed = "".join(text.split())
    if len(packed) < 10:
        return _STAR * len(packed)
    return _STAR * (len(packed) - 4) + packed[-4:]


def mask_id(number: str) -> str:
    """``110***********2176`` for the screen of those who may see it; of shorter papers only the last four."""
    packed = "".join(number.split())
    if len(packed) < 15:
        shown = 4 if len(packed) >= 8 else 0
        return _STAR * (len(packed) - shown) + packed[len(packed) - shown :]
    return packed[:3] + _STAR * (len(packed) - 7) + packed[-4:]


_COUNT = "[0-9A-Za-z０-９甲乙丙丁一二三四五六七八九十百零〇]{1,6}"
_UNIT = (
    # 2单元, 1501室, 502房, 5层; in 58号楼5楼 the building stays and the floor goes.
    re.compile(f"(?P<hidden>{_COUNT})(?=单元|室|房|户|层|楼)"),
    # 3栋1501, 3号楼1501, A座1203, 9楼2号
    re.compile("(?<=[栋幢座楼元层])(?P<hidden>[A-Za-z]?-?[0-9]{1,5}[A-Za-z]?)(?![0-9A-Za-z弄路街栋幢座])"),
    # 12-3-501 at the end
    re.compile("(?<=[0-9A-Za-z])-(?P<hidden>[0-9A-Za-z]{1,5}(?:-[0-9A-Za-z]{1,5}){0,3})$"),
    # Room 1501, Apt. 5B, Unit 3, Flat A, # 12-34
    re.compile(
        r"(?i)(?:\b(?:room|rm|apt|apartment|unit|flat|suite|ste|floor|fl)\.? ?|# ?)"
        r"(?P<hidden>[A-Z]?-?[0-9][0-9A-Z-]{0,6}|[A-Z])\b"
    ),
    re.compile(r"(?i)\b(?P<hidden>[0-9]{1,3})(?=(?:st|nd|rd|th)? ?(?:floor\b|fl\b|/f\b))"),
)
_LONG_DIGITS = re.compile("[0-9０-９](?:[- ]?[0-9０-９]){6,}")


def mask_address_label(address: Address) -> str:
    """The address in one line with unit, floor and room hidden, and a telephone number that strayed into it."""
    return f"{Address(address.province, address.city, address.district, address.street).line}{_detail(address.detail)}"


def _detail(detail: str) -> str:
    masked = _LONG_DIGITS.sub(lambda found: _STAR * (len(found[0]) - 4) + found[0][-4:], detail.strip())
    for pattern in _UNIT:
        masked = pattern.sub(_hide, masked)
    return masked


def _hide(found: re.Match[str]) -> str:
    start, end = (place - found.start() for place in found.span("hidden"))
    return f"{found[0][:start]}{_STAR * (end - start)}{found[0][end:]}"

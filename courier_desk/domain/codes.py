"""What a scanned text is: a waybill of ours, a bag, a seal, a list, a command, somebody else's number, or nothing.

Half a code, two codes glued together and hidden characters are never taken for a number (domain.md 5.3, 6.2).
"""

import re
import unicodedata
from collections.abc import Iterable

from courier_desk.domain import own_number
from courier_desk.domain.bag import LIST_PREFIX, TAG_PREFIX
from courier_desk.domain.carriers import Carrier
from courier_desk.domain.numbers import normalise, recognise
from courier_desk.domain.own_number import OWN_PREFIXES
from courier_desk.domain.scan import Code, CodeKind

_LONGEST = 64
_AIM = re.compile(r"\]([A-Za-z])[0-9A-Za-z]")
# EAN and UPC stand on the goods in the box: an ISBN has the shape of an EMS number.
_GOODS_SYMBOLOGY = "E"
_GS = "\x1d"
_SSCC = re.compile(r"(?:00|\(00\))([0-9]{18})")

# A bag tag and a list carry a number made as our waybills' are, behind a prefix; seals come printed from elsewhere.
_NUMBERED = {TAG_PREFIX: CodeKind.BAG, LIST_PREFIX: CodeKind.LIST}
_SEAL = re.compile(r"SEAL[0-9A-Z-]{1,40}")
_COMMAND = re.compile(r"CMD:([0-9A-Z_-]{1,40})")


def parse_code(text: str, own_prefixes: Iterable[str] = OWN_PREFIXES) -> Code:
    """What ``text`` is, as a device delivered it or a person keyed it; ``own_prefixes`` are those of this station.

    ``Code.number`` holds the mother number of our waybill; the whole number of a bag, seal or list; the name of a
    command; another carrier's number in plain capitals. A number of another kind of station of ours (sample at a live
    desk) is FOREIGN with carrier OWN. A waybill, bag or list of ours with a wrong check digit is UNREADABLE with
    carrier OWN, so that the desk can say more than "unreadable". Never raises.
    """
    body, symbology = _without_aim(text.strip(" \r\n\t"))
    if not body or len(body) > _LONGEST or _has_hidden(body):
        return Code(CodeKind.UNREADABLE, body[:_LONGEST])
    plain = normalise(body)
    prefixes = tuple(own_prefixes)
    return _ours(plain, prefixes) or _numbered(plain, prefixes) or _named(plain) or _foreign(plain, symbology)


def _without_aim(text: str) -> tuple[str, str]:
    """The code and the letter of its symbology ("" when the device does not send it). No number begins with ``]``."""
    found = _AIM.match(text)
    if found is None:
        return text, ""
    # GS1 data may begin with the separator that says so.
    return text[found.end() :].lstrip(_GS), found[1]


def _has_hidden(text: str) -> bool:
    """Control characters, zero-width and direction marks, private and lone surrogate characters."""
    return any(unicodedata.category(character).startswith("C") for character in text)


def _ours(plain: str, prefixes: tuple[str, ...]) -> Code | None:
    own = own_number.read(plain, (*prefixes, *OWN_PREFIXES))
    if own is None:
        return None
    if own.sound and own.prefix in prefixes:
        return Code(CodeKind.WAYBILL, own.text, own.mother, own.piece)
    kind = CodeKind.FOREIGN if own.sound else CodeKind.UNREADABLE
    return Code(kind, own.text, own.mother, own.piece, Carrier.OWN)


def _numbered(plain: str, prefixes: tuple[str, ...]) -> Code | None:
    for prefix, kind in _NUMBERED.items():
        own = own_number.read(plain.removeprefix(prefix), (*prefixes, *OWN_PREFIXES))
        if plain.startswith(prefix) and own is not None and not own.piece:
            number = f"{prefix}{own.mother}"
            if own.sound:
                return Code(kind, number, number)
            return Code(CodeKind.UNREADABLE, number, number, carrier=Carrier.OWN)
    return None


def _named(plain: str) -> Code | None:
    command = _COMMAND.fullmatch(plain)
    if command is not None:
        return Code(CodeKind.COMMAND, plain, command[1])
    return Code(CodeKind.SEAL, plain, plain) if _SEAL.fullmatch(plain) else None


def _foreign(plain: str, symbology: str) -> Code:
    sscc = _SSCC.fullmatch(plain)
    if sscc is not None and symbology == "C":
        plain = sscc[1]
    readings = [] if symbology == _GOODS_SYMBOLOGY else recognise(plain, ())
    if not readings:
        return Code(CodeKind.UNREADABLE, plain)
    return Code(CodeKind.FOREIGN, plain, readings[0].number, carrier=readings[0].carrier)

"""Whose number is this? Readings of a waybill number (domain.md 1.5, 1.6, 2.1, 2.5).

Formats collide and published numbers fail their own check digit, so this gives candidates, never a verdict: warn, let
the clerk confirm, block nobody.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from courier_desk.domain import own_number
from courier_desk.domain.carriers import RULES, Carrier, Check, Confidence
from courier_desk.domain.own_number import OWN_PREFIXES

__all__ = ["Candidate", "Carrier", "Check", "Confidence", "normalise", "recognise"]

# The longest number has 34 digits, the shortest 8; with a dash after each digit still no longer than this.
_LONGEST_TYPED = 80
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc", "-"))
_INVISIBLE = str.maketrans(dict.fromkeys("\u200b\ufeff"))
# JD writes the piece and their count behind the number: JD...-1-2-
_JD_PIECE = re.compile(r"(JD[A-Z0-9]{2}[0-9]{11})-[0-9]{1,3}-[0-9]{1,3}-?")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading: ``pattern`` names the shape, ``number`` is the carrier's own number in plain capitals (of a routing
    code only that part; of a piece of ours with its ``-01``)."""

    carrier: Carrier
    check: Check
    pattern: str
    number: str
    confidence: Confidence


def normalise(text: str) -> str:
    """Capitals and plain digits without blanks; every kind of dash is ``-``. What is far too long becomes empty."""
    packed = "".join(text.translate(_INVISIBLE).split())
    if len(packed) > _LONGEST_TYPED:
        return ""
    return "".join(unicodedata.normalize("NFKC", packed).translate(_DASHES).upper().split())


def recognise(text: str, own_prefixes: Iterable[str] = OWN_PREFIXES) -> list[Candidate]:
    """Every reading of ``text``, best first: letters in front, then a right check digit, then leading digits, then
    length alone, and last what has a wrong check digit. Empty when nothing fits."""
    typed = normalise(text)
    found = _own(typed, own_prefixes)
    piece = _JD_PIECE.fullmatch(typed)
    plain = piece[1] if piece else typed.replace("-", "")
    for rule in RULES:
        number = rule.number_in(plain)
        if number is not None:
            check, confidence = rule.judge(number)
            found.append(Candidate(rule.carrier, check, rule.pattern, number, confidence))
    return sorted(found, key=lambda each: (-each.confidence, each.check is Check.FAILED))


def _own(typed: str, prefixes: Iterable[str]) -> list[Candidate]:
    own = own_number.read(typed, prefixes)
    if own is None:
        return []
    check = Check.PASSED if own.sound else Check.FAILED
    return [Candidate(Carrier.OWN, check, "own", own.text, Confidence.LETTERS)]

"""Our own waybill number: two letters (whose), twelve digits (the serial of a leased range), one Damm check digit.

``XS0000000123456``; a piece of an order of several has the mother's number and ``-01``, ``-02`` ... behind it. Why it
is made so: docs/decisions/0002-own-waybill-number.md.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message

LIVE_PREFIX = "CD"
SAMPLE_PREFIX = "XS"
TRAINING_PREFIX = "XT"
OWN_PREFIXES: tuple[str, ...] = (LIVE_PREFIX, SAMPLE_PREFIX, TRAINING_PREFIX)

LARGEST_SERIAL = 10**12 - 1
MOST_PIECES = 999

# Letters with which other carriers' numbers or our bags, seals, lists and commands begin.
_TAKEN = frozenset({"SF", "YT", "JT", "JD", "DP", "BA", "SE", "HO", "CM"})

# The quasigroup of H. Michael Damm (2004), the same as in python-stdnum, whose import takes 50 ms (it loads ssl):
# too long for the first scan of the day.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)

_SHAPE = re.compile(r"([A-Z]{2})((?:-?[0-9]){12})-?([0-9])(?:-([0-9]{2,3}))?")


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A text of our shape: the mother number, the piece (0 for the mother), and whether the check digit is right."""

    mother: str
    piece: int
    sound: bool

    @property
    def prefix(self) -> str:
        return self.mother[:2]

    @property
    def text(self) -> str:
        """As it stands in the bar code."""
        return child(self.mother, self.piece) if self.piece else self.mother


def check_digit(digits: str) -> str:
    """The Damm check digit of ``digits`` (0-9 only); of digits that end in their right one it is ``0``."""
    interim = "0"
    for digit in digits:
        interim = _DAMM[int(interim)][int(digit)]
    return interim


def check_prefix(prefix: str) -> None:
    """Errors: UserError unless ``prefix`` is two capital letters that no other carrier or list of ours begins with."""
    if not re.fullmatch("[A-Z]{2}", prefix):
        raise UserError(message("The prefix of waybill numbers is two capital letters, not {prefix}.", prefix=prefix))
    if prefix in _TAKEN:
        raise UserError(message("The prefix {prefix} belongs to other numbers; choose another.", prefix=prefix))


def make(prefix: str, serial: int) -> str:
    """The number of ``serial`` (1 to LARGEST_SERIAL). Errors: ValueError, since prefix and range are checked before."""
    if not re.fullmatch("[A-Z]{2}", prefix) or not 0 < serial <= LARGEST_SERIAL:
        raise ValueError(f"no waybill number for {prefix!r} and {serial}")
    body = f"{serial:012d}"
    return f"{prefix}{body}{check_digit(body)}"


def read(text: str, prefixes: Iterable[str] = OWN_PREFIXES) -> OwnNumber | None:
    """``text`` (capitals; dashes between digits allowed) as a number of one of ``prefixes``, or None. The check digit
    may be wrong: see ``sound``."""
    found = _SHAPE.fullmatch(text)
    if found is None or found[1] not in tuple(prefixes):
        return None
    digits = found[2].replace("-", "") + found[3]
    piece = int(found[4] or 0)
    if found[4] and not piece:
        return None
    return OwnNumber(f"{found[1]}{digits}", piece, check_digit(digits) == "0")


def is_own(text: str, prefixes: Iterable[str] = OWN_PREFIXES) -> bool:
    """True for a mother or child number of ``prefixes`` with its right check digit."""
    number = read(text, prefixes)
    return number is not None and number.sound


def _sound(text: str) -> OwnNumber:
    number = read(text, (text[:2],))
    if number is None or not number.sound:
        raise ValueError(f"not a waybill number of ours: {text!r}")
    return number


def serial_of(number: str) -> int:
    """The serial in ``number`` of any prefix, mother or child. Errors: ValueError if it is none or its check digit
    is wrong."""
    return int(_sound(number).mother[2:14])


def mother_of(text: str) -> tuple[str, int]:
    """The mother number and the piece (0 for the mother itself). Errors: as ``serial_of``."""
    number = _sound(text)
    return number.mother, number.piece


def child(number: str, piece: int) -> str:
    """The number of one piece (from 1) of the order ``number``. Errors: ValueError beyond MOST_PIECES."""
    if not 0 < piece <= MOST_PIECES:
        raise ValueError(f"no piece {piece}")
    return f"{number}-{piece:02d}"


def group(number: str) -> str:
    """``XS 0000 0001 2345 6-01``: in groups, to be read aloud and compared by eye. Errors: as ``serial_of``."""
    own = _sound(number)
    digits = own.mother[2:]
    piece = own.text[len(own.mother) :]
    return f"{own.prefix} {digits[:4]} {digits[4:8]} {digits[8:12]} {digits[12:]}{piece}"

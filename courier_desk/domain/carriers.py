"""The carriers and the shapes of their waybill numbers: the table of domain.md 1.5, row by row.

Shapes are of capitals and digits, spaces and dashes gone. All are of fixed length, so none can be slow.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from courier_desk.domain import check_digits


class Carrier(StrEnum):
    """Whose number; S10 is any post's international item, AWB an airline's, OWN ours."""

    SF = "SF"
    YTO = "YTO"
    ZTO = "ZTO"
    STO = "STO"
    YUNDA = "YUNDA"
    JT = "JT"
    JD = "JD"
    DEPPON = "DEPPON"
    EMS = "EMS"
    CAINIAO = "CAINIAO"
    YUNEXPRESS = "YUNEXPRESS"
    YAMATO = "YAMATO"
    UPS = "UPS"
    FEDEX = "FEDEX"
    DHL = "DHL"
    USPS = "USPS"
    S10 = "S10"
    AWB = "AWB"
    OWN = "OWN"


class Check(StrEnum):
    """What the check digit says; NONE where the carrier publishes none."""

    PASSED = "passed"
    FAILED = "failed"
    NONE = "none"


class Confidence(IntEnum):
    """How much the shape says, best last."""

    FAILED = 0
    LENGTH = 1
    DIGITS = 2
    CHECKED = 3
    LETTERS = 4


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape: where it has a group, that is the carrier's number; ``basis`` is what the shape alone is worth."""

    carrier: Carrier
    pattern: str
    shape: re.Pattern[str]
    basis: Confidence
    check: Callable[[str], bool] | None = None

    def number_in(self, plain: str) -> str | None:
        """The carrier's number when ``plain`` has this shape."""
        match = self.shape.fullmatch(plain)
        if match is None:
            return None
        return match[1] if self.shape.groups else match[0]

    def judge(self, number: str) -> tuple[Check, Confidence]:
        """What the check digit of ``number`` says, and how sure the reading is with it."""
        if self.check is None:
            return Check.NONE, self.basis
        right = self.check(number)
        confidence = Confidence.CHECKED if right else Confidence.FAILED
        if self.basis is Confidence.LETTERS:
            confidence = Confidence.LETTERS
        return Check.PASSED if right else Check.FAILED, confidence


_LETTERS, _DIGITS, _LENGTH = Confidence.LETTERS, Confidence.DIGITS, Confidence.LENGTH
# Routing in front of a USPS number: 420 and the ZIP code of five or nine digits.
_ZIP = "(?:420[0-9]{5}(?:[0-9]{4})?)?"

# Among equals the earlier row is named first.
RULES = (
    Rule(Carrier.SF, "sf", re.compile("SF[A-Z0-9][0-9]{12}"), _LETTERS),
    Rule(Carrier.YTO, "yto", re.compile("YT[0-9]{13}"), _LETTERS),
    Rule(Carrier.YUNEXPRESS, "yunexpress", re.compile("YT[0-9]{16}"), _LETTERS),
    Rule(Carrier.JT, "jt", re.compile("JT[0-9]{13}"), _LETTERS),
    Rule(Carrier.JD, "jd", re.compile("JD[A-Z0-9]{2}[0-9]{11}"), _LETTERS),
    Rule(Carrier.DEPPON, "deppon", re.compile("DPK[0-9]{12}"), _LETTERS),
    Rule(Carrier.EMS, "ems-letters", re.compile("P[A-Z][0-9]{11}"), _LETTERS),
    Rule(Carrier.S10, "s10", re.compile("[A-Z]{2}[0-9]{9}[A-Z]{2}"), _LETTERS, check_digits.s10),
    Rule(Carrier.UPS, "ups", re.compile("1Z[0-9A-Z]{15}[0-9]"), _LETTERS, check_digits.ups),
    Rule(Carrier.DHL, "dhl-piece", re.compile("J[A-Z]{2,3}[0-9]{9,10}"), _LETTERS),
    Rule(Carrier.FEDEX, "fedex-34", re.compile("[0-8][0-9]{19}([0-9]{14})"), _LENGTH, check_digits.fedex_34),
    Rule(Carrier.FEDEX, "fedex-96", re.compile("96[0-9]{20}"), _DIGITS, check_digits.fedex_96),
    Rule(Carrier.FEDEX, "fedex-sscc-18", re.compile("[0-9]{18}"), _LENGTH, check_digits.gs1),
    Rule(Carrier.FEDEX, "fedex-15", re.compile("[0-9]{15}"), _LENGTH, check_digits.gs1),
    Rule(Carrier.FEDEX, "fedex-12", re.compile("[0-9]{12}"), _LENGTH, check_digits.fedex_12),
    Rule(Carrier.USPS, "usps-22", re.compile(f"{_ZIP}(9[2-5][0-9]{{20}})"), _DIGITS, check_digits.gs1),
    Rule(Carrier.USPS, "usps-20", re.compile("[0-9]{20}"), _LENGTH, check_digits.usps_20),
    Rule(Carrier.DHL, "dhl", re.compile("[0-9]{10,11}"), _LENGTH, check_digits.mod_7),
    Rule(Carrier.AWB, "awb", re.compile("[0-9]{11}"), _LENGTH, check_digits.awb),
    Rule(Carrier.ZTO, "zto", re.compile("7[34568][0-9]{12}"), _DIGITS),
    Rule(Carrier.STO, "sto", re.compile("77[0-9]{12,13}"), _DIGITS),
    Rule(Carrier.YUNDA, "yunda", re.compile("[34][0-9]{14}"), _DIGITS),
    Rule(Carrier.EMS, "ems", re.compile("(?:10|11|12|50|51|52|95|97|98|99)[0-9]{11}"), _DIGITS),
    Rule(Carrier.CAINIAO, "cainiao", re.compile("621[0-9]{12}"), _DIGITS),
    Rule(Carrier.STO, "sto-old-13", re.compile("(?:268|368|58[0-9])[0-9]{10}"), _DIGITS),
    Rule(Carrier.YUNDA, "yunda-old", re.compile("[35][0-9]{12}"), _DIGITS),
    Rule(Carrier.YTO, "yto-88", re.compile("88[0-9]{16}"), _DIGITS),
    Rule(Carrier.SF, "sf-old", re.compile("[0-9]{12}"), _LENGTH),
    Rule(Carrier.STO, "sto-old-12", re.compile("[0-9]{12}"), _LENGTH),
    Rule(Carrier.ZTO, "zto-old", re.compile("[0-9]{12}"), _LENGTH),
    Rule(Carrier.YAMATO, "yamato", re.compile("[0-9]{12}"), _LENGTH, check_digits.mod_7),
    Rule(Carrier.YTO, "yto-old", re.compile("[A-Z0-9]{2}[0-9]{8,10}"), _LENGTH),
    Rule(Carrier.DEPPON, "deppon-old", re.compile("[0-9]{8,10}"), _LENGTH),
)

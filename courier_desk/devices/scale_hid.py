"""Scales on USB that speak the HID usage page 0x8D: one report of six bytes is one reading (domain.md 6.4)."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from courier_desk.devices.scale_protocols import to_weighing
from courier_desk.domain.weighing import Reading, ScaleCondition

USAGE_PAGE = 0x8D
_REPORT_ID = 3
_LENGTH = 6
_UNITS: Mapping[int, str] = {2: "g", 3: "kg", 11: "oz", 12: "lb"}
_ZERO, _MOVING, _STABLE = 2, 3, 4
_CONDITIONS: Mapping[int, ScaleCondition] = {
    1: ScaleCondition.FAULT,
    5: ScaleCondition.UNDERLOAD,
    6: ScaleCondition.OVERLOAD,
    7: ScaleCondition.NOT_ZEROED,
    8: ScaleCondition.NOT_ZEROED,
}


def read_report(report: bytes, at: datetime) -> Reading:
    """``[3, status, unit, exponent, low, high]`` as a reading; some systems put a zero in front. Anything else is a
    fault, never a weight."""
    if len(report) > _LENGTH and report[0] == 0:
        report = report[1:]
    if len(report) < _LENGTH or report[0] != _REPORT_ID:
        return ScaleCondition.FAULT
    _id, status, unit, exponent, low, high = report[:_LENGTH]
    if status not in {_ZERO, _MOVING, _STABLE}:
        return _CONDITIONS.get(status, ScaleCondition.FAULT)
    number = Decimal(low + 256 * high).scaleb(exponent - 256 if exponent > 127 else exponent)
    if status == _ZERO:
        number = Decimal(0)
    return to_weighing(number, _UNITS.get(unit, ""), stable=status != _MOVING, raw=report[:_LENGTH], at=at)

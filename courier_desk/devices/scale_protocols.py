"""What scales on a serial line send, by protocol (domain.md 6.4): frames out of bytes, readings out of frames.

Each protocol is a pattern that fits exactly one whole frame and a pure function that reads the match; half a frame fits
nothing and is never read.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from courier_desk.domain.weighing import Reading, ScaleCondition, Weighing

GRAMS: Mapping[str, Decimal] = {
    "g": Decimal(1),
    "kg": Decimal(1000),
    "oz": Decimal("28.349523125"),
    "lb": Decimal("453.59237"),
}
# No scale sends a longer frame; what grows beyond is noise.
LONGEST_SCALE_FRAME = 64

_Match = re.Match[bytes]
_WEIGHT = rb" *[+-]? *\d*\.?\d+ *"
_NUMBER = re.compile(_WEIGHT)


@dataclass(frozen=True, slots=True)
class ScaleProtocol:
    """How one family of scales talks. ``request`` asks for a weight, empty where the scale streams by itself. ``line``
    is the usual data bits, parity and stop bits. ``read`` gets the match, the unit that is set on a scale which does
    not send one, and the time."""

    name: str
    frame: re.Pattern[bytes]
    read: Callable[[_Match, str, datetime], Reading]
    request: bytes = b""
    line: str = "8N1"


def to_weighing(number: Decimal, unit: str, *, stable: bool, raw: bytes, at: datetime) -> Reading:
    """A weight in whole grams, half a gram rounded up; a unit that is not known is a fault."""
    name = unit.strip().lower()
    if name not in GRAMS:
        return ScaleCondition.FAULT
    weight_g = int((number * GRAMS[name]).to_integral_value(ROUND_HALF_UP))
    return Weighing(weight_g, stable, name, raw.decode("latin-1"), at)


def _weighing(match: _Match, at: datetime, *, stable: bool, unit: str = "") -> Reading:
    """The weight of a matched frame; digits with a gap between them were damaged on the line."""
    if not _NUMBER.fullmatch(match["weight"]):
        return ScaleCondition.FAULT
    number = Decimal(match["weight"].replace(b" ", b"").decode("ascii"))
    return to_weighing(number, unit or match["unit"].decode("ascii"), stable=stable, raw=match[0], at=at)


def _read_sics(match: _Match, _unit: str, at: datetime) -> Reading:
    if match["weight"] is not None:
        return _weighing(match, at, stable=True)
    said = {b"D": ScaleCondition.MOVING, b"+": ScaleCondition.OVERLOAD, b"-": ScaleCondition.UNDERLOAD}
    return said.get(match["said"], ScaleCondition.REFUSED)


def _read_8217(match: _Match, unit: str, at: datetime) -> Reading:
    if match["weight"] is not None:
        return _weighing(match, at, stable=True, unit=unit)
    status = match["status"][0]
    said = (
        (0x02, ScaleCondition.OVERLOAD),
        (0x04, ScaleCondition.UNDERLOAD),
        (0x01, ScaleCondition.MOVING),
        (0x08, ScaleCondition.NOT_ZEROED),
    )
    return next((condition for bit, condition in said if status & bit), ScaleCondition.REFUSED)


def _read_stream(match: _Match, _unit: str, at: datetime) -> Reading:
    """CAS, AND and T-Scale: ST stable, US unstable, OL overload; a CAS lamp byte must agree."""
    if match["state"] == b"OL":
        return ScaleCondition.OVERLOAD
    lamp = match.groupdict().get("lamp")
    rests = lamp is None or bool(lamp[0] & 0x40)
    return _weighing(match, at, stable=rests and match["state"] == b"ST")


def _read_cas_10(match: _Match, unit: str, at: datetime) -> Reading:
    # The frame does not say whether the pan rests: the weight can be shown, never taken.
    return _weighing(match, at, stable=False, unit=unit)


def _read_nci(match: _Match, _unit: str, at: datetime) -> Reading:
    status = match["status"] or match["alone"]
    if status is None:
        return ScaleCondition.REFUSED
    if (status[0] | status[1]) & 0x0C:
        return ScaleCondition.FAULT
    if status[1] & 0x03:
        return ScaleCondition.OVERLOAD if status[1] & 0x02 else ScaleCondition.UNDERLOAD
    moving = bool(status[0] & 0x01)
    if match["weight"] is None:
        return ScaleCondition.MOVING if moving else ScaleCondition.REFUSED
    return _weighing(match, at, stable=not moving)


def _read_sma(match: _Match, _unit: str, at: datetime) -> Reading:
    status = match["status"]
    if status not in b"Z ":
        said = {b"O": ScaleCondition.OVERLOAD, b"U": ScaleCondition.UNDERLOAD}
        return said.get(status, ScaleCondition.FAULT)
    return _weighing(match, at, stable=match["motion"] == b" ")


def _protocol(
    name: str, frame: bytes, read: Callable[[_Match, str, datetime], Reading], request: bytes = b"", line: str = "8N1"
) -> ScaleProtocol:
    # Status and lamp bytes may be line ends themselves.
    return ScaleProtocol(name, re.compile(frame, re.DOTALL), read, request, line)


_STATE = rb"(?P<state>ST|US|OL),(?:GS|NT)"
_EIGHT = rb"(?P<weight>[ 0-9.+-]{8})"
_UNIT = rb"(?P<unit>kg|g|lb|oz)"
_SICS = rb"S S (?P<weight>" + _WEIGHT + rb") " + _UNIT + rb"\r\n|S (?P<said>[DIL+-])[^\r\n]*\r\n|E[STL]\r\n"
_8217 = rb"\x02(?:(?P<weight>\d*\.?\d+)N?|\?(?P<status>.))\r"
_CAS_22 = _STATE + rb",.(?P<lamp>[\x80-\xff])," + _EIGHT + rb" " + _UNIT + rb"\r\n"
_NCI = (
    rb"\n(?:(?P<weight>[ -][0-9. ]{6})(?P<unit>[A-Za-z]{2})\r(?P<status>[0-?]{2})\x03"
    rb"|(?P<alone>[0-?]{2})\r\x03|\?\r)"
)
_SMA = rb"\n(?P<status>[ ZOUEIT]).[GTNgn ](?P<motion>[ M]).(?P<weight>[ 0-9.+-]{10})(?P<unit>[A-Za-z ]{3})\r"

PROTOCOLS: Mapping[str, ScaleProtocol] = {
    protocol.name: protocol
    for protocol in (
        _protocol("sics", _SICS, _read_sics, b"SI\r\n"),
        _protocol("8217", _8217, _read_8217, b"W", "7E1"),
        _protocol("cas22", _CAS_22, _read_stream),
        _protocol("cas10", _EIGHT + rb"\r\n", _read_cas_10),
        _protocol("and18", _STATE + rb"," + _EIGHT + _UNIT + rb"\r\n", _read_stream, line="7E1"),
        _protocol("nci", _NCI, _read_nci, b"W\r", "7E1"),
        _protocol("sma", _SMA, _read_sma, b"\nW\r"),
        _protocol("tscale", _STATE + rb",?(?P<weight>" + _WEIGHT + rb")" + _UNIT + rb"\r\n", _read_stream),
    )
}


class ScaleFrames:
    """Cuts the bytes of one scale into readings. It belongs to the thread that reads the port."""

    def __init__(self, protocol: ScaleProtocol, unit: str = "kg") -> None:
        self._protocol = protocol
        self._unit = unit
        self._pending = b""

    def feed(self, data: bytes, at: datetime) -> list[Reading]:
        """The readings that ``data`` completes, in order."""
        self._pending += data
        readings = []
        while (match := self._protocol.frame.search(self._pending)) is not None:
            self._pending = self._pending[match.end() :]
            readings.append(self._protocol.read(match, self._unit, at))
        self._pending = self._pending[-LONGEST_SCALE_FRAME:]
        return readings

    def clear(self) -> None:
        """Silence, or the port died: half a frame is no weight."""
        self._pending = b""

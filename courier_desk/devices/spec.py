"""What a desk has been told about one device, read from its settings."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from courier_desk.base.errors import UserError
from courier_desk.base.settings import DeviceSetting
from courier_desk.base.translation import message
from courier_desk.devices.framing import Framing, Terminator
from courier_desk.devices.scale_protocols import GRAMS, PROTOCOLS
from courier_desk.domain.device import DeviceKind

HID_PROTOCOL = "hid"
_TERMINATORS = {terminator.value: terminator for terminator in Terminator}
_LINE = re.compile(r"([78])([NEO])([12])")


@dataclass(frozen=True, slots=True)
class DeviceSpec:
    """One device: where it is, how its line is set, what it speaks.

    ``port``: a device path, a COM name or a URL of pyserial (``socket://host:port``); empty where ``match`` alone finds
    it. ``match``: ``VID:PID`` in hex or a USB serial number. ``protocol`` and ``unit`` are a scale's, ``framing`` is a
    scanner's."""

    kind: DeviceKind
    name: str
    port: str = ""
    baud: int = 9600
    bytesize: int = 8
    parity: str = "N"
    stopbits: int = 1
    framing: Framing = field(default_factory=Framing)
    protocol: str = ""
    unit: str = "kg"
    match: str = ""


def from_setting(setting: DeviceSetting) -> DeviceSpec:
    """The spec of one row of the settings. Its ``protocol`` is words: for a scanner the terminator (``line cr lf crlf
    etx silence``), ``bcc``, ``prefix=`` and ``suffix=`` (``%02`` for a control byte); for a scale the protocol's name
    and ``kg g lb oz``; for both the line as ``7E1``. Errors: UserError on ``protocol``."""
    words = setting.protocol.split()
    line = [found.groups() for word in words if (found := _LINE.fullmatch(word.upper()))]
    words = [word for word in words if not _LINE.fullmatch(word.upper())]
    scale = setting.kind == "scale"
    protocol, unit = _scale(words) if scale else ("", "kg")
    usual = PROTOCOLS[protocol].line if protocol in PROTOCOLS else "8N1"
    bytesize, parity, stopbits = line[0] if line else tuple(usual)
    return DeviceSpec(
        kind=DeviceKind.SERIAL_SCALE if scale else DeviceKind.SERIAL_SCANNER,
        name=setting.name,
        port=setting.port,
        baud=setting.baud,
        bytesize=int(bytesize),
        parity=parity,
        stopbits=int(stopbits),
        framing=Framing() if scale else _framing(words),
        protocol=protocol,
        unit=unit,
        match=setting.match,
    )


def _scale(words: list[str]) -> tuple[str, str]:
    names = [word for word in words if word in PROTOCOLS or word == HID_PROTOCOL]
    units = [word for word in words if word in GRAMS]
    if len(names) != 1 or len(units) > 1 or len(words) != len(names) + len(units):
        raise _not_known(words)
    return names[0], units[0] if units else "kg"


def _framing(words: list[str]) -> Framing:
    values: dict[str, bytes] = {"prefix": b"", "suffix": b""}
    terminator, bcc = Terminator.LINE, False
    for word in words:
        name, equals, value = word.partition("=")
        if equals and name in values:
            values[name] = unquote_to_bytes(value)
        elif word == "bcc":
            bcc = True
        elif word in _TERMINATORS:
            terminator = _TERMINATORS[word]
        else:
            raise _not_known(words)
    try:
        return Framing(terminator, values["prefix"], values["suffix"], bcc)
    except ValueError as error:
        raise _not_known(words) from error


def _not_known(words: list[str]) -> UserError:
    return UserError(message("No device speaks like this: {protocol}", protocol=" ".join(words)), field="protocol")

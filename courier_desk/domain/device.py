"""What a device at the desk is and how it fares, in words that the devices and the screen share."""

from dataclasses import dataclass
from enum import StrEnum

from courier_desk.base.translation import Message, message

_NOTHING = message("")
# A device's name is kept with its scans: this one's in English, whatever is spoken when it begins to listen.
KEYBOARD_SCANNER = message("Keyboard scanner")


class DeviceKind(StrEnum):
    """What a device does for the desk and how it is attached."""

    SERIAL_SCANNER = "serial_scanner"
    SERIAL_SCALE = "serial_scale"
    KEYBOARD_SCANNER = "keyboard_scanner"


class Presence(StrEnum):
    """Whether a device can be counted on: there, gone and looked for, or there and not usable."""

    PRESENT = "present"
    LOST = "lost"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class DeviceState:
    """How one device fares now. ``rescan`` is the moment's news that a code came broken and was thrown away whole: the
    person must hear it and scan again; nothing of it was delivered."""

    name: str
    kind: DeviceKind
    state: Presence
    text: Message = _NOTHING
    rescan: bool = False

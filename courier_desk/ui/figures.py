"""Money, weights, numbers, moments and devices as lists and pages show them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from courier_desk.base.quantities import amount_text, weight_text
from courier_desk.base.translation import Message, _
from courier_desk.domain.bag import LIST_PREFIX, TAG_PREFIX
from courier_desk.domain.device import KEYBOARD_SCANNER
from courier_desk.domain.local_text import LocalText
from courier_desk.domain.own_number import group

# The printer of a desk where none is set up: papers become files.
BUILT_IN_PRINTER = "folder"
# Of a name longer than that the beginning tells enough.
_LONGEST_NAME = 40
_SIGNS = {"CNY": "¥"}


def money(amount_fen: int, currency: str) -> str:
    """``¥13.50``; a currency without a sign of its own stands by its code."""
    return f"{_SIGNS.get(currency, f'{currency} ')}{amount_text(amount_fen)}"


def kilograms(weight_g: int) -> str:
    """``1.2 kg``."""
    return f"{weight_text(weight_g)} kg"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """``2026-11-22 14:05`` in the station's zone."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def moment_text(at: datetime, zone: ZoneInfo, now: datetime | None = None) -> str:
    """The time of day at the station; with the day where it is not that of ``now``."""
    local = at.astimezone(zone)
    if now is not None and local.date() == now.astimezone(zone).date():
        return local.strftime("%H:%M:%S")
    return local.strftime("%m-%d %H:%M")


def number_text(number: str) -> str:
    """A number of ours (waybill, bag, list) in groups; anything else as it is."""
    prefix = next((each for each in (TAG_PREFIX, LIST_PREFIX) if number.startswith(each)), "")
    try:
        grouped = group(number.removeprefix(prefix))
    except ValueError:
        return number
    return f"{prefix} {grouped}" if prefix else grouped


def station_text(code: str, name: LocalText | None) -> str:
    """``Hangzhou Yuhang (571-YH01)``; the code alone for a station that is not known by name."""
    if name is None:
        return code
    said = str(name)
    short = said if len(said) <= _LONGEST_NAME else f"{said[: _LONGEST_NAME - 1]}…"
    return f"{short} ({code})"


def device_name(name: str) -> Message | str:
    """What a scanner is called: the keyboard's in the language in use, any other as the settings name it."""
    return KEYBOARD_SCANNER if name == KEYBOARD_SCANNER.text else name


def printer_title(name: str) -> str:
    """What a printer is called on the screen."""
    return _("Folder of papers") if name == BUILT_IN_PRINTER else name

"""X11's own key events, as the server sends them: before any input method and without a keyboard layout.

An input method on X11 (ibus, fcitx) takes keys before Qt tells anybody of them; letters of a scan would become a word
in Pinyin. The raw event is the one place where a scan can be kept out of it.
"""

import ctypes
import struct
from collections.abc import Callable
from dataclasses import dataclass

from courier_desk.ui.key_codes import X11_OFFSET, Held

KEY_PRESS, KEY_RELEASE = 2, 3
_SENT = 0x80
_SIZE = 32
# response_type, key code, sequence, time, root, window, child, four places, modifiers, same_screen
_LAYOUT = struct.Struct("=BBHIIIIhhhhHBx")
_SHIFT, _CONTROL, _ALT, _SUPER = 0x01, 0x04, 0x08, 0x40


@dataclass(frozen=True, slots=True)
class RawKey:
    """One key event. ``sent`` marks one that a program sent, as ours are when they are sent on."""

    down: bool
    sent: bool
    scan_code: int
    at_ms: int
    window: int
    held: Held
    data: bytes


def read_key(address: int) -> RawKey | None:
    """The key event at ``address`` (an ``xcb_generic_event_t``); None for any other event."""
    kind = ctypes.c_ubyte.from_address(address).value
    if kind & ~_SENT not in {KEY_PRESS, KEY_RELEASE}:
        return None
    data = ctypes.string_at(address, _SIZE)
    _kind, code, _sequence, at_ms, _root, window, _child, *_places, state, _same = _LAYOUT.unpack(data)
    held = Held(bool(state & _SHIFT), bool(state & _CONTROL), bool(state & (_ALT | _SUPER)))
    return RawKey(kind & ~_SENT == KEY_PRESS, bool(kind & _SENT), code - X11_OFFSET, at_ms, window, held, data)


def sender(connection: int) -> Callable[[RawKey], None]:
    """A function that sends a key event to its window once more, on Qt's own ``connection`` (an
    ``xcb_connection_t*``), so that it takes the whole usual way, input method included."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_send_event.argtypes = [ctypes.c_void_p, ctypes.c_uint8, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_char_p]
    xcb.xcb_flush.argtypes = [ctypes.c_void_p]

    def send(key: RawKey) -> None:
        # No event mask: it goes to whoever made the window, and that is us.
        xcb.xcb_send_event(connection, 0, key.window, 0, key.data)
        xcb.xcb_flush(connection)

    return send


class Repeats:
    """Tells a key that is held down from one that is pressed again: X11 reports the first as up and down in one
    instant."""

    def __init__(self) -> None:
        self._up_at: dict[int, int] = {}
        self._down: set[int] = set()

    def is_repeat(self, key: RawKey) -> bool:
        """To be asked for each event, in order."""
        if not key.down:
            self._down.discard(key.scan_code)
            self._up_at[key.scan_code] = key.at_ms
            return False
        again = key.scan_code in self._down or self._up_at.get(key.scan_code) == key.at_ms
        self._down.add(key.scan_code)
        return again

"""Keys by their place on the board: what a scanner that plays a US keyboard means, whatever layout, Caps Lock or input
method is on.

Codes are those of the PC keyboard (set 1), which Windows reports; Linux's own are the same up to 88, and X11's are
Linux's plus 8.
"""

from dataclasses import dataclass

from courier_desk.domain.burst import Key

X11_OFFSET = 8
_EXTENDED = 0x100

_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
)
_BOARD = {
    first + place: (plain, shifted)
    for first, low, high in _ROWS
    for place, (plain, shifted) in enumerate(zip(low, high, strict=True))
}
# The number pad gives its digits whatever NumLock says; there is no telling what a scanner thinks of that lamp.
_PAD = {55: "*", 74: "-", 78: "+", 83: ".", 82: "0", 98: "/", _EXTENDED + 53: "/"} | {
    code: digit for first, digits in ((71, "789"), (75, "456"), (79, "123")) for code, digit in enumerate(digits, first)
}
_CHARACTERS = _BOARD | {code: (char, char) for code, char in _PAD.items()}
# Enter, Enter of the number pad, line feed, Tab.
_TERMINATORS = frozenset({28, 96, _EXTENDED + 28, 101, 15})
MODIFIERS = frozenset(
    {29, 42, 54, 56, 58, 69, 97, 100, 125, 126, _EXTENDED + 29, _EXTENDED + 56, _EXTENDED + 91, _EXTENDED + 92}
)
_FUNCTION_KEYS = {f"F{number}": code for number, code in enumerate([*range(59, 69), 87, 88, *range(183, 195)], start=1)}


@dataclass(frozen=True, slots=True)
class PrefixKey:
    """The key that opens a scan. Errors of ``parse``: ValueError."""

    code: int
    ctrl: bool = False

    @classmethod
    def parse(cls, text: str) -> "PrefixKey | None":
        """``F9``, or ``Ctrl+B`` for the STX that some scanners send; None for an empty text."""
        if not text:
            return None
        name = text.removeprefix("Ctrl+")
        ctrl = name != text
        code = _FUNCTION_KEYS.get(name.upper()) or (code_of(name.lower()) if ctrl else None)
        if code is None:
            raise ValueError(text)
        return cls(code, ctrl)


def code_of(character: str) -> int | None:
    """The key that gives ``character`` on a US board, by itself or with Shift."""
    return next((code for code, pair in _BOARD.items() if character in pair), None)


def function_code(number: int) -> int | None:
    """The code of F1 to F24."""
    return _FUNCTION_KEYS.get(f"F{number}")


@dataclass(frozen=True, slots=True)
class Held:
    """The modifiers that were down with a key. Alt is left out on purpose: some scanners set it on all keys."""

    shift: bool = False
    ctrl: bool = False
    alt: bool = False


def meaning(code: int, held: Held, prefix: PrefixKey | None, *, in_frame: bool) -> tuple[Key, str]:
    """What a key is to a scan, and its character. Inside a frame Alt is ignored and Ctrl gives control characters
    (Ctrl+] is the GS of GS1 codes); outside, keys with Ctrl or Alt are a person's commands."""
    if prefix is not None and code == prefix.code and held.ctrl == prefix.ctrl:
        return Key.PREFIX, ""
    command = (held.ctrl or held.alt) and not in_frame
    if code in _TERMINATORS and not command:
        return Key.TERMINATOR, ""
    pair = _CHARACTERS.get(code)
    if pair is None or command:
        return Key.OTHER, ""
    plain, shifted = pair
    if held.ctrl:
        return Key.CHARACTER, chr(ord(shifted if held.shift else plain.upper()) & 0x1F)
    return Key.CHARACTER, shifted if held.shift else plain

"""From the bytes of a serial scanner to whole codes (domain.md 6.3); a half code is never delivered.

A frame is ``[STX] [prefix] code [suffix] terminator [BCC]``. Bytes that are followed by silence instead of a terminator
are half a code: they are thrown away and said to be broken, and so is what follows up to the next terminator, since
nobody can tell the tail of a broken code from a short one. Only ``Terminator.SILENCE`` makes silence the end of a code.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import reduce
from operator import xor

STX = b"\x02"
ETX = b"\x03"
# A QR code holds at most 7,089 digits; the rest is for prefix, suffix and what stands around them.
LONGEST_FRAME = 7_200
LONGEST_AFFIX = 8
SILENCE_S = 0.05
# What may stand around a code without being part of it: the other half of a CRLF, and the zeros of a waking line.
_PADDING = b"\r\n\0"


class Terminator(StrEnum):
    """What ends a code. LINE takes CR, LF and CRLF alike; SILENCE takes these and 50 ms without a byte."""

    LINE = "line"
    CR = "cr"
    LF = "lf"
    CRLF = "crlf"
    ETX = "etx"
    SILENCE = "silence"


_ENDS: dict[Terminator, tuple[bytes, ...]] = {
    Terminator.LINE: (b"\r", b"\n"),
    Terminator.CR: (b"\r",),
    Terminator.LF: (b"\n",),
    Terminator.CRLF: (b"\r\n",),
    Terminator.ETX: (ETX,),
    Terminator.SILENCE: (b"\r", b"\n"),
}


class Fault(Enum):
    """Why bytes were thrown away."""

    HALF = "half"
    BAD_CHECK = "bad_check"
    TOO_LONG = "too_long"
    NOT_TEXT = "not_text"


@dataclass(frozen=True, slots=True)
class Framing:
    """How one scanner wraps its codes. ``bcc``: one byte after the terminator, the XOR of everything behind the header
    (STX, or the prefix) up to and with the terminator, which must then be named exactly.

    Errors: ValueError when an affix is longer than 8 bytes or a BCC has no exact terminator before it."""

    terminator: Terminator = Terminator.LINE
    prefix: bytes = b""
    suffix: bytes = b""
    bcc: bool = False

    def __post_init__(self) -> None:
        if max(len(self.prefix), len(self.suffix)) > LONGEST_AFFIX:
            raise ValueError("prefix and suffix have at most 8 bytes")
        if self.bcc and self.terminator in {Terminator.LINE, Terminator.SILENCE}:
            raise ValueError("a BCC needs an exact terminator")

    @property
    def header(self) -> bytes:
        """What every code starts with; empty when nothing marks the start."""
        return (STX if self.terminator is Terminator.ETX else b"") + self.prefix


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stood before a terminator, the terminator (empty for silence), and the BCC behind it where there is one."""

    content: bytes
    end: bytes = b""
    check: int | None = None

    @property
    def empty(self) -> bool:
        return not self.content.strip(_PADDING)


class Framer:
    """Cuts the bytes of one port into codes. Not thread-safe: it belongs to the thread that reads the port."""

    def __init__(self, framing: Framing | None = None) -> None:
        self._framing = framing or Framing()
        self._pending = b""
        # Half a code was thrown away: up to the next terminator comes its tail, which is not to be trusted either.
        self._refusing = False

    def feed(self, data: bytes) -> list[str | Fault]:
        """The codes that ``data`` completes, and what had to be thrown away, in the order they came."""
        self._pending += data
        found: list[str | Fault] = []
        while (frame := self._cut()) is not None:
            if not frame.empty:
                found.append(Fault.HALF if self._refusing else self._open(frame))
            self._refusing = False
        if len(self._pending) > LONGEST_FRAME:
            found += [] if self._refusing else [Fault.TOO_LONG]
            self._pending, self._refusing = b"", True
        return found

    def silence(self) -> list[str | Fault]:
        """To be told when 50 ms passed without a byte."""
        frame, self._pending = _Frame(self._pending), b""
        if self._framing.terminator is Terminator.SILENCE:
            refused, self._refusing = self._refusing, False
            return [] if refused or frame.empty else [self._open(frame)]
        # Line noise of control bytes is no part of a code: it must not cost the next one.
        if self._refusing or not any(0x20 <= byte < 0x7F for byte in frame.content):
            return []
        # Where the start of a code is marked, the tail of a broken one cannot be taken for a code.
        self._refusing = not self._framing.header
        return [Fault.HALF]

    def lost(self) -> list[str | Fault]:
        """To be told when the port died: half a code is thrown away, and the next port starts afresh."""
        half = not _Frame(self._pending).empty
        self._pending, self._refusing = b"", False
        return [Fault.HALF] if half else []

    def _cut(self) -> _Frame | None:
        """Take the first whole frame out of what is pending; None while there is none."""
        ends = [(at, end) for end in _ENDS[self._framing.terminator] if (at := self._pending.find(end)) >= 0]
        if not ends:
            return None
        at, end = min(ends)
        content, rest = self._pending[:at], self._pending[at + len(end) :]
        if not self._framing.bcc or _Frame(content).empty:
            self._pending = rest
            return _Frame(content, end)
        if not rest:
            return None
        self._pending = rest[1:]
        return _Frame(content, end, rest[0])

    def _open(self, frame: _Frame) -> str | Fault:
        """The code inside a frame, or why it cannot be trusted."""
        if len(frame.content) > LONGEST_FRAME:
            return Fault.TOO_LONG
        header = self._framing.header
        content = frame.content.lstrip(_PADDING)
        # What stands before a header of control bytes is the rest of a code that broke off. A header of letters may
        # come again inside the code.
        start = content.rfind(header) if header and min(header) < 0x20 else content.find(header)
        if start < 0:
            return Fault.HALF
        body = content[start + len(header) :]
        if frame.check is not None and reduce(xor, body + frame.end) != frame.check:
            return Fault.BAD_CHECK
        if not body.endswith(self._framing.suffix) or len(body) == len(self._framing.suffix):
            return Fault.HALF
        return _text(body.removesuffix(self._framing.suffix))


def _text(body: bytes) -> str | Fault:
    """UTF-8, else GB18030 (what Chinese scanners send for 2-D codes)."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return Fault.NOT_TEXT

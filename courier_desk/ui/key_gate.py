"""The gate between the keyboard and the window: keys of a scan stay out, keys of a hand go on in their order.

Knows nothing of Qt: the two ways in which keys arrive (X11's own events, Qt's) both come through here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from courier_desk.domain.burst import Fate, Key, KeyStream, Stroke, Verdict
from courier_desk.ui.key_codes import MODIFIERS, Held, PrefixKey, meaning

# A key that was sent on is back at once; one that is not was meant for a window that has closed since.
_BACK_WITHIN_MS = 1_000
_CLOCK = 1 << 32


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """One key going down or up. ``at_ms`` is the system's time, which may start again at 2**32; ``again`` sends the
    event to its window once more. ``scan_code`` 0 with a ``char`` is a key that has no place on a board."""

    down: bool
    scan_code: int
    at_ms: int
    held: Held
    again: Callable[[], None]
    repeat: bool = False
    char: str = ""


class KeyGate:
    """Decides for each key event whether it stays out; holds back, sends on and drops as the stream says."""

    def __init__(
        self,
        prefix: PrefixKey | None,
        on_scan: Callable[[str], None],
        on_broken: Callable[[], None],
        *,
        burst: bool = False,
    ) -> None:
        self._prefix = prefix
        self._on_scan = on_scan
        self._on_broken = on_broken
        self._stream = KeyStream(burst=burst)
        self._held: list[KeyEvent] = []
        self._dropped: set[tuple[int, str]] = set()
        self._let_in: set[tuple[int, str]] = set()
        self._on_the_way = 0
        self._sent_at = 0
        self._turns = 0
        self._now_ms = 0

    @property
    def in_frame(self) -> bool:
        """True while a scan that began with the prefix key is coming in."""
        return self._stream.in_frame

    @property
    def wait_ms(self) -> int | None:
        """Milliseconds after the last key at which ``expire`` has something to say; None for never."""
        deadline = self._stream.deadline_ms
        return None if deadline is None else deadline - self._now_ms

    def wants(self, event: KeyEvent) -> bool:
        """Whether ``take`` may keep this key out; shortcuts must not have it first. Changes nothing."""
        if event.scan_code in MODIFIERS:
            return self.in_frame
        return self._stream.wants(self._stroke(event, self._time(event.at_ms)))

    def take(self, event: KeyEvent) -> bool:
        """True when the event must go no further: it was part of a scan, or it will be sent on later."""
        self._now_ms = self._time(event.at_ms)
        if not event.down:
            return self._released(event)
        if event.scan_code in MODIFIERS:
            return self._modifier(event)
        verdict = self._stream.press(self._stroke(event, self._now_ms))
        self._settle(verdict.held)
        self._tell(verdict)
        if verdict.key is Fate.HOLD:
            self._held.append(event)
            return True
        if verdict.key is Fate.DROP:
            self._dropped.add(_identity(event))
            return True
        self._dropped.discard(_identity(event))
        self._let_in.add(_identity(event))
        return self._behind_others(event)

    def came_back(self) -> None:
        """A key that was sent on has arrived."""
        self._on_the_way = max(0, self._on_the_way - 1)

    def expire(self) -> None:
        """The time of ``wait_ms`` has come and no key with it."""
        deadline = self._stream.deadline_ms
        if deadline is not None:
            self._now_ms = max(self._now_ms, deadline)
            verdict = self._stream.expire(deadline)
            self._settle(verdict.held)
            self._tell(verdict)

    def _stroke(self, event: KeyEvent, at_ms: int) -> Stroke:
        key, char = meaning(event.scan_code, event.held, self._prefix, in_frame=self.in_frame)
        if key is Key.OTHER and not event.scan_code and event.char:
            key, char = Key.CHARACTER, event.char
        return Stroke(Key.OTHER if event.repeat else key, at_ms, char)

    def _released(self, event: KeyEvent) -> bool:
        """A key goes up the way it went down."""
        if _identity(event) in self._dropped:
            self._dropped.discard(_identity(event))
            return True
        modifier = bool(self._held) and event.scan_code in MODIFIERS
        if modifier or any(_identity(held) == _identity(event) for held in self._held):
            self._held.append(event)
            return True
        if event.scan_code and event.scan_code not in MODIFIERS and _identity(event) not in self._let_in:
            # It went up without having come down: an input method has swallowed it, perhaps from a scan.
            self._stream.spoil(self._now_ms)
        self._let_in.discard(_identity(event))
        return self._behind_others(event)

    def _modifier(self, event: KeyEvent) -> bool:
        """Shift and its like belong to the keys around them. A Shift alone would switch an input method over."""
        if self.in_frame:
            self._dropped.add(_identity(event))
            return True
        if self._held:
            self._held.append(event)
            return True
        return self._behind_others(event)

    def _settle(self, fate: Fate) -> None:
        if fate is Fate.HOLD:
            return
        held, self._held = self._held, []
        for event in held:
            if fate is Fate.PASS:
                (self._let_in.add if event.down else self._let_in.discard)(_identity(event))
                self._send(event)
            elif event.down:
                self._dropped.add(_identity(event))
            else:
                self._dropped.discard(_identity(event))

    def _behind_others(self, event: KeyEvent) -> bool:
        """Keys that were sent on are still under way: this one must not overtake them."""
        if self._on_the_way and self._now_ms - self._sent_at > _BACK_WITHIN_MS:
            self._on_the_way = 0
        if not self._on_the_way:
            return False
        self._send(event)
        return True

    def _send(self, event: KeyEvent) -> None:
        self._on_the_way += 1
        self._sent_at = self._now_ms
        event.again()

    def _tell(self, verdict: Verdict) -> None:
        if verdict.scan:
            self._on_scan(verdict.scan)
        if verdict.broken:
            self._on_broken()

    def _time(self, at_ms: int) -> int:
        """The system's time without its restarts."""
        now = at_ms + self._turns * _CLOCK
        if now < self._now_ms - _CLOCK // 2:
            self._turns += 1
            now += _CLOCK
        return now


def _identity(event: KeyEvent) -> tuple[int, str]:
    return event.scan_code, event.char if not event.scan_code else ""

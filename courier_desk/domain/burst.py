"""Keys of a scanner told from keys of a hand, by prefix key or by rhythm (domain.md 6.1). Pure: time is an argument.

A prefix key makes it certain: all that follows up to the terminator is one scan. Without one, a burst is a scan: at
least six characters, median gap at most 35 ms, no gap over 80 ms, the terminator within 100 ms. Keys that may be a
burst are held back until that is known: 40 ms for a single key, longer only while keys come faster than a hand types.

What a scanner did not deliver in one piece is thrown away whole. So is a burst that follows other characters within a
second: they may be its own first part. A scan that was refused is repeated by one pull of the trigger; half a number
that was believed sends a parcel astray.
"""

from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from statistics import median

LONGEST_SCAN = 7_200


class Key(Enum):
    """What a key is to a scan. OTHER is everything that no scanner sends: arrows, shortcuts, a key held down."""

    CHARACTER = "character"
    TERMINATOR = "terminator"
    PREFIX = "prefix"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key pressed. ``at_ms`` is when the system saw it, not when we did: a busy program must not make a hand look
    like a scanner."""

    key: Key
    at_ms: int
    char: str = ""


class Fate(Enum):
    """What becomes of a key: held back, passed on to where it was meant for, or thrown away."""

    HOLD = auto()
    PASS = auto()
    DROP = auto()


@dataclass(frozen=True, slots=True)
class Verdict:
    """``held`` is for all keys held back so far, ``key`` for the one just pressed. ``scan`` is a whole code; ``broken``
    says that a code came in pieces and must be scanned again."""

    held: Fate = Fate.HOLD
    key: Fate = Fate.PASS
    scan: str = ""
    broken: bool = False


@dataclass(frozen=True, slots=True)
class BurstRules:
    """The rhythm of scanners, in milliseconds and characters."""

    shortest: int = 6
    median_gap: int = 35
    longest_gap: int = 80
    terminator_gap: int = 100
    hold: int = 40
    frame_gap: int = 500
    # Three keys this fast were no hand, even without a terminator.
    surely_scanner: int = 15
    # For so long after a break what comes is the rest of it; then for so long it may be.
    tail_certain: int = 250
    tail_possible: int = 1_000
    quiet_before: int = 1_000


_NEVER = -(10**9)


class KeyStream:
    """Follows the keys of one keyboard line. ``press`` each key; ``expire`` when ``deadline_ms`` has come."""

    def __init__(self, rules: BurstRules | None = None, *, burst: bool = False) -> None:
        self._rules = rules or BurstRules()
        self._burst = burst
        self._run: list[Stroke] = []
        self._tainted = False
        self._frame: list[str] | None = None
        self._frame_whole = True
        self._frame_at = 0
        self._drop_until = self._refuse_until = self._taint_until = _NEVER

    @property
    def in_frame(self) -> bool:
        """True between a prefix key and the end of its scan."""
        return self._frame is not None

    @property
    def deadline_ms(self) -> int | None:
        """When ``expire`` has something to say, unless a key comes before."""
        if self._frame is not None:
            return self._frame_at + self._rules.frame_gap + 1
        if self._run:
            return self._run[-1].at_ms + self._patience() + 1
        return None

    def wants(self, stroke: Stroke) -> bool:
        """True when ``press`` would not simply pass this key on; changes nothing."""
        if self.in_frame or stroke.key is Key.PREFIX:
            return True
        if stroke.key is Key.CHARACTER:
            return self._watching(stroke.at_ms)
        return stroke.key is Key.TERMINATOR and (bool(self._run) or stroke.at_ms <= self._drop_until)

    def spoil(self, now_ms: int) -> None:
        """A key went missing on its way here: the scan that is coming in, or is about to, cannot be whole."""
        self._frame_whole = False
        self._tainted = True
        self._taint_until = now_ms + self._rules.quiet_before

    def expire(self, now_ms: int) -> Verdict:
        """What becomes of the keys held back if nothing more came until ``now_ms``."""
        deadline = self.deadline_ms
        if deadline is None or now_ms < deadline:
            return Verdict()
        if self._frame is None:
            return self._settle(deadline)
        broken = bool(self._frame) or not self._frame_whole
        self._frame = None
        if broken:
            self._refuse(deadline)
        return Verdict(broken=broken)

    def press(self, stroke: Stroke) -> Verdict:
        """What becomes of this key and of those before it."""
        before = self.expire(stroke.at_ms)
        now = self._judge(stroke)
        held = now.held if before.held is Fate.HOLD else before.held
        return Verdict(held, now.key, now.scan, before.broken or now.broken)

    def _judge(self, stroke: Stroke) -> Verdict:
        if self._frame is not None:
            return self._in_frame(self._frame, stroke)
        if stroke.key is Key.PREFIX:
            settled = self._settle(stroke.at_ms)
            self._frame, self._frame_whole, self._frame_at = [], True, stroke.at_ms
            self._refuse_until = self._drop_until = self._taint_until = _NEVER
            return Verdict(settled.held, Fate.DROP, broken=settled.broken)
        if stroke.key is Key.OTHER:
            settled = self._settle(stroke.at_ms)
            self._taint_until = _NEVER
            return Verdict(settled.held, Fate.PASS, broken=settled.broken)
        if stroke.at_ms <= self._drop_until:
            self._tail(stroke)
            return Verdict(key=Fate.DROP)
        return self._terminator(stroke) if stroke.key is Key.TERMINATOR else self._character(stroke)

    def _in_frame(self, frame: list[str], stroke: Stroke) -> Verdict:
        """Inside a frame every key belongs to it; one that no scanner sends spoils it."""
        self._frame_at = stroke.at_ms
        if stroke.key is Key.CHARACTER:
            frame.append(stroke.char)
            self._frame_whole = self._frame_whole and len(frame) <= LONGEST_SCAN
        elif stroke.key is Key.OTHER:
            self._frame_whole = False
        else:
            whole, self._frame = self._frame_whole, [] if stroke.key is Key.PREFIX else None
            self._frame_whole = True
            if frame and whole and stroke.key is Key.TERMINATOR:
                return Verdict(key=Fate.DROP, scan="".join(frame))
            return Verdict(key=Fate.DROP, broken=bool(frame) or not whole)
        return Verdict(key=Fate.DROP)

    def _character(self, stroke: Stroke) -> Verdict:
        if not self._watching(stroke.at_ms):
            return Verdict(key=Fate.PASS)
        if not self._run:
            self._tainted = stroke.at_ms <= max(self._taint_until, self._refuse_until)
        self._run.append(stroke)
        if len(self._run) > LONGEST_SCAN:
            self._run = []
            self._refuse(stroke.at_ms)
            return Verdict(Fate.DROP, Fate.DROP, broken=True)
        return Verdict(key=Fate.HOLD)

    def _terminator(self, stroke: Stroke) -> Verdict:
        run, self._run = self._run, []
        gaps = _gaps(run)
        quick = bool(gaps) and median(gaps) <= self._rules.median_gap
        refusing = stroke.at_ms <= self._refuse_until
        if quick and (len(run) >= self._rules.shortest or refusing):
            self._refuse_until = _NEVER
            if self._tainted or max(gaps) > self._rules.longest_gap:
                return Verdict(Fate.DROP, Fate.DROP, broken=True)
            return Verdict(Fate.DROP, Fate.DROP, scan="".join(key.char for key in run))
        # A hand that ends its word with a key of its own leaves nothing that a scan could be the rest of.
        self._taint_until = _NEVER
        return Verdict(Fate.PASS if run else Fate.HOLD, Fate.PASS)

    def _settle(self, now_ms: int) -> Verdict:
        """No terminator came: typing is passed on, a broken scan is thrown away."""
        run, self._run = self._run, []
        if not run:
            return Verdict()
        gaps = _gaps(run)
        pace = median(gaps) if gaps else self._rules.longest_gap
        quick = pace <= self._rules.median_gap
        surely = len(run) >= 3 and pace <= self._rules.surely_scanner
        if surely or (quick and (len(run) >= self._rules.shortest or now_ms <= self._refuse_until)):
            self._refuse(now_ms)
            return Verdict(Fate.DROP, broken=True)
        self._taint_until = run[-1].at_ms + self._rules.quiet_before
        return Verdict(Fate.PASS)

    def _watching(self, at_ms: int) -> bool:
        return self._burst or at_ms <= self._refuse_until

    def _refuse(self, at_ms: int) -> None:
        self._drop_until = at_ms + self._rules.tail_certain
        self._refuse_until = at_ms + self._rules.tail_possible

    def _tail(self, stroke: Stroke) -> None:
        """The rest of a broken scan goes on, or ends with its terminator."""
        if stroke.key is Key.TERMINATOR:
            self._drop_until = self._refuse_until = _NEVER
        else:
            self._refuse(stroke.at_ms)

    def _patience(self) -> int:
        """How long a run is held after its last key: the more it looks like a scanner, the longer."""
        if len(self._run) < 3:
            return self._rules.hold
        return self._rules.longest_gap if len(self._run) < self._rules.shortest else self._rules.terminator_gap


def _gaps(run: list[Stroke]) -> list[int]:
    return [after.at_ms - before.at_ms for before, after in pairwise(run)]

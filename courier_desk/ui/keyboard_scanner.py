"""A scanner that plays a keyboard: its codes are caught wherever the focus is, and never reach a field.

Keys come in by one of two ways. On X11 they are taken from the server's own events, before an input method sees them.
Elsewhere they are taken from Qt on their way to the window; there the input method is switched off for the length of a
scan as soon as its prefix key is seen. Either way the key's place on the board counts, not its text.
"""

import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

from courier_desk.base.clock import Clock, SystemClock
from courier_desk.base.translation import Message, message
from courier_desk.domain.device import DeviceKind, DeviceState, Presence
from courier_desk.domain.scan import RawScan
from courier_desk.ui.key_codes import PrefixKey
from courier_desk.ui.key_gate import KeyEvent, KeyGate
from courier_desk.ui.key_sources import KeySource, key_source

# A timer that comes this late was kept waiting by a busy window, and so were the keys: they are let in first.
_LATE_MS = 30


class KeyboardScanner(QObject):
    """Lives in the GUI thread from ``start`` to ``stop``. ``on_scan`` and ``on_state`` are called in it, after the
    event that completed the scan; a broken code is told by a state with ``rescan``. ``prefix``: the key the scanner
    sends before a code (``F9``, ``Ctrl+B``; empty for none). ``burst`` also takes codes without it, by their rhythm.

    Errors: ValueError for a prefix that is no key."""

    def __init__(
        self,
        name: str,
        on_scan: Callable[[RawScan], None],
        on_state: Callable[[DeviceState], None],
        *,
        prefix: str = "F9",
        burst: bool = False,
        clock: Clock | None = None,
    ) -> None:
        super().__init__()
        self._name = name
        self._on_scan = on_scan
        self._on_state = on_state
        self._clock = clock or SystemClock()
        self._chosen = prefix, burst
        self._gate, self._fault = self._gate_for(prefix, burst=burst)
        self._news: deque[RawScan | DeviceState] = deque()
        self._source: KeySource | None = None
        self._due_at = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer_timeout)

    def start(self) -> None:
        """Begin to watch the keys of this application."""
        self._source = key_source(self)
        self._tell(self._state(self._fault or message("Listens to the keyboard")))

    def use(self, *, prefix: str, burst: bool) -> None:
        """As the settings say from now on."""
        if (prefix, burst) == self._chosen:
            return
        running, self._chosen = self._source is not None, (prefix, burst)
        self.stop()
        self._gate, self._fault = self._gate_for(prefix, burst=burst)
        if running:
            self.start()

    def stop(self) -> None:
        """Let all keys pass from now on; what was held back goes on its way."""
        if self._source is not None:
            self._expire()
            self._timer.stop()
            self._source.remove()
            self._source = None

    def take(self, event: KeyEvent) -> bool:
        """For the sources: True when the key must go no further."""
        was_in_frame = self._gate.in_frame
        kept_out = self._gate.take(event)
        self._wait()
        self._follow_frame(was_in_frame)
        return kept_out

    @property
    def gate(self) -> KeyGate:
        """For the sources: who decides."""
        return self._gate

    def _gate_for(self, prefix: str, *, burst: bool) -> tuple[KeyGate, Message | None]:
        try:
            key, fault = PrefixKey.parse(prefix), None
        except ValueError:
            key, fault = None, message("There is no prefix key {key}", key=prefix)
        return KeyGate(key, self._scanned, self._broken, burst=burst), fault

    def _on_timer_timeout(self) -> None:
        late_ms = (time.monotonic() - self._due_at) * 1000
        if late_ms > _LATE_MS:
            self._wait_for(0)
        else:
            self._expire()

    def _expire(self) -> None:
        was_in_frame = self._gate.in_frame
        self._gate.expire()
        self._wait()
        self._follow_frame(was_in_frame)

    def _wait(self) -> None:
        wait_ms = self._gate.wait_ms
        if wait_ms is None:
            self._timer.stop()
        else:
            self._wait_for(max(0, wait_ms))

    def _wait_for(self, wait_ms: int) -> None:
        self._due_at = time.monotonic() + wait_ms / 1000
        self._timer.start(wait_ms)

    def _follow_frame(self, was_in_frame: bool) -> None:
        if self._source is not None and was_in_frame != self._gate.in_frame:
            self._source.frame_changed()

    def _scanned(self, text: str) -> None:
        self._tell(RawScan(text, self._name, self._clock.now()))

    def _broken(self) -> None:
        self._tell(self._state(message("Only part of a code came: scan it again"), rescan=True))

    def _state(self, text: Message, *, rescan: bool = False) -> DeviceState:
        state = Presence.ERROR if self._fault else Presence.PRESENT
        return DeviceState(self._name, DeviceKind.KEYBOARD_SCANNER, state, text, rescan)

    def _tell(self, news: RawScan | DeviceState) -> None:
        """What follows from a scan must not run inside the delivery of its last key."""
        self._news.append(news)
        QTimer.singleShot(0, self._deliver)

    def _deliver(self) -> None:
        while self._news:
            news = self._news.popleft()
            if isinstance(news, RawScan):
                self._on_scan(news)
            else:
                self._on_state(news)

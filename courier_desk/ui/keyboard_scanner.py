"""A scanner that plays a keyboard: its codes are caught wherever the focus is, and never reach a field.

Keys come in by one of two ways. On X11 they are taken from the server's own events, before an input method sees them.
Elsewhere they are taken from Qt on their way to the window; there the input method is switched off for the length of a
scan as soon as its prefix key is seen. Either way the key's place on the board counts, not its text.
"""

import time
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodQueryEvent, QKeyEvent, QWindow

from courier_desk.base.clock import Clock, SystemClock
from courier_desk.base.translation import Message, message
from courier_desk.domain.device import DeviceKind, DeviceState, Presence
from courier_desk.domain.scan import RawScan
from courier_desk.ui.key_codes import X11_OFFSET, Held, PrefixKey, code_of, function_code
from courier_desk.ui.key_gate import KeyEvent, KeyGate
from courier_desk.ui.x11_keys import RawKey, Repeats, read_key, sender

# A timer that comes this late was kept waiting by a busy window, and so were the keys: they are let in first.
_LATE_MS = 30
_KEY_EVENTS = {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}


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
        self._source: _X11Source | _QtSource | None = None
        self._due_at = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer_timeout)

    def start(self) -> None:
        """Begin to watch the keys of this application."""
        on_x11 = QGuiApplication.platformName() == "xcb"
        self._source = _X11Source(self) if on_x11 else _QtSource(self)
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


class _X11Source(QAbstractNativeEventFilter):
    """Keys as the X server sends them; those that are sent on come by here again, marked as sent."""

    def __init__(self, owner: KeyboardScanner) -> None:
        super().__init__()
        self._owner = owner
        self._repeats = Repeats()
        application: Any = QGuiApplication.instance()
        self._send = sender(int(application.nativeInterface().connection()))
        application.installNativeEventFilter(self)

    def remove(self) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self)

    def frame_changed(self) -> None:
        """Nothing to do: the input method sees no key of a frame."""

    def nativeEventFilter(self, _kind: QByteArray | bytes | bytearray | memoryview, address: int) -> tuple[bool, int]:
        key = read_key(int(address))
        if key is None:
            return False, 0
        if key.sent:
            self._owner.gate.came_back()
            return False, 0
        return self._owner.take(self._event(key)), 0

    def _event(self, key: RawKey) -> KeyEvent:
        repeat = self._repeats.is_repeat(key)
        return KeyEvent(key.down, key.scan_code, key.at_ms, key.held, lambda: self._send(key), repeat)


class _QtSource(QObject):
    """Keys on their way from Qt to a window. A key is seen there first; what passes goes on to the field."""

    def __init__(self, owner: KeyboardScanner) -> None:
        super().__init__()
        self._owner = owner
        self._sending = False
        application: Any = QCoreApplication.instance()
        application.installEventFilter(self)

    def remove(self) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def frame_changed(self) -> None:
        """Let the input method ask again whether it is wanted; see ``_no_input_method``."""
        QGuiApplication.inputMethod().update(Qt.InputMethodQuery.ImEnabled)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.InputMethodQuery:
            return self._no_input_method(watched, event)
        if self._sending or not isinstance(watched, QWindow) or not isinstance(event, QKeyEvent):
            return False
        if kind == QEvent.Type.ShortcutOverride and self._owner.gate.wants(self._event(watched, event)):
            # Otherwise a shortcut would have the key before anybody could keep it out.
            event.accept()
            return True
        return kind in _KEY_EVENTS and self._owner.take(self._event(watched, event))

    def _no_input_method(self, watched: QObject, event: QEvent) -> bool:
        """While a scan comes in no field wants an input method, so that none swallows its letters."""
        wanted = Qt.InputMethodQuery.ImEnabled
        if not self._owner.gate.in_frame or not isinstance(event, QInputMethodQueryEvent):
            return False
        if not event.queries() & wanted:
            return False
        watched.event(event)
        event.setValue(wanted, False)
        return True

    def _event(self, window: QWindow, event: QKeyEvent) -> KeyEvent:
        copy = event.clone()
        modifiers = event.modifiers()
        held = Held(
            bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
            bool(modifiers & Qt.KeyboardModifier.ControlModifier),
            bool(modifiers & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier)),
        )
        code, char = _place(event, held)
        down = event.type() != QEvent.Type.KeyRelease
        return KeyEvent(
            down, code, event.timestamp(), held, lambda: self._send(window, copy), event.isAutoRepeat(), char
        )

    def _send(self, window: QWindow, event: QKeyEvent) -> None:
        self._sending = True
        try:
            QCoreApplication.sendEvent(window, event)
        finally:
            self._sending = False
            self._owner.gate.came_back()


_KEYS = {
    Qt.Key.Key_Return: 28,
    Qt.Key.Key_Enter: 96,
    Qt.Key.Key_Tab: 15,
    Qt.Key.Key_Backtab: 15,
    Qt.Key.Key_Shift: 42,
    Qt.Key.Key_Control: 29,
    Qt.Key.Key_Alt: 56,
    Qt.Key.Key_AltGr: 100,
    Qt.Key.Key_Meta: 125,
    Qt.Key.Key_CapsLock: 58,
    Qt.Key.Key_NumLock: 69,
}


def _place(event: QKeyEvent, held: Held) -> tuple[int, str]:
    """Where the key lies on the board; where the system does not say (remote desktops, tests), what Qt takes it for."""
    native = event.nativeScanCode()
    if native:
        return native - (0 if QGuiApplication.platformName() == "windows" else X11_OFFSET), ""
    key = event.key()
    if key in _KEYS:
        return _KEYS[Qt.Key(key)], ""
    number = key - Qt.Key.Key_F1 + 1
    if (code := function_code(number)) is not None:
        return code, ""
    if not 0x20 <= key < 0x7F or held.ctrl or held.alt:
        return (code_of(chr(key).lower()) or 0) if 0x20 <= key < 0x7F else 0, ""
    return 0, chr(key) if held.shift else chr(key).lower()

"""The two ways in which keys come to the keyboard scanner; see keyboard_scanner.py."""

from typing import Any, Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodQueryEvent, QKeyEvent, QWindow

from courier_desk.ui.key_codes import X11_OFFSET, Held, code_of, function_code
from courier_desk.ui.key_gate import KeyEvent, KeyGate
from courier_desk.ui.x11_keys import RawKey, Repeats, read_key, sender

_KEY_EVENTS = {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}


class TakesKeys(Protocol):
    """Who is asked about each key."""

    @property
    def gate(self) -> KeyGate:
        """Who decides; asked for each key, since it may be another after a change of the settings."""
        ...

    def take(self, event: KeyEvent) -> bool:
        """True when the key must go no further."""
        ...


class KeySource(Protocol):
    """One way in which keys come."""

    def remove(self) -> None:
        """Let all keys pass by."""
        ...

    def frame_changed(self) -> None:
        """A scan with a prefix key has begun or ended."""
        ...


def key_source(owner: TakesKeys) -> KeySource:
    """The way for the system that this application runs on, in use from now on."""
    return _X11Source(owner) if QGuiApplication.platformName() == "xcb" else _QtSource(owner)


class _X11Source(QAbstractNativeEventFilter):
    """Keys as the X server sends them; those that are sent on come by here again, marked as sent."""

    def __init__(self, owner: TakesKeys) -> None:
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

    def __init__(self, owner: TakesKeys) -> None:
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

"""A program of its own for tests under a real X server: a window, a keyboard scanner, and orders line by line.

Each order is one line of JSON, ``[name, argument]``; each answer is one line of JSON. What the scanner delivers is kept
until it is asked for.
"""

import json
import sys

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from courier_desk.domain.device import DeviceState
from courier_desk.domain.scan import RawScan
from courier_desk.ui.keyboard_scanner import KeyboardScanner
from tests.ui.scan_window import ScanWindow


class Probe(QObject):
    """Obeys the test."""

    def __init__(self, window: ScanWindow) -> None:
        super().__init__()
        self._window = window
        self._scanner: KeyboardScanner | None = None
        self._scans: list[str] = []
        self._rescans = 0
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_notifier_activated)

    def answer(self, **values: object) -> None:
        sys.stdout.write(json.dumps(values) + "\n")
        sys.stdout.flush()

    def _on_notifier_activated(self) -> None:
        line = sys.stdin.buffer.raw.readline()  # type: ignore[union-attr]
        if not line:
            QApplication.quit()
            return
        name, argument = json.loads(line)
        if name == "listen":
            self._listen(argument)
        elif name == "focus":
            self._clear(argument)
        self.answer(
            active=self._window.isActiveWindow(),
            value=self._window.value(),
            damage=self._window.damage(),
            scans=self._scans,
            rescans=self._rescans,
        )

    def _listen(self, way: str) -> None:
        if self._scanner is not None:
            self._scanner.stop()
        self._scanner = None
        if way != "off":
            self._scanner = KeyboardScanner("wedge", self._on_scan, self._on_state, burst=way == "burst")
            self._scanner.start()

    def _clear(self, place: str) -> None:
        QGuiApplication.inputMethod().reset()
        self._scans, self._rescans = [], 0
        self._window.set_value("")
        self._window.focus(place)

    def _on_scan(self, scan: RawScan) -> None:
        self._scans.append(scan.text)

    def _on_state(self, state: DeviceState) -> None:
        self._rescans += state.rescan


def main() -> None:
    application = QApplication([])
    window = ScanWindow()
    window.show()
    probe = Probe(window)
    probe.answer(window=int(window.winId()), platform=QGuiApplication.platformName())
    sys.exit(application.exec())


if __name__ == "__main__":
    main()

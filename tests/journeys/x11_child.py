"""The real program on a real window system; tells on standard output where the keys go, so that nobody types blindly.

``python -m tests.journeys.x11_child <data folder>``
"""

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from courier_desk import app
from courier_desk.base.paths import DataFolder
from courier_desk.ui.notify import Defect
from courier_desk.ui.pages.order import OrderPage
from courier_desk.ui.pages.scan import ScanPage

_LOOK_MS = 20


class Told(app.Desk):
    """Says a line whenever something changed that a person would see."""

    def start(self) -> None:
        super().start()
        self._said = ""
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._tell)
        self._look.start()
        self.shell.notifier.defect_met.connect(self._on_defect)

    def _tell(self) -> None:
        window = self.shell.window if self.shell.window and self.shell.window.isVisible() else self.shell.login
        focus = QApplication.focusWidget()
        front = window.tabs.front if window is self.shell.window else None
        said = {
            "platform": QGuiApplication.platformName(),
            "window": int(window.winId()),
            "active": window.isActiveWindow(),
            "focus": focus.objectName() if focus else "",
            "step": step.objectName() if (step := self.shell.login.ui.steps.currentWidget()) else "",
            "page": type(front).__name__ if front else "",
        }
        if isinstance(front, OrderPage):
            said["known"] = front.caller.customer is not None
            said["paper"] = front.ui.inspection.proof is not None
            said["number"] = front.accepted.number if front.accepted else ""
        if isinstance(front, ScanPage):
            said["accepted"] = front.tally.accepted
        line = json.dumps(said)
        if line != self._said:
            self._said = line
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

    def _on_defect(self, defect: Defect) -> None:
        sys.stderr.write(defect.report)
        os._exit(1)


if __name__ == "__main__":
    app.Desk = Told  # type: ignore[misc]  # the one that run_desk makes
    sys.exit(app.run_desk(DataFolder(Path(sys.argv[1]))))

"""The real program in a process of its own, timed from outside: ready for work, its memory, what 1,000 orders add.

``python -m tests.bench.desk_child <data folder> <orders>``: logs in as soon as the page is painted, waits until the
tabs are back and nothing is under way, then takes so many orders. Says one JSON line and ends.
"""

import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from courier_desk import app
from courier_desk.base.paths import DataFolder
from courier_desk.domain.acceptance import IdentityProof, Inspection
from courier_desk.domain.order import OrderDraft
from courier_desk.services.orders import Accepted
from courier_desk.storage.engine import driver_of
from courier_desk.ui.main_window import MainWindow
from courier_desk.ui.notify import Defect
from courier_desk.ui.ui_context import UiContext

NUMBER, PASSWORD = "1001", "Harbour-7-Lantern"
PAGES = ("home", "order", "find", "scan", "bags", "handover", "print_queue")
WARM_UP = 200
_MANY_PAGES = "SELECT count(sender_name) FROM (SELECT sender_name FROM orders LIMIT 40000)"


def memory_mb() -> float:
    """What this process holds in the machine's memory, shared libraries too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


class TimedDesk(app.Desk):
    """Logs in by itself."""

    def start(self) -> None:
        super().start()
        login = self.shell.login
        login.first_painted.connect(self._on_painted)
        login.ui.steps.currentChanged.connect(self._on_step)
        self.shell.logged_in.connect(self._on_logged_in)
        self.shell.notifier.defect_met.connect(_end)
        self._figures: dict[str, float] = {}

    @property
    def parts(self) -> tuple[MainWindow, UiContext]:
        """Window and context once they are there."""
        assert self.shell.window is not None
        assert self.shell.ui is not None
        return self.shell.window, self.shell.ui

    def _on_painted(self) -> None:
        self._figures["painted"] = time.time()
        self.shell.login.log_in_asked.emit(NUMBER, PASSWORD)

    def _on_step(self, _step: int) -> None:
        login = self.shell.login
        if login.ui.steps.currentWidget() is login.ui.details_step:
            login.details_answered.emit(True)

    def _on_logged_in(self, _actor: object) -> None:
        window, _ui = self.parts
        window.keeper.restored.connect(self._on_restored)

    def _on_restored(self, tabs: int) -> None:
        self._figures["tabs"] = tabs
        self._idle = QTimer(self, interval=1)
        self._idle.timeout.connect(self._on_tick)
        self._idle.start()

    def _on_tick(self) -> None:
        """The first moment in which nothing is under way and everything is painted."""
        if not self.parts[1].tasks.busy:
            self._idle.stop()
            self._figures["ready"] = time.time()
            self.parts[0].repaint()
            QTimer.singleShot(3000, self._on_settled)

    def _on_settled(self) -> None:
        self.context.db.submit(self._fill_caches).result(60)
        self._figures["memory"] = memory_mb()
        self._orders = int(sys.argv[2])
        if self._orders:
            self._orders += WARM_UP
            self._next_order()
        else:
            self._say()

    def _fill_caches(self) -> None:
        """As after a day's work: what the database keeps of its pages is bounded, and full from here on."""
        store = self.context.desk.store
        driver_of(store.writer).execute(_MANY_PAGES).fetchall()
        with store.read() as look:
            look.connection.exec_driver_sql(_MANY_PAGES).scalar_one()

    def _next_order(self) -> None:
        ui = self.parts[1]
        accept = ui.services.orders.accept
        ui.tasks.run("db", lambda: accept(ui.actor, draft(), seen()), self, self._on_accepted, _raise)

    def _on_accepted(self, done: Accepted) -> None:
        self.parts[1].changes.publish(done.changes)
        self._orders -= 1
        if self._orders == int(sys.argv[2]):
            self._wait_for_paper()
            return
        if self._orders:
            QTimer.singleShot(0, self._next_order)
        else:
            self._wait_for_paper()

    def _wait_for_paper(self) -> None:
        """Until every label is out: what is on its way is no growth."""
        ui = self.parts[1]
        day = self.context.desk.today
        left = self.context.db.submit(lambda: ui.services.find.counts(ui.actor, day()).unprinted).result(30)
        if left or ui.tasks.busy:
            QTimer.singleShot(200, self._wait_for_paper)
        elif self._orders:
            QTimer.singleShot(1500, self._on_warm)
        else:
            QTimer.singleShot(1500, self._on_done)

    def _on_warm(self) -> None:
        self._figures["warm"] = memory_mb()
        self._next_order()

    def _on_done(self) -> None:
        self._figures["grown"] = memory_mb() - self._figures["warm"]
        self._say()

    def _say(self) -> None:
        sys.stdout.write(json.dumps(self._figures) + "\n")
        sys.stdout.flush()
        os._exit(0)


def _raise(error: Exception) -> None:
    raise error


def _end(defect: Defect) -> None:
    sys.stderr.write(defect.report)
    os._exit(1)


def seen() -> Inspection:
    """Contents and paper were seen."""
    proof = IdentityProof("resident_id", "330***********1234", "0" * 64, "visit", datetime.now(UTC))
    return Inspection(contents_seen=True, identity=proof)


def draft() -> OrderDraft:
    """An order as anybody sends it."""
    from tests.desk import ordinary_draft  # noqa: PLC0415  what tests load must not count before the desk is ready

    return ordinary_draft()


if __name__ == "__main__":
    app.Desk = TimedDesk  # type: ignore[misc]  # the one that run_desk makes
    assert QApplication.instance() is None
    sys.exit(app.run_desk(DataFolder(Path(sys.argv[1]))))

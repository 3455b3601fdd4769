"""The real program in a process of its own, worked at without a pause until it is killed.

``python -m tests.journeys.kill_child <data folder> <ledger> <seed>``. Whatever the screen called done goes into the
ledger, on the disk, outside the program's folder; each line is also said on standard output.
"""

import json
import os
import random
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from courier_desk import app
from courier_desk.base.paths import DataFolder
from courier_desk.domain.print_job import PrintJob, PrintState
from courier_desk.domain.scan import RawScan
from courier_desk.printing.folder_printer import safe_name
from courier_desk.printing.printer_thread import QueueState
from courier_desk.ui.navigation import Request
from courier_desk.ui.notify import Defect
from courier_desk.ui.pages.order import OrderPage
from courier_desk.ui.pages.scan import ScanPage
from courier_desk.ui.pages.scan_line import ScanEntry
from tests.desk import PASSWORD, SENDER
from tests.journeys.hand import CTRL, ENTER, Hand, until
from tests.patience import PATIENCE_S

GUN = "gun 1"
BURST = 4
WAITS_FOR_PAPER = 0.3


class Ledger:
    """What was acknowledged: one JSON line each, on the disk before the next step."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(self, what: str, **values: str) -> None:
        """One line."""
        line = json.dumps({"what": what, **values})
        os.write(self._descriptor, f"{line}\n".encode())
        os.fsync(self._descriptor)
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


class Worker(QObject):
    """Works at the desk by keys and scans, in the event loop of the program."""

    def __init__(self, desk: app.Desk, ledger: Ledger, seed: int) -> None:
        super().__init__(desk)
        self._desk, self._ledger = desk, ledger
        self._pick = random.Random(seed)
        self._hand = Hand()
        self._numbers: list[str] = []
        self._answered = 0
        self._printed = set[str]()
        QTimer.singleShot(0, self.work)

    def work(self) -> None:
        """Go on for ever; whatever keeps it from that ends the process, with its reason."""
        try:
            self._work()
        except BaseException:  # noqa: BLE001  it goes to standard error
            traceback.print_exc()
            os._exit(1)

    def _work(self) -> None:
        self._desk.shell.notifier.defect_met.connect(self._on_defect)
        self._log_in()
        self._ledger.note("ready")
        scans = self._open_pages()
        while True:
            self._decide()
            job_id = self._order()
            self._scan(scans)
            if self._pick.random() < WAITS_FOR_PAPER:
                self._wait_for_paper(job_id)

    def _log_in(self) -> None:
        shell = self._desk.shell
        until(shell.login.isActiveWindow, "the log-in page")
        for text in ("1001", PASSWORD):
            self._hand.type(text)
            self._hand.press(ENTER)
        ui = shell.login.ui
        until(lambda: ui.steps.currentWidget() is ui.details_step, "the details")
        self._hand.press(ENTER)
        until(lambda: shell.window is not None and shell.window.tabs.front is not None, "the window")

    def _open_pages(self) -> ScanPage:
        window, ui = self._desk.shell.window, self._desk.shell.ui
        assert window is not None
        assert ui is not None
        ui.bridge.print_job_changed.connect(self._on_job)
        scans = window.open_page(Request("scan"))
        assert isinstance(scans, ScanPage)
        scans.line.answered.connect(self._on_answered)
        return scans

    def _order(self) -> str:
        window = self._desk.shell.window
        assert window is not None
        self._hand.press(Qt.Key.Key_F2)
        page = window.tabs.front
        assert isinstance(page, OrderPage)
        self._hand.wait_for_focus(page.ui.sender.ui.phone_edit)
        self._hand.type(SENDER.phone)
        until(lambda: page.caller.customer, "the caller")
        self._hand.press(ENTER)
        self._hand.wait_for_focus(page.ui.recipient.ui.box_edit)
        self._hand.type("1")
        self._hand.press(ENTER)
        self._hand.wait_for_focus(page.ui.inspection.ui.same_button)
        self._hand.press(Qt.Key.Key_F7)
        until(lambda: page.ui.inspection.proof, "the paper")
        self._hand.press(ENTER)
        self._hand.wait_for_focus(page.ui.payment.ui.tendered_edit)
        self._hand.type("100")
        self._hand.press(ENTER, CTRL)
        until(lambda: page.accepted, "the order is accepted")
        done = page.accepted
        assert done is not None
        self._ledger.note("order", number=done.number, id=done.order_id, job=done.print_job_ids[0])
        self._numbers.append(done.number)
        return done.print_job_ids[0]

    def _wait_for_paper(self, job_id: str) -> None:
        """As a clerk does now and then; a queue that is held is seen to in the next turn."""
        end = time.monotonic() + PATIENCE_S / 2
        until(lambda: job_id in self._printed or time.monotonic() > end or self._held(), "the paper or its time is up")

    def _held(self) -> bool:
        return any(status.state is QueueState.HELD for status in self._desk.context.hardware.spooler.statuses())

    def _scan(self, page: ScanPage) -> None:
        """Some scans at once, as one pulls the trigger again and again."""
        window, ui = self._desk.shell.window, self._desk.shell.ui
        assert window is not None
        assert ui is not None
        window.tabs.setCurrentWidget(page)
        wanted = self._answered + BURST
        for place in range(BURST):
            number = self._numbers[-1] if place == 0 else self._pick.choice(self._numbers)
            # Another code each time, so that none counts as one pull of the trigger read twice.
            text = number if place == 0 else f"{number}-{self._pick.randrange(10**9)}"
            ui.bridge.scanned.emit(RawScan(text, GUN, datetime.now(UTC)))
        until(lambda: self._answered >= wanted, "the answers")

    def _on_defect(self, defect: Defect) -> None:
        sys.stderr.write(defect.report)
        os._exit(1)

    def _on_answered(self, entry: ScanEntry) -> None:
        self._answered += 1
        assert entry.result is not None, entry.problem
        outcome, at = entry.result.outcome.value, entry.raw.at.isoformat()
        self._ledger.note("scan", text=entry.raw.text, at=at, outcome=outcome)

    def _on_job(self, job_id: str) -> None:
        job = self._desk.context.db.submit(lambda: self._job(job_id)).result(PATIENCE_S)
        if job is not None and job.state is PrintState.PRINTED and job_id not in self._printed:
            self._printed.add(job_id)
            self._ledger.note("printed", job=job.id, subject=job.subject)

    def _job(self, job_id: str) -> PrintJob | None:
        with self._desk.context.desk.store.read() as look:
            return look.print_jobs.get(job_id)

    def _decide(self) -> None:
        """A paper of unknown fate holds the queue: look into the folder, as a person looks at the printer."""
        context, ui = self._desk.context, self._desk.shell.ui
        assert ui is not None
        for status in context.hardware.spooler.statuses():
            job = context.db.submit(lambda j=status.job_id: self._job(j)).result(PATIENCE_S)  # type: ignore[misc]  # bound now
            if job is None or job.state is not PrintState.UNKNOWN:
                continue
            out = list(context.folder.paper.glob(f"*-{safe_name(job.subject)}*.pdf"))
            queue = context.services.print_queue
            decide = queue.came_out if out else queue.again
            self._ledger.note("asked", job=job.id, out=str(bool(out)))
            result = context.db.submit(lambda d=decide, j=job.id: d(ui.actor, j)).result(PATIENCE_S)  # type: ignore[misc]
            ui.changes.publish(result.changes)


def main() -> None:
    """Run the program as ``python -m courier_desk`` does, with a worker before it."""
    folder, ledger, seed = Path(sys.argv[1]), Ledger(Path(sys.argv[2])), int(sys.argv[3])

    class WorkedDesk(app.Desk):
        def start(self) -> None:
            super().start()
            Worker(self, ledger, seed)

    app.Desk = WorkedDesk  # type: ignore[misc]  # the one that run_desk makes
    sys.exit(app.run_desk(DataFolder(folder)))


if __name__ == "__main__":
    main()

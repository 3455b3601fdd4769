"""What a person feels: scan byte to painted result, typed to found rows, and how late the screen's own clock is."""

import os
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from courier_desk.base.settings import DeviceSetting
from courier_desk.domain.device import DeviceKind, Presence
from courier_desk.domain.own_number import make
from courier_desk.domain.paper import LabelSize
from courier_desk.domain.scan import RawScan
from courier_desk.printing.labels import label_pdf
from courier_desk.ui.navigation import Request
from courier_desk.ui.pages.find import FindPage
from courier_desk.ui.pages.scan import ScanPage
from tests.bench.conftest import FULL_SIZE
from tests.bench.desk_child import draft, seen
from tests.bench.figures import Figure, percentile, report
from tests.desk import reopen_desk
from tests.journeys.hand import Hand, rest, until
from tests.journeys.program import Program, running, station
from tests.printing.papers import random_label

pytestmark = [pytest.mark.bench, pytest.mark.skipif(sys.platform == "win32", reason="a pty plays the scanner")]

SECONDS = int(os.environ.get("COURIER_DESK_BENCH_SECONDS", "60"))
A_SECOND = 20
LABELS = 300
LOOKS = 40


class Painted(QObject):
    """Calls ``then`` once what a widget painted is on the screen."""

    def __init__(self, widget: QWidget, then: Callable[[], object]) -> None:
        super().__init__(widget)
        self._then = then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._then)
        return False


class Gun:
    """A scanner at a pty: writes codes at a steady pace and notes when."""

    def __init__(self, descriptor: int, codes: list[str]) -> None:
        self.written: list[float] = []
        self._descriptor, self._codes = descriptor, codes
        self._thread = threading.Thread(target=self._write)

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        self._thread.join()

    def _write(self) -> None:
        begun = time.perf_counter()
        for place, code in enumerate(self._codes):
            time.sleep(max(0.0, begun + place / A_SECOND - time.perf_counter()))
            self.written.append(time.perf_counter())
            os.write(self._descriptor, f"{code}\r\n".encode())


class Answers:
    """When the result of each scan was painted."""

    def __init__(self, page: ScanPage) -> None:
        self.painted: list[float] = []
        self._answered = 0
        page.line.answered.connect(self._on_answered)
        Painted(page.ui.result_panel, self._on_painted)

    def _on_answered(self, _entry: object) -> None:
        self._answered += 1

    def _on_painted(self) -> None:
        self.painted += [time.perf_counter()] * (self._answered - len(self.painted))


@contextmanager
def _scanner(folder: Path) -> Iterator[int]:
    """The desk in ``folder`` has one serial scanner; the other end of its line."""
    ours, theirs = os.openpty()
    desk = reopen_desk(folder)
    settings = desk.app.settings
    settings.change(replace(settings.current, devices=(DeviceSetting("gun", "scanner", os.ttyname(theirs)),)))
    desk.close()
    try:
        yield ours
    finally:
        os.close(ours)
        os.close(theirs)


def _present(program: Program) -> bool:
    """The desk listens to its scanner."""
    return any(
        each.kind is DeviceKind.SERIAL_SCANNER and each.state is Presence.PRESENT for each in program.ui.bridge.devices
    )


def _scan_p99_ms(program: Program, line: int, seconds: int) -> float:
    pick = random.Random(seconds)
    codes = [make("XS", serial) for serial in pick.sample(range(1, FULL_SIZE), seconds * A_SECOND)]
    page = program.front(ScanPage)
    answers, gun = Answers(page), Gun(line, codes)
    gun.start()
    until(lambda: len(answers.painted) == len(codes), "every scan is answered and painted", seconds + 30)
    gun.join()
    took = [(painted - written) * 1000 for written, painted in zip(gun.written, answers.painted, strict=True)]
    return percentile(took, 0.99)


def test_scan_to_painted_result(qapp: QApplication, busy_station: Path) -> None:
    with _scanner(busy_station) as line, running(qapp, busy_station) as program:
        program.log_in()
        program.hand.press(Qt.Key.Key_F8)
        program.front(ScanPage)
        until(lambda: _present(program), "the scanner is there")
        alone = _scan_p99_ms(program, line, SECONDS)
        work = program.desk.context.work
        batch = [random_label(serial) for serial in range(LABELS)]
        ends = time.monotonic() + SECONDS
        drawn = [0]

        def go_on(_done: object = None) -> None:
            if time.monotonic() < ends:
                drawn[0] += 1
                work.submit(label_pdf, batch, LabelSize.MM_100X150, 203).add_done_callback(go_on)

        go_on()
        beside = _scan_p99_ms(program, line, SECONDS)
        sys.stdout.write(f"\n{drawn[0]} batches of {LABELS} labels were drawn meanwhile")
        until(lambda: work.submit(time.monotonic).result(60), "the lane is free", 60)
        report(
            Figure(f"scan byte to painted result, p99 of {SECONDS} s", "ms", (alone,), target=50),
            Figure("the same while labels are drawn, p99", "ms", (beside,), target=50),
        )


def _typed_p95_ms(program: Program, texts: list[str]) -> float:
    """From the last key to the painted rows."""
    page, hand, took = program.front(FindPage), Hand(), []
    painted: list[float] = []
    for shown in (page.table.table.viewport(), page.table.empty):
        Painted(shown, lambda: painted.append(time.perf_counter()))
    found: list[float] = []
    page.search.found.connect(lambda _found: found.append(time.perf_counter()))
    for text in texts:
        page.ui.text_edit.setText(text[:-1])
        until(lambda: page.search.settled, "the first keys are answered")
        rest(60)
        found.clear()
        painted.clear()
        begun = time.perf_counter()
        hand.type(text[-1])
        until(lambda: found and painted and painted[-1] >= found[-1], f"{text} is found and painted")
        took.append((next(at for at in painted if at >= found[-1]) - begun) * 1000)
    return percentile(took, 0.95)


def test_typed_to_painted_rows(qapp: QApplication, busy_station: Path) -> None:
    pick = random.Random(7)
    exact = [make("XS", pick.randrange(1, FULL_SIZE)) for _look in range(LOOKS)]
    words = ("138", "王秀英", "文一西", "毛绒玩", "1号5", "浦东新", "号31", "室13")
    three = [pick.choice((*words, f"{pick.randrange(1000):03d}")) for _look in range(LOOKS)]
    with running(qapp, busy_station) as program:
        program.log_in()
        program.hand.press(Qt.Key.Key_F3)
        program.front(FindPage)
        program.settle()
        report(
            Figure("waybill typed to painted rows, p95", "ms", (_typed_p95_ms(program, exact),), target=20),
            Figure("three characters typed to painted rows, p95", "ms", (_typed_p95_ms(program, three),), target=30),
        )


class Heartbeat(QObject):
    """A clock of the screen that should tick each millisecond; how late it comes, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    def _on_tick(self) -> None:
        now = time.perf_counter()
        self.late.append((now - self._last) * 1000 - 1)
        self._last = now


def _order(program: Program) -> None:
    ui = program.ui
    accept = partial(ui.services.orders.accept, ui.actor, draft(), seen())
    ui.tasks.run("db", accept, ui.bridge, lambda done: ui.changes.publish(done.changes), _raise)


def _raise(error: Exception) -> None:
    raise error


def test_heartbeat_of_the_screen(qapp: QApplication, tmp_path: Path) -> None:
    numbers = [each.number for each in station(tmp_path / "station", customers=40)]
    with running(qapp, tmp_path / "station") as program:
        program.log_in()
        for key in ("order", "find", "print_queue", "bags", "handover", "scan"):
            program.window.open_page(Request(key))
            program.settle()
        until(
            lambda: not program.desk.context.db.submit(lambda: _unprinted(program)).result(30), "the queue is empty", 60
        )
        rest(1000)
        runs = tuple(_heartbeat_ms(program, numbers) for _run in range(3))
        report(Figure("heartbeat of the screen under work, p99.9", "ms late", runs, target=16))


def _unprinted(program: Program) -> int:
    return program.ui.services.find.counts(program.ui.actor, program.desk.context.desk.today()).unprinted


def _heartbeat_ms(program: Program, numbers: list[str]) -> float:
    pick, ends = random.Random(1), time.monotonic() + SECONDS / 3
    heart, turn = Heartbeat(), 0
    while time.monotonic() < ends:
        program.ui.bridge.scanned.emit(RawScan(f"{pick.choice(numbers)}-{turn}", "gun", datetime.now(UTC)))
        if turn % 10 == 0:
            _order(program)
        turn += 1
        rest(1000 // A_SECOND)
    worst = sorted(heart.late)[-5:]
    sys.stdout.write(f"\n{len(heart.late)} beats, the latest {' '.join(f'{each:.1f}' for each in worst)} ms")
    heart.deleteLater()
    return percentile(heart.late, 0.999)

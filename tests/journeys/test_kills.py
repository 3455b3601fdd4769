"""The real window killed with -9 in the middle of orders, scans and prints: nothing lost, nothing doubled (Z1, Z31)."""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from courier_desk.base.paths import DataFolder
from courier_desk.bootstrap import AppContext, build
from courier_desk.domain.print_job import PrintState
from courier_desk.printing.folder_printer import safe_name
from courier_desk.storage import backup
from courier_desk.storage.schema_core import OUTBOX
from courier_desk.storage.schema_floor import print_job, scan_event
from courier_desk.storage.schema_orders import orders, parcel, waybill
from tests.journeys.kill_child import BURST
from tests.journeys.program import station
from tests.patience import PATIENCE_S

KILLS = 10
# One life of the program, on a machine with much else to do.
LIFE_S = 300.0
ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is known on POSIX only"),
    pytest.mark.timeout(1200),
]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is in the desk."""

    numbers: dict[str, str]
    parcels: int
    waybills: int
    scans: Counter[tuple[str, str]]
    outcomes: dict[tuple[str, str], str]
    jobs: dict[str, tuple[str, PrintState, int]]
    operations: Counter[tuple[str, str]]
    scan_ids: set[str]
    broken_chains: tuple[str, ...]
    incidents: tuple[str, ...]


class Station:
    """One station that is worked at and killed again and again. ``kills`` counts those after which it was looked at."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.ledger = root / "station", root / "ledger"
        self.accepted_before = {each.number for each in station(self.root)}
        self.kills = 0
        self._pick = random.Random(seed)
        self._reader: threading.Thread | None = None

    def kill(self) -> None:
        """Start the program, kill it at some moment, look at what it left."""
        command = [sys.executable, "-m", "tests.journeys.kill_child", str(self.root), str(self.ledger)]
        # The semaphores of a killed process are cleared away by Python's tracker, which says so each time.
        quiet = {"QT_LOGGING_RULES": "*=false", "PYTHONWARNINGS": "ignore:resource_tracker:UserWarning"}
        env = os.environ | {"PYTHONPATH": str(ROOT)} | quiet
        with subprocess.Popen(
            [*command, str(self._pick.randrange(10**6))], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
        ) as program:
            watch = threading.Timer(LIFE_S, program.kill)
            watch.start()
            try:
                self._wait(program)
            finally:
                watch.cancel()
                program.kill()
                self._stop_reading()
        self.kills += 1
        self._check()

    def notes(self, what: str) -> list[dict[str, str]]:
        """The lines of the ledger; the last may be torn by the kill, which the program is not to blame for."""
        if not self.ledger.exists():
            return []
        whole = self.ledger.read_text(encoding="utf-8").rpartition("\n")[0]
        lines = [json.loads(line) for line in whole.splitlines()]
        return [line for line in lines if line["what"] == what]

    def _wait(self, program: "subprocess.Popen[str]") -> None:
        """Now and then it dies while it starts, mostly after some acknowledged steps: a moment later, or in the moment
        in which the next paper comes out."""
        assert program.stdout is not None
        way = self._pick.random()
        if way < 0.15:
            time.sleep(self._pick.uniform(0.2, 1.5))
            return
        steps = self._pick.randrange(1, 40)
        lines = iter(program.stdout)
        while steps and (line := next(lines, "")):
            steps -= '"what"' in line and '"ready"' not in line
        assert steps == 0, f"the program ended or hung: {program.poll()}, {self._log()}"
        # The pipe must not fill up while nobody reads it.
        self._reader = threading.Thread(target=_drain, args=(lines,), daemon=True)
        self._reader.start()
        if way < 0.5:
            self._until_paper()
        else:
            time.sleep(self._pick.expovariate(1 / 0.05))

    def _stop_reading(self) -> None:
        """The killed program's pipe has ended; nobody reads it any more when it is closed."""
        if self._reader is not None:
            self._reader.join()
            self._reader = None

    def _until_paper(self) -> None:
        folder, end = DataFolder(self.root).paper, time.monotonic() + PATIENCE_S
        before = len(list(folder.glob("*.pdf")))
        while len(list(folder.glob("*.pdf"))) == before and time.monotonic() < end:
            time.sleep(0.0002)

    def _log(self) -> str:
        logs = sorted((self.root / "logs").glob("*"))
        return "\n".join(log.read_text(encoding="utf-8")[-3000:] for log in logs if log.is_file())

    def _check(self) -> None:
        with _opened(self.root) as app:
            kept = app.db.submit(lambda: _look(app)).result(PATIENCE_S)
            key = app.db.submit(lambda: app.desk._keys.database).result(PATIENCE_S)
        self._nothing_lost(kept)
        self._nothing_doubled(kept)
        self._papers(kept)
        assert (kept.broken_chains, kept.incidents) == ((), ())
        backup.check(DataFolder(self.root).database, key)

    def _nothing_lost(self, kept: Kept) -> None:
        """I1."""
        for note in self.notes("order"):
            assert kept.numbers.get(note["number"]) == note["id"]
            assert note["job"] in kept.jobs
        for note in self.notes("scan"):
            assert kept.outcomes.get((note["text"], _moment(note["at"]))) == note["outcome"]
        for note in self.notes("printed"):
            assert kept.jobs[note["job"]][1] is PrintState.PRINTED

    def _nothing_doubled(self, kept: Kept) -> None:
        """I3, I5: each kill may leave one order and one burst that nobody could acknowledge any more, and no more."""
        acknowledged = self.accepted_before | {note["number"] for note in self.notes("order")}
        assert len(set(kept.numbers) - acknowledged) <= self.kills
        assert kept.parcels == kept.waybills == len(kept.numbers)
        assert set(kept.scans.values()) <= {1}
        assert len(kept.scans) - len(self.notes("scan")) <= self.kills * BURST
        assert set(kept.operations.values()) == {1}
        of = {kind: {row for other, row in kept.operations if other == kind} for kind, _row in kept.operations}
        assert of["order.accepted"] == set(kept.numbers.values())
        assert of.get("scan.recorded", set()) == kept.scan_ids

    def _papers(self, kept: Kept) -> None:
        """Z31: a label that was under way is asked about; a second one only with its mark."""
        folder = DataFolder(self.root).paper
        for subject, state, copies in kept.jobs.values():
            files = len(list(folder.glob(f"*-{safe_name(subject)}*.pdf")))
            assert files <= 1 + copies, subject
            if state in (PrintState.WAITING, PrintState.FAILED):
                assert files == copies == 0, subject
            if state is PrintState.PRINTED:
                assert files >= 1, subject


def _drain(lines: Iterator[str]) -> None:
    for _line in lines:
        continue


def _moment(text: str) -> str:
    return text[:23]


@contextmanager
def _opened(root: Path) -> Iterator[AppContext]:
    app = build(DataFolder(root))
    try:
        yield app
    finally:
        app.close()


def _look(app: AppContext) -> Kept:
    store = app.desk.store
    with store.read() as look:
        connection: Any = look.connection

        def rows(*columns: Any) -> list[Any]:
            return list(connection.execute(sa.select(*columns)))

        scans = [(text, _moment(at)) for text, at in rows(scan_event.c.text, scan_event.c.scanned_at)]
        outcomes = [row[0] for row in rows(scan_event.c.outcome)]
        jobs = rows(print_job.c.id, print_job.c.subject, print_job.c.state, print_job.c.copy)
        return Kept(
            numbers=dict(tuple(row) for row in rows(orders.c.number, orders.c.id)),
            parcels=len(set(rows(parcel.c.number))),
            waybills=len(set(rows(waybill.c.number))),
            scans=Counter(scans),
            outcomes=dict(zip(scans, outcomes, strict=True)),
            jobs={key: (subject, PrintState(state), copies) for key, subject, state, copies in jobs},
            operations=Counter(tuple(row) for row in rows(OUTBOX.c.kind, OUTBOX.c.entity_id)),
            scan_ids={row[0] for row in rows(scan_event.c.id)},
            broken_chains=app.desk.verify(),
            incidents=tuple(str(each.text) for each in app.desk.incidents),
        )


def _kill_often(root: Path, kills: int, seed: int) -> Station:
    root.mkdir()
    place = Station(root, seed)
    for _kill in range(kills):
        place.kill()
    return place


def _on_two_stations(root: Path, kills: int, seed: int) -> None:
    """Half of the kills on each of two stations at once; a machine has two cores."""
    with ThreadPoolExecutor(2) as pool:
        halves = [pool.submit(_kill_often, root / str(place), kills // 2, seed + place) for place in (0, 1)]
        stations = [half.result() for half in halves]
    for place in stations:
        orders_kept, papers = len(place.notes("order")), len(place.notes("printed"))
        said = f"{place.kills} kills: {orders_kept} orders, {len(place.notes('scan'))} scans, {papers} papers"
        sys.stdout.write(f"{said}, {len(place.notes('asked'))} papers of unknown fate\n")
    assert all(place.notes("order") for place in stations)
    assert any(place.notes("printed") for place in stations)


def test_ten_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    _on_two_stations(tmp_path, KILLS, seed=7)


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_fifty_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    _on_two_stations(tmp_path, 50, seed=70)

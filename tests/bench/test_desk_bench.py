"""The whole program: ready for work <= 2.5 s; <= 220 MB with the usual pages; <= 5 MB more after 1,000 orders."""

import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from courier_desk.security.passwords import Argon2Hasher
from courier_desk.ui.navigation import Request
from tests.bench.desk_child import PAGES
from tests.bench.figures import RUNS, Figure, report
from tests.bench.station import Size, busy_desk
from tests.desk import PASSWORD, reopen_desk
from tests.journeys.program import Program, running

pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc"),
]
ROOT = Path(__file__).resolve().parents[2]
ORDERS = 1000


def _measured(folder: Path, orders: int = 0) -> dict[str, float]:
    """One start of the program; ``painted`` and ``ready`` in seconds from the start of the process."""
    begun = time.time()
    command = [sys.executable, "-m", "tests.bench.desk_child", str(folder), str(orders)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr[-2000:]
    said: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return said | {name: said[name] - begun for name in ("painted", "ready")}


def _keep_tabs(application: QApplication, folder: Path) -> None:
    """Open the usual pages once, so that they come back; and the password hashed as at a real desk."""
    with running(application, folder) as program:
        program.log_in()
        _open(program)
    desk = reopen_desk(folder)
    try:
        desk.on_db(lambda: _hash_well(desk.app.desk.store, desk.agent.operator_id))
    finally:
        desk.close()


def _open(program: Program) -> None:
    for key in PAGES:
        program.window.open_page(Request(key))
        program.settle()


def _hash_well(store, person: str) -> None:  # type: ignore[no-untyped-def]
    with store.write(None) as work:
        state = work.people.login_state(person)
        work.people.save_login_state(replace(state, password_hash=Argon2Hasher().hash(PASSWORD)))
        work.commit()


def test_ready_for_work_and_its_memory(qapp: QApplication, busy_station: Path) -> None:
    _keep_tabs(qapp, busy_station)
    runs = [_measured(busy_station) for _run in range(RUNS)]
    assert {run["tabs"] for run in runs} == {len(PAGES)}
    report(
        Figure("log-in page painted, of that", "s", tuple(run["painted"] for run in runs)),
        Figure("ready for work, the usual pages open", "s", tuple(run["ready"] for run in runs), target=2.5),
        Figure("memory, logged in, the usual pages open", "MB", tuple(run["memory"] for run in runs), target=220),
    )


def test_growth_over_a_thousand_orders(qapp: QApplication, tmp_path: Path) -> None:
    busy_desk(tmp_path / "station", Size(20_000, scans_each=1)).close()
    _keep_tabs(qapp, tmp_path / "station")
    grown = _measured(tmp_path / "station", ORDERS)["grown"]
    report(Figure(f"growth over {ORDERS} orders", "MB", (grown,), target=5))

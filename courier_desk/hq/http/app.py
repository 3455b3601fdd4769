"""The service of one process, put together."""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from types import FrameType

import anyio.to_thread
from fastapi import FastAPI

import courier_desk
from courier_desk.hq.condition import moved
from courier_desk.hq.config import HqConfig
from courier_desk.hq.core.headquarters import Headquarters
from courier_desk.hq.http import exchange, health, joining, problems, records, supplies
from courier_desk.hq.http.description import TITLE, describe
from courier_desk.hq.http.frame import Frame
from courier_desk.hq.http.known import Known
from courier_desk.hq.http.limits import Failures, Places, Room
from courier_desk.hq.http.pulse import Pulse
from courier_desk.hq.http.service import Service
from courier_desk.hq.http.upkeep import Upkeep


def create_app(headquarters: Headquarters, config: HqConfig) -> FastAPI:
    """The ASGI application. While it lives it numbers news and keeps house; the engine stays the caller's."""
    service = Service(
        headquarters=headquarters,
        config=config,
        pulse=Pulse(headquarters.sequence, partial(moved, headquarters.engine)),
        places=Places(config.pushes_at_once),
        room=Room(),
        failures=Failures(config.wrong_codes_a_minute),
        known=Known(),
    )
    app = FastAPI(
        title=TITLE,
        version=courier_desk.__version__,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_life,
    )
    app.state.service = service
    problems.install(app)
    app.add_middleware(Frame)
    for group in (joining, exchange, supplies, records, health):
        app.include_router(group.router)
    describe(app)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    service: Service = app.state.service
    # A thread more than connections would only wait for one; the pulse and the upkeep have a connection each.
    anyio.to_thread.current_default_thread_limiter().total_tokens = max(2, service.config.connections - 2)
    upkeep = Upkeep(service.headquarters.keep_house)
    with _sent_home(service.pulse):
        duties = [asyncio.create_task(service.pulse.run()), asyncio.create_task(upkeep.run())]
        try:
            yield
        finally:
            service.pulse.close()
            upkeep.close()
            await asyncio.gather(*duties)


@contextmanager
def _sent_home(pulse: Pulse) -> Iterator[None]:
    """Those that wait for news are answered once the process is told to end, so that it need not wait for them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def ending(number: int, frame: FrameType | None) -> None:
        pulse.close()
        handler = former[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number in former:
        signal.signal(number, ending)
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)

"""What has to be done each hour, in every process: it does no harm when several do it at once."""

import asyncio
from collections.abc import Callable

import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError

from courier_desk.base.logging import get_logger

EACH_S = 3600.0
_AFTER_FAULT_S = 60.0


class Upkeep:
    """Does ``keep_house`` at the start and each hour after: partitions ahead, what has had its time."""

    def __init__(self, keep_house: Callable[[], None]) -> None:
        self._keep_house = keep_house
        self._closed = asyncio.Event()

    def close(self) -> None:
        """End ``run`` soon. From the event loop only."""
        self._closed.set()

    async def run(self) -> None:
        """Until ``close``."""
        while not self._closed.is_set():
            pause = EACH_S
            try:
                await anyio.to_thread.run_sync(self._keep_house)
            except (SQLAlchemyError, OSError) as error:
                get_logger("hq.upkeep").warning("upkeep failed, tried again in a minute", error=error)
                pause = _AFTER_FAULT_S
            except Exception as error:  # noqa: BLE001 - a defect must not end all later rounds
                get_logger("hq.upkeep").error("upkeep has a defect", error=error, exc_info=error)
            try:
                async with asyncio.timeout(pause):
                    await self._closed.wait()
            except TimeoutError:
                continue

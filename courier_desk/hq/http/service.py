"""What the endpoints share: headquarters, the watch over the feeds, places for batches, who is known, who failed."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from courier_desk.hq.config import HqConfig
from courier_desk.hq.core.headquarters import Headquarters
from courier_desk.hq.http.known import Known
from courier_desk.hq.http.limits import Failures, Places, Room
from courier_desk.hq.http.pulse import Pulse


@dataclass(frozen=True, slots=True)
class Service:
    """One process of headquarters."""

    headquarters: Headquarters
    config: HqConfig
    pulse: Pulse
    places: Places
    room: Room
    failures: Failures
    known: Known


async def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


async def _headquarters(request: Request) -> Headquarters:
    return (await _service(request)).headquarters


Serving = Annotated[Service, Depends(_service)]
Hq = Annotated[Headquarters, Depends(_headquarters)]

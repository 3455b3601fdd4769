"""Who asks: the desk behind a bearer token. What a body says about the sender never gives a right."""

from typing import Annotated

import anyio.to_thread
from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.http.service import Service, Serving
from courier_desk.protocol.messages import ProblemCode

_LONGEST_TOKEN = 256
_bearer = HTTPBearer(
    auto_error=False, scheme_name="desk", description="``<desk_id>.<secret>``, as the enrolment gave them."
)


async def _known(
    request: Request, service: Serving, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> DeskIdentity:
    token = given.credentials if given else ""
    desk = service.known.get(token)
    if desk is None:
        desk = await _looked_up(service, token) if 0 < len(token) <= _LONGEST_TOKEN else None
        if desk is None:
            raise Refused(ProblemCode.NOT_KNOWN, "The token is not that of a desk.")
        service.known.keep(token, desk)
    request.state.desk = desk.desk_id
    return desk


async def _looked_up(service: Service, token: str) -> DeskIdentity | None:
    return await anyio.to_thread.run_sync(service.headquarters.authenticate, token)


Desk = Annotated[DeskIdentity, Depends(_known)]

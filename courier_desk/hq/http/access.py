"""Who asks: the desk behind a bearer token. What a body says about the sender never gives a right."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.http.service import Hq
from courier_desk.protocol.messages import ProblemCode

_LONGEST_TOKEN = 256
_bearer = HTTPBearer(
    auto_error=False, scheme_name="desk", description="``<desk_id>.<secret>``, as the enrolment gave them."
)


def _known(
    request: Request, hq: Hq, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> DeskIdentity:
    token = given.credentials if given else ""
    desk = hq.authenticate(token) if 0 < len(token) <= _LONGEST_TOKEN else None
    if desk is None:
        raise Refused(ProblemCode.NOT_KNOWN, "The token is not that of a desk.")
    request.state.desk = desk.desk_id
    return desk


Desk = Annotated[DeskIdentity, Depends(_known)]

"""How a desk comes to headquarters, comes back after it was set back, and asks how it stands."""

from fastapi import APIRouter, Request, Response

from courier_desk.hq.core.refused import Refused
from courier_desk.hq.http.access import Desk
from courier_desk.hq.http.sent import OF_DESKS, Epoch, ShortBody, refuses, said, takes
from courier_desk.hq.http.service import Hq, Serving
from courier_desk.protocol.messages import EnrolReply, EnrolRequest, Hello, ProblemCode, RenewRequest

router = APIRouter(tags=["joining"])


@router.post(
    "/v1/enrol",
    response_model=EnrolReply,
    responses=refuses(ProblemCode.CODE_REFUSED, ProblemCode.TOO_LARGE),
    openapi_extra=takes(EnrolRequest),
)
def enrol(request: Request, service: Serving, body: ShortBody) -> Response:
    """A one-time code becomes a desk's secret and a new incarnation; earlier secrets are dead from then on."""
    caller = request.client.host if request.client else ""
    service.failures.check(caller)
    asked = body.message(EnrolRequest)
    try:
        return said(request, service.headquarters.enrol(asked))
    except Refused as refused:
        if refused.code is ProblemCode.CODE_REFUSED:
            service.failures.add(caller)
        raise


@router.post(
    "/v1/renew",
    response_model=EnrolReply,
    responses=refuses(*OF_DESKS, ProblemCode.NOT_ALLOWED, ProblemCode.TOO_LARGE),
    openapi_extra=takes(RenewRequest),
)
def renew(request: Request, hq: Hq, desk: Desk, body: ShortBody) -> Response:
    """A desk that found itself set back gets a new incarnation and a new secret for the secret it has."""
    return said(request, hq.renew(desk, body.message(RenewRequest)))


@router.get("/v1/hello", response_model=Hello, responses=refuses(*OF_DESKS, ProblemCode.NEW_EPOCH))
def hello(request: Request, hq: Hq, desk: Desk, epoch: Epoch = None) -> Response:
    """How the desk stands: its cursor and chain here, the head of its feed, the epoch."""
    return said(request, hq.hello(desk, epoch))

"""What headquarters holds of a desk and its station: the daily proof, the station's past, photographs."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from courier_desk.hq.http.access import Desk
from courier_desk.hq.http.sent import ShortBody, refuses, said, takes
from courier_desk.hq.http.service import Hq
from courier_desk.protocol.messages import HistoryReply, ProblemCode, ProofReply, ProofRequest

router = APIRouter(tags=["records"])


@router.post(
    "/v1/proofs",
    response_model=ProofReply,
    responses=refuses(ProblemCode.NOT_KNOWN, ProblemCode.FENCED, ProblemCode.GAP, ProblemCode.TOO_LARGE),
    openapi_extra=takes(ProofRequest),
)
def proofs(request: Request, hq: Hq, desk: Desk, body: ShortBody) -> Response:
    """Counts and digests of one business date, compared; both sides' figures are kept where they differ."""
    return said(request, hq.prove(desk, body.message(ProofRequest)))


@router.get("/v1/history", response_model=HistoryReply, responses=refuses(ProblemCode.NOT_KNOWN))
def history(
    request: Request,
    hq: Hq,
    desk: Desk,
    mark: Annotated[str, Query(max_length=100, pattern=r"^[A-Za-z0-9._:-]*$")] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 500,
) -> Response:
    """The station's own operations, oldest first, for a desk that was replaced."""
    return said(request, hq.history(desk, mark, limit))

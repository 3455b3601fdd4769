"""What headquarters holds of a desk and its station: the daily proof, the station's past, photographs."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from courier_desk.hq.core import photographs
from courier_desk.hq.core.photographs import Photograph
from courier_desk.hq.http.access import Desk
from courier_desk.hq.http.sent import OF_DESKS, LongBody, ShortBody, refuses, said, takes
from courier_desk.hq.http.service import Hq
from courier_desk.protocol.messages import HistoryReply, ProblemCode, ProofReply, ProofRequest

router = APIRouter(tags=["records"])

Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the exact bytes.")]
_PICTURES: dict[str, Any] = {kind: {} for kind in photographs.MEDIA_TYPES}


@router.post(
    "/v1/proofs",
    response_model=ProofReply,
    responses=refuses(*OF_DESKS, ProblemCode.FENCED, ProblemCode.GAP, ProblemCode.TOO_LARGE),
    openapi_extra=takes(ProofRequest),
)
def proofs(request: Request, hq: Hq, desk: Desk, body: ShortBody) -> Response:
    """Counts and digests of one business date, compared; both sides' figures are kept where they differ."""
    return said(request, hq.prove(desk, body.message(ProofRequest)))


@router.get("/v1/history", response_model=HistoryReply, responses=refuses(*OF_DESKS))
def history(
    request: Request,
    hq: Hq,
    desk: Desk,
    mark: Annotated[str, Query(max_length=100, pattern=r"^[A-Za-z0-9._:-]*$")] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 500,
) -> Response:
    """The station's own operations, oldest first, for a desk that was replaced."""
    return said(request, hq.history(desk, mark, limit))


@router.put(
    "/v1/photographs/{sha256}",
    status_code=204,
    responses=refuses(*OF_DESKS, ProblemCode.TOO_LARGE),
    openapi_extra={"requestBody": {"required": True, "content": _PICTURES}},
)
def keep_photograph(request: Request, hq: Hq, desk: Desk, sha256: Digest, body: LongBody) -> Response:
    """A photograph by the digest that an operation names it with; sent again it changes nothing."""
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    photographs.keep(hq.engine, desk, sha256, Photograph(media_type, bytes(body.content)), hq.clock.now())
    return Response(status_code=204)


@router.get(
    "/v1/photographs/{sha256}",
    response_class=Response,
    responses=refuses(*OF_DESKS, ProblemCode.NOT_FOUND)
    | {200: {"content": _PICTURES, "description": "The exact bytes."}},
)
def photograph(hq: Hq, desk: Desk, sha256: Digest) -> Response:
    """A photograph of the desk's own station."""
    found = photographs.fetch(hq.engine, desk, sha256)
    return Response(found.content, media_type=found.media_type)

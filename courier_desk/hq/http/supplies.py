"""What a desk works with: reference data in versions, and ranges of waybill numbers."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from courier_desk.hq.http.access import Desk
from courier_desk.hq.http.sent import OF_DESKS, ShortBody, refuses, said, takes
from courier_desk.hq.http.service import Hq
from courier_desk.protocol.chain import digest_of
from courier_desk.protocol.messages import Lease, LeaseRequest, ProblemCode, ReferenceList

router = APIRouter(tags=["supplies"])

Kind = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[a-z_]+(\.[a-z_]+)*$")]
Version = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/v1/references", response_model=ReferenceList, responses=refuses(*OF_DESKS))
def references(request: Request, hq: Hq, desk: Desk) -> Response:
    """Every version that holds for the desk's station now or will."""
    return said(request, hq.references(desk))


@router.get(
    "/v1/references/{kind}/{version}",
    responses=refuses(*OF_DESKS, ProblemCode.NOT_FOUND)
    | {
        200: {"content": {"application/octet-stream": {}}, "description": "The exact bytes; ETag is their SHA-256."},
        304: {"description": "The desk has these bytes."},
    },
    response_class=Response,
)
def reference(request: Request, hq: Hq, desk: Desk, kind: Kind, version: Version) -> Response:
    """One version of one kind, byte for byte as it was published."""
    document = hq.reference(desk, kind, version)
    headers = {"ETag": f'"{digest_of(document).hex()}"'}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(document, headers=headers, media_type="application/octet-stream")


@router.post(
    "/v1/numbers",
    response_model=Lease,
    responses=refuses(
        *OF_DESKS, ProblemCode.NOT_ALLOWED, ProblemCode.FENCED, ProblemCode.NEW_EPOCH, ProblemCode.TOO_LARGE
    ),
    openapi_extra=takes(LeaseRequest),
)
def numbers(request: Request, hq: Hq, desk: Desk, body: ShortBody) -> Response:
    """Serial numbers that nobody else has or will have; asked again with the same ``request_id`` they are the same."""
    return said(request, hq.lease(desk, body.message(LeaseRequest)))

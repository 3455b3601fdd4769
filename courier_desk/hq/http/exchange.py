"""Operations up, news down."""

from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Query, Request, Response

from courier_desk.hq.http.access import Desk
from courier_desk.hq.http.sent import OF_DESKS, Epoch, Sent, received, refuses, said, takes
from courier_desk.hq.http.service import Serving
from courier_desk.protocol.messages import (
    LARGEST_BODY,
    LONGEST_WAIT_S,
    MOST_ITEMS,
    FeedReply,
    ProblemCode,
    PushReply,
    PushRequest,
)

router = APIRouter(tags=["exchange"])


@router.post(
    "/v1/push",
    response_model=PushReply,
    responses=refuses(
        *OF_DESKS,
        ProblemCode.FENCED,
        ProblemCode.GAP,
        ProblemCode.NEW_EPOCH,
        ProblemCode.TOO_LARGE,
    ),
    openapi_extra=takes(PushRequest),
)
async def push(request: Request, service: Serving, desk: Desk, epoch: Epoch = None) -> Response:
    """Operations in the order of their seq. All or nothing is kept; what cannot be applied is kept and parked."""

    def taken(sent: Sent) -> Response:
        return said(request, service.headquarters.push(desk, sent.message(PushRequest), epoch))

    with service.room.held_by_one() as hold:
        sent = await received(request, LARGEST_BODY, hold)
        # Only now: whoever sends slowly holds no place.
        async with service.places.one():
            response = await anyio.to_thread.run_sync(taken, sent)
    service.pulse.nudge()
    return response


@router.get("/v1/feed", response_model=FeedReply, responses=refuses(*OF_DESKS, ProblemCode.GAP, ProblemCode.NEW_EPOCH))
async def feed(
    request: Request,
    service: Serving,
    desk: Desk,
    epoch: Annotated[int, Query(ge=1, le=2**31 - 1, description="The epoch of ``after``.")],
    after: Annotated[int, Query(ge=0, le=2**62, description="The newest item that the desk has applied.")],
    limit: Annotated[int, Query(ge=1, le=MOST_ITEMS)] = MOST_ITEMS,
    wait: Annotated[int, Query(ge=0, le=LONGEST_WAIT_S, description="Seconds to wait while there is none.")] = 0,
) -> Response:
    """Items after ``after`` without a hole; with ``wait`` the reply comes as soon as there is one."""

    def read() -> tuple[bool, Response]:
        reply = service.headquarters.feed(desk, epoch, after, limit)
        return bool(reply.items), said(request, reply)

    with service.pulse.waiting(desk.station_id, desk.desk_id, after) as waiter:
        found, response = await anyio.to_thread.run_sync(read)
        if not found and wait and await waiter.news(wait):
            _found, response = await anyio.to_thread.run_sync(read)
    return response

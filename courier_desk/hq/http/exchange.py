"""Operations up, news down."""

from collections.abc import AsyncIterator
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends, Query, Request, Response

from courier_desk.hq.http.access import Desk
from courier_desk.hq.http.sent import OF_DESKS, Epoch, LongBody, refuses, said, takes
from courier_desk.hq.http.service import Hq, Serving
from courier_desk.protocol.messages import (
    LONGEST_WAIT_S,
    MOST_ITEMS,
    FeedReply,
    ProblemCode,
    PushReply,
    PushRequest,
)

router = APIRouter(tags=["exchange"])


async def _take_place(service: Serving) -> AsyncIterator[None]:
    """A place among the batches worked on at once; whoever numbers news is told afterwards."""
    async with service.places.one():
        yield
    service.pulse.nudge()


# The last of an endpoint's parameters: whoever sends slowly holds no place.
Place = Annotated[None, Depends(_take_place, scope="function")]


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
def push(request: Request, hq: Hq, desk: Desk, body: LongBody, _place: Place, epoch: Epoch = None) -> Response:
    """Operations in the order of their seq. All or nothing is kept; what cannot be applied is kept and parked."""
    return said(request, hq.push(desk, body.message(PushRequest), epoch))


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

    def read() -> FeedReply:
        return service.headquarters.feed(desk, epoch, after, limit)

    with service.pulse.waiting(desk.station_id, desk.desk_id, after) as waiter:
        reply = await anyio.to_thread.run_sync(read)
        if not reply.items and wait and await waiter.news(wait):
            reply = await anyio.to_thread.run_sync(read)
    return await anyio.to_thread.run_sync(said, request, reply)

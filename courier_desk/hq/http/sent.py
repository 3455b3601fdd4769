"""What endpoints take and give: parameters with their limits, bodies read by the loop and understood by a thread."""

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

import zstandard
from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel

from courier_desk.hq.http import bodies
from courier_desk.hq.http.problems import STATUS
from courier_desk.hq.http.service import Serving
from courier_desk.protocol.messages import LARGEST_BODY, Problem, ProblemCode

M = TypeVar("M", bound=BaseModel)

Epoch = Annotated[
    int | None, Query(ge=1, le=2**31 - 1, description="The epoch that the desk knows; an older one hears new_epoch.")
]
# Replies of a few numbers are not worth it.
_SHORTEST_COMPRESSED = 1024
_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Sent:
    """A body as it came, and how long it may be."""

    content: bytearray
    encoding: str
    most: int

    def message(self, kind: type[M]) -> M:
        """The message in it. Errors: Refused."""
        return bodies.parse(kind, bodies.inflate(self.content, self.encoding, self.most))


async def received(request: Request, most: int, hold: Callable[[int], None]) -> Sent:
    """The body as it came, at most ``most`` bytes, each announced to ``hold``. Errors: Refused."""
    encoding = request.headers.get("content-encoding", "").strip().lower()
    return Sent(await bodies.read(request, most, hold), encoding, most)


def _reader(most: int) -> Callable[..., AsyncIterator[Sent]]:
    async def read(request: Request, service: Serving) -> AsyncIterator[Sent]:
        with service.room.held_by_one() as hold:
            yield await received(request, most, hold)

    return read


LongBody = Annotated[Sent, Depends(_reader(LARGEST_BODY), scope="function")]
ShortBody = Annotated[Sent, Depends(_reader(bodies.SMALL_BODY), scope="function")]


def said(request: Request, message: BaseModel) -> Response:
    """``message`` as a reply, compressed where the desk takes zstd and it is long."""
    content = message.model_dump_json().encode()
    if len(content) < _SHORTEST_COMPRESSED or not _takes_zstd(request):
        return Response(content, media_type=_JSON)
    compressed = zstandard.ZstdCompressor().compress(content)
    return Response(compressed, headers={"Content-Encoding": "zstd", "Vary": "Accept-Encoding"}, media_type=_JSON)


def _takes_zstd(request: Request) -> bool:
    taken = request.headers.get("accept-encoding", "").lower().split(",")
    return any(one.split(";")[0].strip() == "zstd" and "q=0" not in one.replace(" ", "").split(";") for one in taken)


def takes(kind: type[BaseModel]) -> dict[str, Any]:
    """The description of a body of ``kind``; its schema is added by ``description.describe``."""
    content = {_JSON: {"schema": {"$ref": f"#/components/schemas/{kind.__name__}"}}}
    return {"requestBody": {"required": True, "content": content}}


# What every call of a desk may hear.
OF_DESKS = (ProblemCode.NOT_KNOWN, ProblemCode.DIVERGED)


def refuses(*codes: ProblemCode) -> dict[int | str, dict[str, Any]]:
    """The description of refusals with ``codes``."""
    always = (ProblemCode.BAD_MESSAGE, ProblemCode.BUSY, ProblemCode.UNAVAILABLE)
    return {status: {"model": Problem, "description": words} for status, words in _by_status((*codes, *always)).items()}


def _by_status(codes: Iterable[ProblemCode]) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for code in codes:
        found.setdefault(STATUS[code], []).append(code.value)
    return {status: ", ".join(sorted(set(names))) for status, names in sorted(found.items())}

"""Bodies of requests: counted while they are read and while they are inflated; nobody's word on their size is taken."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

import zstandard
from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect

from courier_desk.hq.core.refused import Refused
from courier_desk.protocol.messages import LARGEST_BODY, ProblemCode

SMALL_BODY = 64 * 1024
# A frame may ask the reader for a window of up to 2 GiB, and whatever it asks for is kept while it is read: a body that
# may come at all needs none wider than itself (a desk's compressor asks for 2 MiB).
LARGEST_WINDOW = LARGEST_BODY
_LONGEST_HEAD = 64
# Four bytes may stand for 128 KiB, and what one call gives cannot be limited: 64 bytes give 2 MiB at most.
_BITE = 64
# A body that stalls holds memory; a desk at 64 kbit/s needs two minutes for a full batch.
_LONGEST_READ_S = 150.0

M = TypeVar("M", bound=BaseModel)


async def read(request: Request, most: int, hold: Callable[[int], None]) -> bytearray:
    """The body as it came, at most ``most`` bytes; ``hold`` hears of each piece before it is kept. Errors: Refused
    (too large, too slow, cut off, and what ``hold`` says)."""
    body = bytearray()
    try:
        async with asyncio.timeout(_LONGEST_READ_S):
            async for piece in request.stream():
                if len(body) + len(piece) > most:
                    raise too_large(most)
                hold(len(piece))
                body += piece
    except TimeoutError:
        raise Refused(ProblemCode.BAD_MESSAGE, "The body did not come in time.") from None
    except ClientDisconnect:
        raise Refused(ProblemCode.BAD_MESSAGE, "The line was cut before the body had come.") from None
    return body


def inflate(body: bytearray, encoding: str, most: int = LARGEST_BODY) -> bytearray:
    """``body`` without its zstd (one frame), at most ``most`` bytes. Errors: Refused."""
    if encoding in {"", "identity"}:
        return body
    if encoding != "zstd":
        raise Refused(ProblemCode.BAD_MESSAGE, "The body may be compressed with zstd only.")
    try:
        stated = zstandard.get_frame_parameters(bytes(body[:_LONGEST_HEAD]))
        if stated.window_size > LARGEST_WINDOW or _states_more(stated.content_size, most):
            raise too_large(most)
        return _inflated(body, most)
    except zstandard.ZstdError as error:
        raise Refused(ProblemCode.BAD_MESSAGE, "The body is not one that zstd wrote.") from error


def _inflated(body: bytearray, most: int) -> bytearray:
    frame = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW).decompressobj()
    inflated = bytearray()
    place = 0
    while place < len(body) and not frame.eof:
        inflated += frame.decompress(body[place : place + _BITE])
        place += _BITE
        if len(inflated) > most:
            raise too_large(most)
    if not frame.eof:
        raise zstandard.ZstdError("the frame is cut off")
    if frame.unused_data or place < len(body):
        raise Refused(ProblemCode.TOO_LARGE, "The body is more than one frame of zstd.")
    return inflated


def _states_more(content_size: int, most: int) -> bool:
    unknown = {zstandard.CONTENTSIZE_UNKNOWN, zstandard.CONTENTSIZE_ERROR, -1}
    return content_size not in unknown and content_size > most


def parse(kind: type[M], body: bytearray | bytes) -> M:
    """The message in ``body``. Errors: Refused, naming the places that are wrong but nothing of what stood there."""
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        raise Refused(ProblemCode.BAD_MESSAGE, said_of(error.errors(include_input=False, include_url=False))) from None


def said_of(errors: list[dict[str, object]] | object) -> str:
    """What is wrong where, for the first few places."""
    lines = []
    for one in list(errors)[:5] if isinstance(errors, list | tuple) else []:
        place = ".".join(str(part)[:40] for part in one.get("loc", ()))
        lines.append(f"{place or 'body'}: {one.get('type', 'wrong')}")
    return "; ".join(lines)[:500] or "The message cannot be read."


def too_large(most: int) -> Refused:
    return Refused(ProblemCode.TOO_LARGE, f"The body is larger than {most} bytes.")

"""Around all pages: no request from elsewhere, no body that is too large, nothing kept or framed by others."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from courier_desk.hq.admin.sheet import LARGEST_FILE

LARGEST_BODY = LARGEST_FILE + 512 * 1024
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Scripts and styles of the toolkit stand partly in the page; data never does, unless escaped.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = [
    (b"content-security-policy", _POLICY.encode()),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
]


class TooLarge(Exception):
    """The body is longer than any form or file here may be."""


class Guard:
    """ASGI middleware, outside all others of the pages."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in scope["headers"]}
        if scope["method"] not in _SAFE and not _from_here(headers):
            await _refuse(send, 403, b"This request comes from another site.")
            return
        if b"%00" in scope["query_string"] or b"%00" in scope.get("raw_path", b""):
            await _refuse(send, 400, b"There are no such pages.")
            return
        length = headers.get(b"content-length", b"")
        if length.isdigit() and int(length) > LARGEST_BODY:
            await _refuse(send, 413, b"This is too large.")
            return
        await self._counted(scope, receive, send)

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        seen, started = 0, False
        static = "/static/" in scope["path"]

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > LARGEST_BODY:
                raise TooLarge
            return message

        async def with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                keep = [] if static else [(b"cache-control", b"no-store")]
                message["headers"] = [*message.get("headers", ()), *_HEADERS, *keep]
            await send(message)

        try:
            await self._app(scope, counted, with_headers)
        except* TooLarge:
            if not started:
                await _refuse(send, 413, b"This is too large.")


def _from_here(headers: dict[bytes, bytes]) -> bool:
    """True unless the browser says that another site sends this; the signed token of each form is asked for as well."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site in {b"same-origin", b"none"}
    origin = headers.get(b"origin")
    return origin is None or origin.split(b"//")[-1] == headers.get(b"host")


async def _refuse(send: Send, status: int, text: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *_HEADERS]})
    await send({"type": "http.response.body", "body": text})

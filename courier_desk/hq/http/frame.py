"""Around every request: the mark of headquarters on each reply, one line in the log, and no error that escapes."""

import time
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from courier_desk.base.ids import new_id
from courier_desk.base.logging import get_logger
from courier_desk.hq.http.problems import refusal
from courier_desk.protocol.messages import MARK, MARK_HEADER, ProblemCode

_HEADERS = [
    (MARK_HEADER.lower().encode(), MARK.encode()),
    (b"x-content-type-options", b"nosniff"),
]


class Frame:
    """ASGI middleware. The log names path templates, never paths; desks by their id; no bodies, tokens or addresses."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._log = get_logger("hq.http")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.monotonic()
        seen: dict[str, Any] = {"status": 0, "bytes": 0}
        scope.setdefault("state", {})["request_id"] = new_id()

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            elif message["type"] == "http.response.body":
                seen["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, marked)
        except Exception as error:  # noqa: BLE001 - the last line: logged with its place, told without
            self._log.error("request failed", request_id=scope["state"]["request_id"], error=error, exc_info=error)
            if not seen["status"]:
                reply = refusal(ProblemCode.UNAVAILABLE, "Headquarters has a defect here; it is in its log.", 500)
                await reply(scope, receive, marked)
        self._tell(scope, seen, time.monotonic() - started)

    def _tell(self, scope: Scope, seen: dict[str, Any], seconds: float) -> None:
        state, route = scope["state"], scope.get("route")
        self._log.info(
            "request",
            method=scope["method"],
            route=getattr(route, "path", "-"),
            status=seen["status"],
            refusal=state.get("refusal"),
            desk=state.get("desk"),
            ms=round(seconds * 1000, 1),
            bytes=seen["bytes"],
            request_id=state["request_id"],
        )

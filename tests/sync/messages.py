"""Messages of headquarters for tests of the desk's side."""

from datetime import UTC, datetime

from courier_desk.protocol.messages import FeedReply, Hello, Problem, PushReply, PushRequest

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
CHAIN = "0" * 64


def hello() -> Hello:
    return Hello(epoch=1, now=NOW, incarnation=1, cursor=0, chain=CHAIN, feed_head=0)


def push_request(operations: int = 1, each: str = "{}") -> PushRequest:
    return PushRequest(incarnation=1, first_seq=1, chain=CHAIN, operations=[each] * operations)


def push_reply(cursor: int = 1) -> PushReply:
    return PushReply(epoch=1, now=NOW, cursor=cursor, chain=CHAIN, verdicts=[])


def feed_reply() -> FeedReply:
    return FeedReply(epoch=1, now=NOW, head=0, items=[])


def problem(code: str) -> bytes:
    return Problem(code=code, text="words for a log").model_dump_json().encode()

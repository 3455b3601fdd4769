"""A desk's side of the line for tests: exact requests, nothing retried, nothing understood."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from courier_desk.hq.database import open_engine
from courier_desk.protocol.chain import chain_over, digest_of
from courier_desk.protocol.messages import Problem, PushRequest
from tests.hq.desks import Joined, Network, network_over, operation
from tests.hq_service import config_for, serving


@dataclass
class Line:
    """A service under test, the network behind it, and a client."""

    address: str
    network: Network
    client: httpx2.Client

    def call(self, desk: Joined | None, method: str, path: str, **more: Any) -> httpx2.Response:
        """One request as ``desk``, with its token."""
        headers = dict(more.pop("headers", {}))
        if desk is not None:
            headers["Authorization"] = f"Bearer {desk.token}"
        return self.client.request(method, path, headers=headers, **more)

    def push(self, desk: Joined, texts: list[str], first_seq: int | None = None) -> httpx2.Response:
        """Send ``texts`` over HTTP as what follows; ``desk`` remembers them when they were taken."""
        request = push_request(desk, texts, first_seq)
        reply = self.call(desk, "POST", "/v1/push", content=request.model_dump_json())
        if reply.status_code == 200 and first_seq is None:
            desk.sent += texts
            desk.chain = bytes.fromhex(request.chain)
        return reply

    def operations(self, desk: Joined, count: int, kind: str = "test.done") -> list[str]:
        first = len(desk.sent) + 1
        return [operation(desk.identity, first + each, kind, self.network.clock.now()) for each in range(count)]


def push_request(desk: Joined, texts: list[str], first_seq: int | None = None) -> PushRequest:
    """``texts`` with the right chain, as what follows or from ``first_seq`` on."""
    first = first_seq or len(desk.sent) + 1
    before = chain_over(bytes(32), (digest_of(text.encode()) for text in desk.sent[: first - 1]))
    chain = chain_over(before, (digest_of(text.encode()) for text in texts))
    return PushRequest(incarnation=desk.identity.incarnation, first_seq=first, chain=chain.hex(), operations=texts)


def problem(reply: httpx2.Response) -> tuple[int, str]:
    """Status and stable code of a refusal, which is a Problem and marked as headquarters'."""
    assert reply.headers["Courier-HQ"] == "1"
    assert reply.headers["Content-Type"] == "application/json"
    return reply.status_code, Problem.model_validate_json(reply.content).code


@contextmanager
def line_over(dsn: str, folder: Path, **changes: object) -> Iterator[Line]:
    """The real service over the database, with the station HZ001 and its desks HZ001-1 and HZ001-2."""
    config = config_for(dsn, folder, **changes)
    engine = open_engine(dsn, connections=config.connections)
    network = network_over(engine, folder)
    try:
        with (
            serving(network.hq, config) as address,
            httpx2.Client(base_url=address, trust_env=False, timeout=30) as client,
        ):
            yield Line(address, network, client)
    finally:
        engine.dispose()

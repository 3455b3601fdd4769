"""Headquarters over HTTP: one method for each endpoint. Errors of all: Refusal, LineFault."""

from urllib.parse import quote

import httpx2

from courier_desk import __version__
from courier_desk.protocol.messages import (
    EnrolReply,
    EnrolRequest,
    FeedReply,
    Hello,
    HistoryReply,
    Lease,
    LeaseRequest,
    Message,
    ProofReply,
    ProofRequest,
    PushReply,
    PushRequest,
    ReferenceList,
    RenewRequest,
)
from courier_desk.sync.wire import Ask, Patience, Wire

PROGRAM = f"courier-desk/{__version__}"
_LARGEST_DOCUMENT = 32 * 1024 * 1024
_DOCUMENT_S = 300.0


class HqClient:
    """One desk's client, used by one thread at a time; ``interrupt`` may come from any other. ``token``: empty before
    the enrolment. ``ca_file``: certificates to believe beside the system's. Errors: EnvironmentFault for that file."""

    def __init__(
        self,
        address: str,
        token: str = "",
        *,
        ca_file: str = "",
        patience: Patience | None = None,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        headers = {"User-Agent": PROGRAM}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self._wire = Wire(address, headers, ca_file=ca_file, patience=patience, transport=transport)

    def interrupt(self) -> None:
        """End what is under way with an EnvironmentFault; nothing new is begun."""
        self._wire.cut()

    def close(self) -> None:
        """Hang up."""
        self._wire.close()

    def enrol(self, request: EnrolRequest) -> EnrolReply:
        """Become the desk that a one-time code was made for."""
        return self._wire.message(_post("/v1/enrol", request), EnrolReply)

    def renew(self, request: RenewRequest) -> EnrolReply:
        """A new incarnation, with the secret that this desk has."""
        return self._wire.message(_post("/v1/renew", request), EnrolReply)

    def hello(self, epoch: int) -> Hello:
        """How this desk stands at headquarters."""
        return self._wire.message(Ask("GET", "/v1/hello", {"epoch": epoch}), Hello)

    def push(self, request: PushRequest, epoch: int) -> PushReply:
        """Operations for headquarters."""
        return self._wire.message(_post("/v1/push", request, {"epoch": epoch}), PushReply)

    def feed(self, epoch: int, after: int, limit: int, wait_s: float) -> FeedReply:
        """News after ``after``; where there is none, headquarters waits up to ``wait_s`` seconds for some."""
        query: dict[str, str | int] = {"epoch": epoch, "after": after, "limit": limit}
        if wait_s > 0:
            query["wait"] = int(wait_s)
        return self._wire.message(Ask("GET", "/v1/feed", query, wait_s=wait_s), FeedReply)

    def references(self) -> ReferenceList:
        """Which reference data hold, now or later."""
        return self._wire.message(Ask("GET", "/v1/references"), ReferenceList)

    def reference(self, kind: str, version: int) -> bytes:
        """The exact bytes of one document."""
        return self._wire.content(_get_document(f"/v1/references/{quote(kind, safe='')}/{version}"))

    def lease(self, request: LeaseRequest) -> Lease:
        """Waybill numbers."""
        return self._wire.message(_post("/v1/numbers", request), Lease)

    def prove(self, request: ProofRequest) -> ProofReply:
        """Hold one day's operations against those of headquarters."""
        return self._wire.message(_post("/v1/proofs", request), ProofReply)

    def history(self, mark: str, limit: int) -> HistoryReply:
        """The station's own past after ``mark``, for a desk that was replaced."""
        return self._wire.message(Ask("GET", "/v1/history", {"mark": mark, "limit": limit}), HistoryReply)

    def put_photograph(self, sha256: str, content: bytes, media_type: str) -> None:
        """Keep a picture at headquarters, by its SHA-256."""
        ask = Ask("PUT", f"/v1/photographs/{sha256}", body=content, body_type=media_type, whole_s=_DOCUMENT_S)
        self._wire.content(ask)

    def photograph(self, sha256: str) -> bytes:
        """A picture by its SHA-256."""
        return self._wire.content(_get_document(f"/v1/photographs/{sha256}"))


def _get_document(path: str) -> Ask:
    return Ask("GET", path, most=_LARGEST_DOCUMENT, whole_s=_DOCUMENT_S)


def _post(path: str, request: Message, query: dict[str, str | int] | None = None) -> Ask:
    return Ask("POST", path, query, body=request.model_dump_json().encode())

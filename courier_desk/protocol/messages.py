"""The messages, version 1. Bytes are lower-case hexadecimal; times are ISO 8601 in UTC.

An older side keeps what it does not understand: unknown members are ignored, unknown kinds are kept aside or parked.
Limits stand here, so that both sides refuse the same. All bodies are JSON, compressed with zstd where they are long.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

VERSION = 1
MOST_OPERATIONS = 500
MOST_BYTES = 1024 * 1024
MOST_ITEMS = 500
# A whole request after it was inflated; more is refused with 413 before it is read to its end.
LARGEST_BODY = 4 * 1024 * 1024
LARGEST_OPERATION = 256 * 1024
LONGEST_WAIT_S = 25
# Whoever answers for headquarters says so in this header; a network's log-in page does not.
MARK_HEADER, MARK = "Courier-HQ", "1"

Id = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Seq = Annotated[int, Field(ge=0, le=2**62)]
Incarnation = Annotated[int, Field(ge=1, le=2**31 - 1)]
# PostgreSQL keeps every character but NUL.
Short = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Kind = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[a-z_]+(\.[a-z_]+)*$")]


class Message(BaseModel):
    """What all messages share."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)


class Operation(Message):
    """The envelope inside the exact bytes of one operation (``PushRequest.operations``).

    ``again``: it was issued before as (incarnation, seq, op_id) by an incarnation that is no more. Where headquarters
    has that op_id already, this one is REPEATED: logged, not applied."""

    again: tuple[Incarnation, Annotated[int, Field(ge=1, le=2**62)], Annotated[str, Field(max_length=64)]] | None = None
    at: AwareDatetime
    body: dict[str, Any]
    business_date: date
    desk: Id
    entity_id: Annotated[str, Field(max_length=64)]
    incarnation: Incarnation
    kind: Kind
    op_id: Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
    operator: Annotated[str, Field(max_length=64)]
    seq: Annotated[int, Field(ge=1, le=2**62)]
    station: Id


class Problem(Message):
    """Every refusal: a stable ``code`` of ``ProblemCode``, words for a log, and what helps to go on."""

    code: str
    text: str
    epoch: int | None = None
    cursor: int | None = None
    chain: Sha256 | None = None
    resume_after: int | None = None


class ProblemCode(StrEnum):
    """The stable codes of ``Problem``."""

    BAD_MESSAGE = "bad_message"
    TOO_LARGE = "too_large"
    NOT_KNOWN = "not_known"
    CODE_REFUSED = "code_refused"
    FENCED = "fenced"
    DIVERGED = "diverged"
    GAP = "gap"
    NEW_EPOCH = "new_epoch"
    NOT_FOUND = "not_found"
    NOT_ALLOWED = "not_allowed"
    BUSY = "busy"
    UNAVAILABLE = "unavailable"


class StationCard(Message):
    """What a desk must know of its station to work."""

    code: Short
    name: Short
    company: Short
    number_prefix: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    hotline: Short = ""
    zone: Short
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    division_code: Short = ""
    routing_code: Short = ""


class DeadEnd(Message):
    """Where headquarters' record of an incarnation ends: up to ``cursor`` everything counts as acknowledged."""

    incarnation: Incarnation
    cursor: Seq
    chain: Sha256


class EnrolRequest(Message):
    """A one-time code (as typed, without hyphens) and where it is used. ``machine`` is a hash that names this PC.

    ``desk``: the desk that works there already, if any; a code for another one is refused, and stays good. The same PC
    may ask again until it has used the secret, since a reply can get lost."""

    code: Annotated[str, Field(min_length=8, max_length=32, pattern=r"^[A-Z0-9]+$")]
    machine: Sha256
    desk: Id | None = None
    program: Short
    protocol: Annotated[int, Field(ge=0, le=2**31 - 1)] = VERSION


class RenewRequest(Message):
    """A desk that found itself set back asks for a new incarnation with the secret it has."""

    machine: Sha256
    program: Short
    protocol: Annotated[int, Field(ge=0, le=2**31 - 1)] = VERSION


class EnrolReply(Message):
    """Who the desk is from now on. ``operations_before``: how many operations all its incarnations have sent.
    ``ends``: every earlier incarnation. ``feed_after``: where its feed stands. ``past_from``: the first business date
    of its past that is wholly in the log still, None where that reaches to the beginning."""

    station_id: Id
    desk_id: Id
    desk_name: Short
    incarnation: Incarnation
    secret: Annotated[str, Field(min_length=32, max_length=128)]
    epoch: int
    now: AwareDatetime
    station: StationCard
    ends: tuple[DeadEnd, ...]
    operations_before: Seq
    feed_after: Seq
    past_from: date | None = None


class Hello(Message):
    """How this desk stands at headquarters."""

    epoch: int
    now: AwareDatetime
    incarnation: Incarnation
    cursor: Seq
    chain: Sha256
    feed_head: Seq


class PushRequest(Message):
    """Operations ``first_seq`` and following as exact JSON texts. ``chain`` is the chain after the last of them."""

    incarnation: Incarnation
    first_seq: Annotated[int, Field(ge=1, le=2**62)]
    chain: Sha256
    operations: Annotated[
        list[Annotated[str, Field(max_length=LARGEST_OPERATION)]], Field(min_length=1, max_length=MOST_OPERATIONS)
    ]


class Outcome(StrEnum):
    """What became of one operation. PARKED: kept, not applied, seen by people on both sides."""

    APPLIED = "applied"
    PARKED = "parked"
    REPEATED = "repeated"

    @classmethod
    def _missing_(cls, value: object) -> "Outcome":  # noqa: ARG003
        """A word of a newer headquarters: people shall look at it."""
        return cls.PARKED


class Verdict(Message):
    """On the operation ``seq``; ``reason`` is a stable code, ``text`` says it in plain words."""

    seq: Seq
    outcome: Outcome
    reason: Short = ""
    text: Short = ""


class PushReply(Message):
    """All up to ``cursor`` is durable at headquarters; ``chain`` is the chain there."""

    epoch: int
    now: AwareDatetime
    cursor: Seq
    chain: Sha256
    verdicts: list[Verdict]


class FeedItem(Message):
    """News number ``n`` of this desk's feed. ``body`` is exact JSON text; ``op_id`` the operation that caused it, or an
    id of headquarters' own: an item with an ``op_id`` that was applied already changes nothing."""

    n: Annotated[int, Field(ge=1)]
    kind: Kind
    entity_id: Annotated[str, Field(max_length=64)]
    op_id: Annotated[str, Field(max_length=64)]
    station: Annotated[str, Field(max_length=64)]
    at: AwareDatetime
    body: str


class FeedReply(Message):
    """Items after the position that was asked for, without a hole; ``head`` is the newest number there is."""

    epoch: int
    now: AwareDatetime
    head: Seq
    items: list[FeedItem]


class ReferenceCard(Message):
    """One version of one kind of reference data, by its digest (which is also its ETag)."""

    kind: Short
    version: int
    digest: Sha256


class ReferenceList(Message):
    """Everything that holds now or will."""

    references: list[ReferenceCard]


class LeaseRequest(Message):
    """Numbers for ``prefix``. Asked again with the same ``request_id`` it is the same lease."""

    request_id: Id
    incarnation: Incarnation
    prefix: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    wanted: Annotated[int, Field(ge=1, le=1_000_000)]


class Lease(Message):
    """Serials ``first`` to ``last`` inclusive are this desk's incarnation's alone."""

    lease_id: Id
    prefix: str
    first: int
    last: int


class KindProof(Message):
    """How many operations of a kind, and ``chain.fold`` over their digests in the order of (incarnation, seq)."""

    kind: Kind
    count: Annotated[int, Field(ge=0)]
    digest: Sha256


class ProofRequest(Message):
    """What the desk holds of ``business_date``, over all its incarnations that headquarters acknowledged up to (the
    current) ``incarnation`` and ``cursor``."""

    business_date: date
    incarnation: Incarnation
    cursor: Seq
    kinds: Annotated[list[KindProof], Field(max_length=100)]


class ProofReply(Message):
    """``agrees``, and the same as headquarters holds it. ``on_line_from``: the first day that is wholly in the log
    still, None for all; of a day before it nothing was compared."""

    agrees: bool
    kinds: list[KindProof]
    on_line_from: date | None = None


class HistoryReply(Message):
    """The station's own past for a desk that was replaced: exact texts of logged operations, the orders first, then all
    others, each oldest first, and the mark to ask on with; ``more`` is false at the end. ``total``: how many operations
    there are from the beginning, ``epoch``: in whose record they stand; 0 where it is not known. ``since``: the first
    business date that is wholly in the log still, None where it reaches to the beginning."""

    operations: list[str]
    mark: Annotated[str, Field(max_length=100)]
    more: bool
    total: Seq = 0
    epoch: Seq = 0
    since: date | None = None

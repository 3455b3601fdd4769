"""What the exchange with headquarters needs of the database, said as protocols, with the rows it gives."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from courier_desk.domain.parcel import Parcel
from courier_desk.protocol.messages import Operation
from courier_desk.services.exchange_state import Link, ProofDay, RefusedRow


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """The link with what only the exchange itself needs: the machine it was made on, how far the tallies of the proof
    go, the first day that can be proved, what was wrong with the last news, and the first day that headquarters still
    has whole in its log (None: all)."""

    link: Link
    machine: str
    prove_from: date
    counted: tuple[int, int] = (0, 0)
    alarm: str = ""
    alarm_at: datetime | None = None
    log_from: date | None = None


@dataclass(frozen=True, slots=True)
class DeadIncarnation:
    """Up to ``cursor`` headquarters has what it sent; what came later was issued again."""

    incarnation: int
    cursor: int
    chain: bytes


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One operation as it is kept: the exact bytes, their digest, and the chain after it."""

    incarnation: int
    seq: int
    op_id: str
    kind: str
    entity_id: str
    body: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """Where an operation that came back stands in its incarnation, and the digest of its bytes."""

    op_id: str
    seq: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Entering:
    """A new ``incarnation`` that is being entered. ``former``: under which the counter works until it holds; ``tail``:
    up to where that was looked through. ``done`` of ``total`` operations are issued again. ``seen``: the place up to
    which what came back with the past is known to be in ``epoch``, None for all. ``whole``: headquarters has nothing of
    this desk that is not here, else ``missing`` operations."""

    incarnation: int
    former: int
    epoch: int
    whole: bool
    missing: int
    blocks_burnt: int
    tail: int
    total: int
    done: int = 0
    seen: int | None = 0


@dataclass(frozen=True, slots=True)
class EnteringPart:
    """What is left of an earlier incarnation: to acknowledge from behind ``acknowledged`` up to ``common``, to issue
    again from behind ``after`` up to ``last``, then all behind ``lost_after`` that came back with the past."""

    incarnation: int
    acknowledged: int
    common: int
    after: int
    last: int
    lost_after: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """What the proof counts of an operation."""

    seq: int
    business_date: date
    kind: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class KeptItem:
    """News that was not applied. ``why`` is waiting_for_own, unknown_kind or broken; ``about`` the entity."""

    epoch: int
    n: int
    kind: str
    about: str
    op_id: str
    station: str
    at: datetime
    body: str
    why: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class RemoteEvent:
    """What was done to one piece at another desk or station."""

    op_id: str
    waybill: str
    number: str
    at: datetime
    station: str
    place: str
    operation: str
    outcome: str
    remark: str


@dataclass(frozen=True, slots=True)
class InboundOrder:
    """An order of others whose parcels come here. ``body`` is the operation of the desk that took it, byte for byte."""

    waybill: str
    order_id: str
    op_id: str
    origin_station: str
    origin_desk: str
    routing_code: str
    service: str
    recipient_name: str
    recipient_phone: str
    sender_phone: str
    accepted_at: datetime
    body: bytes = b""
    void: bool = False


@dataclass(frozen=True, slots=True)
class FieldState:
    """A field of a customer: the value here, and when the word that stands was spoken."""

    value: str
    at: datetime


class Links(Protocol):
    """The one link, and what became of earlier incarnations."""

    def get(self) -> LinkRecord | None: ...
    def add(self, record: LinkRecord) -> None: ...
    def change(self, **values: Any) -> None: ...
    def dead(self) -> Mapping[int, DeadIncarnation]: ...
    def bury(self, dead: DeadIncarnation, at: datetime) -> None: ...
    def refuses_numbers(self) -> bool: ...


class Outbox(Protocol):
    """Operations for headquarters, kept until they are acknowledged and 30 days more."""

    def after(self, incarnation: int, seq: int, most: int) -> Sequence[OutboxRow]: ...
    def has(self, op_id: str) -> bool: ...
    def at(self, incarnation: int, seq: int) -> OutboxRow | None: ...
    def last(self, incarnation: int) -> int: ...
    def incarnations(self) -> Sequence[int]: ...
    def acknowledged_up_to(self, incarnation: int) -> int: ...
    def first_waiting(self, incarnation: int) -> int | None: ...
    def acknowledge(self, incarnation: int, first: int, last: int, at: datetime) -> None: ...
    def unacknowledge(self, incarnation: int, after: int) -> int: ...
    def unsent(self, entity_ids: Collection[str]) -> bool: ...
    def oldest_unsent(self) -> datetime | None: ...
    def count_after(self, incarnation: int, seq: int, last: int, most: int) -> Sequence[Counted]: ...
    def trim(self, before: datetime, keep: tuple[int, int], most: int) -> int: ...


class Recalled(Protocol):
    """Operations that came back with the past, kept in case headquarters loses them."""

    def keep(self, told: Operation, content: str, epoch: int, at: datetime) -> None: ...
    def places(self, after: int, most: int) -> Sequence[tuple[int, int, Place]]: ...
    def after(self, incarnation: int, seq: int, most: int) -> Sequence[OutboxRow]: ...
    def take(self, op_ids: Sequence[str]) -> Sequence[OutboxRow]: ...
    def before(self, epoch: int) -> bool: ...
    def trim(self, before: datetime, most: int) -> int: ...


class EnteringState(Protocol):
    """What is left to do before a new incarnation holds."""

    def get(self) -> Entering | None: ...
    def begin(self, state: Entering, parts: tuple[EnteringPart, ...]) -> None: ...
    def save(self, state: Entering) -> None: ...
    def next_part(self) -> EnteringPart | None: ...
    def save_part(self, part: EnteringPart) -> None: ...
    def end_part(self, incarnation: int) -> None: ...
    def end(self) -> None: ...
    def see_recalled(self, after: int, epoch: int, most: int) -> int | None: ...


class News(Protocol):
    """What headquarters told: kept items, other stations' events and parcels, verdicts."""

    def keep(self, item: KeptItem, at: datetime) -> None: ...
    def waiting(self, most: int) -> Sequence[KeptItem]: ...
    def waits(self, about: str, epoch: int, n: int) -> bool: ...
    def drop(self, epoch: int, n: int) -> None: ...
    def kept(self) -> Mapping[str, int]: ...
    def add_event(self, event: RemoteEvent) -> bool: ...
    def refuse(self, row: OutboxRow, reason: str, text: str, at: datetime) -> None: ...
    def settle(self, op_id: str, how: str, text: str, at: datetime) -> bool: ...
    def forget_refused(self, incarnation: int, after: int) -> None: ...
    def refused(self, most: int) -> Sequence[RefusedRow]: ...
    def trim(self, before: datetime, most: int) -> int: ...
    def trim_past(self, first: date, most: int) -> int: ...


class Inbound(Protocol):
    """Orders of others whose parcels come here."""

    def add(self, order: InboundOrder, parcels: Sequence[Parcel], at: datetime) -> None: ...
    def get(self, waybill: str) -> InboundOrder | None: ...
    def of_waybill(self, waybill: str) -> Sequence[Parcel]: ...
    def save(self, parcel: Parcel, at: datetime) -> None: ...
    def void(self, waybill: str, reason: str) -> None: ...


class CustomerWords(Protocol):
    """When each field of a customer was spoken, and the words that were replaced."""

    def spoken(self, phone: str) -> Mapping[str, datetime]: ...
    def last_order_at(self, customer_id: str) -> datetime | None: ...
    def speak(self, phone: str, field: str, at: datetime, op_id: str) -> None: ...
    def keep_older(self, phone: str, field: str, former: FieldState, op_id: str) -> None: ...


class Proofs(Protocol):
    """The daily comparison."""

    def tally(self, counted: Sequence[Counted]) -> None: ...
    def tallies(self, day: date) -> Mapping[str, tuple[int, bytes]]: ...
    def unproved(self, first: date, until: date, asked_since: datetime | None, most: int) -> Sequence[date]: ...
    def reset(self) -> None: ...
    def answer(self, day: date, agrees: bool, ours: str, theirs: str, at: datetime) -> None: ...
    def days(self, most: int) -> Sequence[ProofDay]: ...


@dataclass(frozen=True, slots=True)
class LeaseAsked:
    """Numbers that were asked for and are not here yet."""

    request_id: str
    incarnation: int
    prefix: str
    wanted: int


class Leases(Protocol):
    """Numbers asked for, and how many a busy day takes."""

    def pending(self) -> LeaseAsked | None: ...
    def ask(self, asked: LeaseAsked, at: datetime) -> None: ...
    def answered(self, request_id: str, lease_id: str, at: datetime) -> None: ...
    def known(self, lease_id: str) -> bool: ...
    def overlaps(self, prefix: str, first: int, last: int) -> bool: ...
    def drop_pending(self) -> None: ...
    def burn_all(self) -> int: ...
    def peak(self, since: date) -> int: ...


class ExchangeRepositories(Protocol):
    """All of them, on one connection."""

    @property
    def link(self) -> Links: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def recalled(self) -> Recalled: ...
    @property
    def entering(self) -> EnteringState: ...
    @property
    def news(self) -> News: ...
    @property
    def inbound(self) -> Inbound: ...
    @property
    def customer_words(self) -> CustomerWords: ...
    @property
    def proofs(self) -> Proofs: ...
    @property
    def leases(self) -> Leases: ...

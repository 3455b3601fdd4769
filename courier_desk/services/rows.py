"""Frozen rows for lists and pages: what a query gives and a table shows. Names and phones in lists are masked here."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order in a list. ``origin`` names the station that took it, empty for this one."""

    order_id: str
    number: str
    accepted_at: datetime
    status: str
    void: bool
    sender_name: str
    sender_phone: str
    recipient_name: str
    recipient_phone: str
    destination: str
    service: str
    pieces: int
    weight_g: int
    total_fen: int
    currency: str
    operator: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class LifeRow:
    """One event in the life of a parcel: a scan, or something done to its order. ``station`` did it, empty for this
    one; ``place`` may tell it otherwise than the station is called now."""

    at: datetime
    kind: str
    number: str
    outcome: str
    device: str
    operator: str
    place: str
    remark: str
    keyed: bool = False
    station: str = ""


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """One piece on the parcel page."""

    parcel_id: str
    number: str
    piece: int
    status: str
    void: bool
    weight_g: int
    size: str
    bag: str
    handover: str


@dataclass(frozen=True, slots=True)
class PrintJobRow:
    """One paper in the print queue. ``state`` is one of waiting, sending, sent, printed, failed, unknown, cancelled;
    ``title`` is the number that stands on it; ``operator`` the id of the person."""

    job_id: str
    seq: int
    kind: str
    subject: str
    printer: str
    state: str
    created_at: datetime
    changed_at: datetime
    error: str
    reason: str
    copy: int
    operator: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class BagRow:
    """One bag in a list."""

    bag_id: str
    tag: str
    destination: str
    line: str
    state: str
    pieces: int
    weight_g: int
    seal: str
    opened_at: datetime
    handover: str


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One handover list in a list."""

    manifest_id: str
    number: str
    line: str
    business_date: date
    state: str
    bags: int
    loose: int
    pieces: int
    weight_g: int
    opened_at: datetime
    closed_at: datetime | None
    supplement_of: str


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One customer in a list of suggestions; masked."""

    customer_id: str
    name: str
    phone: str
    company: str
    area: str
    orders: int


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A half-filled form that was kept."""

    draft_id: str
    page: str
    title: str
    owner: str
    saved_at: datetime

"""What stands on paper, ready to draw: every text is already masked, translated and formatted."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class LabelSize(StrEnum):
    """Label sizes of the trade, width x height in millimetres."""

    MM_76X130 = "76x130"
    MM_100X150 = "100x150"
    MM_100X180 = "100x180"


class StationKind(StrEnum):
    """What a station is for, for ever; sample and training stand in large letters on each paper."""

    LIVE = "live"
    SAMPLE = "sample"
    TRAINING = "training"


class PaperKind(StrEnum):
    """The kinds of paper; each has a printer of its own."""

    LABEL = "label"
    BAG_TAG = "bag_tag"
    HANDOVER_LIST = "handover_list"


@dataclass(frozen=True, slots=True)
class LabelParty:
    """A sender or recipient on a label: name and phone already masked."""

    name: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class WaybillLabel:
    """One label: one piece. ``number`` is what the bar code holds (the child number for a piece of several);
    ``waybill`` is what the QR code holds."""

    number: str
    waybill: str
    piece: int
    pieces: int
    company: str
    hotline: str
    station_kind: StationKind
    service: str
    routing_code: str
    package_centre: str
    recipient: LabelParty
    sender: LabelParty
    goods: str
    weight: str
    payment: str
    cod: str
    declared: str
    marks: tuple[str, ...]
    inspected: str
    clerk: str
    printed_at: str
    reprint: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class BagTag:
    """The tag of a bag: its number as bar code, where it goes, what it holds."""

    number: str
    destination: str
    line: str
    pieces: int
    weight: str
    kind: str
    seal: str
    station: str
    station_kind: StationKind
    printed_at: str
    reprint: str = ""


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """A bag or a loose parcel on a handover list."""

    position: int
    number: str
    kind: str
    destination: str
    pieces: int
    weight_g: int
    remark: str


@dataclass(frozen=True, slots=True)
class HandoverPaper:
    """A handover list for paper, PDF and Excel. Every page is numbered n of m (domain.md 5.2)."""

    number: str
    title: str
    company: str
    station: str
    station_kind: StationKind
    business_date: date
    line: str
    plate: str
    driver: str
    rows: tuple[HandoverRow, ...]
    bags: int
    loose: int
    pieces: int
    weight_g: int
    differences: tuple[str, ...]
    supplement_of: str
    digest: str
    closed_at: str

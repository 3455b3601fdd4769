"""The handover list (出港交接清单): what a line takes, sealed by a digest when both have signed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ManifestState(StrEnum):
    """Open lists grow; closed ones change only by a supplement."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ManifestItem:
    """A bag (by its tag) or a loose parcel (by its number) on a list."""

    position: int
    number: str
    is_bag: bool
    destination: str
    pieces: int
    weight_g: int
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A handover list of one line and business day."""

    id: str
    number: str
    line: str
    business_date: date
    state: ManifestState
    opened_at: datetime
    plate: str = ""
    driver: str = ""
    items: tuple[ManifestItem, ...] = ()
    differences: tuple[str, ...] = ()
    supplement_of: str = ""
    closed_at: datetime | None = None
    digest: str = ""
    row_version: int = 1


@dataclass(frozen=True, slots=True)
class Totals:
    """What the foot of the list says."""

    bags: int
    loose: int
    pieces: int
    weight_g: int


def totals(items: Sequence[ManifestItem]) -> Totals:
    """Bags, loose parcels, pieces in all, weight in all."""
    bags = sum(1 for item in items if item.is_bag)
    return Totals(
        bags=bags,
        loose=len(items) - bags,
        pieces=sum(item.pieces for item in items),
        weight_g=sum(item.weight_g for item in items),
    )


def seal_digest(manifest: Manifest) -> str:
    """SHA-256 over everything the closed list says, in one canonical form; any later change shows."""
    body = {
        "number": manifest.number,
        "line": manifest.line,
        "business_date": manifest.business_date.isoformat(),
        "plate": manifest.plate,
        "driver": manifest.driver,
        "supplement_of": manifest.supplement_of,
        "differences": list(manifest.differences),
        "items": [
            [item.position, item.number, item.is_bag, item.destination, item.pieces, item.weight_g, item.remark]
            for item in manifest.items
        ],
    }
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

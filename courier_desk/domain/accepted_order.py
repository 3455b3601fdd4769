"""An order once it is accepted: numbered, priced, inspected, with its parcels."""

from dataclasses import dataclass
from datetime import date, datetime

from courier_desk.domain.acceptance import Inspection
from courier_desk.domain.order import OrderDraft, Route
from courier_desk.domain.parcel import Parcel
from courier_desk.domain.quote_lines import QuoteLine


@dataclass(frozen=True, slots=True)
class Order:
    """An accepted order. ``number`` is its waybill number, mother of its parcels' numbers."""

    id: str
    number: str
    draft: OrderDraft
    parcels: tuple[Parcel, ...]
    charges: tuple[QuoteLine, ...]
    total_fen: int
    currency: str
    chargeable_g: int
    route: Route
    inspection: Inspection
    accepted_at: datetime
    business_date: date
    promised_at: datetime | None
    operator_id: str
    tariff_version: int
    change_fen: int = 0
    void_reason: str = ""

    @property
    def void(self) -> bool:
        """True once it was cancelled."""
        return bool(self.void_reason)

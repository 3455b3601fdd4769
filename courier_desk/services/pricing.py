"""The price and the promise as they stand while one types (mission B4): pure rules over today's reference data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from courier_desk.base.clock import Clock
from courier_desk.base.errors import UserError
from courier_desk.domain.contents import ContentFinding, ForbiddenList, check_contents
from courier_desk.domain.order import OrderDraft, Route
from courier_desk.domain.order_faults import Fault, change_fen, order_faults, pay_fault
from courier_desk.domain.promise import Promise, promised_at
from courier_desk.domain.tariff import Quote, QuoteRequest, quote
from courier_desk.services.reference import ReferenceService
from courier_desk.services.station import StationIdentity

T = TypeVar("T")

_FIELDS = {
    "origin": "sender_area",
    "destination": "recipient_area",
    "weight_g": "weight",
    "pieces": "weight",
    "declared_value_fen": "declared_value",
    "cod_fen": "cod",
    "on_date": "service",
}
"""Fields of a quote request and what they are called on the form."""


@dataclass(frozen=True, slots=True)
class Appraisal:
    """An order as it stands: price, promise, route, change, and everything that is still wrong with it."""

    quote: Quote | None
    promise: Promise | None
    route: Route | None
    findings: tuple[ContentFinding, ...]
    faults: tuple[Fault, ...]
    change_fen: int

    @property
    def blocking(self) -> tuple[Fault, ...]:
        """The faults that stop the order."""
        return tuple(fault for fault in self.faults if fault.blocking)


class PricingService:
    """Appraises drafts. Thread-safe once the reference data has been read; quick enough for every key stroke."""

    def __init__(self, reference: ReferenceService, station: Callable[[], StationIdentity], clock: Clock) -> None:
        self._reference = reference
        self._station = station
        self._clock = clock
        self._checked: tuple[tuple[str, ...], ForbiddenList, tuple[ContentFinding, ...]] | None = None

    def appraise(self, draft: OrderDraft) -> Appraisal:
        """Price, promise and faults of a draft; never raises UserError, since each fault has its field."""
        now = self._clock.now()
        tariff = self._reference.tariff()
        findings = self._contents(draft)
        faults: list[Fault] = list(order_faults(draft, findings))
        # The business day, as for the price list itself: past midnight yesterday's list still holds.
        day = self._reference.today()
        price = _ask(faults, lambda: quote(QuoteRequest.for_draft(draft, day), tariff))
        destination = draft.recipient.address.division
        _ask(faults, lambda: self._served(draft))
        promise = self._promise(draft, now) if price else None
        if price is not None and (fault := pay_fault(draft, price.total_fen)) is not None:
            faults.append(fault)
        return Appraisal(
            quote=price,
            promise=promise,
            route=self._reference.routing().route(destination) if destination else None,
            findings=findings,
            faults=_once(faults),
            change_fen=change_fen(draft, price.total_fen) if price else 0,
        )

    def _contents(self, draft: OrderDraft) -> tuple[ContentFinding, ...]:
        """The findings on the goods; the same names are not looked up again with every key stroke."""
        names, rules = tuple(line.name for line in draft.goods), self._reference.forbidden()
        checked = self._checked
        if checked is None or checked[0] != names or checked[1] is not rules:
            checked = self._checked = (names, rules, check_contents(names, rules))
        return checked[2]

    def _served(self, draft: OrderDraft) -> None:
        destination = draft.recipient.address.division
        if destination:
            service = self._reference.tariff().services.get(draft.service)
            name = service.name if service else draft.service
            self._reference.areas().require(destination, draft.service, name)

    def _promise(self, draft: OrderDraft, now: datetime) -> Promise:
        origin = draft.sender.address.division
        return promised_at(draft.service, origin, draft.recipient.address.division, now, self._reference.calendar())


def _ask(faults: list[Fault], rule: Callable[[], T]) -> T | None:
    try:
        return rule()
    except UserError as error:
        field = error.field or "service"
        faults.append(Fault(_FIELDS.get(field, field), error.message))
        return None


def _once(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """One fault a field, the first: a missing weight need not be said twice."""
    seen: dict[tuple[str, bool], Fault] = {}
    for fault in faults:
        seen.setdefault((fault.field, fault.blocking), fault)
    return tuple(seen.values())

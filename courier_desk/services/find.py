"""Finding: any scrap of an order, with filters, and a parcel's whole life (mission B12, E2)."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.accepted_order import Order
from courier_desk.domain.order import Payer
from courier_desk.domain.user import Action, Actor
from courier_desk.services.gate import Gate
from courier_desk.services.ports import Store
from courier_desk.services.rows import (
    BagRow,
    CustomerRow,
    DraftRow,
    LifeRow,
    ManifestRow,
    OrderRow,
    ParcelRow,
    PrintJobRow,
)

MOST_ROWS = 200
LONGEST_TEXT = 500
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters and halves of characters: no waybill holds them, and the database takes no half."""


@dataclass(frozen=True, slots=True)
class FindSpec:
    """What is looked for; empty parts do not count. ``sort`` is one of SORTS; dates are business dates. With ``rows``
    only orders whose place in the table is above the first and at most the second number are looked at."""

    text: str = ""
    since: date | None = None
    until: date | None = None
    status: str = ""
    service: str = ""
    destination: str = ""
    operator: str = ""
    void: bool | None = None
    sort: str = "newest"
    offset: int = 0
    limit: int = MOST_ROWS
    rows: tuple[int, int] | None = None

    @property
    def wide(self) -> bool:
        """True when no index leads to the answer: it has to be looked for stretch by stretch."""
        filters = (self.since, self.until, self.service, self.destination, self.operator)
        narrowed = any(filters) or self.void is not None
        by_status = bool(self.status) and self.sort not in ("newest", "oldest")
        return not self.text and (narrowed or by_status or self.sort.startswith(("amount", "weight")))


SORTS = ("newest", "oldest", "amount", "amount_up", "weight", "weight_up", "number", "number_down")


class Queries(Protocol):
    """Plain queries that give frozen rows; no entity, nothing locked."""

    def orders(self, spec: FindSpec) -> list[OrderRow]: ...
    def newest_row(self) -> int: ...
    def life(self, number: str) -> list[LifeRow]: ...
    def parcels(self, order_id: str) -> list[ParcelRow]: ...
    def customers(self, text: str, limit: int) -> list[CustomerRow]: ...
    def print_jobs(self, *, unfinished_only: bool, limit: int) -> list[PrintJobRow]: ...
    def bags(self, *, open_only: bool, limit: int) -> list[BagRow]: ...
    def manifests(self, since: date, limit: int) -> list[ManifestRow]: ...
    def drafts(self, owner_id: str) -> list[DraftRow]: ...
    def counts(self, business_day: date) -> "DayCounts": ...


@dataclass(frozen=True, slots=True)
class DayCounts:
    """What is countable at one look: today's orders, papers not out, operations not sent (counted up to
    10,000), numbers left."""

    orders: int
    unprinted: int
    unsent: int
    numbers_left: int


@dataclass(frozen=True, slots=True)
class OrderView:
    """One order with all that is known of it. ``origin`` names the station that took it, empty for this one."""

    order: Order
    parcels: tuple[ParcelRow, ...]
    life: tuple[LifeRow, ...]
    refunded_fen: int
    origin: str = ""

    @property
    def paid_fen(self) -> int:
        """What was paid here: nothing while the recipient or an account pays."""
        paid_here = self.order.draft.payer is Payer.SENDER and not self.origin
        return self.order.total_fen if paid_here else 0

    @property
    def refundable_fen(self) -> int:
        """What can still be given back."""
        return self.paid_fen - self.refunded_fen


class FindService:
    """Answers questions. Runs on the db lane."""

    def __init__(self, store: Store, queries: Queries, gate: Gate) -> None:
        self._store = store
        self._queries = queries
        self._gate = gate

    def orders(self, actor: Actor, spec: FindSpec) -> list[OrderRow]:
        """The orders that fit, names and telephones masked. Errors: UserError for a spec that cannot be."""
        self._gate.require(actor, Action.ORDER_FIND)
        if spec.since and spec.until and spec.since > spec.until:
            raise UserError(message("The first day is after the last."), field="since")
        if spec.sort not in SORTS:
            raise UserError(message("Lists cannot be sorted by that."))
        clean = replace(
            spec,
            text=_text(spec.text),
            status=_text(spec.status),
            service=_text(spec.service),
            destination=_text(spec.destination),
            operator=_text(spec.operator),
        )
        return self._queries.orders(clean)

    def newest_row(self, actor: Actor) -> int:
        """The last place in the table of orders, where a search stretch by stretch begins; 0 when there is none."""
        self._gate.require(actor, Action.ORDER_FIND)
        return self._queries.newest_row()

    def order(self, actor: Actor, order_id: str) -> OrderView:
        """One order with its life. Looking behind the mask is an act of its own: see ``look``."""
        self._gate.require(actor, Action.ORDER_FIND)
        with self._store.read() as work:
            order = work.orders.get(order_id)
            if order is None:
                raise UserError(message("There is no such order."))
            refunded = work.orders.refunded_fen(order_id)
        return OrderView(
            order, tuple(self._queries.parcels(order_id)), tuple(self._queries.life(order.number)), refunded
        )

    def by_number(self, actor: Actor, number: str) -> str | None:
        """The id of the order with this waybill number."""
        self._gate.require(actor, Action.ORDER_FIND)
        with self._store.read() as work:
            order = work.orders.by_number(number)
        return order.id if order else None

    def look(self, actor: Actor, order_id: str, reason: str) -> Order:
        """The order with names and telephones unmasked; the look is logged with its reason (mission G4)."""
        self._gate.require(actor, Action.PERSONAL_LOOK)
        if not reason.strip():
            raise UserError(message("Give a reason."), field="reason")
        with self._store.write(actor) as work:
            order = work.orders.get(order_id)
            if order is None:
                raise UserError(message("There is no such order."))
            work.audit("personal.looked", "order", order_id, None, {"reason": reason})
            work.commit()
            return order

    def record_export(self, actor: Actor, rows: int) -> None:
        """A list of found orders, masked, goes into a file: the log says so."""
        self._gate.require(actor, Action.LIST_EXPORT)
        with self._store.write(actor) as work:
            work.audit("list.exported", "order", "", None, {"rows": rows})
            work.commit()

    def customers(self, actor: Actor, text: str, limit: int = 8) -> list[CustomerRow]:
        """Customers by telephone or name, masked."""
        self._gate.require(actor, Action.ORDER_FIND)
        return self._queries.customers(_text(text), limit)

    def print_jobs(self, actor: Actor, *, unfinished_only: bool = False, limit: int = MOST_ROWS) -> list[PrintJobRow]:
        """The print queue, newest first."""
        self._gate.require(actor, Action.LABEL_PRINT)
        return self._queries.print_jobs(unfinished_only=unfinished_only, limit=limit)

    def bags(self, actor: Actor, *, open_only: bool = False, limit: int = MOST_ROWS) -> list[BagRow]:
        """Bags, newest first."""
        self._gate.require(actor, Action.BAG_WORK)
        return self._queries.bags(open_only=open_only, limit=limit)

    def manifests(self, actor: Actor, since: date, limit: int = MOST_ROWS) -> list[ManifestRow]:
        """Handover lists since a day, newest first."""
        self._gate.require(actor, Action.HANDOVER_WORK)
        return self._queries.manifests(since, limit)

    def drafts(self, actor: Actor) -> list[DraftRow]:
        """The person's own half-filled forms."""
        return self._queries.drafts(actor.operator_id)

    def counts(self, actor: Actor, business_day: date) -> DayCounts:
        """For the status bar and the first page."""
        self._gate.require(actor, Action.DAY_COUNT)
        return self._queries.counts(business_day)


def _text(typed: str) -> str:
    """What was typed, as it can be looked for. Errors: UserError for what is no scrap of anything."""
    if len(typed) > LONGEST_TEXT:
        text = message("At most {n} characters; this has {count}.", n=LONGEST_TEXT, count=len(typed))
        raise UserError(text, field="text")
    return _NOT_TEXT.sub(" ", typed)

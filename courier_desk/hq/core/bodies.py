"""What headquarters reads of the bodies of operations; whatever else stands there is kept in the log as it came.

The desk says them in its services (orders, scans, bags, handovers, cancelling). Names and numbers that go into columns
may not hold a NUL, which PostgreSQL does not take, and times lie within the life of this program.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, Field, model_validator

from courier_desk.domain import own_number
from courier_desk.protocol.messages import Message
from courier_desk.protocol.shared_order import SharedOrder, SharedParty, VoidedOrder

EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)

Moment = Annotated[AwareDatetime, Field(ge=EARLIEST, le=LATEST)]
Text = Annotated[str, Field(max_length=1000, pattern=r"^[^\x00]*$")]
Code = Annotated[str, Field(max_length=64, pattern=r"^[^\x00]*$")]
Number = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Z0-9:-]+$")]


class Sender(SharedParty):
    """Who sends: a customer. Its fields are those of ``customer.fields``."""

    phone: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00]+$")]
    name: Text
    company: Text = ""
    province: Text = ""
    city: Text = ""
    district: Text = ""
    street: Text = ""
    detail: Text = ""
    postcode: Text = ""
    division: Text = ""
    country: Text = ""


class OrderAccepted(SharedOrder):
    """``order.accepted``; whatever is not as other desks have to read it does not go out to them."""

    number: Number
    sender: Sender
    routing_code: Code = ""
    accepted_at: Moment

    @model_validator(mode="after")
    def _pieces_are_its_own(self) -> Self:
        for number, _ in self.parcels():
            piece = own_number.read(number, (self.number[:2],))
            if piece is None or not piece.sound or piece.mother != self.number:
                raise ValueError("pieces of another waybill")
        return self


class OrderVoided(VoidedOrder):
    """``order.voided``; as ``OrderAccepted``, whatever other desks could not read does not go out to them."""

    number: Number


class ScanRecorded(Message):
    """``scan.recorded``. ``waybill`` is empty for what is not ours; ``counts``: it belongs to the parcel's life."""

    waybill: Code
    number: Text
    operation: Code
    outcome: Code
    counts: bool
    scanned_at: Moment


class BagSealed(Message):
    """``bag.sealed``. ``contents``: the numbers of the pieces in it."""

    tag: Code
    contents: Annotated[list[Code], Field(default_factory=list, max_length=10_000)]


class HandoverClosed(Message):
    """``handover.closed``. An item: position, number, whether it is a bag, and more that is not read here."""

    number: Code
    items: Annotated[list[Annotated[list[Any], Field(min_length=3)]], Field(max_length=10_000)]

    def loaded(self) -> list[tuple[str, bool]]:
        """Number and whether it is a bag, of what left."""
        return [(item[1], bool(item[2])) for item in self.items if isinstance(item[1], str)]


Body = OrderAccepted | OrderVoided | ScanRecorded | BagSealed | HandoverClosed

# Every kind of operation that this headquarters knows; those without a class are kept, there is nothing to apply.
KINDS: Mapping[str, type[Body] | None] = {
    "acceptance.refused": None,
    "approval.given": None,
    "bag.opened": None,
    "bag.sealed": BagSealed,
    "bag.unsealed": None,
    "handover.closed": HandoverClosed,
    "handover.opened": None,
    "order.accepted": OrderAccepted,
    "order.voided": OrderVoided,
    "paper.reprinted": None,
    "payment.refunded": None,
    "scan.recorded": ScanRecorded,
}

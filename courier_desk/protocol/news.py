"""What the bodies of feed items say, by kind; version 1. Both sides read and write them by these classes.

``order.shared`` carries the exact text of the operation ``order.accepted``, ``order.voided`` that of ``order.voided``:
an ``Operation`` of the station that took the order. The others are said here. Kinds that are not known are kept aside.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from courier_desk.protocol.messages import Id, Message, Sha256, Short

# A field of a customer is a line on a label, not a letter.
_Value = Annotated[str, Field(max_length=1000)]
_Number = Annotated[str, Field(min_length=1, max_length=64)]


class NewsKind(StrEnum):
    """The kinds of feed items that version 1 knows."""

    ORDER_SHARED = "order.shared"
    ORDER_VOIDED = "order.voided"
    PARCEL_EVENT = "parcel.event"
    CUSTOMER_CHANGED = "customer.changed"
    REFERENCE_PUBLISHED = "reference.published"
    OPERATION_SETTLED = "operation.settled"


class ParcelEvent(Message):
    """``parcel.event``: what was done to one piece (``number``; of an order of one piece its ``waybill``) elsewhere.
    ``operation`` and ``outcome`` as at the desk; ``place`` is the name of the station, empty where it is not known."""

    waybill: _Number
    number: _Number
    operation: Short
    outcome: Short = "accepted"
    at: AwareDatetime
    station: Id
    desk: Annotated[str, Field(max_length=64)] = ""
    place: Short = ""
    remark: Short = ""


class FieldWord(Message):
    """The newest word on one field of a customer, and when it was spoken."""

    value: _Value
    at: AwareDatetime
    op_id: Annotated[str, Field(max_length=64)]


class CustomerChanged(Message):
    """``customer.changed``: fields of the customer with this telephone number, by the names they have in the sender of
    ``order.accepted``. By field the latest word counts."""

    phone: _Number
    fields: Annotated[dict[Short, FieldWord], Field(min_length=1, max_length=40)]


class ReferencePublished(Message):
    """``reference.published``: a version of reference data to be fetched."""

    kind: Short
    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    digest: Sha256


class OperationSettled(Message):
    """``operation.settled``: what became of an operation that was parked; ``how`` is retried, dropped or amended."""

    op_id: Annotated[str, Field(max_length=64)]
    how: Short
    text: Short = ""

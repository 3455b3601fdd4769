"""Why an operation is parked: stable codes, and words for the people on both sides."""

from enum import StrEnum


class Reason(StrEnum):
    """The codes of ``Verdict.reason``."""

    BAD_MESSAGE = "bad_message"
    WRONG_SENDER = "wrong_sender"
    REPEATED_ID = "repeated_id"
    UNKNOWN_KIND = "unknown_kind"
    BAD_BODY = "bad_body"
    NUMBER_NOT_LEASED = "number_not_leased"
    NUMBER_USED = "number_used"
    UNKNOWN_ORDER = "unknown_order"
    BEFORE_LOG = "before_log"


WORDS: dict[Reason, str] = {
    Reason.BAD_MESSAGE: "This operation cannot be read.",
    Reason.WRONG_SENDER: "This operation says that it comes from another desk, incarnation or place in the order.",
    Reason.REPEATED_ID: "Another operation has this id already.",
    Reason.UNKNOWN_KIND: "Headquarters does not know this kind of operation yet.",
    Reason.BAD_BODY: "Something in this operation is missing or wrong.",
    Reason.NUMBER_NOT_LEASED: "The waybill number is not of a range that was leased to this desk.",
    Reason.NUMBER_USED: "Another order has this waybill number already.",
    Reason.UNKNOWN_ORDER: "This station has no order with this waybill number.",
    Reason.BEFORE_LOG: "It was issued first on a day that is no longer on line; whether it came then cannot be seen.",
}

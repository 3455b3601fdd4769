"""The eight status codes (mission E1)."""

from enum import StrEnum


class Status(StrEnum):
    """The eight status codes of a parcel (mission E1)."""

    INFO = "INFO"
    PICK = "PICK"
    SORT = "SORT"
    TRAN = "TRAN"
    DELAY = "DELAY"
    LOST = "LOST"
    RETD = "RETD"
    DLVD = "DLVD"


ORDER_TAKES_FIRST = (
    Status.LOST,
    Status.DELAY,
    Status.INFO,
    Status.PICK,
    Status.SORT,
    Status.TRAN,
    Status.RETD,
    Status.DLVD,
)
"""An order of several pieces has the status of that piece which comes first here: trouble, then the one that is
furthest behind. It is signed for when all are."""

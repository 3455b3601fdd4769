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

"""How much time is left until a line must be loaded, and when that becomes an alarm (mission D5)."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

NEAR_MINUTES = 30


class Urgency(StrEnum):
    """How near the cut-off is."""

    CALM = "calm"
    NEAR = "near"
    LATE = "late"


def minutes_left(cut_off: time, business_day: date, now: datetime, zone: ZoneInfo) -> int:
    """Whole minutes from ``now`` (UTC) until ``cut_off`` (local) of the business day; negative when it is past. A
    minute that has begun to run out no longer counts."""
    until = datetime.combine(business_day, cut_off, zone) - now
    return until // timedelta(minutes=1)


def urgency(left: int) -> Urgency:
    """What ``left`` minutes mean."""
    if left < 0:
        return Urgency.LATE
    return Urgency.NEAR if left < NEAR_MINUTES else Urgency.CALM

"""Time: UTC with zone everywhere; the business date is the station's own, not the calendar's."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Where the present comes from; tests bring their own."""

    def now(self) -> datetime:
        """The present in UTC, with zone."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def business_date(now: datetime, zone: "ZoneInfo", day_starts: time) -> date:
    """The day the work at ``now`` belongs to: before ``day_starts`` (local) it is still yesterday's."""
    local = now.astimezone(zone)
    return local.date() if local.time() >= day_starts else local.date() - timedelta(days=1)


def to_text(moment: datetime) -> str:
    """ISO 8601 in UTC with microseconds, fixed width: sorts as text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_text(text: str) -> datetime:
    """The moment that ``to_text`` wrote."""
    return datetime.fromisoformat(text)

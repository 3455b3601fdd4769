"""When a parcel will be there: cut-off, closures, transit days. The day is found in the network's own time zone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from courier_desk.base.translation import Message, message
from courier_desk.domain.calendar import Calendar, Closure, ServiceTimes

_LONGEST_WAIT_DAYS = 60


class Promise(NamedTuple):
    """The promised time (UTC; None when none can be given), and why it is not earlier."""

    at: datetime | None
    reasons: tuple[Message, ...]


def promised_at(service: str, origin: str, destination: str, now: datetime, calendar: Calendar) -> Promise:
    """The time until which a parcel taken in ``now`` is promised. Origin and destination are division codes."""
    times = calendar.services.get(service)
    if times is None:
        return Promise(None, (message("The calendar has no service “{service}”.", service=service),))
    zone = times.zones.zone(origin, destination)
    if zone is None or zone not in times.transit:
        return Promise(None, (message("This service has no promised time for that way."),))
    return _Journey(service, origin, destination, times, calendar).promise(now, zone)


class _Journey:
    """One parcel's way through the calendar; collects the reasons for each day it waits."""

    def __init__(self, service: str, origin: str, destination: str, times: ServiceTimes, calendar: Calendar) -> None:
        self._service = service
        self._origin = origin
        self._destination = destination
        self._times = times
        self._calendar = calendar
        self._reasons: list[Message] = []

    def promise(self, now: datetime, zone: str) -> Promise:
        """The promise for a parcel taken in at ``now``."""
        transit = self._times.transit[zone]
        leaves = self._first_day(self._leaving_day(now), self._closed_for_leaving)
        arrives = leaves
        for _ in range(transit.days):
            if arrives is None:
                break
            arrives = self._first_day(arrives + timedelta(days=1), self._network_rests)
        delivered = None if arrives is None else self._first_day(arrives, self._closed_for_delivery)
        if delivered is None:
            return Promise(None, tuple(self._reasons))
        local = datetime.combine(delivered, transit.by, tzinfo=self._calendar.zone)
        return Promise(local.astimezone(UTC), tuple(self._reasons))

    def _leaving_day(self, now: datetime) -> date:
        local = now.astimezone(self._calendar.zone)
        cut_off = self._times.cut_offs.find(self._origin)
        if cut_off is None or local.time() <= cut_off:
            return local.date()
        self._reasons.append(message("After the cut-off at {time}: it leaves the next day.", time=f"{cut_off:%H:%M}"))
        return local.date() + timedelta(days=1)

    def _first_day(self, day: date, closed: Callable[[date], Closure | bool]) -> date | None:
        """The first day from ``day`` on that is not closed; None when there is none within the longest wait."""
        for wait in range(_LONGEST_WAIT_DAYS):
            candidate = day + timedelta(days=wait)
            why = closed(candidate)
            if not why:
                return candidate
            if isinstance(why, Closure):
                self._note(why)
        return None

    def _note(self, closure: Closure) -> None:
        if closure.last_day is None:
            reason = message("{reason}: closed until further notice.", reason=closure.reason)
        else:
            reason = message("{reason}: closed until {date}.", reason=closure.reason, date=closure.last_day)
        if reason not in self._reasons:
            self._reasons.append(reason)

    def _closed_for_leaving(self, day: date) -> Closure | bool:
        return self._calendar.closure(self._origin, self._service, day) or self._no_weekday(day)

    def _network_rests(self, day: date) -> Closure | bool:
        return self._calendar.closure("", self._service, day) or self._no_weekday(day)

    def _closed_for_delivery(self, day: date) -> Closure | bool:
        return self._calendar.closure(self._destination, self._service, day) or self._no_weekday(day)

    def _no_weekday(self, day: date) -> bool:
        return day.isoweekday() not in self._times.weekdays

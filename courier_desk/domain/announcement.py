"""Announcements (公告) of headquarters to its stations (mission A7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from courier_desk.base.translation import message
from courier_desk.domain.data_reader import Node
from courier_desk.domain.local_text import LocalText

_LONGEST = 4000


class Urgency(StrEnum):
    """How loudly an announcement is shown."""

    NOTICE = "notice"
    IMPORTANT = "important"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Announcement:
    """One announcement, shown from ``first_day`` to ``last_day`` (None: until it is taken back)."""

    key: str
    title: LocalText
    text: LocalText
    urgency: Urgency
    first_day: date
    last_day: date | None

    def shown_on(self, on: date) -> bool:
        """True on the days on which it is shown."""
        return self.first_day <= on and (self.last_day is None or on <= self.last_day)


def announcements_from(data: Mapping[str, object]) -> tuple[Announcement, ...]:
    """The announcements written in ``data``. Errors: UserError that names the place of what is wrong."""
    root = Node("announcements", data)
    root.only("kind", "version", "valid_from", "valid_until", "note", "announcements")
    found: dict[str, Announcement] = {}
    for entry in root.child("announcements").entries():
        announcement = _announcement(entry)
        if announcement.key in found:
            entry.fail(message("“{key}” is there twice.", key=announcement.key))
        found[announcement.key] = announcement
    return tuple(found.values())


def _announcement(entry: Node) -> Announcement:
    entry.only("key", "title", "text", "urgency", "first_day", "last_day")
    last_day = entry.maybe("last_day")
    announcement = Announcement(
        key=entry.child("key").text(64),
        title=entry.child("title").local_text(),
        text=entry.child("text").local_text(_LONGEST),
        urgency=entry.child("urgency").one_of(Urgency),
        first_day=entry.child("first_day").day(),
        last_day=None if last_day is None else last_day.day(),
    )
    if announcement.last_day is not None and announcement.last_day < announcement.first_day:
        entry.child("last_day").fail(message("This is before the first day."))
    return announcement

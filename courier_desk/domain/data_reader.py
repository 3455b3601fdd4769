"""Reads reference data that came from outside, and says exactly where it is wrong.

A ``Node`` is one value of a JSON document with the place it stands at (``services.standard.cards``). Every error is a
UserError that begins with that place. Numbers with decimals are written as text ("24.5"): a binary float is refused,
because money and weight must never have passed through one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import NoReturn, TypeVar

from courier_desk.base.errors import UserError
from courier_desk.base.translation import Message, message
from courier_desk.domain.local_text import LocalText

E = TypeVar("E", bound=StrEnum)

_LONGEST_TEXT = 500
_LARGEST_WHOLE = 10**12


@dataclass(frozen=True, slots=True)
class Node:
    """One value and its place in the document. Every reader raises UserError when the value does not fit."""

    place: str
    value: object

    def fail(self, problem: Message) -> NoReturn:
        """Refuse this value, naming its place."""
        raise UserError(message("{place}: {problem}", place=self.place, problem=problem))

    def child(self, key: str) -> "Node":
        """The value under ``key``, which must be there."""
        found = self.maybe(key)
        if found is None:
            self.fail(message("“{key}” is missing.", key=key))
        return found

    def maybe(self, key: str) -> "Node | None":
        """The value under ``key``; None where it is absent or null."""
        value = self._mapping().get(key)
        return None if value is None else Node(f"{self.place}.{key}", value)

    def only(self, *keys: str) -> None:
        """Refuse keys that are not known: a price rule that is not understood must never be passed over."""
        unknown = sorted(key for key in self._mapping() if key not in keys)
        if unknown:
            self.fail(message("“{key}” is not known here.", key=unknown[0]))

    def members(self) -> Iterator[tuple[str, "Node"]]:
        """Key and value of each member of an object."""
        for key, value in self._mapping().items():
            yield key, Node(f"{self.place}.{key}", value)

    def entries(self) -> Iterator["Node"]:
        """Each entry of a list, counted from 1 in its place."""
        if not isinstance(self.value, list | tuple):
            self.fail(message("A list is expected."))
        for position, value in enumerate(self.value, start=1):
            yield Node(f"{self.place}[{position}]", value)

    def text(self, longest: int = _LONGEST_TEXT) -> str:
        """A text that is not empty and has at most ``longest`` characters."""
        if not isinstance(self.value, str) or not self.value.strip() or len(self.value) > longest:
            self.fail(message("A text is expected."))
        return self.value

    def digits(self) -> str:
        """A division code or the beginning of one: ASCII digits; empty stands for the whole country."""
        if not isinstance(self.value, str) or len(self.value) > 12 or (self.value and not _ascii_digits(self.value)):
            self.fail(message("Digits of a division code are expected."))
        return self.value

    def whole(self, *, minimum: int = 0, maximum: int = _LARGEST_WHOLE) -> int:
        """A whole number within the bounds."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self.fail(message("A whole number is expected."))
        if not minimum <= self.value <= maximum:
            self.fail(message("The number must lie between {low} and {high}.", low=minimum, high=maximum))
        return self.value

    def decimal(self, *, maximum: int = _LARGEST_WHOLE) -> Decimal:
        """A number from 0 with decimals, written as text or as a whole number."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return Decimal(self.whole(maximum=maximum))
        if not isinstance(self.value, str) or not _plain_decimal(self.value):
            self.fail(message('A number written as text is expected, such as "24.5".'))
        number = Decimal(self.value)
        if number > maximum:
            self.fail(message("The number must lie between {low} and {high}.", low=0, high=maximum))
        return number

    def flag(self) -> bool:
        """true or false."""
        if not isinstance(self.value, bool):
            self.fail(message("true or false is expected."))
        return self.value

    def day(self) -> date:
        """A date, ``2026-01-31``."""
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            self.fail(message("A date such as 2026-01-31 is expected."))

    def clock(self) -> time:
        """A time of the day, ``18:30``."""
        try:
            found = time.fromisoformat(self.text())
        except ValueError:
            self.fail(message("A time of the day such as 18:30 is expected."))
        if found.tzinfo is not None:
            self.fail(message("A time of the day such as 18:30 is expected."))
        return found

    def local_text(self, longest: int = _LONGEST_TEXT) -> LocalText:
        """A name in both languages: ``{"zh": ..., "en": ...}``."""
        return LocalText(self.child("zh").text(longest), self.child("en").text(longest))

    def one_of(self, kind: type[E]) -> E:
        """A member of the enumeration."""
        try:
            return kind(self.text())
        except ValueError:
            self.fail(message("One of these is expected: {choices}.", choices=", ".join(kind)))

    def _mapping(self) -> Mapping[str, object]:
        if not isinstance(self.value, Mapping):
            self.fail(message("An object with named members is expected."))
        return self.value


def _ascii_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _plain_decimal(text: str) -> bool:
    """True for ``12`` and ``12.5``: no sign, exponent, blank or full-width digit."""
    whole, point, decimals = text.partition(".")
    return len(text) <= 18 and _ascii_digits(whole) and (not point or _ascii_digits(decimals))

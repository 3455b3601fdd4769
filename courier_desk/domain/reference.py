"""Reference data: immutable, dated versions that enter by one door, in the sample station as from headquarters.

A set is a JSON document that names its own kind, version and validity beside its contents. Its digest is taken over the
canonical bytes of the whole document, so that both sides can tell that they hold the same.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.data_reader import Node

HEAD_KEYS = ("kind", "version", "valid_from", "valid_until", "note")
_DEEPEST = 32
_LARGEST_BYTES = 16 * 1024 * 1024


class ReferenceKind(StrEnum):
    """What a set is about."""

    COMPANY = "company"
    PEOPLE = "people"
    TARIFF = "tariff"
    AREAS = "areas"
    ROUTING = "routing"
    LINES = "lines"
    CALENDAR = "calendar"
    FORBIDDEN = "forbidden"
    ANNOUNCEMENTS = "announcements"
    KNOWLEDGE = "knowledge"


# What a station cannot work without; the others may be missing.
NEEDED_KINDS = tuple(
    kind for kind in ReferenceKind if kind not in {ReferenceKind.ANNOUNCEMENTS, ReferenceKind.KNOWLEDGE}
)


@dataclass(frozen=True, slots=True)
class ReferenceSet:
    """One version of one kind. ``payload`` is the whole document; it holds for both days named and those between."""

    kind: ReferenceKind
    version: int
    valid_from: date
    valid_until: date | None
    payload: dict[str, Any]
    digest: str

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "ReferenceSet":
        """The set that a document describes. Its head is checked here, its contents by ``reference_contents.check``.
        Errors: UserError naming the place of what is wrong."""
        head = Node("document", document)
        until = head.maybe("valid_until")
        found = cls(
            kind=head.child("kind").one_of(ReferenceKind),
            version=head.child("version").whole(minimum=1),
            valid_from=head.child("valid_from").day(),
            valid_until=None if until is None else until.day(),
            payload=dict(document),
            digest=digest_of(document),
        )
        if found.valid_until is not None and found.valid_until < found.valid_from:
            head.child("valid_until").fail(message("This is before the first day."))
        return found

    @property
    def intact(self) -> bool:
        """False when the payload is not the one that the digest was taken over."""
        return digest_of(self.payload) == self.digest

    def holds_on(self, on: date) -> bool:
        """True when this version may be used on the day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


def in_force(sets: Iterable[ReferenceSet], kind: ReferenceKind, on: date) -> ReferenceSet | None:
    """The version that holds on the day: the newest of those that may be used then; None when there is none."""
    usable = [each for each in sets if each.kind is kind and each.holds_on(on)]
    return max(usable, key=lambda each: each.version, default=None)


def canonical_bytes(document: Mapping[str, Any]) -> bytes:
    """The one way to write a document: keys sorted, no blanks, UTF-8. Errors: UserError for what plain JSON cannot hold
    exactly (binary floats above all), too deep or too large."""
    _check_plain(Node("document", document), 0)
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    data = text.encode()
    if len(data) > _LARGEST_BYTES:
        raise UserError(message("The reference data is larger than {size} MB.", size=_LARGEST_BYTES // 1024 // 1024))
    return data


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical bytes, in hexadecimal. Errors: as ``canonical_bytes``."""
    return hashlib.sha256(canonical_bytes(document)).hexdigest()


def _check_plain(node: Node, depth: int) -> None:
    if depth > _DEEPEST:
        node.fail(message("This is nested too deeply."))
    value = node.value
    if isinstance(value, dict):
        for key, member in value.items():
            inner = Node(f"{node.place}.{key}", member)
            _check_text(inner, key)
            _check_plain(inner, depth + 1)
    elif isinstance(value, list):
        for position, member in enumerate(value, start=1):
            _check_plain(Node(f"{node.place}[{position}]", member), depth + 1)
    elif value is not None and not isinstance(value, int):
        _check_text(node, value)


def _check_text(node: Node, text: object) -> None:
    if not isinstance(text, str):
        node.fail(message("Only texts, whole numbers, true, false, lists and objects are allowed."))
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        node.fail(message("This text holds half a character."))

"""Keeping personal data out of logs, crash files and the diagnostics bundle."""

import re
import sys
import traceback
from collections.abc import Iterable, MutableMapping
from typing import Any

from courier_desk.base.errors import EnvironmentFault, UserError

HIDDEN = "***"
LONGEST_VALUE = 1000

# Keys that are personal whatever the tables call their columns; the column classes add theirs at the start.
_personal_keys = {
    "name", "sender_name", "recipient_name", "phone", "mobile", "address", "detail", "text_line", "identity",
    "identity_number", "note", "remark", "password", "secret", "key", "token", "code", "payload", "body",
    "before", "after",
}  # fmt: skip

_PATTERNS = (
    # Identity cards of 15 or 18 places, then mobile and fixed telephones, with the separators people use.
    re.compile(r"(?<!\d)\d{14}(?:\d{3}[\dXx]|\d)(?![\dXx])"),
    re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"),
    re.compile(r"(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)"),
    re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}"),
)
# Messages of these are about the program, never about what somebody typed.
_SAFE_ERRORS = (AttributeError, NameError, ImportError, TypeError, AssertionError, RecursionError)


def add_personal_keys(names: Iterable[str]) -> None:
    """Values under these keys are hidden from now on; the column classes of the database are the source."""
    _personal_keys.update(names)


def scrub_text(text: str) -> str:
    """``text``, cut to LONGEST_VALUE, with telephone and identity numbers and mail addresses hidden."""
    text = text[:LONGEST_VALUE]
    for pattern in _PATTERNS:
        text = pattern.sub(HIDDEN, text)
    return text


def scrub_value(key: str, value: Any) -> Any:
    """What may be logged of ``value``: personal keys hidden, texts scrubbed, containers gone through."""
    if key in _personal_keys:
        return HIDDEN
    if isinstance(value, bool | int | float | None):
        return value
    if isinstance(value, dict):
        return {str(name): scrub_value(str(name), item) for name, item in list(value.items())[:50]}
    if isinstance(value, list | tuple | set | frozenset):
        return [scrub_value("", item) for item in list(value)[:50]]
    if isinstance(value, BaseException):
        return describe(value)
    return scrub_text(value if isinstance(value, str) else str(value))


def scrub_event(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: every entry goes through ``scrub_value``; an exception keeps type and place only."""
    for key in list(event):
        event[key] = place(event[key]) if key == "exc_info" else scrub_value(key, event[key])
    return event


def describe(error: BaseException) -> str:
    """One line about ``error`` with nothing in it that a person may have typed."""
    kind = type(error).__name__
    if isinstance(error, UserError | EnvironmentFault):
        return f"{kind}: {error.message.text}"
    if isinstance(error, OSError):
        return f"{kind}: {error.errno} {error.strerror}"
    if isinstance(error, _SAFE_ERRORS):
        return f"{kind}: {scrub_text(str(error))}"
    return kind


def place(error: Any) -> list[str]:
    """Type and places of an exception and of what caused it, innermost last.

    ``error`` may be sys.exc_info()'s triple, or True for the exception being handled."""
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    lines: list[str] = []
    while isinstance(error, BaseException) and len(lines) < 40:
        frames = traceback.extract_tb(error.__traceback__)[-12:]
        lines += [describe(error), *(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines

"""How one option of ``station.toml`` is declared: default, help, and what it may hold."""

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field
from typing import Any

from courier_desk.base.translation import Message

OPTION = "option"


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its name in the file, help for people, the default, and what turns a TOML value into ours.

    ``read`` raises ValueError, TypeError or KeyError for what cannot be; ``write`` gives plain TOML values.
    """

    name: str
    help: Message
    default: Any
    read: Callable[[Any], Any]
    write: Callable[[Any], Any]


def option(
    default: Any, help_text: Message, read: Callable[[Any], Any], write: Callable[[Any], Any] = lambda value: value
) -> Any:
    """A dataclass field that carries its option; frozen defaults only."""
    metadata = {OPTION: (help_text, read, write)}
    return field(default=default, metadata=metadata)


def declared(fields: tuple[Field[Any], ...]) -> tuple[Option, ...]:
    """The options of a dataclass in the order they are declared."""
    return tuple(Option(f.name, f.metadata[OPTION][0], f.default, *f.metadata[OPTION][1:]) for f in fields)


def one_of(*allowed: object) -> Callable[[Any], Any]:
    """Reads one of the ``allowed`` values."""

    def read(value: Any) -> Any:
        if value not in allowed or isinstance(value, bool):
            raise ValueError(value)
        return value

    return read


def whole(lowest: int, highest: int) -> Callable[[Any], int]:
    """Reads a whole number from ``lowest`` to ``highest``."""

    def read(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
            raise ValueError(value)
        return value

    return read


def words(longest: int = 200) -> Callable[[Any], str]:
    """Reads a text of at most ``longest`` characters, without control characters."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or len(value) > longest or any(ord(c) < 32 for c in value):
            raise ValueError(value)
        return value

    return read


def flag(value: Any) -> bool:
    """Reads true or false."""
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def pairs(value: Any) -> tuple[tuple[str, str], ...]:
    """Reads a table of texts; kept as pairs so that the settings stay frozen."""
    read = words()
    if not isinstance(value, Mapping):
        raise TypeError(value)
    return tuple((read(key), read(item)) for key, item in value.items())

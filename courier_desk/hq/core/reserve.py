"""The number reserve: a small file outside PostgreSQL that knows how far numbers were ever taken.

A database can be set back to yesterday; numbers that were given out since must not be given out again. All processes of
headquarters use the same file (on one machine, or on storage that they share), each under the lock of ``number_space``.
It must never be restored to an older copy.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.files import write_atomically
from courier_desk.base.translation import message

EXTENSION = 10_000_000


@dataclass(frozen=True, slots=True)
class Upper:
    """All numbers below ``upper`` may be out; those below ``leased`` are; ``epoch`` is the newest that was begun."""

    upper: int
    leased: int
    epoch: int


class NumberReserve:
    """The file ``path``; written safely before anything that stands in it is used."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Upper | None:
        """What stands there, None where there is no file. Errors: EnvironmentFault when it cannot be read."""
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
            return Upper(int(found["upper"]), int(found["leased"]), int(found["epoch"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise EnvironmentFault(message("The number reserve cannot be read: no numbers are leased.")) from error

    def write(self, upper: Upper) -> None:
        """Keep it, safe against a power cut when this returns. Errors: EnvironmentFault."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self.path, json.dumps(asdict(upper)).encode())
        except OSError as error:
            raise EnvironmentFault(message("The number reserve cannot be written: no numbers are leased.")) from error

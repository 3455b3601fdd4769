"""Passwords and security answers: argon2id, 64 MiB and three rounds (reliability.md, "People and secrets")."""

import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MEMORY_KIB = 64 * 1024
ROUNDS = 3
LONGEST = 1024


class Argon2Hasher:
    """Hashes secrets and compares them; about 50 ms each, so never on the GUI or the database lane."""

    def __init__(self, memory_kib: int = MEMORY_KIB, rounds: int = ROUNDS) -> None:
        self._memory_kib = memory_kib
        self._rounds = rounds

    @cached_property
    def _argon2(self) -> "PasswordHasher":
        from argon2 import PasswordHasher  # noqa: PLC0415  not before somebody logs in

        return PasswordHasher(time_cost=self._rounds, memory_cost=self._memory_kib, parallelism=4)

    @cached_property
    def _of_nobody(self) -> str:
        return self._argon2.hash("nobody has this password")

    def hash(self, secret: str) -> str:
        """The hash to keep, with its salt and costs in it."""
        return self._argon2.hash(_plain(secret))

    def verify(self, secret_hash: str, secret: str) -> bool:
        """True when ``secret`` is the one that was hashed; an empty hash (nobody) takes as long and is False."""
        from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415  see _argon2

        try:
            self._argon2.verify(secret_hash or self._of_nobody, _plain(secret))
        except (VerificationError, InvalidHashError):
            return False
        return bool(secret_hash)

    def outdated(self, secret_hash: str) -> bool:
        """True when ``secret_hash`` was made with other costs than today's."""
        return self._argon2.check_needs_rehash(secret_hash)


def _plain(secret: str) -> bytes:
    """The same bytes however the input method composed or widened the characters."""
    return unicodedata.normalize("NFKC", secret[:LONGEST]).encode()

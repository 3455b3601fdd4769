"""Passwords of headquarters' people and first passwords for those of the stations: argon2id, as at the desk."""

import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MEMORY_KIB, ROUNDS = 64 * 1024, 3
_LONGEST = 1024
# 64 MiB each: never more than two at once, however many try to log in.
_AT_ONCE = 2
# Without letters and digits that are mistaken for one another when read from paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class Passwords:
    """Hashes and compares; about a tenth of a second each."""

    def __init__(self, memory_kib: int = MEMORY_KIB, rounds: int = ROUNDS) -> None:
        self._argon2 = PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=4)
        self._places = threading.BoundedSemaphore(_AT_ONCE)
        self._of_nobody = self._argon2.hash(secrets.token_urlsafe())

    def hash(self, secret: str) -> str:
        """The hash to keep, with its salt and costs in it."""
        with self._places:
            return self._argon2.hash(_plain(secret))

    def verify(self, secret_hash: str, secret: str) -> bool:
        """True when ``secret`` is the one that was hashed; an empty hash (nobody) takes as long and is False."""
        with self._places:
            try:
                self._argon2.verify(secret_hash or self._of_nobody, _plain(secret))
            except (VerificationError, InvalidHashError):
                return False
        return bool(secret_hash)


def first_password() -> str:
    """Twelve characters in three groups: about 59 bits, easily read out."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))


def _plain(secret: str) -> bytes:
    """The same bytes however the input method composed or widened the characters."""
    return unicodedata.normalize("NFKC", secret[:_LONGEST]).encode()

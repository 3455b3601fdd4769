"""Doing a transaction again that lost against another one; nothing of it was kept."""

from collections.abc import Callable
from typing import TypeVar

import psycopg
from sqlalchemy.exc import DBAPIError

from courier_desk.hq.core.refused import Refused
from courier_desk.protocol.messages import ProblemCode

T = TypeVar("T")

# A key that was taken, now or meanwhile; two that waited for each other.
_LOST = (psycopg.errors.UniqueViolation, psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)
_TRIES = 5


def until_kept(attempt: Callable[[bool], T]) -> T:
    """What ``attempt(careful)`` gives: first hoping that no key is taken, then looking for those that are. Errors:
    Refused (busy) when others are always quicker; whatever ``attempt`` raises else."""
    for count in range(_TRIES):
        try:
            return attempt(count > 0)
        except DBAPIError as error:
            if not isinstance(error.orig, _LOST):
                raise
    raise Refused(ProblemCode.BUSY, "Too many changes at once; ask again.")

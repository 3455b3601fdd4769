"""The chain over what a desk sends: both sides compute it from the exact bytes, neither from what it understood."""

import hashlib
from collections.abc import Iterable

START = bytes(32)


def digest_of(content: bytes) -> bytes:
    """SHA-256 of the exact bytes of one operation."""
    return hashlib.sha256(content).digest()


def link(previous: bytes, digest: bytes) -> bytes:
    """The chain after an operation: SHA-256 over the chain before it and its digest."""
    return hashlib.sha256(previous + digest).digest()


def chain_over(previous: bytes, digests: Iterable[bytes]) -> bytes:
    """The chain after several operations, in their order."""
    for digest in digests:
        previous = link(previous, digest)
    return previous


def fold(digests: Iterable[bytes]) -> bytes:
    """One digest for a set of operations in the order of their seq, for the daily proof; START for none."""
    return chain_over(START, digests)

"""Identity: UUIDv7 made at the desk, so that ids sort by time and never need a server."""

from uuid_utils.compat import uuid7


def new_id() -> str:
    """A fresh UUIDv7 in its canonical 36 characters."""
    return str(uuid7())

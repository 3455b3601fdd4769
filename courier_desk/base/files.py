"""Writing small files so that a power cut leaves the old one or the new one, never half of either."""

import os
import sys
from pathlib import Path

USER_ONLY = 0o600


def write_atomically(path: Path, content: bytes, mode: int = USER_ONLY) -> None:
    """Replace ``path`` by ``content``, on disk when this returns. Errors: OSError, and the old file stays."""
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in ``folder`` durable; Windows does that by itself and knows no such call."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

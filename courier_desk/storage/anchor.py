"""The anchor: what was committed last, kept outside the database and on disk before "saved" is shown.

A lost or damaged log of the database drops committed work silently and every check of the file passes; only the anchor
shows it. Two small files are written in turn, so that a torn write leaves the copy before it.
"""

import hashlib
import hmac
import json
import os
import sys
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from courier_desk.base.files import USER_ONLY, sync_folder

# One sector: most disks write it whole or not at all.
COPY_BYTES = 512
_MAC_BYTES = 16


@dataclass(frozen=True, slots=True)
class AnchorRecord:
    """The ends of both chains and the highest waybill serial, as of one commit."""

    database_id: str
    generation: int = 0
    incarnation: int = 1
    outbox_seq: int = 0
    outbox_hash: str = ""
    audit_seq: int = 0
    audit_hash: str = ""
    highest_number: int = 0


_FIELDS = tuple(each.name for each in fields(AnchorRecord))


@dataclass(frozen=True, slots=True)
class AnchorReading:
    """What was found: the newest whole record, and whether a copy was torn or damaged."""

    record: AnchorRecord | None
    torn: bool


class Anchor:
    """The two files of one database. Written by the database lane only."""

    def __init__(self, path: Path, database_key: bytes) -> None:
        # A key of its own, so that the file cannot be made to fit without the key of the database.
        self._key = hashlib.blake2b(database_key, person=b"desk anchor").digest()
        self._paths = tuple(path.with_name(f"{path.stem}-{copy}{path.suffix}") for copy in (1, 2))
        self._descriptors: list[int] = []
        self._generation = 0

    def read(self) -> AnchorReading:
        """The newest whole record. Errors: OSError when a file is there and cannot be read."""
        contents = [path.read_bytes() if path.exists() else None for path in self._paths]
        found = [self._parse(content) for content in contents if content is not None]
        whole = [record for record in found if record is not None]
        record = max(whole, key=lambda each: each.generation, default=None)
        return AnchorReading(record, torn=len(whole) < len(found) or len(found) == 1)

    def open(self, record: AnchorRecord) -> None:
        """Take both files into use, starting from ``record``. Errors: OSError."""
        self.close()
        known = self.read().record
        self._generation = max(record.generation, known.generation if known else 0)
        self._paths[0].parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        for path in self._paths:
            self._descriptors.append(os.open(path, flags, USER_ONLY))
        # The older copy first: at every moment one of the two is whole.
        for _copy in self._paths:
            self.write(record)
        for descriptor in self._descriptors:
            os.fsync(descriptor)
        sync_folder(self._paths[0].parent)

    def write(self, record: AnchorRecord) -> None:
        """Put ``record`` on disk in place of the older copy. Errors: OSError, and the newer copy stays."""
        generation = self._generation + 1
        content = self._render(replace(record, generation=generation))
        descriptor = self._descriptors[generation % 2]
        _write_at_start(descriptor, content)
        _sync(descriptor)
        self._generation = generation

    def keep(self, name: str) -> None:
        """Put copies of both files aside as evidence before they are written again. Errors: OSError."""
        for path in self._paths:
            if path.exists():
                path.with_name(f"{name}-{path.name}").write_bytes(path.read_bytes())

    def close(self) -> None:
        """Give the files back."""
        for descriptor in self._descriptors:
            os.close(descriptor)
        self._descriptors = []

    def _render(self, record: AnchorRecord) -> bytes:
        body = json.dumps({name: getattr(record, name) for name in _FIELDS}, separators=(",", ":")).encode()
        content = self._mac(body).hex().encode() + b" " + body
        if len(content) >= COPY_BYTES:
            raise ValueError("an anchor record is longer than its sector")
        return content.ljust(COPY_BYTES - 1) + b"\n"

    def _parse(self, content: bytes) -> AnchorRecord | None:
        if len(content) != COPY_BYTES or not content.endswith(b"\n"):
            return None
        mac, _blank, body = content.rstrip().partition(b" ")
        if not hmac.compare_digest(mac, self._mac(body).hex().encode()):
            return None
        values: dict[str, Any] = json.loads(body)
        return AnchorRecord(**{name: values[name] for name in _FIELDS if name in values})

    def _mac(self, body: bytes) -> bytes:
        return hashlib.blake2b(body, key=self._key, digest_size=_MAC_BYTES).digest()


def _write_at_start(descriptor: int, content: bytes) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, 0, os.SEEK_SET)
        written = os.write(descriptor, content)
    else:
        written = os.pwrite(descriptor, content, 0)
    if written != len(content):
        raise OSError(28, "short write")


def _sync(descriptor: int) -> None:
    if sys.platform in {"win32", "darwin"}:
        os.fsync(descriptor)
    else:
        os.fdatasync(descriptor)

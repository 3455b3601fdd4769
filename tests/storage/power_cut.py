"""Power cuts: the writes and syncs of the real program, recorded by strace, replayed with dropped and torn sectors.

A kill proves nothing about durability, since the kernel still has every write. Here what was not synced before the cut
reaches the disk in any subset of its sectors, in any order, or not at all; what was synced stays.
"""

import os
import random
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.storage.children import LEDGER

SECTOR = 512
_CALLS = "openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,rename"
_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")
_ESCAPED = re.compile(r"(?:\\x[0-9a-f]{2})+")
_DESCRIPTOR = re.compile(r"^\d+<([^>]*)>(?:, )?(.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Event:
    """One call that changed a file below the folder: create, write, truncate, sync or unlink."""

    kind: str
    path: str
    offset: int = 0
    data: bytes = b""


def record(root: Path, what: str, first: int, count: int, trace: Path) -> list[Event]:
    """Run the writer of ``children`` under strace and return what it did to the files below ``root``."""
    command = ["strace", "-f", "-y", "-xx", "-s", "100000", "-o", str(trace), "-e", f"trace={_CALLS}"]
    command += [sys.executable, "-m", "tests.storage.children", what, str(root), str(first), str(count)]
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    found: list[Event] = []
    for line in trace.read_text(encoding="ascii").splitlines():
        match = _LINE.match(line)
        if match and int(match[3]) >= 0:
            event = _event(match[1], match[2], int(match[3]))
            if event is not None and event.path.startswith(f"{root}/") and not event.path.endswith("-shm"):
                found.append(event)
    return found


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.strip('"').replace("\\x", ""))


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda match: _bytes(match[0]).decode("utf-8"), text)


def _event(call: str, arguments: str, result: int) -> Event | None:
    if call in {"openat", "unlink", "rename"}:
        parts = [_plain(part).strip('"') for part in arguments.split(", ")]
        if call == "unlink":
            return Event("unlink", parts[0])
        return Event("create", parts[1]) if call == "openat" and "O_CREAT" in parts[2] else None
    match = _DESCRIPTOR.match(arguments)
    if match is None:
        return None
    path, rest = _plain(match[1]), match[2]
    if call in {"fsync", "fdatasync"}:
        return Event("sync", path)
    if call == "ftruncate":
        return Event("truncate", path, int(rest))
    data, _comma, numbers = rest.partition(", ")
    # A plain write only ever appends to the ledger.
    offset = int(numbers.split(", ")[1]) if call == "pwrite64" else -1
    return Event("write", path, offset, _bytes(data)[:result])


@dataclass
class Disk:
    """What is surely on the disk, and what is still on its way."""

    durable: dict[str, bytes] = field(default_factory=dict)
    waiting: dict[str, list[Event]] = field(default_factory=dict)

    def apply(self, event: Event) -> None:
        """Take one call into account."""
        if event.kind == "unlink":
            self.durable.pop(event.path, None)
            self.waiting.pop(event.path, None)
        elif event.kind == "sync":
            if event.path in self.durable or event.path in self.waiting:
                content = self.durable.get(event.path, b"")
                self.durable[event.path] = _all(content, self.waiting.pop(event.path, []))
        elif event.kind == "create":
            if event.path not in self.durable:
                self.waiting.setdefault(event.path, [])
        else:
            self.waiting.setdefault(event.path, []).append(event)

    def cut(self, chance: random.Random) -> dict[str, bytes]:
        """The files as the power comes back."""
        image = dict(self.durable)
        for path, events in self.waiting.items():
            how = chance.choice(["nothing", "all", "sectors", "sectors", "sectors"])
            if path not in image and how == "nothing":
                continue
            content = image.get(path, b"")
            image[path] = content if how == "nothing" else _all(content, events)
            if how == "sectors":
                image[path] = _some(content, events, chance)
        return image


def _all(content: bytes, events: list[Event]) -> bytes:
    grown = bytearray(content)
    for event in events:
        _put(grown, event)
    return bytes(grown)


def _some(content: bytes, events: list[Event], chance: random.Random) -> bytes:
    """Each sector of each write arrives or does not."""
    grown = bytearray(content)
    for event in events:
        if event.kind == "truncate":
            if chance.random() < 0.5:
                _put(grown, event)
            continue
        start = event.offset
        while start < event.offset + len(event.data):
            end = min((start // SECTOR + 1) * SECTOR, event.offset + len(event.data))
            if chance.random() < 0.5:
                data = event.data[start - event.offset : end - event.offset]
                _put(grown, Event("write", event.path, start, data))
            start = end
    return bytes(grown)


def _put(content: bytearray, event: Event) -> None:
    if event.kind == "truncate":
        del content[event.offset :]
        content.extend(bytes(event.offset - len(content)))
        return
    offset = len(content) if event.offset < 0 else event.offset
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(event.data)] = event.data


@dataclass(frozen=True, slots=True)
class Image:
    """The files after a cut at one moment, and what had been called saved by then."""

    files: dict[str, bytes]
    acknowledged: frozenset[int]


def images(root: Path, before: dict[str, bytes], events: list[Event], count: int, seed: int) -> list[Image]:
    """``count`` images at moments spread over the run. The ledger is the witness's, not the disk's."""
    chance = random.Random(seed)
    moments = sorted(chance.randrange(len(events) + 1) for _ in range(count))
    disk, acknowledged, made, done = Disk(dict(before)), set[int](), [], 0
    for moment in moments:
        for event in events[done:moment]:
            if event.path == f"{root}/{LEDGER}":
                acknowledged |= {int(event.data)} if event.kind == "write" else set()
            else:
                disk.apply(event)
        done = moment
        made.append(Image(disk.cut(chance), frozenset(acknowledged)))
    return made


def files_of(root: Path) -> dict[str, bytes]:
    """Every file below ``root`` as it is."""
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def lay_out(image: Image, root: Path, target: Path) -> None:
    """Write the files of ``image`` below ``target`` instead of ``root``."""
    for name, content in image.files.items():
        path = target / Path(name).relative_to(root)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

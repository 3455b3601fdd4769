"""Compressed bodies made to hurt whoever inflates them: a few kilobytes that stand for gigabytes."""

import random
import struct

import zstandard

_MAGIC = b"\x28\xb5\x2f\xfd"
_BLOCK = 128 * 1024
_SEED = 20
BOMBS = (
    "nested zeros",
    "runs",
    "lying small",
    "lying huge",
    "window of two bodies",
    "wide window",
    "many frames",
    "late window",
    "widest window",
)


def bomb(name: str, seed: int = _SEED) -> bytes:
    """The bomb of that name; the seed moves sizes a little."""
    blocks = 16_000 + random.Random(seed).randrange(1000)
    made: dict[str, bytes] = {
        # 64 MiB of zeros, as any compressor writes them, with the true size in front.
        "nested zeros": zstandard.compress(bytes(64 * 1024 * 1024)),
        # Runs of 128 KiB in four bytes each, 2 GiB in all, no size in front.
        "runs": _frame(b"\x00\x60", _runs(blocks)),
        # The same behind a stated size of 100 bytes.
        "lying small": _frame(b"\x20\x64", _runs(blocks)),
        # 8 EiB in front of a few bytes.
        "lying huge": _frame(b"\xe0" + struct.pack("<Q", 2**63 - 1), _runs(1)),
        # A window of 8 MiB for one run.
        "window of two bodies": _frame(b"\x00\x68", _runs(1)),
        # A window of 512 MiB for one run.
        "wide window": _frame(b"\x00\x98", _runs(1)),
        "widest window": _frame(b"\x00\xa8", _runs(1)),
        # 100 runs each: none too large for itself.
        "many frames": _frame(b"\x00\x60", _runs(20)) * (blocks // 20),
        # A small frame first, so that whoever looks at the first only is at ease.
        "late window": zstandard.compress(b"{}") + _frame(b"\x00\xa8", _runs(1)),
    }
    return made[name]


def _frame(head: bytes, blocks: bytes) -> bytes:
    return _MAGIC + head + blocks


def _runs(count: int) -> bytes:
    """``count`` blocks, each one byte repeated 128 KiB times; the last says that it is."""
    block = (_BLOCK << 3) | (1 << 1)
    return (struct.pack("<I", block)[:3] + b" ") * (count - 1) + struct.pack("<I", block | 1)[:3] + b" "

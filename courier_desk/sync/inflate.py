"""Bodies, large ones compressed with zstd: what comes is counted while it is inflated, whatever its frame states."""

from collections.abc import Iterable, Iterator
from typing import IO, cast

import zstandard

from courier_desk.base.translation import message
from courier_desk.sync.ports import LineFault

# Smaller bodies travel as they are.
SHORTEST_COMPRESSED = 1024
# A frame may ask its reader for a window of 2 GiB; eight times the largest batch is more than headquarters ever uses.
LARGEST_WINDOW = 8 * 1024 * 1024
_PIECE = 64 * 1024


def deflated(body: bytes) -> tuple[bytes, str]:
    """What to send for ``body``, and the name of its encoding, empty for none."""
    if len(body) < SHORTEST_COMPRESSED:
        return body, ""
    return zstandard.ZstdCompressor(level=3).compress(body), "zstd"


def inflated(pieces: Iterable[bytes], encoding: str, most: int) -> bytes:
    """The whole body, of at most ``most`` bytes. Errors: LineFault when it is longer or is not what it says it is."""
    if encoding in {"", "identity"}:
        return _counted(iter(pieces), most)
    if encoding != "zstd":
        raise _not_understood()
    decompressor = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW)
    try:
        # Only reading piece by piece is bounded: the frame's own word on its size is nothing to go by.
        source = cast("IO[bytes]", _Source(iter(pieces)))
        reader = decompressor.stream_reader(source, read_across_frames=False)
        return _counted(iter(lambda: reader.read(_PIECE), b""), most)
    except zstandard.ZstdError as error:
        raise _not_understood() from error


def _counted(pieces: Iterator[bytes], most: int) -> bytes:
    whole = bytearray()
    for piece in pieces:
        if len(whole) + len(piece) > most:
            raise LineFault("too long", message("Headquarters' answer is longer than any answer may be."))
        whole += piece
    return bytes(whole)


def _not_understood() -> LineFault:
    return LineFault("not zstd", message("Headquarters' answer cannot be read."))


class _Source:
    """An iterator of pieces as a file that can be read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes; none at the end."""
        if not self._rest:
            self._rest = next(self._pieces, b"")
        taken = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(taken) :]
        return taken

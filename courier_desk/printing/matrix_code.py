"""The QR code of a label: the number and nothing else, in whole dots."""

import re
from dataclasses import dataclass
from functools import lru_cache

import zxingcpp

QUIET_MODULES = 4
_DARK = re.compile(rb"\x00+")


@dataclass(frozen=True, slots=True)
class Matrix:
    """A 2-D code: ``modules`` in a row, and its dark stretches as (column, row, columns)."""

    modules: int
    stretches: tuple[tuple[int, int, int], ...]


@lru_cache(maxsize=4096)
def qr(text: str) -> Matrix:
    """``text`` as QR code with error correction M, without quiet zone."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    picture = code.to_image(scale=1, add_quiet_zones=False)
    height, width = picture.shape
    data = bytes(memoryview(picture))  # type: ignore[arg-type]  # a buffer, which its stub does not say
    stretches = [
        (found.start(), row, found.end() - found.start())
        for row in range(height)
        for found in _DARK.finditer(data[row * width : (row + 1) * width])
    ]
    return Matrix(width, tuple(stretches))

"""Looking at paper before (or instead of) printing it: pages as pictures, and what a scanner would read on them."""

import io
from dataclasses import dataclass

import pypdfium2  # type: ignore[import-untyped]  # no types are shipped
import zxingcpp
from PIL import Image

PREVIEW_DPI = 150
# The codes that our paper bears; looking for these alone is five times as fast.
_KINDS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode])


@dataclass(frozen=True, slots=True)
class ReadCode:
    """A code that was read on a picture: its kind (``Code128``, ``QRCode``) and what it holds."""

    kind: str
    text: str


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def page_picture(pdf: bytes, page: int = 0, dpi: float = PREVIEW_DPI) -> Image.Image:
    """A page (from 0) as a grey picture. Errors: IndexError for a page that is not there."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        if not 0 <= page < len(document):
            raise IndexError(page)
        picture: Image.Image = document[page].render(scale=dpi / 72, grayscale=True).to_pil()
        return picture.convert("L")
    finally:
        document.close()


def preview_png(pdf: bytes, page: int = 0, dpi: float = PREVIEW_DPI) -> bytes:
    """A page (from 0) as PNG, for the screen. Errors: IndexError for a page that is not there."""
    buffer = io.BytesIO()
    page_picture(pdf, page, dpi).save(buffer, "PNG")
    return buffer.getvalue()


def picture_png(picture: Image.Image) -> bytes:
    """A label picture as PNG: on a label printer the preview is the print."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def read_back(picture: Image.Image) -> list[ReadCode]:
    """Every code that can be read on a picture, for the quality check of a label."""
    # Not on a picture made smaller as well: bars of 5 dots made to 2.5 were once read as another number whose check
    # character is right (one of 6,000 labels).
    found = zxingcpp.read_barcodes(picture.convert("L"), formats=_KINDS, try_downscale=False)
    return [ReadCode(code.format.name, code.text) for code in found if code.valid]

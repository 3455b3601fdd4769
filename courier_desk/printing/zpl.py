"""A picture in the language of Zebra label printers: one graphic and nothing else, so that no text can be a command."""

import base64
import binascii
import zlib

from PIL import Image

from courier_desk.printing.raster import ink_rows

# Fast compression: a label is mostly white, a higher level saves nothing that the cable would notice.
_LEVEL = 3
HOST_STATUS = b"~HS"


def zpl(picture: Image.Image, density: int | None = None) -> bytes:
    """The picture (1 bit, dots of the printer) as one ZPL II label, compressed as Z64. ``density`` is the darkness from
    0 to 30; None leaves the printer's own."""
    rows, row_bytes = ink_rows(picture)
    encoded = base64.b64encode(zlib.compress(rows, _LEVEL))
    check = binascii.crc_hqx(encoded, 0)
    data = b":Z64:%b:%04X" % (encoded, check)
    head = b"" if density is None else b"~SD%02d" % max(0, min(30, density))
    size = b"^PW%d^LL%d^LH0,0^LS0" % (row_bytes * 8, picture.height)
    graphic = b"^FO0,0^GFA,%d,%d,%d,%b^FS" % (len(data), len(rows), row_bytes, data)
    return head + b"^XA" + size + graphic + b"^PQ1^XZ\r\n"

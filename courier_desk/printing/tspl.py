"""A picture in the language of TSC label printers: one bitmap and nothing else, so that no text can be a command."""

from PIL import Image

from courier_desk.domain.paper import LabelSize
from courier_desk.printing.dots import paper_mm
from courier_desk.printing.raster import ink_rows

STATUS = b"\x1b!?"
_GAP_MM = 2
_INVERTED = bytes(255 - value for value in range(256))


def tspl(picture: Image.Image, size: LabelSize, density: int | None = None) -> bytes:
    """The picture (1 bit, dots of the printer) as one TSPL label on labels of ``size``. ``density`` is the darkness
    from 0 to 15; None leaves the printer's own. In a BITMAP a zero bit is a black dot."""
    rows, row_bytes = ink_rows(picture)
    width, height = paper_mm(size)
    lines = [b"SIZE %d mm,%d mm" % (width, height), b"GAP %d mm,0 mm" % _GAP_MM]
    if density is not None:
        lines.append(b"DENSITY %d" % max(0, min(15, density)))
    lines.append(b"CLS")
    bitmap = b"BITMAP 0,0,%d,%d,0," % (row_bytes, picture.height)
    return b"\r\n".join(lines) + b"\r\n" + bitmap + rows.translate(_INVERTED) + b"\r\nPRINT 1,1\r\n"

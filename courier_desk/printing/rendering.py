"""A paper as the bytes that one printer takes. Needs the drawing libraries, so it is loaded in the work lane only."""

from PIL import Image

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.paper import BagTag, HandoverPaper, WaybillLabel
from courier_desk.printing.handover import handover_pdf
from courier_desk.printing.labels import bag_tag_pdf, bag_tag_picture, label_pdf, label_picture
from courier_desk.printing.printers import PrinterLanguage, PrinterSpec
from courier_desk.printing.raster import moved
from courier_desk.printing.tspl import tspl
from courier_desk.printing.zpl import zpl
from courier_desk.services.printing_ports import Paper


def render_paper(paper: Paper, spec: PrinterSpec) -> bytes:
    """One paper as bytes. Errors: UserError for a paper that this printer cannot print."""
    if spec.language is not PrinterLanguage.PDF:
        return _label_bytes(paper, spec)
    if isinstance(paper, HandoverPaper):
        return handover_pdf(paper, spec.paper_language)
    if isinstance(paper, BagTag):
        return bag_tag_pdf([paper], spec.size, spec.dpi, spec.paper_language)
    return label_pdf([paper], spec.size, spec.dpi, spec.paper_language)


def paper_picture(paper: Paper, spec: PrinterSpec) -> Image.Image:
    """One paper as the dots of this label printer. Errors: UserError for a paper that no label printer can print."""
    if isinstance(paper, WaybillLabel):
        picture = label_picture(paper, spec.size, spec.dpi, spec.paper_language)
    elif isinstance(paper, BagTag):
        picture = bag_tag_picture(paper, spec.size, spec.dpi, spec.paper_language)
    else:
        raise UserError(message("A label printer cannot print a list: choose another printer for this paper."))
    return moved(picture, spec.right_dots, spec.down_dots)


def _label_bytes(paper: Paper, spec: PrinterSpec) -> bytes:
    picture = paper_picture(paper, spec)
    if spec.language is PrinterLanguage.ZPL:
        return zpl(picture, spec.density)
    return tspl(picture, spec.size, spec.density)

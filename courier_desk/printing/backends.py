"""The way to a printer for each kind of printer, and what to send it for each kind of paper."""

import sys
from collections.abc import Callable

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.paper import BagTag, HandoverPaper, WaybillLabel
from courier_desk.printing.folder_printer import FolderPrinter
from courier_desk.printing.handover import handover_pdf
from courier_desk.printing.labels import bag_tag_pdf, bag_tag_picture, label_pdf, label_picture
from courier_desk.printing.printers import PrinterBackend, PrinterKind, PrinterLanguage, PrinterSpec
from courier_desk.printing.queue_printer import CupsQueue, WindowsQueue
from courier_desk.printing.raster import moved
from courier_desk.printing.tcp_printer import TcpPrinter
from courier_desk.printing.tspl import tspl
from courier_desk.printing.zpl import zpl
from courier_desk.services.printing_ports import Paper

_Queue = type[CupsQueue] | type[WindowsQueue]


def backend_for(spec: PrinterSpec) -> PrinterBackend:
    """The way to this printer; nothing is opened yet."""
    queue: _Queue = WindowsQueue if sys.platform == "win32" else CupsQueue
    ways: dict[PrinterKind, Callable[[], PrinterBackend]] = {
        PrinterKind.FOLDER: lambda: FolderPrinter(spec),
        PrinterKind.TCP: lambda: TcpPrinter(spec),
        PrinterKind.RAW: lambda: queue(spec, raw=True),
        PrinterKind.SYSTEM: lambda: queue(spec, raw=False),
    }
    return ways[spec.kind]()


def render(paper: Paper, spec: PrinterSpec) -> bytes:
    """One paper as the bytes that this printer takes. A plain function of plain data, for the work lane.
    Errors: UserError for a paper that this printer cannot print."""
    if spec.language is not PrinterLanguage.PDF:
        return _label_bytes(paper, spec)
    if isinstance(paper, HandoverPaper):
        return handover_pdf(paper, spec.paper_language)
    if isinstance(paper, BagTag):
        return bag_tag_pdf([paper], spec.size, spec.dpi, spec.paper_language)
    return label_pdf([paper], spec.size, spec.dpi, spec.paper_language)


def _label_bytes(paper: Paper, spec: PrinterSpec) -> bytes:
    if isinstance(paper, WaybillLabel):
        picture = label_picture(paper, spec.size, spec.dpi, spec.paper_language)
    elif isinstance(paper, BagTag):
        picture = bag_tag_picture(paper, spec.size, spec.dpi, spec.paper_language)
    else:
        raise UserError(message("A label printer cannot print a list: choose another printer for this paper."))
    picture = moved(picture, spec.right_dots, spec.down_dots)
    if spec.language is PrinterLanguage.ZPL:
        return zpl(picture, spec.density)
    return tspl(picture, spec.size, spec.density)

"""The way to a printer for each kind of printer, and the door to the drawing of what it is sent."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from courier_desk.printing.folder_printer import FolderPrinter
from courier_desk.printing.printers import PrinterBackend, PrinterKind, PrinterSpec
from courier_desk.printing.queue_printer import CupsQueue, WindowsQueue
from courier_desk.printing.tcp_printer import TcpPrinter
from courier_desk.services.printing_ports import Paper

if TYPE_CHECKING:
    from PIL import Image

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
    # The process with the window never draws: it need not carry the drawing libraries (45 MB).
    from courier_desk.printing.rendering import render_paper  # noqa: PLC0415

    return render_paper(paper, spec)


def paper_picture(paper: Paper, spec: PrinterSpec) -> "Image.Image":
    """One paper as the dots of this label printer. Errors: UserError for a paper that no label printer can print."""
    from courier_desk.printing import rendering  # noqa: PLC0415  as above

    return rendering.paper_picture(paper, spec)

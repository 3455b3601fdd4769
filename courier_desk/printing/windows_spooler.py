"""The Windows spooler through pywin32. Written from its documentation; not tried on Windows yet."""

import sys

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.translation import message
from courier_desk.printing.printers import Condition, PrinterStatus, SendInterrupted

if sys.platform == "win32":
    import pypdfium2
    import win32gui  # noqa: F401  loads the drawing functions that ImageWin needs
    import win32print
    import win32ui
    from PIL import ImageWin

    # LOGPIXELSX of the Windows drawing interface.
    _DOTS_PER_INCH_ACROSS = 88
    _STATUS = (
        (0x00000010, Condition.PAPER_OUT),
        (0x00000008, Condition.JAM),
        (0x00400000, Condition.HEAD_OPEN),
        (0x00000001, Condition.PAUSED),
        (0x00000080, Condition.GONE),
    )

    def _fault(queue: str, error: Exception) -> EnvironmentFault:
        return EnvironmentFault(
            message("The print queue {queue} refused the paper: {reason}", queue=queue, reason=str(error))
        )

    def send_raw(queue: str, data: bytes, title: str) -> None:
        """Bytes to the printer as they are. Errors: EnvironmentFault, SendInterrupted."""
        try:
            handle = win32print.OpenPrinter(queue)
        except win32print.error as error:
            raise _fault(queue, error) from error
        try:
            win32print.StartDocPrinter(handle, 1, (title, None, "RAW"))
            try:
                win32print.StartPagePrinter(handle)
                written = win32print.WritePrinter(handle, data)
                win32print.EndPagePrinter(handle)
            finally:
                win32print.EndDocPrinter(handle)
        except win32print.error as error:
            raise _cut_off() from error
        finally:
            win32print.ClosePrinter(handle)
        if written != len(data):
            raise _cut_off()

    def send_pages(queue: str, pdf: bytes, title: str) -> None:
        """Each page of a PDF as a picture in the printer's own dots. Errors: EnvironmentFault, SendInterrupted."""
        context = win32ui.CreateDC()
        try:
            context.CreatePrinterDC(queue)
        except win32ui.error as error:
            raise _fault(queue, error) from error
        document = pypdfium2.PdfDocument(pdf)
        try:
            scale = context.GetDeviceCaps(_DOTS_PER_INCH_ACROSS) / 72
            context.StartDoc(title)
            for page in document:
                context.StartPage()
                picture = page.render(scale=scale).to_pil().convert("RGB")
                ImageWin.Dib(picture).draw(context.GetHandleOutput(), (0, 0, picture.width, picture.height))
                context.EndPage()
            context.EndDoc()
        except win32ui.error as error:
            raise _cut_off() from error
        finally:
            document.close()
            context.DeleteDC()

    def status(queue: str) -> PrinterStatus:
        """What the spooler says of the printer."""
        try:
            handle = win32print.OpenPrinter(queue)
        except win32print.error:
            return PrinterStatus(Condition.GONE)
        try:
            bits = win32print.GetPrinter(handle, 2)["Status"]
        finally:
            win32print.ClosePrinter(handle)
        for bit, condition in _STATUS:
            if bits & bit:
                return PrinterStatus(condition)
        return PrinterStatus(Condition.CANNOT_SAY)

    def queues() -> tuple[str, ...]:
        """The names of the printers of this machine."""
        kinds = win32print.PRINTER_ENUM_LOCAL | win32print.PRINTER_ENUM_CONNECTIONS
        return tuple(sorted(printer[2] for printer in win32print.EnumPrinters(kinds)))


def _cut_off() -> SendInterrupted:
    return SendInterrupted(message("The print queue was cut off while printing: look whether the paper came out."))

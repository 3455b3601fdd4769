"""The list of first passwords on paper, through the system's own print dialog: there is no print queue yet, and these
words must never lie in a file of ours."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

Rows = Sequence[Sequence[str]]


def people_document(title: str, heads: Sequence[str], rows: Rows) -> QTextDocument:
    """The sheet: a title and a table."""
    head = "".join(f'<th align="left">{escape(text)}</th>' for text in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows)
    document = QTextDocument()
    document.setHtml(
        f'<h2>{escape(title)}</h2><table width="100%" border="1" cellspacing="0" cellpadding="6">'
        f"<tr>{head}</tr>{body}</table>"
    )
    return document


def print_people(
    parent: QWidget, title: str, heads: Sequence[str], rows: Rows, on_printed: Callable[[], object]
) -> QPrintDialog:
    """Ask for a printer and print there; ``on_printed`` is called once the sheet is handed over."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=False)
    # The dialog does not own its printer: whoever waits for the answer keeps it.
    document = people_document(title, heads, rows)
    dialog.finished.connect(partial(_on_finished, dialog, printer, document, on_printed))
    # The dialog's own ``open`` wants the name of a slot.
    QDialog.open(dialog)
    return dialog


def _on_finished(
    dialog: QPrintDialog, printer: QPrinter, document: QTextDocument, on_printed: Callable[[], object], result: int
) -> None:
    if result == QDialog.DialogCode.Accepted:
        document.print_(printer)
        on_printed()
    dialog.deleteLater()

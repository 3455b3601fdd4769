"""A handover list as an Excel workbook: the same content as on paper."""

from decimal import Decimal
from pathlib import Path

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.files import write_atomically
from courier_desk.base.quantities import weight_text
from courier_desk.base.translation import N_, in_language, message
from courier_desk.domain.paper import HandoverPaper, StationKind
from courier_desk.reports.workbook import Sheet, xlsx

_HEADS = (N_("No."), N_("Number"), N_("Kind"), N_("Destination"), N_("Pieces"), N_("Weight kg"), N_("Remark"))


def handover_sheet(paper: HandoverPaper, language: str) -> Sheet:
    """The list as a table; totals, differences and the seal below it."""

    def say(text: str) -> str:
        return in_language(text, language)

    def named(*pairs: tuple[str, object]) -> str:
        return "  ".join(f"{say(name)}: {value}" for name, value in pairs)

    rows = tuple(
        (row.position, row.number, row.kind, row.destination, row.pieces, Decimal(row.weight_g) / 1000, row.remark)
        for row in paper.rows
    )
    marked = "" if paper.station_kind is StationKind.LIVE else f" [{paper.station_kind.value.upper()}]"
    weight = weight_text(paper.weight_g)
    notes = (
        named((N_("Line"), paper.line), (N_("Plate"), paper.plate), (N_("Driver"), paper.driver)),
        named((N_("Bags"), paper.bags), (N_("Loose parcels"), paper.loose), (N_("Pieces"), paper.pieces)),
        named(
            (N_("Weight kg"), weight), (N_("Business date"), paper.business_date), (N_("Closed at"), paper.closed_at)
        ),
        *paper.differences,
        named((N_("Supplement of"), paper.supplement_of or "-"), (N_("Seal of the list"), paper.digest)),
    )
    title = f"{paper.company} {paper.station} {paper.title} {paper.number}{marked}"
    return Sheet(paper.number, title, tuple(say(head) for head in _HEADS), rows, notes)


def handover_xlsx(paper: HandoverPaper, language: str) -> bytes:
    """The workbook."""
    return xlsx([handover_sheet(paper, language)])


def save_handover_xlsx(path: Path, paper: HandoverPaper, language: str) -> Path:
    """Write the workbook to ``path``. Errors: EnvironmentFault when the folder does not take it."""
    try:
        write_atomically(path, handover_xlsx(paper, language))
    except OSError as error:
        raise EnvironmentFault(
            message("The file cannot be written: {path} ({why})", path=path.name, why=error.strerror or str(error))
        ) from error
    return path
